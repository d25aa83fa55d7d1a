"""England and the nations beside it, the ITL2 areas of England, and single figures for all of it.

Each figure's publisher and step is in districts.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from scenarios.tables.districts import District, districts, former_districts
from scenarios.tables.reading import UnknownRowError, rows

ITL2 = 4
"""Letters of an ITL3 code that are its ITL2 area's."""


@dataclass(frozen=True, slots=True)
class Nation:
    """One nation of the United Kingdom.

    Attributes
    ----------
    code, id, name : str
        ONS code, short name, name.
    population_2022 : int
        Residents in mid-2022 [people].
    households_2021 : int or None
        Counted by the census; England and Wales only [households].
    active_2022, active10_2022 : int
        Active enterprises, and those with ten employees or more.
    taxpayers_2022, income_mean_2022, income_median_2022 : int
        Income-tax payers, 2022-23 [people], mean and mean of medians of their income [GBP a year].
    jobs_2019 : mapping of str to int
        Sector -> jobs.
    """

    code: str
    id: str
    name: str
    population_2022: int
    households_2021: int | None
    active_2022: int
    active10_2022: int
    taxpayers_2022: int
    income_mean_2022: int
    income_median_2022: int
    jobs_2019: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Itl2:
    """A county or group of counties, as regional accounts part a region.

    Attributes
    ----------
    code, id, name : str
        ITL2 code of January 2021, id for scenario files, ONS name.
    full_time_2021 : int
        Full-time jobs of employees.
    districts : tuple of District
        Those in it, in order of ONS code.
    """

    code: str
    id: str
    name: str
    full_time_2021: int
    districts: tuple[District, ...]


@cache
def nations() -> Mapping[str, Nation]:
    """The four nations.

    Returns
    -------
    mapping of str to Nation
        By id: england, wales, scotland, northern-ireland.
    """
    jobs = rows("nations_jobs")
    return MappingProxyType(
        {
            row["id"]: Nation(
                code=row["code"],
                id=row["id"],
                name=row["name"],
                population_2022=int(row["population_2022"]),
                households_2021=int(row["households_2021"]) if row["households_2021"] else None,
                active_2022=int(row["active_2022"]),
                active10_2022=int(row["active10_2022"]),
                taxpayers_2022=int(row["taxpayers_2022"]),
                income_mean_2022=int(row["income_mean_2022"]),
                income_median_2022=int(row["income_median_2022"]),
                jobs_2019=MappingProxyType({one["sector"]: int(one[row["id"]]) for one in jobs}),
            )
            for row in rows("nations")
        }
    )


@cache
def itl2_areas() -> tuple[Itl2, ...]:
    """The 33 ITL2 areas of England with the districts in them.

    Returns
    -------
    tuple of Itl2
        In order of code; each district is in one.
    """
    members: dict[str, set[str]] = {}
    for row in rows("itl3_members"):
        former = former_districts().get(row["code"])
        now = former.district if former else row["code"]
        members.setdefault(row["itl3"][:ITL2], set()).add(now)
    full_time = {row["code"]: int(row["full_time_2021"]) for row in rows("itl2_jobs")}
    return tuple(
        Itl2(
            code=row["code"],
            id=row["id"],
            name=row["name"],
            full_time_2021=full_time[row["code"]],
            districts=tuple(districts()[code] for code in sorted(members[row["code"]])),
        )
        for row in rows("itl2")
    )


@cache
def county_halls() -> Mapping[str, str]:
    """Where the 21 county councils sit.

    Returns
    -------
    mapping of str to str
        ONS code of the county council -> ONS code of the district.
    """
    return MappingProxyType({row["county"]: row["district"] for row in rows("county_halls")})


@cache
def _scaling() -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in rows("scaling")}


def scaling(name: str) -> float:
    """Give a single figure for England or the United Kingdom.

    Parameters
    ----------
    name : str
        A row of scaling.csv, which has its unit, year and source.

    Returns
    -------
    float

    Raises
    ------
    UnknownRowError
        Where there is no such row.
    """
    if name not in _scaling():
        raise UnknownRowError(name, "scaling.csv", _scaling())
    return _scaling()[name]
