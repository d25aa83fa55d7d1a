"""What services in house used, whom they paid off and who works in them, for the journal."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.model.journal import Journal
from simulation.model.own_staff import NOBODY
from simulation.model.payables import Invoices
from simulation.model.standing import STAFF_MOVED

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship


def note_own_staff(stewardship: "Stewardship", town: Town) -> None:
    """Write who was paid off this month, and who works in each department for which pension.

    Parameters
    ----------
    stewardship : Stewardship
        As services in house have opened the month; nothing is written where it has no journal.
    town : Town
    """
    journal, own = stewardship.journal, stewardship.own
    if journal is None:
        return
    journal.stand(town, stewardship, STAFF_MOVED)
    uid, workers = town.economy.parties.uid, town.economy.workers.uid
    for gone in own.paid_off:
        staff = zip(workers[gone.workers].tolist(), gone.wages.tolist(), strict=True)
        journal.note(
            town.month, "redundancy", buyer=int(uid[gone.row]), months=gone.months,
            staff=[list(one) for one in staff], commuters_pay=gone.commuters_pay,
        )  # fmt: skip
    for one in own.departments.values():
        group, services = one.group, one.services
        journal.note(
            town.month, "own staff", buyer=int(uid[one.staff.row]),
            workers=workers[one.staff.residents(group)].tolist(),
            commuters_pay=one.staff.commuters.get(group, NOBODY).pay,
            pension=services[0].state.staff.pension if services else 0.0,
        )  # fmt: skip


def note_used(
    journal: Journal | None, town: Town, invoices: Invoices, days: NDArray[np.float64]
) -> None:
    """Write what services in house bought this month, of whom, and after how many days it is due.

    Parameters
    ----------
    journal : Journal or None
    town : Town
    invoices : Invoices
    days : float64[n]
    """
    if journal is None:
        return
    uid = town.economy.parties.uid
    columns: list[list[Any]] = [
        uid[invoices.buyer].tolist(), uid[invoices.supplier].tolist(), invoices.pence.tolist(),
        days.tolist(),
    ]  # fmt: skip
    for buyer, supplier, pence, until in zip(*columns, strict=True):
        journal.note(town.month, "use", buyer=buyer, supplier=supplier, pence=pence, days=until)
