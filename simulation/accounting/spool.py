"""Columns that grow month by month in files that nobody else sees.

A file has no name: it ends with the process, however that ends. What lies in it is read as it is
used, and takes no memory that is wanted elsewhere.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import InputError


class NoRoomForRowsError(InputError):
    """Raised when the disk has no room for what a long run of a large place writes down."""

    def __init__(self, folder: str, size: int, why: str) -> None:
        super().__init__(
            f"{folder}: no room for what has been written down so far, {size:,} bytes ({why}). "
            "Name a folder on a larger disk with TMPDIR, or ask for fewer months."
        )
        self.folder, self.size, self.why = folder, size, why

    def __reduce__(self) -> tuple[type, tuple[str, int, str]]:
        return type(self), (self.folder, self.size, self.why)


class Spool:
    """Columns of equal length, each in a file of its own.

    Parameters
    ----------
    types : mapping of str to dtype
        Name and type of each column.
    rows : int
        How many are about to be written.

    Raises
    ------
    NoRoomForRowsError
        Here and in what follows, when the disk is full.
    """

    def __init__(self, types: Mapping[str, np.dtype[Any]], rows: int = 0) -> None:
        self._types = dict(types)
        self._files: dict[str, IO[bytes]] = {}
        self.size = 0
        with self._told(rows):
            self._files = {name: _unnamed_file() for name in self._types}

    def __del__(self) -> None:
        for file in self._files.values():
            file.close()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Spool":
        """Copy what may grow."""
        other = Spool(self._types)
        with self._told(0):
            for name, file in self._files.items():
                file.seek(0)
                shutil.copyfileobj(file, other._files[name], 1 << 24)
                other._files[name].flush()
                file.seek(0, os.SEEK_END)
        other.size = self.size
        return other

    def write(self, columns: Mapping[str, NDArray[Any]]) -> slice:
        """Add rows; return where they lie.

        Parameters
        ----------
        columns : mapping of str to array[m]
            Each of its type.
        """
        rows = next(iter(columns.values())).size
        with self._told(rows):
            for name, file in self._files.items():
                file.write(np.ascontiguousarray(columns[name], dtype=self._types[name]).data)
                file.flush()
        self.size += rows
        return slice(self.size - rows, self.size)

    def column(self, name: str, rows: slice | None = None) -> NDArray[Any]:
        """Return some rows of a column, all of them by default, as they lie in the file."""
        dtype = self._types[name]
        begin, end = (0, self.size) if rows is None else (rows.start, rows.stop)
        if end == begin:
            return np.empty(0, dtype=dtype)
        at = begin * dtype.itemsize
        return np.asarray(np.memmap(self._files[name], dtype, "r", at, (end - begin,)))

    @contextmanager
    def _told(self, more: int) -> Iterator[None]:
        """Turn a fault of the disk into one that says how much room was wanted."""
        try:
            yield
        except OSError as error:
            wanted = (self.size + more) * sum(dtype.itemsize for dtype in self._types.values())
            why = error.strerror or type(error).__name__
            raise NoRoomForRowsError(tempfile.gettempdir(), wanted, why) from None


def _unnamed_file() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="poundflow-")
