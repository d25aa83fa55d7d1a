"""How the small tables are read: plain CSV with a heading, the same numbers on every machine."""

import csv
from collections.abc import Iterable
from importlib.resources import files

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


def numbers(values: Iterable[float]) -> Float64:
    """Hold numbers in an array that nobody can write to."""
    return frozen(np.array(list(values), dtype=np.float64))


def frozen(values: Float64) -> Float64:
    """Return the same array, made read-only."""
    values.setflags(write=False)
    return values
