"""How far the tables reach: England with the other nations as one account, or all four nations.

A region holds counties, and these districts; beyond England the nation stands for a region. The
county of a district is its ITL2 area, whoever governs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from scenarios.errors import PoundflowError
from scenarios.from_tables.areas import Row, above, rest_row, slug, top_rows
from scenarios.from_tables.nation_areas import any_row
from scenarios.tables import (
    AnyDistrict,
    below,
    districts,
    itl2_areas,
    nation_districts,
    nation_itl2_areas,
    nations,
    parents,
    uk_districts,
)


@dataclass(frozen=True, slots=True)
class Upper:
    """What districts lie in: a county, a region of England, or another nation.

    Attributes
    ----------
    id, name, code : str
        Id and name in the scenario, ONS code.
    districts : tuple of AnyDistrict
        All that lie in it.
    """

    id: str
    name: str
    code: str
    districts: tuple[AnyDistrict, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """What the tables make areas of.

    Attributes
    ----------
    name : str
        As `[tables] districts` asks for it.
    districts : mapping of str to AnyDistrict
        By ONS code.
    regions : tuple of Upper
    counties : tuple of Upper
        ITL2 areas.
    nations_apart : bool
        Whether the nations beyond England are districts; else they are one account.
    """

    name: str
    districts: Mapping[str, AnyDistrict]
    regions: tuple[Upper, ...]
    counties: tuple[Upper, ...]
    nations_apart: bool

    def by_id(self, name: object) -> AnyDistrict | None:
        """Find a district by its id in scenarios."""
        return next((one for one in self.districts.values() if one.id == name), None)

    def beyond(self) -> list[Row]:
        """Make accounts of the country beyond the districts."""
        return [] if self.nations_apart else [rest_row()]


class UnknownExtentError(PoundflowError):
    """Raised when the tables are asked for an extent that they do not have."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"found districts {name!r}; wanted england or uk. Ask for one of these.")

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self.name,)


@cache
def extent(name: str) -> Extent:
    """Give what `[tables] districts` names.

    Parameters
    ----------
    name : str
        `england` or `uk`.

    Returns
    -------
    Extent

    Raises
    ------
    UnknownExtentError
        Where it is neither.
    """
    english = tuple(
        Upper(slug(one.name), one.name, one.code, below(one.code))
        for one in parents().values()
        if one.kind == "region"
    )
    counties = tuple(Upper(a.id, a.name, a.code, a.districts) for a in itl2_areas())
    if name == "england":
        return Extent(name, MappingProxyType({**districts()}), english, counties, False)
    if name != "uk":
        raise UnknownExtentError(name)
    others = tuple(
        Upper(one.id, one.name, one.code, _of(one.id))
        for one in nations().values()
        if one.id != "england"
    )
    more = tuple(Upper(a.id, a.name, a.code, a.districts) for a in nation_itl2_areas())
    return Extent(name, uk_districts(), (*english, *others), (*counties, *more), True)


def all_rows(reach: Extent) -> list[Row]:
    """Make every area of an extent, the country and the world.

    Returns
    -------
    list of dict
        Rows of [[areas]], parents before what lies in them.
    """
    rows = top_rows()
    for region in reach.regions:
        rows.append(above(region.id, region.name, "region", "uk", region.code))
        for county in reach.counties:
            if county.districts[0].region == region.code:
                rows.append(above(county.id, county.name, "county", region.id, county.code))
                rows += [any_row(one, county.id) for one in county.districts]
    return [*rows, *reach.beyond()]


def _of(nation: str) -> tuple[AnyDistrict, ...]:
    return tuple(one for one in nation_districts().values() if one.nation == nation)
