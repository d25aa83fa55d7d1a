"""Workers are paid, in proportion where the employer is short; tax and pensions are withheld."""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.payslips import Payslips, payslips_of
from simulation.economy.taxes import Q16
from simulation.economy.town import Town
from simulation.kernels import labour
from simulation.kernels.labour import Staff

Int64 = NDArray[np.int64]


def reckon_payroll(town: Town) -> None:
    """Work out what each employer owes: gross pay, National Insurance and pension."""
    now, rows = town.now, _employers(town)
    now.payroll_due[rows], now.heads[rows] = now.roll.pay, now.roll.heads
    gross = now.payroll_due[rows] + _aggregate_pay(town)
    jobs = now.heads[rows] + _aggregate_jobs(town)
    taxed = np.maximum(gross - jobs * town.tax.employer_floor, 0)
    now.employer_tax[rows] = (taxed * town.tax.employer_rate).astype(np.int64)
    now.pension[rows] = (gross * town.a["labour.pension_rate"]).astype(np.int64)
    now.payroll[rows] = gross + now.employer_tax[rows] + now.pension[rows]


def _employers(town: Town) -> slice:
    """Party rows up to the last that employs: trading rows, public buyers, few between them."""
    return slice(0, town.links.payroll.start.size - 1)


def _aggregate_pay(town: Town) -> Int64:
    """Gross pay of people who are not individual workers, by employing row [pence]."""
    economy = town.economy
    out = np.zeros(_employers(town).stop, dtype=np.int64)
    out[: town.n_firms] = np.where(economy.firms.alive, economy.firms.aggregate_payroll, 0)
    out[economy.buyers.row] = economy.buyers.aggregate_payroll
    return out


def _aggregate_jobs(town: Town) -> Int64:
    """Jobs of people who are not individual workers, by employing row."""
    economy = town.economy
    out = np.zeros(_employers(town).stop, dtype=np.int64)
    out[: town.n_firms] = economy.firms.aggregate_jobs
    out[economy.buyers.row] = economy.buyers.aggregate_jobs
    return out


def pay_wages_and_taxes(town: Town) -> None:
    """Pay every worker what the employer can afford, and remit what is withheld.

    The caller settles the phase, so that a council's own payroll can be dyed in it.
    """
    economy, now, ledger, rows = town.economy, town.now, town.ledger, _employers(town)
    owed = now.payroll[rows]
    due = np.maximum(owed, 1)
    can = np.clip(ledger.deposits[rows], 0, due)
    now.paid_share[rows] = np.where(owed > 0, can * Q16 // due, Q16)
    now.net_by_row[rows] = 0
    now.earned[:] = 0
    ledger.wages(
        staff_of(town), town.tax.law, now.paid_share[rows], economy.government, now.earned,
        now.net_by_row,
    )  # fmt: skip
    _pay_aggregate(town)


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


def _pay_aggregate(town: Town) -> None:
    """Pay commuters' areas net, and remit tax and pension contributions for all."""
    economy, now, ledger, rows = town.economy, town.now, town.ledger, _employers(town)
    share, heads = now.paid_share[rows], _aggregate_jobs(town)
    gross = (_aggregate_pay(town) * share) >> 16
    tax = np.zeros_like(gross)
    each = gross // np.maximum(heads, 1)
    labour.tax_on_average(each, heads, town.tax.law, tax)
    now.aggregate_net[rows] = gross - tax
    ledger.along(town.links.payroll, now.aggregate_net[rows])
    now.remitted[rows] = tax + ((now.employer_tax[rows] * share) >> 16)
    now.pension_paid[rows] = (now.pension[rows] * share) >> 16
    for kind, pence, payee in (
        (Kind.PAYE, now.remitted, economy.government),
        (Kind.PENSION_CONTRIBUTION, now.pension_paid, economy.pension_fund),
    ):
        ledger.to_one(kind, rows.start, pence[rows], payee)
