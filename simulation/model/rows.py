"""The rows of one table of Books, gathered month by month."""

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.accounting.books import SCHEMAS, Table, empty_table, table
from simulation.accounting.grouping import key_order
from simulation.accounting.spool import Spool

IN_MEMORY = 1 << 22
"""Rows of a table that are kept in memory, some 100 MB; those of a country go to files."""
MONTH = "month"

Part = tuple[Any, ...]


class Rows:
    """Columns of one table of Books.

    Parameters
    ----------
    name : str
        A key of `SCHEMAS`.
    in_memory : int
        Rows beyond which months that are over go to files, where their order is by month first.
    """

    def __init__(self, name: str, in_memory: int = IN_MEMORY) -> None:
        self.name = name
        self._names = tuple(SCHEMAS[name].columns)
        self._in_memory = in_memory
        self._parts: list[Part] = []
        self._single: list[tuple[int, ...]] = []
        self._size = 0
        self._spool: Spool | None = None
        self._last = -np.inf
        """Last month on file."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Rows":
        """Copy the list, share what was written: rows are never changed."""
        twin = Rows(self.name, self._in_memory)
        twin._parts = list(self._parts)
        twin._single = list(self._single)
        twin._size = self._size
        twin._spool, twin._last = copy.deepcopy(self._spool), self._last
        return twin

    def one(self, **columns: int) -> None:
        """Add a single row."""
        self._single.append(tuple(columns[name] for name in self._names))

    def add(self, **columns: Any) -> None:
        """Add rows; a single number stands for a whole column.

        Raises
        ------
        NoRoomForRowsError
            When there are too many for the memory, and for the disk too.
        """
        part = tuple(columns[name] for name in self._names)
        self._parts.append(part)
        self._size += _size(part)
        if self._size > self._in_memory and self._by_month():
            self._put_away(keep=part[0])

    def table(self) -> Table:
        """Return the table, rows in the order of their keys; on file it is read as it is used."""
        if self._spool is None:
            return self._joined(self._parts)
        if self._by_month():
            self._put_away(keep=None)
            return table(self.name, **self._spooled())
        return self._joined([tuple(self._spooled().values()), *self._parts])

    def _spooled(self) -> Table:
        """The rows on file."""
        return {} if self._spool is None else {n: self._spool.column(n) for n in self._names}

    def _by_month(self) -> bool:
        """Say whether all rows so far came month by month, so that files hold them in order."""
        if self._names[0] != MONTH or self._single:
            return False
        months = [part[0] for part in self._parts]
        if any(isinstance(month, np.ndarray) for month in months):
            return False
        return sorted(months) == months and all(month > self._last for month in months[:1])

    def _put_away(self, keep: int | None) -> None:
        """Write all months but one to files, each in the order of its keys."""
        done = [part for part in self._parts if part[0] != keep]
        if not done:
            return
        if self._spool is None:
            schema = SCHEMAS[self.name].columns
            types = {name: np.dtype(code) for name, code in schema.items()}
            self._spool = Spool(types, self._size)
        for month in dict.fromkeys(part[0] for part in done):
            self._spool.write(self._joined([part for part in done if part[0] == month]))
            self._last = month
        self._parts = [part for part in self._parts if part[0] == keep]

    def _joined(self, parts: list[Part]) -> Table:
        """Lay parts end to end, and single rows, in the order of their keys."""
        some = [part for part in parts if _size(part)]
        if self._single:
            some.append(tuple(np.array(self._single, dtype=np.int64).T))
        if not some:
            return empty_table(self.name)
        sizes = [_size(part) for part in some]
        joined = [_end_to_end(values, sizes) for values in zip(*some, strict=True)]
        order = key_order(joined[: SCHEMAS[self.name].keys])
        columns = {name: column[order] for name, column in zip(self._names, joined, strict=True)}
        return table(self.name, **columns)


def _size(part: Part) -> int:
    return next((int(value.size) for value in part if isinstance(value, np.ndarray)), 1)


def _end_to_end(values: Part, sizes: list[int]) -> NDArray[Any]:
    """Lay a column's parts end to end, single numbers stretched to the length of their part."""
    if not any(isinstance(value, np.ndarray) for value in values):
        return np.repeat(np.array(values, dtype=np.int64), sizes)
    return np.concatenate(
        [
            value if isinstance(value, np.ndarray) else np.full(size, value, dtype=np.int64)
            for value, size in zip(values, sizes, strict=True)
        ]
    )
