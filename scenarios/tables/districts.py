"""The 296 districts of England as they stood in April 2023, and the councils above them.

Districts here are the lower-tier authorities: districts under a county council, unitary
authorities, metropolitan districts and London boroughs, the City among them. Each column's
publisher, year and step is in districts.md. A figure that no table gives is None, never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from scenarios.errors import InputError
from scenarios.tables.reading import UnknownRowError, rows

KINDS = ("district", "unitary", "metropolitan", "london_borough")


@dataclass(frozen=True, slots=True)
class District:
    """One lower-tier authority of England.

    Attributes
    ----------
    code, id, name : str
        ONS code of April 2023, id for scenario files, ONS name.
    kind : str
        district, unitary, metropolitan or london_borough.
    county, combined, region : str
        ONS codes of its county council, of its combined authority (for London the Greater London
        Authority), and of its region; empty where it has none.
    easting_m, northing_m : int
        Centroid on the National Grid [m].
    area_km2 : float
        Area [km2].
    population_2023, working_age_2023, population_2024 : int
        Residents in mid-2023, those of them aged 16 to 64, and residents in mid-2024 [people].
    households_2021, households_2024 : int
        Counted by the census, and estimated for mid-2024 [households].
    active_2022, active10_2022, births_2022, deaths_2022 : int
        Active enterprises, those with ten employees or more, and those born and closed in the year.
    taxpayers_2022 : int or None
        Income-tax payers, 2022-23 [people].
    income_mean_2022, income_median_2022 : int or None
        Their total income before tax [GBP a year].
    pay_median_2024 : int or None
        Gross pay of resident employees [GBP a year].
    pay_error_2024 : float or None
        Standard error of it [per cent].
    weekly_pay_mean_2023, weekly_pay_median_2023 : float or None
        Gross weekly pay, northern England only [GBP a week].
    """

    code: str
    id: str
    name: str
    kind: str
    county: str
    combined: str
    region: str
    easting_m: int
    northing_m: int
    area_km2: float
    population_2023: int
    working_age_2023: int
    population_2024: int
    households_2021: int
    households_2024: int
    active_2022: int
    active10_2022: int
    births_2022: int
    deaths_2022: int
    taxpayers_2022: int | None
    income_mean_2022: int | None
    income_median_2022: int | None
    pay_median_2024: int | None
    pay_error_2024: float | None
    weekly_pay_mean_2023: float | None
    weekly_pay_median_2023: float | None


@dataclass(frozen=True, slots=True)
class Parent:
    """A council or region above districts.

    Attributes
    ----------
    code, name : str
        ONS code and name.
    kind : str
        county, combined, greater_london or region.
    """

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class FormerDistrict:
    """A district that was joined into another, or a code that was replaced.

    Attributes
    ----------
    code, name : str
        ONS code and name that it had.
    ended : int or None
        Year in which it ended; None where only the code changed.
    district : str
        ONS code of the district that it lies in now.
    """

    code: str
    name: str
    ended: int | None
    district: str


class FormerDistrictError(InputError):
    """Raised when a district is asked for that is part of another by now."""

    def __init__(self, name: str, now: str) -> None:
        self.name, self.now = name, now
        super().__init__(
            f"`{name}` is no district of April 2023. It lies in `{now}`: ask for that."
        )

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.name, self.now)


@cache
def districts() -> Mapping[str, District]:
    """All districts of England.

    Returns
    -------
    mapping of str to District
        By ONS code, in its order.
    """
    return MappingProxyType({row["code"]: _district(row) for row in rows("districts")})


@cache
def parents() -> Mapping[str, Parent]:
    """County councils, combined authorities, the Greater London Authority, and regions.

    Returns
    -------
    mapping of str to Parent
        By ONS code, kind by kind.
    """
    return MappingProxyType({row["code"]: Parent(**row) for row in rows("districts_parents")})


@cache
def former_districts() -> Mapping[str, FormerDistrict]:
    """Districts that ended since 2019 and codes replaced since 2009, with what holds them now.

    Returns
    -------
    mapping of str to FormerDistrict
        By the ONS code that they had.
    """
    return MappingProxyType(
        {
            row["code"]: FormerDistrict(
                code=row["code"],
                name=row["name"],
                ended=int(row["ended"]) if row["ended"] else None,
                district=row["district"],
            )
            for row in rows("districts_former")
        }
    )


def district(name: str) -> District:
    """Find one district.

    Parameters
    ----------
    name : str
        ONS code, id or name; capitals do not matter, nor does `City of` after a comma.

    Returns
    -------
    District

    Raises
    ------
    FormerDistrictError
        Where it is part of another district by now, or only its code changed.
    UnknownRowError
        Where nothing is called so; the message names the nearest.
    """
    wanted = name.strip().lower()
    found = _codes_by_word().get(wanted)
    if found is not None:
        return districts()[found]
    for former in former_districts().values():
        if wanted in (former.code.lower(), former.name.lower()):
            raise FormerDistrictError(name, districts()[former.district].name)
    raise UnknownRowError(name, "districts.csv", (row.name for row in districts().values()))


def below(parent: str) -> tuple[District, ...]:
    """Districts under a county council, a combined authority or a region.

    Parameters
    ----------
    parent : str
        ONS code.

    Returns
    -------
    tuple of District
        In order of ONS code.

    Raises
    ------
    UnknownRowError
        Where no parent has this code.
    """
    if parent not in parents():
        raise UnknownRowError(parent, "districts_parents.csv", parents())
    return tuple(
        row for row in districts().values() if parent in (row.county, row.combined, row.region)
    )


@cache
def _codes_by_word() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in districts().values():
        short = row.name.split(", City of")[0].split(", County of")[0]
        for word in (row.code, row.id, row.name, short):
            out[word.lower()] = row.code
    return out


def _district(row: dict[str, str]) -> District:
    def count(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    def measure(column: str) -> float | None:
        return float(row[column]) if row[column] else None

    return District(
        code=row["code"],
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        county=row["county"],
        combined=row["combined"],
        region=row["region"],
        easting_m=int(row["easting_m"]),
        northing_m=int(row["northing_m"]),
        area_km2=float(row["area_km2"]),
        population_2023=int(row["population_2023"]),
        working_age_2023=int(row["working_age_2023"]),
        population_2024=int(row["population_2024"]),
        households_2021=int(row["households_2021"]),
        households_2024=int(row["households_2024"]),
        active_2022=int(row["active_2022"]),
        active10_2022=int(row["active10_2022"]),
        births_2022=int(row["births_2022"]),
        deaths_2022=int(row["deaths_2022"]),
        taxpayers_2022=count("taxpayers_2022"),
        income_mean_2022=count("income_mean_2022"),
        income_median_2022=count("income_median_2022"),
        pay_median_2024=count("pay_median_2024"),
        pay_error_2024=measure("pay_error_2024"),
        weekly_pay_mean_2023=measure("weekly_pay_mean_2023"),
        weekly_pay_median_2023=measure("weekly_pay_median_2023"),
    )
