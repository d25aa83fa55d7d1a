"""Tables written as Parquet while they are made, and the list of what was set aside as CSV.

All files of an import take their names together, once every one of them is whole.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BATCH = 10_000
"""Rows held before they are written."""

SET_ASIDE = "set_aside.csv"
SET_ASIDE_COLUMNS = ("file", "place", "reason", "detail")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Write a cell so that no spreadsheet takes it for a formula: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


@contextmanager
def together(folder: Path) -> Iterator[Path]:
    """Give a folder to write files in, which move to `folder` at the end, or are gone on a fault.

    Parameters
    ----------
    folder : Path
        Exists already.
    """
    with TemporaryDirectory(prefix=".import-", dir=folder) as name:
        yield Path(name)
        for path in sorted(Path(name).iterdir()):
            if path.suffix in {".parquet", ".csv", ".json"}:
                path.replace(folder / path.name)


class Tables:
    """Tables that rows are added to one by one.

    Parameters
    ----------
    folder : Path
        Where each is written as NAME.parquet.
    schemas : mapping of str to pyarrow.Schema
        Name of a table and its columns.
    """

    def __init__(self, folder: Path, schemas: Mapping[str, pa.Schema]) -> None:
        self.count = dict.fromkeys(schemas, 0)
        self._schemas = schemas
        self._held: dict[str, list[Mapping[str, Any]]] = {name: [] for name in schemas}
        self._writers = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in schemas.items()
        }

    def __enter__(self) -> "Tables":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name, writer in self._writers.items():
            if kind is None:
                self._write(name)
            writer.close()

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Add a row; a column that it lacks is null."""
        held = self._held[table]
        held.append(row)
        self.count[table] += 1
        if len(held) >= BATCH:
            self._write(table)

    def _write(self, table: str) -> None:
        held, self._held[table] = self._held[table], []
        if held:
            batch = pa.RecordBatch.from_pylist(held, schema=self._schemas[table])
            self._writers[table].write_batch(batch)


class SetAside:
    """The list of what was set aside; a person can open it in a spreadsheet without danger."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / SET_ASIDE).open("w", newline="", encoding="utf-8")
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(SET_ASIDE_COLUMNS)

    def close(self) -> None:
        """Put the list on the disk."""
        self._file.close()

    def add(self, *cells: str) -> None:
        """Add a line: file, place, reason and detail."""
        self._rows.writerow([safe_cell(cell) for cell in cells])
