"""Rows of areas made from the tables: world, country, regions, counties, districts, and the rest.

The county above a district is its ITL2 area, which every district has, whoever governs it. What no
table knows of a district is estimated by a rule; scenarios/library/england.md lists all of them.
"""

from collections.abc import Mapping
from functools import cache
from math import fsum
from typing import Any

from scenarios.from_tables.work import Work, price_levels, shares, work_by_district, workers
from scenarios.tables import (
    AnyDistrict,
    District,
    areas,
    below,
    districts,
    nations,
    parents,
    scaling,
    size_bands,
)
from scenarios.tables.derive.apportion import apportion

Row = dict[str, Any]
REST = "rest-of-uk"
REST_PLACE_KM = (292.0, 670.0)
"""Halfway between Glasgow and Edinburgh, where most of the rest of the country lives."""

LONDON = "E12000007"
NORTH_WEST = "E12000002"
TENURES = ("owned", "social", "private")
KM = 1000.0


def top_rows() -> list[Row]:
    """Make the world and the country, which every other area lies in."""
    world: Row = {"id": "world", "name": "Rest of the world", "tier": "world"}
    return [world, above("uk", "United Kingdom", "uk", "world", "K02000001")]


def district_row(one: District, parent: str) -> Row:
    """Make the area of a district, every household and enterprise an agent.

    Parameters
    ----------
    one : District
    parent : str
        Id of the area above it.

    Returns
    -------
    dict
        A row of [[areas]].
    """
    people, homes = one.population_2024, one.households_2024
    return {
        **common(one, parent, district_work()[one.code], people, homes),
        "income": income_of(*_incomes()[one.code]),
        "tenure": tenure(one),
        "coops": coops_by_district()[one.code],
    }


def common(one: AnyDistrict, parent: str, work: Work, population: int, households: int) -> Row:
    """Make what the tables give of every district alike.

    Parameters
    ----------
    one : District or NationDistrict
    parent : str
        Id of the area above it.
    work : Work
        Its jobs, and residents in work.
    population, households : int
        Of the year for which places are built.
    """
    return {
        "id": one.id,
        "name": short_name(one.name),
        "tier": "district",
        "parent": parent,
        "code": one.code,
        "easting_km": one.easting_m / KM,
        "northing_km": one.northing_m / KM,
        "area_km2": one.area_km2,
        "resolution": "agents",
        "population": population,
        "households": households,
        "enterprises": enterprises(one.active_2022, one.active10_2022),
        "jobs": work.jobs,
        "workers": work.workers,
        "sector_mix": dict(work.sector_mix),
        "vcse": round(scaling("vcse") * population),
    }


def rest_row() -> Row:
    """Make the rest of the United Kingdom: Scotland, Wales and Northern Ireland, as accounts."""
    rest = [one for name, one in nations().items() if name != "england"]
    people = sum(one.population_2022 for one in rest)
    at_work = round(people * sum(workers().values()) / _english())
    paid = sum(one.taxpayers_2022 for one in rest)
    jobs: dict[str, float] = {}
    for one in rest:
        for sector, number in one.jobs_2019.items():
            jobs[sector] = jobs.get(sector, 0.0) + number
    return {
        "id": REST,
        "name": "Rest of the United Kingdom",
        "tier": "uk",
        "parent": "uk",
        "easting_km": REST_PLACE_KM[0],
        "northing_km": REST_PLACE_KM[1],
        "resolution": "accounts",
        "population": people,
        "households": _households_of_rest(),
        "enterprises": enterprises(
            sum(one.active_2022 for one in rest), sum(one.active10_2022 for one in rest)
        ),
        "jobs": at_work,
        "workers": at_work,
        "sector_mix": shares(jobs),
        "income": income_of(
            sum(one.taxpayers_2022 * one.income_mean_2022 for one in rest) / paid,
            sum(one.taxpayers_2022 * one.income_median_2022 for one in rest) / paid,
        ),
        "tenure": tenure_of(*(scaling(f"{name}_england") for name in TENURES)),
        "coops": coops_by_district()[REST],
        "vcse": round(scaling("vcse") * people),
    }


def enterprises(active: int, active10: int) -> dict[str, int]:
    """Part enterprises by size; those with ten staff or more as in the United Kingdom."""
    upper = {one.band: one.businesses for one in size_bands() if one.from_employees >= 10}
    return {"micro": active - active10, **apportion(active10, upper)}


def tenure(one: District) -> dict[str, float]:
    """Shares of households by tenure: the district's, else its region's, else those of the rest."""
    for row in areas().values():
        if row.code == one.code and "owned_2021" in row.figures:
            return tenure_of(*(row.figures[f"{name}_2021"] for name in TENURES))
    return tenure_of(*_regional_tenure(one.region))


def above(name: str, title: str, tier: str, parent: str, code: str) -> Row:
    """Make an area that has others below it."""
    return {"id": name, "name": title, "tier": tier, "parent": parent, "code": code}


def short_name(name: str) -> str:
    """The name without `City of` or `County of` after a comma."""
    return name.split(", City of")[0].split(", County of")[0]


def slug(name: str) -> str:
    """An id: small letters, words joined by hyphens."""
    return name.lower().replace(" ", "-")


@cache
def _regional_tenure(region: str) -> tuple[float, ...]:
    """Published for London and the North West; elsewhere England less these two."""
    london = tuple(scaling(f"{name}_london") for name in TENURES)
    north_west = areas()["rest-of-north-west"].figures
    known = {LONDON: london, NORTH_WEST: tuple(north_west[f"{name}_2021"] for name in TENURES)}
    if region in known:
        return known[region]
    homes = {code: sum(d.households_2021 for d in below(code)) for code in known}
    england = sum(one.households_2021 for one in districts().values())
    left = england - sum(homes.values())
    return tuple(
        (
            scaling(f"{name}_england") * england
            - fsum(known[code][k] * homes[code] for code in known)
        )
        / left
        for k, name in enumerate(TENURES)
    )


def tenure_of(owned: float, social: float, private: float) -> dict[str, float]:
    """Bring shares to a sum of one, and part owners into those with a mortgage and without."""
    whole = owned + social + private
    outright = scaling("owned_outright")
    parts = {
        "owned": owned * outright,
        "mortgaged": owned * (1.0 - outright),
        "social": social,
        "private": private,
    }
    return {name: round(part / whole, 4) for name, part in parts.items()}


def income_of(mean: float, median: float) -> dict[str, int]:
    """Bring incomes of 2022-23 to 2024-25 as the pay of full-time employees grew."""
    growth = scaling("weekly_pay_2024") / scaling("weekly_pay_2022")
    return {"median": 10 * round(median * growth / 10), "mean": 10 * round(mean * growth / 10)}


@cache
def _incomes() -> Mapping[str, tuple[float, float]]:
    """Mean and median income of taxpayers, 2022-23; where unknown, the region's [GBP a year]."""
    regional: dict[str, tuple[float, float]] = {}
    for region in (one.code for one in parents().values() if one.kind == "region"):
        known = [
            (d.taxpayers_2022 or 0, d.income_mean_2022 or 0, d.income_median_2022 or 0)
            for d in below(region)
        ]
        paid = sum(row[0] for row in known)
        regional[region] = (
            sum(row[0] * row[1] for row in known) / paid,
            sum(row[0] * row[2] for row in known) / paid,
        )
    return {
        code: regional[d.region]
        if d.income_mean_2022 is None or d.income_median_2022 is None
        else (float(d.income_mean_2022), float(d.income_median_2022))
        for code, d in districts().items()
    }


@cache
def district_work() -> Mapping[str, Work]:
    """Residents in work and jobs by ONS code of the district."""
    means = {code: mean for code, (mean, _) in _incomes().items()}
    return work_by_district(price_levels(means, income_everywhere()))


@cache
def income_everywhere() -> float:
    """Mean income of taxpayers in the United Kingdom, weighed by residents [GBP a year]."""
    means = {code: mean for code, (mean, _) in _incomes().items()}
    people = {code: d.population_2024 for code, d in districts().items()}
    rest = [one for name, one in nations().items() if name != "england"]
    weighed = fsum(means[code] * people[code] for code in means)
    weighed += sum(one.income_mean_2022 * one.population_2022 for one in rest)
    everyone = sum(people.values()) + sum(one.population_2022 for one in rest)
    return weighed / everyone


@cache
def coops_by_district() -> Mapping[str, int]:
    """Share the co-operatives of the United Kingdom by residents."""
    people = {code: d.population_2024 for code, d in districts().items()}
    people[REST] = sum(n.population_2022 for name, n in nations().items() if name != "england")
    return apportion(round(scaling("coops")), people)


def _english() -> int:
    return sum(one.population_2023 for one in districts().values())


def _households_of_rest() -> int:
    """Wales as counted; Scotland and Northern Ireland per head as England and Wales."""
    counted = [one for one in nations().values() if one.households_2021 is not None]
    homes = sum(one.households_2021 or 0 for one in counted)
    people = sum(one.population_2022 for one in counted)
    others = sum(one.population_2022 for one in nations().values() if one not in counted)
    england = nations()["england"].households_2021 or 0
    return homes - england + others * homes // people
