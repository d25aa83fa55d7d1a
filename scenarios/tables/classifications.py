"""The lists that everything is counted by: 32 sectors of the economy, 24 categories of spending.

Sectors group divisions of the Standard Industrial Classification 2007 (ONS). Categories group the
level 1 classes of ProClass. Order is code; later work may append and never renames.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scenarios.tables.reading import Float64, frozen, rows


@dataclass(frozen=True, slots=True)
class Sector:
    """A group of industries.

    Attributes
    ----------
    code : int
        Position, from 0.
    id, name : str
        Short name, and name for reports.
    sic_divisions : tuple of int
        Divisions of SIC 2007.
    """

    code: int
    id: str
    name: str
    sic_divisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """Something that councils and other public bodies buy.

    Attributes
    ----------
    code : int
        Position, from 0.
    id, name : str
        Short name, and name for reports.
    threshold_class : str
        goods_services, works or light_touch: which threshold of procurement law applies.
    proclass : str
        Nearest level 1 class of ProClass.
    unit_name : str
        What one unit of need is in everyday words.
    """

    code: int
    id: str
    name: str
    threshold_class: str
    proclass: str
    unit_name: str


@cache
def sectors() -> tuple[Sector, ...]:
    """List the sectors.

    Returns
    -------
    tuple of Sector
        In order of code.
    """
    return tuple(
        Sector(
            code=int(row["code"]),
            id=row["id"],
            name=row["name"],
            sic_divisions=tuple(int(part) for part in row["sic_divisions"].split()),
        )
        for row in rows("sectors")
    )


@cache
def categories() -> tuple[Category, ...]:
    """List the spending categories.

    Returns
    -------
    tuple of Category
        In order of code.
    """
    return tuple(
        Category(
            code=int(row["code"]),
            id=row["id"],
            name=row["name"],
            threshold_class=row["threshold_class"],
            proclass=row["proclass"],
            unit_name=row["unit_name"],
        )
        for row in rows("categories")
    )


@cache
def category_names() -> Mapping[str, str]:
    """Map ids of spending categories to their names."""
    return {category.id: category.name for category in categories()}


@cache
def sector_code() -> dict[str, int]:
    """Map sector ids to codes."""
    return {sector.id: sector.code for sector in sectors()}


@cache
def category_code() -> dict[str, int]:
    """Map category ids to codes."""
    return {category.id: category.code for category in categories()}


@cache
def tendering_sectors() -> NDArray[np.bool_]:
    """Say which sectors may tender for each category: those whose own trade the service is.

    Others have a share of the spending, as taxi firms have of children's care, and no part in a
    competition for the whole.

    Returns
    -------
    bool[n_categories, n_sectors]
        Each category has one at least. Read-only.
    """
    out = np.zeros((len(categories()), len(sectors())), dtype=np.bool_)
    for row in rows("categories_sectors"):
        out[category_code()[row["category"]], sector_code()[row["sector"]]] = (
            row["tenders"] == "yes"
        )
    out.setflags(write=False)
    return out


@cache
def category_sectors() -> Float64:
    """Say which sectors supply each category of spending.

    Returns
    -------
    float64[n_categories, n_sectors]
        Shares of spending; each row sums to 1. Read-only.
    """
    out = np.zeros((len(categories()), len(sectors())))
    for row in rows("categories_sectors"):
        out[category_code()[row["category"]], sector_code()[row["sector"]]] = float(row["share"])
    return frozen(out)
