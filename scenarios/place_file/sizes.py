"""What a register of contracts says of their sizes: a year's value and length, by category."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.place_file.find import PlaceError, place_fault
from scenarios.sources.contract_profile import POUND
from scenarios.sources.contract_schema import CONTRACTS
from scenarios.sources.masking import safe_text

ENOUGH = 8
"""Contracts of a category from which its own sizes are taken. Grade: judgement."""

SHORTEST_MONTHS = 12
"""What is let for less is done once; a need of the model goes on."""

DAYS_A_MONTH = 365.25 / 12.0
COLUMNS = (
    "buyer", "title", "start", "end", "annual_value_pence", "total_value_pence", "currency",
    "category_scheme", "category", "category_name",
)  # fmt: skip
FILE = "contracts.parquet"
OPTION = "--register"


@dataclass(frozen=True, slots=True)
class Size:
    """Contracts of one category.

    Attributes
    ----------
    contracts : int
        With a value a year.
    mean, middle : float
        Of the value a year [GBP].
    terms : int
        Contracts with a start and an end.
    months : int
        Usual length of these, the longer of the middle one and a year; 0 where there is none.
    """

    contracts: int
    mean: float
    middle: float
    terms: int
    months: int


@dataclass(frozen=True, slots=True)
class Register:
    """A register of contracts.

    Attributes
    ----------
    buyers : tuple of str
        Whose contracts these are, most first.
    contracts : int
        All of them.
    unread : int
        Those whose category is not known.
    sizes : mapping of str to Size
        Category -> its contracts, where any has a value a year.
    """

    buyers: tuple[str, ...]
    contracts: int
    unread: int
    sizes: Mapping[str, Size]

    def enough(self) -> dict[str, Size]:
        """Categories with contracts enough to go by."""
        return {name: one for name, one in self.sizes.items() if one.contracts >= ENOUGH}


def read_register(folder: Path, category_of: Callable[[Mapping[str, Any]], str | None]) -> Register:
    """Read the contracts of a folder that `import register` or `import ocds` filled.

    Parameters
    ----------
    folder : Path
    category_of : callable
        Takes a row with `COLUMNS`, gives the category that it is read as.

    Returns
    -------
    Register

    Raises
    ------
    PlaceError
        Where the folder holds no contracts.
    """
    table = _contracts(folder)
    values: dict[str, list[float]] = {}
    terms: dict[str, list[float]] = {}
    buyers: Counter[str] = Counter()
    unread = 0
    for row in table.to_pylist():
        if row["buyer"]:
            buyers[safe_text(" ".join(row["buyer"].split()))] += 1
        category = category_of(row)
        if category is None:
            unread += 1
            continue
        months, pounds = months_of(row["start"], row["end"]), year_pounds(row)
        if pounds is not None:
            values.setdefault(category, []).append(pounds)
        if months is not None:
            terms.setdefault(category, []).append(months)
    order = sorted(buyers, key=lambda name: (-buyers[name], name))
    sizes = {
        name: _size(some, terms.get(name, []))
        for name, some in sorted(values.items())
    }  # fmt: skip
    return Register(tuple(order), table.num_rows, unread, sizes)


def _contracts(folder: Path) -> pa.Table:
    wanted = pa.schema([CONTRACTS.field(name) for name in COLUMNS])
    found = ""
    try:
        table = pq.read_table(folder / FILE, columns=list(COLUMNS))
    except FileNotFoundError:
        found = f"no {FILE} in {folder}"
    except (OSError, pa.ArrowException):
        found = f"a {FILE} in {folder} that cannot be read"
    else:
        if table.schema.remove_metadata().equals(wanted):
            return table
        found = f"a {FILE} in {folder} with other columns"
    hint = "Give `poundflow import register FILES.. --out DIR` first, then that DIR."
    what = "a folder that `import register` filled"
    raise PlaceError([place_fault(OPTION, found, what, hint)])


def _size(values: list[float], terms: list[float]) -> Size:
    return Size(
        contracts=len(values),
        mean=fsum(values) / len(values),
        middle=median(values),
        terms=len(terms),
        months=max(round(median(terms)), SHORTEST_MONTHS) if terms else 0,
    )


def months_of(start: date | None, end: date | None) -> float | None:
    """Give the months from a start to an end, both days in; None where either is not known."""
    if start is None or end is None or end < start:
        return None
    return ((end - start).days + 1) / DAYS_A_MONTH


def year_pounds(row: Mapping[str, Any]) -> float | None:
    """The value of a year: as stated, or the whole over the years that it is for, one at least."""
    if row["currency"] not in (POUND, None):
        return None
    year, whole = row["annual_value_pence"], row["total_value_pence"]
    months = months_of(row["start"], row["end"])
    if year is None and whole is not None and months is not None:
        year = whole / max(months / 12.0, 1.0)
    return year / 100.0 if year is not None and year > 0 else None
