"""Rows of areas in Wales, Scotland and Northern Ireland, from less than is published of England.

What no table gives is the nation's, or follows from England's by a rule; marks.py says of every
figure which of these it is, and scenarios/tables/nations_districts.md why.
"""

from collections.abc import Mapping
from functools import cache
from math import fsum

from scenarios.from_tables.areas import (
    REST,
    TENURES,
    Row,
    common,
    coops_by_district,
    district_row,
    income_everywhere,
    income_of,
    tenure_of,
)
from scenarios.from_tables.work import (
    FINE,
    Work,
    by_value_added,
    fitted_jobs,
    price_levels,
    shares,
)
from scenarios.tables import (
    AnyDistrict,
    NationDistrict,
    nation_district_jobs,
    nation_districts,
    nation_itl2_areas,
    nation_values_added,
    nations,
    scaling,
)
from scenarios.tables.derive.apportion import apportion

WALES = "wales"


def any_row(one: AnyDistrict, parent: str) -> Row:
    """Make the area of a district of any nation; see `district_row`."""
    if isinstance(one, NationDistrict):
        return nation_row(one, parent)
    return district_row(one, parent)


def nation_row(one: NationDistrict, parent: str) -> Row:
    """Make the area of a district beyond England, every household and enterprise an agent.

    Parameters
    ----------
    one : NationDistrict
    parent : str
        Id of the area above it.

    Returns
    -------
    dict
        A row of [[areas]].
    """
    return {
        **common(one, parent, nation_work()[one.code], one.population, one.households),
        "income": income_of(*_income(one)),
        "tenure": tenure_of(*(scaling(f"{name}_{one.nation}") for name in TENURES)),
        "coops": _coops()[one.code],
    }


@cache
def nation_work() -> Mapping[str, Work]:
    """Jobs by sector, and residents in work, by ONS code.

    A nation has as many residents in work as jobs, shared by residents of working age in Wales
    and by residents elsewhere.
    """
    jobs: dict[str, Mapping[str, float]] = {**_jobs_of_wales(), **nation_district_jobs()}
    counts = {code: round(fsum(row.values())) for code, row in jobs.items()}
    counts |= _counts_of_wales(jobs)
    at_work: dict[str, int] = {}
    for nation in dict.fromkeys(one.nation for one in nation_districts().values()):
        here = [one for one in nation_districts().values() if one.nation == nation]
        weights = {one.code: one.working_age or one.population for one in here}
        at_work |= apportion(sum(counts[code] for code in weights), weights)
    return {code: Work(at_work[code], counts[code], shares(jobs[code])) for code in counts}


def _counts_of_wales(jobs: Mapping[str, Mapping[str, float]]) -> dict[str, int]:
    """Whole jobs of the Welsh districts, which sum to those of Wales."""
    here = [one.code for one in nation_districts().values() if one.nation == WALES]
    weights = {code: round(FINE * fsum(jobs[code].values())) for code in here}
    return apportion(sum(nations()[WALES].jobs_2019.values()), weights)


def _jobs_of_wales() -> dict[str, dict[str, float]]:
    """Jobs by district and sector, by the rule of England."""
    national = nations()[WALES].jobs_2019
    means = {code: _income(nation_districts()[code])[0] for code in nation_values_added()}
    values = {code: list(row.values()) for code, row in nation_values_added().items()}
    prices = price_levels(means, income_everywhere())
    counties = [
        (area.full_time_2021, [one.code for one in area.districts])
        for area in nation_itl2_areas()
        if area.full_time_2021 is not None and area.districts[0].nation == WALES
    ]
    return fitted_jobs(national, by_value_added(national, values, prices), counties)


def _income(one: NationDistrict) -> tuple[float, float]:
    """Mean and median income of taxpayers, 2022-23; where unknown, the nation's [GBP a year]."""
    if one.income_mean_2022 is None or one.income_median_2022 is None:
        nation = nations()[one.nation]
        return float(nation.income_mean_2022), float(nation.income_median_2022)
    return float(one.income_mean_2022), float(one.income_median_2022)


@cache
def _coops() -> Mapping[str, int]:
    """The co-operatives beyond England shared by residents."""
    people = {code: one.population for code, one in nation_districts().items()}
    return apportion(coops_by_district()[REST], people)
