"""Staff of a service come over from whoever served before, and go to whoever serves after."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.economy.transfers import assigned_to, dismiss, move_work, transfer
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.model.dismissals import part_of, redundancy_pay
from simulation.model.service import Department, Service
from simulation.procurement.interface import Arrangement


class PaidOff(NamedTuple):
    """Staff of a buyer who were dismissed together.

    Attributes
    ----------
    row : int
        The buyer.
    months : float
        Redundancy, in months of pay.
    workers : int32[m]
        Residents; `wages`, int64[m], is what each was paid [pence a month].
    commuters_pay : int
        What the commuters among them were paid in all [pence a month].
    pence : int
        What all were paid off with.
    """

    row: int
    months: float
    workers: NDArray[np.int32]
    wages: NDArray[np.int64]
    commuters_pay: int
    pence: int


def bring_over(town: Town, department: Department, service: Service) -> int:
    """Move those assigned to a service's work to the council, and the work with them.

    Parameters
    ----------
    town : Town, updated
    department : Department, updated
    service : Service
        With the arrangement under which it was served before.

    Returns
    -------
    int
        How many came, in the parts of the supplier's staff that the work takes; those of a firm
        that has closed by now are not there to come.
    """
    old, rules, staff = service.outgoing, service.state.staff, department.staff
    firms, uid, came = town.economy.firms, town.economy.parties.uid, 0
    if old is None or rules.transfer == 0.0:
        return 0
    for row, name, part, price in zip(
        old.suppliers.tolist(), old.uid.tolist(), old.shares.tolist(), old.unit_prices.tolist(),
        strict=True,
    ):  # fmt: skip
        if not firms.alive[row] or int(uid[row]) != name:
            continue
        pence = PENCE_A_UNIT * service.lot.units_month * part * price * rules.transfer
        many = round(float(town.now.jobs_per_sale[row]) * pence)
        workers, commuters = assigned_to(town, row, many)
        transfer(town, workers, commuters, row, staff.row)
        move_work(town, row, -round(pence))
        staff.take_in(department.group, workers, commuters)
        staff.raise_pay(town, workers, commuters, department.group, rules.premium * rules.harmonise)
        came += workers.size + commuters.jobs
    return came


def give_over(
    town: Town, department: Department, service: Service, after: Arrangement, many: int
) -> int:
    """Let staff go over to new suppliers, by their shares of the work, and the work with them.

    Parameters
    ----------
    town : Town, updated
    department : Department, updated
    service : Service
        Which has ended.
    after : Arrangement
        Under which it is served now.
    many : int
        The service's staff.

    Returns
    -------
    int
        How many went; the part that the rules transfer.
    """
    staff, share, went = department.staff, service.state.staff.transfer, 0
    for row, part, price in zip(
        after.suppliers.tolist(), after.shares.tolist(), after.unit_prices.tolist(), strict=True
    ):
        going = part_of(town, staff, department.group, round(many * share * part))
        transfer(town, going.workers, going.commuters, staff.row, row)
        staff.take_out(department.group, going.workers, going.commuters)
        worth = PENCE_A_UNIT * service.lot.units_month * part * price
        if going.workers.size + going.commuters.jobs:
            move_work(town, row, round(worth * share))
        went += going.workers.size + going.commuters.jobs
    return went


def dismiss_some(town: Town, department: Department, many: int, months: float) -> PaidOff | None:
    """Pay some of a department's staff off and let them go.

    Parameters
    ----------
    town : Town, updated
    department : Department, updated
    many : int
        How many.
    months : float
        Redundancy, in months of pay.

    Returns
    -------
    PaidOff or None
        Who went, with what; None where nobody was to go.
    """
    if many <= 0:
        return None
    staff = department.staff
    gone = part_of(town, staff, department.group, many)
    wages = town.economy.workers.wage_pence[gone.workers]
    paid = redundancy_pay(town, staff.row, gone, months)
    dismiss(town, gone.workers, gone.commuters, staff.row)
    staff.take_out(department.group, gone.workers, gone.commuters)
    return PaidOff(staff.row, months, gone.workers, wages, gone.commuters.pay, paid)
