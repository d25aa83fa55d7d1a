"""Figures of the Lancashire districts, and of firms by size: what a scenario's areas are made from.

Census 2021 and 2011, business demography, mid-year estimates, the Survey of Personal Incomes and
the Business Population Estimates; each column's source and derivation is in SOURCES.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum
from types import MappingProxyType

import numpy as np

from scenarios.tables.classifications import sector_code
from scenarios.tables.reading import Float64, UnknownRowError, frozen, rows

TEXT_COLUMNS = ("area", "code", "name", "itl3")


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Published and derived figures of one area.

    Attributes
    ----------
    area, code, name, itl3 : str
        Id used in scenario files, ONS code, name, ITL3 area that it lies in.
    figures : mapping of str to float
        The other columns of areas_lancashire.csv; a figure that is not known is left out.
    """

    area: str
    code: str
    name: str
    itl3: str
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SizeBandFigures:
    """Private-sector businesses of one employment size in the United Kingdom.

    Attributes
    ----------
    band : str
        none, micro, small, medium, large.
    from_employees, to_employees : int
        Least and greatest number of employees; -1 without limit.
    businesses, jobs : int
        Number of businesses and of people working in them.
    turnover_pounds : int
        Turnover, VAT left out [GBP a year].
    """

    band: str
    from_employees: int
    to_employees: int
    businesses: int
    jobs: int
    turnover_pounds: int


@cache
def areas() -> Mapping[str, AreaFigures]:
    """Figures of the 14 Lancashire districts, the rest of the North West and of the UK.

    Returns
    -------
    mapping of str to AreaFigures
        By area id, in order of the table.
    """
    out: dict[str, AreaFigures] = {}
    for row in rows("areas_lancashire"):
        figures = {k: float(v) for k, v in row.items() if k not in TEXT_COLUMNS and v != ""}
        out[row["area"]] = AreaFigures(
            area=row["area"],
            code=row["code"],
            name=row["name"],
            itl3=row["itl3"],
            figures=MappingProxyType(figures),
        )
    return MappingProxyType(out)


@cache
def sector_mix(area: str) -> Float64:
    """Shares of an area's workplace jobs by sector.

    Parameters
    ----------
    area : str
        A row set of sector_mix.csv.

    Returns
    -------
    float64[n_sectors]
        In order of code, sum 1; read-only.

    Raises
    ------
    UnknownRowError
        When the table has no such area.
    """
    table = rows("sector_mix")
    out = np.zeros(len(sector_code()))
    for row in table:
        if row["area"] == area:
            out[sector_code()[row["sector"]]] = float(row["jobs_share"])
    if not out.any():
        raise UnknownRowError(area, "sector_mix.csv", (row["area"] for row in table))
    return frozen(out / fsum(out.tolist()))


@cache
def size_bands() -> tuple[SizeBandFigures, ...]:
    """Businesses, jobs and turnover by size (Business Population Estimates 2025).

    Returns
    -------
    tuple of SizeBandFigures
        From businesses without employees to the largest.
    """
    return tuple(
        SizeBandFigures(
            band=row["band"],
            from_employees=int(row["from_employees"]),
            to_employees=int(row["to_employees"]),
            businesses=int(row["businesses"]),
            jobs=int(row["jobs"]),
            turnover_pounds=int(row["turnover_pounds"]),
        )
        for row in rows("size_bands")
    )
