"""Workers are paid, in proportion where the employer is short; tax and pensions are withheld."""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.taxes import Q16
from simulation.economy.town import Town
from simulation.kernels import labour, payments

Int64 = NDArray[np.int64]


def reckon_payroll(town: Town) -> None:
    """Work out what each employer owes: gross pay, National Insurance and pension."""
    economy, now = town.economy, town.now
    workers, n = economy.workers, town.n_firms
    now.payroll_due[:] = 0
    now.heads[:] = 0
    labour.payroll_due(
        workers.employer, workers.wage_pence, workers.status, now.payroll_due, now.heads
    )
    now.payroll[:] = now.payroll_due + _aggregate(town)
    gross = now.payroll.copy()
    jobs = now.heads.copy()
    jobs[:n] += economy.firms.aggregate_jobs
    buyers = economy.buyers
    jobs[buyers.row] += buyers.aggregate_jobs
    taxed = np.maximum(gross - jobs * town.tax.employer_floor, 0)
    now.employer_tax[:] = (taxed * town.tax.employer_rate).astype(np.int64)
    now.pension[:] = (gross * town.a["labour.pension_rate"]).astype(np.int64)
    now.payroll += now.employer_tax + now.pension


def _aggregate(town: Town) -> Int64:
    """Gross pay of people who are not individual workers, by employing row [pence]."""
    economy = town.economy
    out = np.zeros(economy.parties.uid.size, dtype=np.int64)
    out[: town.n_firms] = np.where(economy.firms.alive, economy.firms.aggregate_payroll, 0)
    out[economy.buyers.row] = economy.buyers.aggregate_payroll
    return out


def pay_wages_and_taxes(town: Town) -> None:
    """Pay every worker what the employer can afford, and remit what is withheld.

    The caller settles the phase, so that a council's own payroll can be dyed in it.
    """
    economy, now, ledger = town.economy, town.now, town.ledger
    workers = economy.workers
    due = np.maximum(now.payroll, 1)
    can = np.clip(ledger.deposits, 0, due)
    now.paid_share[:] = np.where(now.payroll > 0, can * Q16 // due, Q16)
    gross, tax = now.gross, now.withheld
    labour.net_pay(
        workers.employer, workers.wage_pence, workers.status, now.paid_share,
        town.tax.floors, town.tax.rates, gross, tax,
    )  # fmt: skip
    now.net_by_row[:] = 0
    payee = (economy.households.first + workers.household).astype(np.int32)
    ledger.wages(workers.employer, payee, gross, tax, economy.government, now.net_by_row)
    now.earned[:] = 0
    payments.sum_by_class(workers.household, gross - tax, now.earned)
    _pay_aggregate(town)


def _pay_aggregate(town: Town) -> None:
    """Pay commuters' areas net, and remit tax and pension contributions for all."""
    economy, now, ledger = town.economy, town.now, town.ledger
    employers = town.links.payroll.start.size - 1
    gross = (_aggregate(town)[:employers] * now.paid_share[:employers]) >> 16
    heads = np.zeros_like(gross)
    heads[: town.n_firms] = economy.firms.aggregate_jobs
    heads[economy.buyers.row] = economy.buyers.aggregate_jobs
    each = gross // np.maximum(heads, 1)
    tax = np.zeros_like(gross)
    labour.tax_on_average(each, heads, town.tax.floors, town.tax.rates, tax)
    now.aggregate_net[:employers] = gross - tax
    ledger.along(town.links.payroll, now.aggregate_net[:employers])
    share = now.paid_share[:employers]
    now.remitted[:employers] = tax + ((now.employer_tax[:employers] * share) >> 16)
    now.pension_paid[:employers] = (now.pension[:employers] * share) >> 16
    for kind, pence, payee in (
        (Kind.PAYE, now.remitted, economy.government),
        (Kind.PENSION_CONTRIBUTION, now.pension_paid, economy.pension_fund),
    ):
        payer = np.flatnonzero(pence[:employers]).astype(np.int32)
        ledger.listed(kind, payer, np.full(payer.size, payee, np.int32), pence[payer])
