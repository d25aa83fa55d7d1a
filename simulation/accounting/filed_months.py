"""The filed months of a run: in memory while they are few, else in files that nobody else sees.

A month of a district has some thousand rows of payments, a month of a country some millions, of
which ten years fill more memory than the country itself.
"""

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.accounting.books import SCHEMAS, Table, empty_table, table
from simulation.accounting.sheet import MonthFile
from simulation.accounting.spool import Spool
from simulation.kernels.writing import Sheet

IN_MEMORY = 1 << 24
"""Rows that are kept in memory, some 300 MB; five years of Preston have four million."""
FLOWS = {name: np.dtype(code) for name, code in SCHEMAS["flows"].columns.items()}


class FiledMonths:
    """The months that a ledger has closed, in order.

    Parameters
    ----------
    in_memory : int
        Rows beyond which they go to files.
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._months: list[MonthFile] = []
        self._on_file: MonthFile
        self._spool: Spool | None = None
        self._rows = 0

    def __len__(self) -> int:
        return len(self._months)

    def __iter__(self) -> Iterator[MonthFile]:
        return iter(self._months)

    def __getitem__(self, position: int) -> MonthFile:
        return self._months[position]

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
            self._months[-1] = self._on_file
        self._months.append(filed)
        self._rows += filed.size
        if self._spool is not None:
            self._on_file = _put_away(filed, self._spool)
        elif self._rows > self._in_memory:
            self._spool = spool = Spool(FLOWS, self._rows)
            put_away = [_put_away(month, spool) for month in self._months]
            self._months[:-1], self._on_file = put_away[:-1], put_away[-1]

    def clear(self) -> None:
        """Forget all months."""
        self._months, self._spool, self._rows = [], None, 0

    def table(self) -> Table:
        """Lay all months end to end as the table `flows`; on file it is read as it is used."""
        if not self._months:
            return empty_table("flows")
        if self._spool is not None:
            return table("flows", **{name: self._spool.column(name) for name in FLOWS})
        columns = [month.columns() for month in self._months]
        return table(
            "flows", **{name: np.concatenate([one[name] for one in columns]) for name in FLOWS}
        )


def _put_away(month: MonthFile, spool: Spool) -> MonthFile:
    """Write a month to the files; return it as it is read from there."""
    columns = month.columns()
    where = spool.write(columns)
    rows = Sheet(*(spool.column(name, where) for name in Sheet._fields))
    ends = np.searchsorted(columns["kind"], np.arange(month.ends.size), side="right")
    return MonthFile(month.month, {}, rows, ends)
