"""Workers are paid, in proportion where the employer is short; tax and pensions are withheld."""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.payslips import Payslips, payslips_of
from simulation.economy.town import Town
from simulation.kernels import payroll
from simulation.kernels.labour import Staff
from simulation.kernels.payroll import Afforded, Commuters, Owed, Rates


def reckon_payroll(town: Town) -> None:
    """Work out what each employer owes: gross pay, National Insurance and pension."""
    rates = Rates(town.tax.employer_floor, town.tax.employer_rate, town.a["labour.pension_rate"])
    payroll.reckon(town.now.roll.pay, town.now.roll.heads, _commuters(town), rates, _owed(town))


def _owed(town: Town) -> Owed:
    """What employers owe: trading rows, public buyers, few between them."""
    now = town.now
    return Owed(now.payroll_due, now.heads, now.employer_tax, now.pension, now.payroll)


def _commuters(town: Town) -> Commuters:
    """People who are not individual workers, as kernels take them."""
    firms, buyers = town.economy.firms, town.economy.buyers
    return Commuters(
        firms.alive, firms.aggregate_jobs, firms.aggregate_payroll, buyers.row,
        buyers.aggregate_jobs, buyers.aggregate_payroll,
    )  # fmt: skip


def pay_wages_and_taxes(town: Town) -> None:
    """Pay every worker what the employer can afford, and remit what is withheld.

    The caller settles the phase, so that a council's own payroll can be dyed in it.
    """
    economy, now, ledger = town.economy, town.now, town.ledger
    afforded = Afforded(now.paid_share, now.aggregate_net, now.remitted, now.pension_paid)
    payroll.afford(ledger.deposits, _owed(town), _commuters(town), town.tax.law, afforded)
    now.net_by_row[:] = 0
    ledger.wages(
        staff_of(town), town.tax.law, now.paid_share, economy.government, now.earned,
        now.net_by_row,
    )  # fmt: skip
    ledger.along(town.links.payroll, now.aggregate_net)
    ledger.to_one(Kind.PAYE, 0, now.remitted, economy.government)
    ledger.to_one(Kind.PENSION_CONTRIBUTION, 0, now.pension_paid, economy.pension_fund)


def staff_of(town: Town) -> Staff:
    """Return who works for whom, as kernels take it."""
    workers = town.economy.workers
    return Staff(workers.employer, workers.household, workers.wage_pence, workers.status)


def payslips(town: Town, employs: NDArray[np.bool_]) -> Payslips:
    """Return this month's payslips of some employers' staff, once wages are paid.

    Parameters
    ----------
    town : Town
    employs : bool[n_rows]
        Whose staff are meant; not the last row, which stands for nobody's.
    """
    staff = staff_of(town)
    some = np.flatnonzero(employs[staff.employer])
    return payslips_of(
        Staff(*(column[some] for column in staff)), town.tax.law, town.now.paid_share
    )
