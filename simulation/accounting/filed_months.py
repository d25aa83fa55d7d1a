"""The filed months of a run: in memory while they are few, else in files that nobody else sees.

A month of a district has some thousand rows of payments, a month of a country some millions, of
which ten years fill more memory than the country itself. Files have no name: they end with the
process, however it ends.
"""

import copy
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import InputError
from simulation.accounting.books import SCHEMAS, Table, empty_table, table
from simulation.accounting.sheet import MonthFile
from simulation.kernels.writing import Sheet

IN_MEMORY = 1 << 24
"""Rows that are kept in memory, some 300 MB; five years of Preston have four million."""
FLOWS = {name: np.dtype(code) for name, code in SCHEMAS["flows"].columns.items()}


class NoRoomForFlowsError(InputError):
    """Raised when the disk has no room for the payments of a long run of a large place."""

    def __init__(self, folder: str, size: int, why: str) -> None:
        super().__init__(
            f"{folder}: no room for the payments filed so far, {size:,} bytes ({why}). Name a "
            "folder on a larger disk with TMPDIR, or ask for fewer months."
        )
        self.folder, self.size, self.why = folder, size, why

    def __reduce__(self) -> tuple[type, tuple[str, int, str]]:
        return type(self), (self.folder, self.size, self.why)


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
        self._files: dict[str, IO[bytes]] = {}
        self._rows, self._put = 0, 0

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
        other._files = {}
        with _told(self._put):
            for name, file in self._files.items():
                other._files[name] = _copied(file)
        return other

    def __del__(self) -> None:
        self.clear()

    def append(self, filed: MonthFile) -> None:
        """File another month; the last one stays in memory, since it is looked at.

        Raises
        ------
        NoRoomForFlowsError
            When there are too many rows for the memory, and for the disk too.
        """
        if self._files:
            self._months[-1] = self._on_file
        self._months.append(filed)
        self._rows += filed.size
        if self._files:
            self._on_file = self._put_away(filed)
        elif self._rows > self._in_memory:
            self._open_files()
            put_away = [self._put_away(month) for month in self._months]
            self._months[:-1], self._on_file = put_away[:-1], put_away[-1]

    def clear(self) -> None:
        """Forget all months."""
        for file in self._files.values():
            file.close()
        self._months, self._files, self._rows, self._put = [], {}, 0, 0

    def table(self) -> Table:
        """Lay all months end to end as the table `flows`; on file it is read as it is used."""
        if not self._months:
            return empty_table("flows")
        if self._files:
            return table("flows", **{name: self._column(name, 0, self._put) for name in FLOWS})
        columns = [month.columns() for month in self._months]
        return table(
            "flows", **{name: np.concatenate([one[name] for one in columns]) for name in FLOWS}
        )

    def _open_files(self) -> None:
        with _told(self._rows):
            self._files = {name: _unnamed_file() for name in FLOWS}

    def _put_away(self, month: MonthFile) -> MonthFile:
        """Write a month to the files; return it as it is read from there."""
        columns = month.columns()
        begin, size = self._put, columns["pence"].size
        with _told(self._put + size):
            for name, file in self._files.items():
                file.write(columns[name].data)
                file.flush()
        self._put += size
        rows = Sheet(*(self._column(name, begin, size) for name in Sheet._fields))
        ends = np.searchsorted(columns["kind"], np.arange(month.ends.size), side="right")
        return MonthFile(month.month, {}, rows, ends)

    def _column(self, name: str, begin: int, size: int) -> NDArray[Any]:
        dtype = FLOWS[name]
        if size == 0:
            return np.empty(0, dtype=dtype)
        at = begin * dtype.itemsize
        return np.asarray(np.memmap(self._files[name], dtype, "r", at, (size,)))


@contextmanager
def _told(rows: int) -> Iterator[None]:
    """Turn a fault of the disk into one that says how much room was wanted."""
    try:
        yield
    except OSError as error:
        wanted = rows * sum(dtype.itemsize for dtype in FLOWS.values())
        why = error.strerror or type(error).__name__
        raise NoRoomForFlowsError(tempfile.gettempdir(), wanted, why) from None


def _copied(file: IO[bytes]) -> IO[bytes]:
    """Copy an open file from its beginning."""
    other = _unnamed_file()
    file.seek(0)
    shutil.copyfileobj(file, other, 1 << 24)
    file.seek(0, os.SEEK_END)
    return other


def _unnamed_file() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="poundflow-")
