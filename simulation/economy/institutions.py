"""The public side and the outside: councils and other anchors, government, banks, the world.

Each institution is one account. Government, the world and outside demand pay whatever the rules
say and may hold less than nothing; the rest live on what they have. A public buyer's own staff
work where it serves people, a set part at its head office.
"""

from dataclasses import dataclass

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Buyer
from scenarios.vocabulary import Institution, Tier
from simulation import streams
from simulation.economy.apportion import largest_remainder
from simulation.economy.columns import Areas, Int8, Int16, Int64
from simulation.economy.oncosts import gross_pay
from simulation.economy.place import MONTHS, PENCE, Place
from simulation.economy.taxes import TaxYear

KIND_SECTOR = {
    "nhs_trust": "health",
    "university": "education",
    "college": "education",
    "private_hospital": "health",
    "private_university": "education",
    "housing_association": "real_estate",
}
"""Sector whose pay a buyer's staff have; councils, police and fire are public administration."""

FIXED = (
    Institution.GOVERNMENT,
    Institution.WORLD,
    Institution.OUTSIDE_DEMAND,
    Institution.BANK,
    Institution.PENSION_FUND,
)
"""Single accounts, in the order of their rows after the trading rows."""


@dataclass(slots=True)
class PublicBuyers:
    """Public buyers before they have rows; B buyers, C categories, A areas, money in pence a month.

    `jobs_in[b, a]` are its jobs by area of work; `wage` its typical gross pay.
    """

    rows: tuple[Buyer, ...]
    area: Int16
    sector: Int16
    uid: Int64
    serves: tuple[tuple[int, ...], ...]
    budget: Int64
    payroll: Int64
    jobs: Int64
    jobs_in: Int64
    wage: Int64
    gross: Int64


def read_buyers(place: Place, a: Assumptions, tax: TaxYear) -> PublicBuyers:
    """Turn the scenario's buyers into budgets, payrolls and jobs by month.

    Parameters
    ----------
    place : Place
    a : Assumptions
        `build.headquarters_share`, `labour.pension_rate`.
    tax : TaxYear

    Returns
    -------
    PublicBuyers
        Pounds a year become pence a month, each total split by category without losing a penny;
        jobs are payroll over the cost of a job in the buyer's sector.
    """
    buyers = place.scenario.buyers
    index = {name: row for row, name in enumerate(place.ids)}
    area = np.array([index[buyer.area] for buyer in buyers], dtype=np.int16)
    sector = np.array(
        [place.sector(KIND_SECTOR.get(buyer.kind, "public_administration")) for buyer in buyers],
        dtype=np.int16,
    )
    serves = tuple(
        tuple(index[name] for name in (buyer.serves or (buyer.area,))) for buyer in buyers
    )
    budget = np.stack([_by_category(buyer.budget) for buyer in buyers])
    payroll = np.stack([_payroll(buyer) for buyer in buyers])
    cost = place.job_cost[area, sector]
    pension = a["labour.pension_rate"]
    wage = np.maximum(gross_pay(cost, tax, pension).astype(np.int64), 1)
    whole = payroll.sum(axis=1)
    jobs = np.where(whole > 0, np.maximum(np.rint(whole / np.maximum(cost, 1.0)), 1), 0)
    jobs = jobs.astype(np.int64)
    each = gross_pay(whole / np.maximum(jobs, 1), tax, pension)
    return PublicBuyers(
        rows=buyers,
        area=area,
        sector=sector,
        uid=np.array(
            [streams.uid(buyer.area, "buyer", streams.key("buyer", buyer.id)) for buyer in buyers],
            dtype=np.int64,
        ),
        serves=serves,
        budget=budget,
        payroll=payroll,
        jobs=jobs,
        jobs_in=_located(place, jobs, area, serves, a["build.headquarters_share"]),
        wage=wage,
        gross=(each * jobs).astype(np.int64),
    )


def _by_category(pounds: dict[str, float]) -> Int64:
    """Pounds a year by category to whole pence a month."""
    ids = [category.id for category in tables.categories()]
    return np.array([round(pounds.get(name, 0.0) * PENCE / MONTHS) for name in ids], dtype=np.int64)


def _payroll(buyer: Buyer) -> Int64:
    """Spread a buyer's own staff cost over categories, as it says or as its budget is spread."""
    ids = [category.id for category in tables.categories()]
    weights = buyer.payroll_by or buyer.budget
    shares = [weights.get(name, 0.0) for name in ids]
    return largest_remainder(round(buyer.payroll * PENCE / MONTHS), shares)


def _located(
    place: Place, jobs: Int64, area: Int16, serves: tuple[tuple[int, ...], ...], at_head: float
) -> Int64:
    """Spread each buyer's jobs over the areas it serves, by population, after its head office."""
    out = np.zeros((jobs.size, len(place.ids)), dtype=np.int64)
    for row, areas in enumerate(serves):
        people = place.population[list(areas)].astype(np.float64)
        if people.size == 1 or not people.any():
            out[row, area[row]] = jobs[row]
            continue
        spread = largest_remainder(round(int(jobs[row]) * (1.0 - at_head)), people)
        out[row, list(areas)] = spread
        out[row, area[row]] += jobs[row] - spread.sum()
    return out


def public_jobs_taken(place: Place, buyers: PublicBuyers) -> Int64:
    """Return the public jobs by area and sector that the buyers' own rows hold already.

    What a buyer's own sector cannot hold is taken from the area's other public sectors in order.

    Returns
    -------
    int64[A, S]
        Never above the area's public jobs.
    """
    left = place.public_jobs.copy()
    for row in range(buyers.jobs.size):
        need = buyers.jobs_in[row].copy()
        order = [int(buyers.sector[row]), *np.flatnonzero(place.public_jobs.any(axis=0)).tolist()]
        for sector in order:
            taken = np.minimum(left[:, sector], need)
            left[:, sector] -= taken
            need -= taken
    return place.public_jobs - left


def fixed_rows(areas: Areas, world: int) -> tuple[Int64, Int8, Int16]:
    """Return uid, institution and area of the single accounts.

    Returns
    -------
    uid : int64[5]
    institution : int8[5]
    area : int16[5]
        The world's for the world and outside demand; the widest national leaf for the rest.
    """
    leaves = np.flatnonzero(areas.leaf & (areas.tier == Tier.UK))
    home = int(leaves[0]) if leaves.size else world
    place = [home, world, world, home, home]
    uid = [
        streams.uid(areas.ids[row], "institution", kind)
        for row, kind in zip(place, FIXED, strict=True)
    ]
    return (
        np.array(uid, dtype=np.int64),
        np.array(FIXED, dtype=np.int8),
        np.array(place, dtype=np.int16),
    )


def grants(
    buyers: PublicBuyers,
    council_tax: Int64,
    business_rates: Int64,
    areas: Int16,
    rates_areas: Int16,
    a: Assumptions,
) -> Int64:
    """Return the grant that closes each buyer's budget beside the taxes it receives itself.

    Parameters
    ----------
    buyers : PublicBuyers
    council_tax : int64[n_households]
        Due from each household row [pence a month].
    business_rates : int64[n_firms]
        Due from each trading row [pence a month].
    areas, rates_areas : int16
        Area of each household row and of each trading row.
    a : Assumptions
        `government.council_tax_district`, `_county`, `_police` and `government.rates_kept`.

    Returns
    -------
    int64[B]
        Budget and payroll less own taxes, never negative [pence a month].
    """
    n_areas = int(max(areas.max(initial=0), rates_areas.max(initial=0))) + 1
    tax = np.bincount(areas, weights=council_tax, minlength=n_areas)
    rates = np.bincount(rates_areas, weights=business_rates, minlength=n_areas)
    own, upper = a["government.council_tax_district"], a["government.council_tax_county"]
    share = {
        "district_council": (own, a["government.rates_kept"]),
        "county_council": (upper, 0.0),
        "unitary_council": (own + upper, a["government.rates_kept"]),
        "police": (a["government.council_tax_police"], 0.0),
    }
    out: Int64 = buyers.budget.sum(axis=1) + buyers.payroll.sum(axis=1)
    for row, buyer in enumerate(buyers.rows):
        of_tax, of_rates = share.get(buyer.kind, (0.0, 0.0))
        here = [area for area in buyers.serves[row] if area < n_areas]
        own_tax = int(tax[here].astype(np.int64).sum()) * of_tax
        own_rates = int(rates[here].astype(np.int64).sum()) * of_rates
        out[row] = max(int(out[row]) - int(own_tax + own_rates), 0)
    return out
