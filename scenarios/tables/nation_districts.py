"""The 65 districts of Wales, Scotland and Northern Ireland, and any district of the four nations.

Less is published of them than of England's, and not of one year: nations_districts.md says of each
column what it is. A figure that no table gives is None, never a guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from scenarios.errors import InputError
from scenarios.tables.districts import (
    District,
    FormerDistrict,
    FormerDistrictError,
    below,
    districts,
    former_districts,
    parents,
)
from scenarios.tables.nations import Itl2, itl2_areas, nations
from scenarios.tables.reading import UnknownRowError, rows

UNITED_KINGDOM = "K02000001"
NAMED = 6
"""So many districts of an area are named to who asks for it in place of a district."""


@dataclass(frozen=True, slots=True)
class NationDistrict:
    """One local authority of Wales, Scotland or Northern Ireland.

    Attributes
    ----------
    code, id, name : str
        ONS code, id for scenario files, ONS name.
    nation, region : str
        Id and ONS code of its nation, which stands where England has a region.
    itl2 : str
        ITL2 code of January 2021 of the area above it.
    county : str
        Empty: no council stands above another.
    easting_m, northing_m : int
        Centroid on the National Grid, Northern Ireland's too [m].
    area_km2 : float
        Area [km2].
    population, population_year : int
        Residents [people], and the year of that count or estimate.
    working_age : int or None
        Residents aged 16 to 64; Wales only [people].
    households_2021 : int or None
        Counted by the census; Wales only [households].
    households : int
        Estimated [households].
    active_2022, active10_2022 : int
        Active enterprises, and those with ten employees or more.
    taxpayers_2022, income_mean_2022, income_median_2022 : int or None
        Income-tax payers, 2022-23 [people], mean and median of their income [GBP a year].
    jobs_2019 : int or None
        Jobs by workplace, Scotland and Northern Ireland [number].
    """

    code: str
    id: str
    name: str
    nation: str
    region: str
    itl2: str
    county: str
    easting_m: int
    northing_m: int
    area_km2: float
    population: int
    population_year: int
    working_age: int | None
    households_2021: int | None
    households: int
    active_2022: int
    active10_2022: int
    taxpayers_2022: int | None
    income_mean_2022: int | None
    income_median_2022: int | None
    jobs_2019: int | None


@dataclass(frozen=True, slots=True)
class NationItl2:
    """A group of districts, as regional accounts part a nation.

    Attributes
    ----------
    code, id, name : str
        ITL2 code of January 2021, id for scenario files, ONS name.
    full_time_2021 : int or None
        Full-time jobs of employees, where they are published.
    districts : tuple of NationDistrict
        Those in it, in order of ONS code.
    """

    code: str
    id: str
    name: str
    full_time_2021: int | None
    districts: tuple[NationDistrict, ...]


AnyDistrict = District | NationDistrict


class NotADistrictError(InputError):
    """Raised when an area that holds districts is asked for in place of one of them."""

    def __init__(self, asked: str, what: str, inside: Iterable[str]) -> None:
        self.asked, self.what, self.inside = asked, what, tuple(inside)
        named = ", ".join(self.inside[:NAMED])
        more = f" and {len(self.inside) - NAMED} more" if len(self.inside) > NAMED else ""
        super().__init__(
            f"`{asked}` is {what}; wanted one local authority district. Ask for one of those in "
            f"it: {named}{more}."
        )

    def __reduce__(self) -> tuple[type, tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.asked, self.what, self.inside)


@cache
def nation_districts() -> Mapping[str, NationDistrict]:
    """All districts of Wales, Scotland and Northern Ireland.

    Returns
    -------
    mapping of str to NationDistrict
        By ONS code, in its order.
    """
    return MappingProxyType({row["code"]: _district(row) for row in rows("nations_districts")})


@cache
def uk_districts() -> Mapping[str, AnyDistrict]:
    """All 361 districts of the United Kingdom.

    Returns
    -------
    mapping of str to District or NationDistrict
        By ONS code, England's first.
    """
    return MappingProxyType({**districts(), **nation_districts()})


@cache
def nation_itl2_areas() -> tuple[NationItl2, ...]:
    """The eight ITL2 areas beyond England.

    Returns
    -------
    tuple of NationItl2
        In order of code; each district is in one, North Ayrshire whole in Southern Scotland and
        Argyll and Bute whole in Highlands and Islands, which a few of their people are not.
    """
    return tuple(
        NationItl2(
            code=row["code"],
            id=row["id"],
            name=row["name"],
            full_time_2021=int(row["full_time_2021"]) if row["full_time_2021"] else None,
            districts=tuple(d for d in nation_districts().values() if d.itl2 == row["code"]),
        )
        for row in rows("nations_itl2")
    )


@cache
def nation_district_jobs() -> Mapping[str, Mapping[str, int]]:
    """Jobs of 2019 in each district of Scotland and Northern Ireland.

    Returns
    -------
    mapping of str to mapping
        ONS code -> sector -> jobs.
    """
    table = rows("nations_districts_jobs")
    return MappingProxyType(
        {
            row["code"]: MappingProxyType({k: int(v) for k, v in row.items() if k != "code"})
            for row in table
        }
    )


@cache
def nation_values_added() -> Mapping[str, Mapping[str, float]]:
    """Gross value added of each district of Wales in 2022, an estimate within ITL3 areas.

    Returns
    -------
    mapping of str to mapping
        ONS code -> group of sectors -> GBP million a year.
    """
    table = rows("nations_value_added")
    return MappingProxyType(
        {
            row["code"]: MappingProxyType({k: float(v) for k, v in row.items() if k != "code"})
            for row in table
        }
    )


def uk_district(asked: str) -> AnyDistrict:
    """Find one district of the four nations.

    Parameters
    ----------
    asked : str
        ONS code, id or name; capitals do not matter.

    Returns
    -------
    District or NationDistrict

    Raises
    ------
    FormerDistrictError
        Where it is part of another district by now, or only its code changed; says which.
    NotADistrictError
        Where it is a county, a combined authority, a region, a nation or an ITL area, or a county
        council that ended; names the districts in it.
    UnknownRowError
        Where nothing is called so; the message names the nearest.
    """
    wanted = asked.strip().lower()
    found = _codes_by_word().get(wanted)
    if found is not None:
        return uk_districts()[found]
    for former in uk_former_districts().values():
        if wanted in (former.code.lower(), former.name.lower()):
            now = uk_districts()[former.district]
            raise FormerDistrictError(asked, f"{now.name}, {now.code}")
    for code, (what, inside) in _areas().items():
        if wanted == code.lower():
            raise NotADistrictError(asked, what, inside)
    names = [*(row.name for row in uk_districts().values()), *uk_districts()]
    raise UnknownRowError(asked, "districts.csv and nations_districts.csv", names)


@cache
def uk_former_districts() -> Mapping[str, FormerDistrict]:
    """Former districts and codes of the four nations, with what holds them now.

    Returns
    -------
    mapping of str to FormerDistrict
        By the ONS code that they had.
    """
    found = dict(former_districts())
    for row in rows("nations_former"):
        ended = int(row["ended"]) if row["ended"] else None
        found[row["code"]] = FormerDistrict(row["code"], row["name"], ended, row["district"])
    return MappingProxyType(found)


class WideArea(NamedTuple):
    """An area that holds districts.

    Attributes
    ----------
    kind : str
        county, combined, greater_london, itl2, region, nation or uk.
    name : str
    districts : tuple of District or NationDistrict
        In order of ONS code.
    """

    kind: str
    name: str
    districts: tuple[AnyDistrict, ...]


def uk_itl2_areas() -> tuple[Itl2 | NationItl2, ...]:
    """ITL2 areas of all nations, England's first."""
    return (*itl2_areas(), *nation_itl2_areas())


def wide_area(code: str) -> WideArea | None:
    """Give the area that holds districts and has this code; None where none is known.

    Parameters
    ----------
    code : str
        ONS code of a county council, combined authority, region, nation or of the United Kingdom;
        code of an ITL2 area.
    """
    if code in parents():
        return WideArea(parents()[code].kind, parents()[code].name, below(code))
    for area in uk_itl2_areas():
        if area.code == code:
            return WideArea("itl2", area.name, tuple(area.districts))
    for nation in nations().values():
        if nation.code == code:
            inside = districts() if nation.id == "england" else _of(nation.id)
            return WideArea("nation", nation.name, tuple(inside.values()))
    if code == UNITED_KINGDOM:
        return WideArea("uk", "United Kingdom", tuple(uk_districts().values()))
    return None


@cache
def _areas() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """What holds districts, by code: what it is, and the districts in it."""
    out: dict[str, tuple[str, tuple[str, ...]]] = {}
    kinds = {
        "county": "the county council of",
        "combined": "the combined authority",
        "greater_london": "the",
        "region": "the region",
    }
    for code, one in parents().items():
        out[code] = (f"{kinds[one.kind]} {one.name}", _named(below(code)))
    for row in rows("counties_former"):
        heirs = [uk_districts()[code] for code in row["districts"].split()]
        what = f"the county council of {row['name']}, which ended in {row['ended']}"
        out[row["code"]] = (what, _named(heirs))
    for area in itl2_areas():
        out[area.code] = (f"the ITL2 area {area.name}", _named(area.districts))
    for other in nation_itl2_areas():
        out[other.code] = (f"the ITL2 area {other.name}", _named(other.districts))
    itl3: dict[str, tuple[str, ...]] = {}
    for row in rows("itl3_members"):
        itl3[row["itl3"]] = (*itl3.get(row["itl3"], ()), row["name"])
    for row in rows("nations_members"):
        itl3[row["itl"]] = (*itl3.get(row["itl"], ()), row["name"])
    out |= {code: ("an ITL3 area", names) for code, names in itl3.items() if code not in out}
    for nation in nations().values():
        inside = districts() if nation.id == "england" else _of(nation.id)
        out[nation.code] = (f"the nation {nation.name}", _named(inside.values()))
    out[UNITED_KINGDOM] = ("the United Kingdom", _named(uk_districts().values()))
    return out


def _of(nation: str) -> dict[str, NationDistrict]:
    return {code: one for code, one in nation_districts().items() if one.nation == nation}


def _named(inside: Iterable[AnyDistrict]) -> tuple[str, ...]:
    return tuple(f"{one.name} ({one.code})" for one in inside)


@cache
def _codes_by_word() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in uk_districts().values():
        short = row.name.split(", City of")[0].split(", County of")[0]
        for word in (row.code, row.id, row.name, short):
            out.setdefault(word.lower(), row.code)
    return out


def _district(row: dict[str, str]) -> NationDistrict:
    def count(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    return NationDistrict(
        code=row["code"],
        id=row["id"],
        name=row["name"],
        nation=row["nation"],
        region=nations()[row["nation"]].code,
        itl2=row["itl2"],
        county="",
        easting_m=int(row["easting_m"]),
        northing_m=int(row["northing_m"]),
        area_km2=float(row["area_km2"]),
        population=int(row["population"]),
        population_year=int(row["population_year"]),
        working_age=count("working_age"),
        households_2021=count("households_2021"),
        households=int(row["households"]),
        active_2022=int(row["active_2022"]),
        active10_2022=int(row["active10_2022"]),
        taxpayers_2022=count("taxpayers_2022"),
        income_mean_2022=count("income_mean_2022"),
        income_median_2022=count("income_median_2022"),
        jobs_2019=count("jobs_2019"),
    )
