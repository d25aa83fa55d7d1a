"""Who works and where the jobs are, district by district, as far as tables can say.

Residents in work follow the residents of working age. Jobs of a sector in England (BRES 2019) are
shared by value added over the level of pay and prices, brought half-way to the full-time jobs that
each county has (BRES 2021), and scaled so that England has as many jobs as residents in work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, sqrt

from scenarios.assumptions import register
from scenarios.tables import (
    areas,
    districts,
    itl2_areas,
    nations,
    scaling,
    sector_groups,
    values_added,
)
from scenarios.tables.derive.apportion import apportion

FINE = 1000
"""Weights of a share are counted in thousandths of a job."""

ROUNDS = 20
"""Counties and sectors agree within a job by then."""


@dataclass(frozen=True, slots=True)
class Work:
    """Work in one area.

    Attributes
    ----------
    workers, jobs : int
        Residents in work [people] and jobs by workplace [number].
    sector_mix : mapping of str to float
        Shares of the jobs by sector, summing to 1; sectors without jobs are left out.
    """

    workers: int
    jobs: int
    sector_mix: Mapping[str, float]


def share_in_work() -> float:
    """Residents in work per resident of working age, in England.

    The Census 2021 share of the 14 Lancashire districts, times England's share of adults in work
    over theirs in the Census 2011.
    """
    here = [row for row in areas().values() if row.code]
    in_work = fsum(row.figures["residents_in_work_2021"] for row in here)
    of_age = sum(districts()[row.code].working_age_2023 for row in here)
    level = scaling("in_work_england_2011") / scaling("in_work_lancashire_2011")
    return in_work / of_age * level


@cache
def workers() -> Mapping[str, int]:
    """Residents in work by ONS code of the district [people]."""
    share = share_in_work()
    return {code: round(share * one.working_age_2023) for code, one in districts().items()}


def price_levels(incomes: Mapping[str, float], everywhere: float) -> dict[str, float]:
    """Pay and prices of each district over the mean of all, as the model has them.

    Parameters
    ----------
    incomes : mapping of str to float
        ONS code -> mean income of taxpayers [GBP a year].
    everywhere : float
        Mean of all areas, weighted by residents [GBP a year].

    Returns
    -------
    dict of str to float
        1 + `build.pay_follows_income` x (income / everywhere - 1).
    """
    follows = register()["build.pay_follows_income"].value
    return {code: 1.0 + follows * (mean / everywhere - 1.0) for code, mean in incomes.items()}


def work_by_district(prices: Mapping[str, float]) -> dict[str, Work]:
    """Residents in work, jobs and their mix by sector in each district.

    Parameters
    ----------
    prices : mapping of str to float
        ONS code -> level of pay and prices.

    Returns
    -------
    dict of str to Work
        By ONS code; jobs of all districts together are as many as their residents in work.
    """
    at_work = workers()
    everyone = sum(at_work.values())
    by_sector = _jobs(prices)
    england = fsum(fsum(one.values()) for one in by_sector.values())
    weights = {
        code: round(FINE * everyone * fsum(one.values()) / england)
        for code, one in by_sector.items()
    }
    jobs = apportion(everyone, weights)
    return {code: Work(at_work[code], jobs[code], shares(by_sector[code])) for code in districts()}


def shares(parts: Mapping[str, float]) -> dict[str, float]:
    """Parts over their sum, to a millionth; what is nothing is left out."""
    whole = fsum(parts.values())
    found = {name: round(part / whole, 6) for name, part in parts.items()}
    return {name: share for name, share in found.items() if share > 0.0}


def _jobs(prices: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Jobs by district and sector: England's by sector, each county's in all."""
    england = nations()["england"].jobs_2019
    values = dict(zip(districts(), values_added().tolist(), strict=True))
    counties = [(one.full_time_2021, [d.code for d in one.districts]) for one in itl2_areas()]
    return fitted_jobs(england, by_value_added(england, values, prices), counties)


def fitted_jobs(
    national: Mapping[str, int],
    first: dict[str, dict[str, float]],
    counties: Sequence[tuple[int, Sequence[str]]],
) -> dict[str, dict[str, float]]:
    """Bring a first estimate half-way to the full-time jobs of each county.

    A county (ITL2 area) gets the geometric mean of its share of the estimate and of full-time
    jobs, and counties and sectors are fitted in turn.

    Parameters
    ----------
    national : mapping of str to int
        Sector -> jobs of the nation.
    first : dict of dict
        ONS code -> sector -> jobs; it is changed.
    counties : sequence of (int, sequence of str)
        Full-time jobs of each county, and the ONS codes of its districts.

    Returns
    -------
    dict of dict
        The same, fitted.
    """
    whole = sum(national.values())
    inside = [[first[code] for code in codes] for _, codes in counties]
    wanted = [
        sqrt(full_time * fsum(fsum(row.values()) for row in rows))
        for (full_time, _), rows in zip(counties, inside, strict=True)
    ]
    scale = whole / fsum(wanted)
    for _ in range(ROUNDS):
        for sector, jobs in national.items():
            _scale(first.values(), sector, jobs)
        for goal, rows in zip(wanted, inside, strict=True):
            factor = scale * goal / fsum(fsum(row.values()) for row in rows)
            for row in rows:
                for sector in row:
                    row[sector] *= factor
    return first


def _scale(rows: Iterable[dict[str, float]], sector: str, jobs: float) -> None:
    table = list(rows)
    factor = jobs / fsum(row[sector] for row in table)
    for row in table:
        row[sector] *= factor


def by_value_added(
    national: Mapping[str, int],
    values: Mapping[str, Sequence[float]],
    prices: Mapping[str, float],
) -> dict[str, dict[str, float]]:
    """Share each sector's jobs by value added over the level of pay and prices.

    Parameters
    ----------
    national : mapping of str to int
        Sector -> jobs of the nation.
    values : mapping of str to sequence of float
        ONS code -> value added by group of sectors, in their order.
    prices : mapping of str to float
        ONS code -> level of pay and prices.

    Returns
    -------
    dict of dict
        ONS code -> sector -> jobs.
    """
    out: dict[str, dict[str, float]] = {code: {} for code in values}
    for column, group in enumerate(sector_groups()):
        real = {code: row[column] / prices[code] for code, row in values.items()}
        whole = fsum(real.values())
        for sector in group.sectors:
            for code, value in real.items():
                out[code][sector] = national[sector] * value / whole
    return out
