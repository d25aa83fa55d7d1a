"""What each household has to spend in the first month: net pay, pensions, benefits, profit, rent.

An estimate on the rules that the months then follow (bands, taper, propensities), so that the
economy opens near balance and the burn-in has little to do.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.economy.columns import Edges, Float64, Int32, Int64
from simulation.economy.homes import HomeMoney
from simulation.economy.people import People
from simulation.economy.taxes import TaxYear
from simulation.kernels.labour import SEEKING
from simulation.kernels.scales import CUM_ONE


def net_pay(gross: Int64 | Float64, tax: TaxYear) -> Float64:
    """Return gross pay less income tax and employee's National Insurance [pence a month].

    Parameters
    ----------
    gross : int64[n]
        Gross pay of one job [pence a month].
    tax : TaxYear

    Returns
    -------
    float64[n]
    """
    pay = np.asarray(gross, dtype=np.float64)
    due = np.zeros_like(pay)
    tops = [*tax.floors[1:].tolist(), None]
    for floor, top, rate in zip(tax.floors.tolist(), tops, tax.rates.tolist(), strict=True):
        inside = np.maximum(pay - floor, 0.0)
        if top is not None:
            inside = np.minimum(inside, top - floor)
        due += inside * (rate / CUM_ONE)
    return pay - due


def pay_by_household(people: People, seat: Int32, wage: Int64 | Float64) -> Int64:
    """Add up the pay of each household's workers in work [pence a month], int64[n]."""
    out = np.zeros(people.n, dtype=np.int64)
    working = seat >= 0
    np.add.at(out, people.worker_household[working], wage[working].astype(np.int64))
    return out


def commuters_pay(
    edges: Edges, gross: Int64, jobs: Int64, n: int, first: int, tax: TaxYear | None
) -> Int64:
    """Return what payroll edges bring each household row [pence a month].

    Parameters
    ----------
    edges : Edges
    gross, jobs : int64[n_payers]
        Pay and heads of commuters by party row.
    n, first : int
        Number of household rows and the first one's party row.
    tax : TaxYear or None
        Bands to take off; None for gross pay.

    Returns
    -------
    int64[n]
    """
    pay = gross.astype(np.float64)
    if tax is not None:
        pay = net_pay(pay / np.maximum(jobs, 1), tax) * jobs
    count = np.diff(edges.start)
    payer = np.repeat(np.arange(count.size), count)
    begin = edges.cum - np.diff(edges.cum, prepend=0)
    begin[edges.start[:-1][count > 0]] = 0
    sent = (pay[payer] * (edges.cum - begin) / CUM_ONE).astype(np.int64)
    out = np.zeros(n, dtype=np.int64)
    inside = edges.payee >= first
    np.add.at(out, edges.payee[inside] - first, sent[inside])
    return out


def profit_income(owner: Int32, profit: Float64, n: int, first: int) -> Int64:
    """Return the dividends that each household row receives [pence a month], int64[n].

    Parameters
    ----------
    owner : int32[n_trading]
    profit : float64[n_trading]
        What each row's owners receive [pence a month].
    n, first : int
        Number of household rows and the first one's party row.
    """
    out = np.zeros(n, dtype=np.int64)
    inside = owner >= first
    paid = np.maximum(profit, 0.0).astype(np.int64)
    np.add.at(out, owner[inside] - first, paid[inside])
    return out


def rents_received(landlord: Int32, rent: Int64, n: int, first: int) -> Int64:
    """Return the rent that each household row receives [pence a month], int64[n]."""
    out = np.zeros(n, dtype=np.int64)
    inside = landlord >= first
    np.add.at(out, landlord[inside] - first, rent[inside])
    return out


def benefits_paid(
    people: People, homes: HomeMoney, earned: Int64, jobseeker: float, a: Assumptions
) -> Int64:
    """Return benefits after the taper, jobseekers' allowance included [pence a month], int64[n]."""
    seekers = np.zeros(people.n, dtype=np.int64)
    np.add.at(seekers, people.worker_household, people.worker_status == SEEKING)
    above = np.maximum(earned - a["government.work_allowance_pence"], 0.0)
    tapered = np.maximum(homes.benefit - above * a["government.benefit_taper"], 0.0)
    paid = np.where(people.individual, tapered, homes.benefit)
    return paid.astype(np.int64) + (seekers * jobseeker).astype(np.int64)


def consumption(homes: HomeMoney, income: Int64, a: Assumptions) -> Int64:
    """Return what each household row spends in shops [pence a month], int64[n].

    propensity x (income - housing - council tax) + wealth share x savings, as the months have it.
    """
    free = np.maximum(income - homes.housing - homes.council_tax, 0)
    wealth = homes.savings * (a["households.wealth_propensity"] / 12.0)
    spent: Float64 = free * homes.propensity + wealth
    return spent.astype(np.int64)
