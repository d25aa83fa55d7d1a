"""The filed months of a run: in memory while they are few, else in files that nobody else sees.

A month of a district has some thousand rows of payments, a month of a country some millions, of
which ten years fill more memory than the country itself.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.accounting.books import SCHEMAS, Table, empty_table, table
from simulation.accounting.sheet import MonthFile
from simulation.accounting.spool import Spool
from simulation.kernels.writing import Sheet

Int64 = NDArray[np.int64]

IN_MEMORY = 1 << 24
"""Rows that are kept in memory, some 300 MB; five years of Preston have four million."""
FLOWS = {name: np.dtype(code) for name, code in SCHEMAS["flows"].columns.items()}


@dataclass(frozen=True, slots=True)
class OnFile:
    """Where a month lies in which files, and where each kind of payment ends in it."""

    month: int
    spool: Spool
    rows: slice
    ends: Int64


class FiledMonths:
    """The months that a ledger has closed, in order.

    Parameters
    ----------
    in_memory : int
        Rows beyond which they go to files.
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._months: list[MonthFile | OnFile] = []
        self._last: OnFile
        self._spool: Spool | None = None
        self._rows = 0

    def __len__(self) -> int:
        return len(self._months)

    def __iter__(self) -> Iterator[MonthFile]:
        return (self._read(month) for month in self._months)

    def __getitem__(self, position: int) -> MonthFile:
        return self._read(self._months[position])

    def __deepcopy__(self, memo: dict[int, Any]) -> "FiledMonths":
        """Copy what may grow; a month that is closed does not change."""
        other = copy.copy(self)
        other._months = list(self._months)
        other._spool = copy.deepcopy(self._spool)
        return other

    def append(self, filed: MonthFile) -> None:
        """File another month; the last one stays in memory, since it is looked at.

        Raises
        ------
        NoRoomForRowsError
            When there are too many rows for the memory, and for the disk too.
        """
        if self._spool is not None:
            self._months[-1] = self._last
        self._months.append(filed)
        self._rows += filed.size
        if self._spool is not None:
            self._last = _put_away(filed, self._spool)
        elif self._rows > self._in_memory:
            self._spool = spool = Spool(FLOWS, self._rows)
            *self._months[:-1], self._last = [_put_away(self._read(m), spool) for m in self._months]

    def clear(self) -> None:
        """Forget all months."""
        self._months, self._spool, self._rows = [], None, 0

    @staticmethod
    def _read(month: MonthFile | OnFile) -> MonthFile:
        """Return a month from wherever it lies."""
        if isinstance(month, MonthFile):
            return month
        rows = Sheet(*(month.spool.column(name, month.rows) for name in Sheet._fields))
        return MonthFile(month.month, {}, rows, month.ends)

    def table(self) -> Table:
        """Lay all months end to end as the table `flows`; on file it is read as it is used."""
        if not self._months:
            return empty_table("flows")
        if self._spool is not None:
            return table("flows", **{name: self._spool.column(name) for name in FLOWS})
        columns = [month.columns() for month in self]
        return table(
            "flows", **{name: np.concatenate([one[name] for one in columns]) for name in FLOWS}
        )


def _put_away(month: MonthFile, spool: Spool) -> OnFile:
    """Write a month to the files, and say where it lies.

    It is looked up as it is asked for: what is held open of each month would in the end be more
    than a process may have.
    """
    columns = month.columns()
    ends = np.searchsorted(columns["kind"], np.arange(month.ends.size), side="right")
    return OnFile(month.month, spool, spool.write(columns), ends)
