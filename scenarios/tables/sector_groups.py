"""Value added of every English district, by groups of sectors that the regional accounts part.

A group holds the sectors that the ONS does not part from each other in its table of ITL3 areas;
imputed rent stands alone, for it is a rent that nobody pays. How the figures of an area are shared
among its districts is in districts.md.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from scenarios.tables.districts import district
from scenarios.tables.reading import Float64, frozen, numbers, rows


@dataclass(frozen=True, slots=True)
class SectorGroup:
    """Sectors whose value added is published together.

    Attributes
    ----------
    group, name : str
        Short name, and name for reports.
    itl_codes : tuple of str
        Industries of the ONS table that make it up.
    sectors : tuple of str
        Ids of the sectors in it; none for imputed rent.
    follows : str
        What it is shared among the districts of an area by: enterprises or households.
    """

    group: str
    name: str
    itl_codes: tuple[str, ...]
    sectors: tuple[str, ...]
    follows: str


@cache
def sector_groups() -> tuple[SectorGroup, ...]:
    """List the groups.

    Returns
    -------
    tuple of SectorGroup
        In order of the table; every sector is in one.
    """
    return tuple(
        SectorGroup(
            group=row["group"],
            name=row["name"],
            itl_codes=tuple(row["itl_codes"].split(";")),
            sectors=tuple(row["sectors"].split()),
            follows=row["follows"],
        )
        for row in rows("sector_groups")
    )


@cache
def _values_added() -> dict[str, Float64]:
    names = [group.group for group in sector_groups()]
    return {
        row["code"]: numbers(float(row[name]) for name in names)
        for row in rows("districts_value_added")
    }


def value_added(name: str) -> Float64:
    """Gross value added of one district in 2022, an estimate.

    Parameters
    ----------
    name : str
        ONS code, id or name of a district.

    Returns
    -------
    float64[n_groups]
        GBP million a year at current basic prices, in order of the groups; read-only.

    Raises
    ------
    UnknownRowError, FormerDistrictError
        As `district` does.
    """
    return _values_added()[district(name).code]


def values_added() -> Float64:
    """Gross value added of all districts in 2022.

    Returns
    -------
    float64[n_districts, n_groups]
        GBP million a year at current basic prices, in order of `districts` and of the groups;
        read-only.
    """
    return frozen(np.stack(list(_values_added().values())))
