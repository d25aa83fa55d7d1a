"""Say of every figure of a made district whether it is published, derived, or a wider area's.

The marks are a table (figure_marks.csv): nation by nation what each figure is, with the cases in
which a district has another mark than most of its nation. Which case a district is in is found
here. Whoever shows a place made from the tables shows these beside its figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from scenarios.from_tables.areas import LONDON, NORTH_WEST
from scenarios.from_tables.councils import budget_of
from scenarios.tables import (
    AnyDistrict,
    District,
    NationDistrict,
    areas,
    council_budgets,
    former_districts,
    uk_district,
)
from scenarios.tables.reading import rows

Status = Literal["published", "derived", "inherited"]
ENGLAND = "england"
SERVICE = "budget"
JOINED_IN = 2023
"""Tables of December 2022 hold the districts that were joined in this year apart."""

TOLD = ("law", "tax")
"""What a reader is warned of where it is another nation's."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a figure is.

    Attributes
    ----------
    status : str
        `published`: as its publisher prints it; `derived`: by the step named, from published
        figures or by judgement; `inherited`: that of a wider area, for want of the district's own.
    source : str
        Publisher and table.
    year : str
        Of the figure; a tax year as 2024-25, empty where there is none.
    step : str
        What was done, in a sentence.
    licence : str
        Under which the publisher gives it.
    """

    status: Status
    source: str
    year: str
    step: str
    licence: str


def figure_marks(code: str) -> Mapping[str, Mark]:
    """Say of each figure of a district what it is.

    Parameters
    ----------
    code : str
        ONS code, id or name of a district of the four nations.

    Returns
    -------
    mapping of str to Mark
        Keys of [[areas]] (easting_km, northing_km, area_km2, population, households, enterprises,
        enterprises.bands, jobs, workers, sector_mix, income.mean, income.median, tenure, coops,
        vcse); then, of its own council, budget.SERVICE for each service that it has a net budget
        of, and county_budget.SERVICE where a county council stands above it; budget_by_category
        and payroll; law and tax.

    Raises
    ------
    UnknownRowError, FormerDistrictError, NotADistrictError
        As `uk_district` does.
    """
    one = uk_district(code)
    known = _table()[nation_of(one)]
    cases = _cases(one)
    out: dict[str, Mark] = {}
    for figure, by_case in known.items():
        mark = next((by_case[case] for case in cases if case in by_case), by_case[""])
        if figure != SERVICE:
            out[figure] = mark
            continue
        out |= {f"{SERVICE}.{name}": mark for name in budget_of(one).services}
        if one.county:
            above = council_budgets()[one.county].services
            out |= {f"county_{SERVICE}.{name}": mark for name in above}
    return MappingProxyType(out)


def nation_notes(code: str) -> tuple[str, ...]:
    """Warn of law and tax that are not the nation's own.

    Parameters
    ----------
    code : str
        ONS code, id or name of a district of the four nations.

    Returns
    -------
    tuple of str
        Sentences; none for a district of England.
    """
    return notes_of_nation(nation_of(uk_district(code)))


def notes_of_nation(nation: str) -> tuple[str, ...]:
    """Warn of law and tax that are not a nation's own.

    Parameters
    ----------
    nation : str
        Id of a nation of the United Kingdom; any other has no marks.

    Returns
    -------
    tuple of str
        Sentences; none for England, nor for what is no nation of the tables.
    """
    marks = _table().get(nation, {})
    return tuple(
        f"The {name} is {by_case[''].step}."
        for name, by_case in marks.items()
        if name in TOLD and by_case[""].status == "inherited"
    )


def published_totals(code: str) -> Mapping[str, int]:
    """Give the totals of a district that are shipped as published, to hold a built place against.

    Parameters
    ----------
    code : str
        ONS code, id or name of a district of the four nations.

    Returns
    -------
    mapping of str to int
        population, enterprises, enterprises10 (those with ten employees or more), and jobs in
        Scotland and Northern Ireland. Households are nowhere published for the year that is built.
    """
    one = uk_district(code)
    out = {"enterprises": one.active_2022, "enterprises10": one.active10_2022}
    if isinstance(one, NationDistrict):
        out["population"] = one.population
        if one.jobs_2019 is not None:
            out["jobs"] = one.jobs_2019
    else:
        out["population"] = one.population_2024
    return MappingProxyType(out)


def nation_of(one: AnyDistrict) -> str:
    """Id of the nation that a district lies in."""
    return one.nation if isinstance(one, NationDistrict) else ENGLAND


def _cases(one: AnyDistrict) -> set[str]:
    """Cases of the table that a district is in."""
    out = set()
    if one.income_mean_2022 is None:
        out.add("unknown")
    if isinstance(one, District):
        if any(
            f.ended == JOINED_IN and f.district == one.code for f in former_districts().values()
        ):
            out.add("joined")
        if any(a.code == one.code and "owned_2021" in a.figures for a in areas().values()):
            out.add("known")
        elif one.region in (LONDON, NORTH_WEST):
            out.add("region")
    return out


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, Mark]]]:
    """Marks by nation, figure and case."""
    out: dict[str, dict[str, dict[str, Mark]]] = {}
    for row in rows("figure_marks"):
        mark = Mark(
            status=cast(Status, row["status"]),
            source=row["source"],
            year=row["year"],
            step=row["step"],
            licence=row["licence"],
        )
        by_figure = out.setdefault(row["nation"], {})
        by_figure.setdefault(row["figure"], {})[row["case"]] = mark
    return out
