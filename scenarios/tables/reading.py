"""How the small tables are read: plain CSV with a heading, the same numbers on every machine."""

import csv
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import InputError
from scenarios.nearest import did_you_mean

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]


class UnknownRowError(InputError):
    """Raised when a table is asked for something that it does not hold."""

    def __init__(self, name: str, table: str, known: Iterable[str]) -> None:
        self.name, self.table, self.known = name, table, tuple(known)
        hint = did_you_mean(name, self.known)
        super().__init__(f"`{name}` is not in scenarios/tables/{table}. {hint}".rstrip())

    def __reduce__(self) -> tuple[type, tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.name, self.table, self.known)


def rows(table: str) -> list[dict[str, str]]:
    """Read one table.

    Parameters
    ----------
    table : str
        File name in `scenarios/tables`, without `.csv`.

    Returns
    -------
    list of dict
        One mapping from heading to text per row, in order of the file.
    """
    text = files("scenarios").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def month_of(text: str) -> tuple[int, int]:
    """Read a year and month, as in 2012-03; a day after them is left out."""
    year, month, *_ = text.split("-")
    return int(year), int(month)


class Dated(Protocol):
    """A row of a law that applies from a month on."""

    @property
    def year(self) -> int:
        """Of the month from which it applies."""

    @property
    def month(self) -> int:
        """From which it applies."""


AnyDated = TypeVar("AnyDated", bound=Dated)


def in_force(table: Sequence[AnyDated], year: int, month: int) -> AnyDated:
    """Return the last row that applies in a month; before the first row, the first row.

    Where the law changed within the month, the new one counts. Rows stand from the oldest on.
    """
    found = table[0]
    for row in table:
        if (row.year, row.month) <= (year, month):
            found = row
    return found


def numbers(values: Iterable[float]) -> Float64:
    """Hold numbers in an array that nobody can write to."""
    return frozen(np.array(list(values), dtype=np.float64))


def frozen(values: Float64) -> Float64:
    """Return the same array, made read-only."""
    values.setflags(write=False)
    return values
