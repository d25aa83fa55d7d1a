"""Every try of every run: when it began, how it ended, what it took; failed ones with the reason.

Each process appends lines to a file of its own, one write a line, so that a killed process leaves
at most one torn line, and a `begin` without an end says which run it had in hand.
"""

import errno
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from experiments.store.aside import refusal
from experiments.store.parts import read_table
from experiments.store.sweep_tables import ATTEMPTS_FILE, ATTEMPTS_FOLDER
from experiments.store.writer import writer_name

if TYPE_CHECKING:
    import duckdb

LINES = ".jsonl"


class Event(StrEnum):
    """What happened to a try."""

    BEGIN = "begin"
    DONE = "done"
    FAILED = "failed"
    HUNG = "hung"
    MEMORY = "memory"
    DIED = "died"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Try:
    """One try of one run; `number` counts from 1."""

    run: str
    index: int
    seed: int
    number: int


ATTEMPTS = pa.schema(
    [
        ("run", pa.string()),
        ("index", pa.int64()),
        ("seed", pa.int64()),
        ("try", pa.int32()),
        ("status", pa.string()),
        ("began", pa.timestamp("ms", tz="UTC")),
        ("wall", pa.float64()),
        ("peak_mb", pa.float64()),
        ("error", pa.string()),
        ("writer", pa.string()),
    ]
)
"""Seconds of `wall`, megabytes of `peak_mb`; null where the try did not live to tell."""

TRY_ORDER = ("index", "run", "try", "began", "writer")


LINE = {
    "event": "VARCHAR",
    "run": "VARCHAR",
    "index": "BIGINT",
    "seed": "BIGINT",
    "try": "INTEGER",
    "time": "DOUBLE",
    "wall": "DOUBLE",
    "peak_mb": "DOUBLE",
    "error": "VARCHAR",
}

READING = f"""
    CREATE TABLE lines AS
    SELECT row_number() OVER () AS line, * EXCLUDE (filename),
        CAST(round(("time" - coalesce(wall, 0)) * 1000) AS BIGINT) AS began,
        regexp_extract(filename, '([^/\\\\]*){LINES}$', 1) AS writer
    FROM read_json(?, columns = {LINE}, format = 'newline_delimited', ignore_errors = true,
        filename = true)
"""
"""Lines are numbered in the order of the files and as they stand in each."""

WHOLE = " AND ".join(
    f'"{key}" IS NOT NULL' for key in ("event", "run", "index", "seed", "try", "time")
)
"""What a line has to tell; one that was cut short, or holds no such thing, tells nothing."""

PAIRING = (
    f"""
    CREATE TABLE opened AS
    SELECT DISTINCT ON (run, "try", writer, began) *
    FROM (
        SELECT line, run, "index", seed, "try", '{Event.INTERRUPTED}' AS status, began,
            NULL::DOUBLE AS wall, NULL::DOUBLE AS peak_mb, NULL::VARCHAR AS error, writer
        FROM lines WHERE {WHOLE} AND event = '{Event.BEGIN}'
        UNION ALL
        SELECT row_number() OVER () - 1 - (SELECT count(*) FROM known), run, "index", seed, "try",
            status, epoch_ms(began), wall, peak_mb, error, writer
        FROM known
    )
    ORDER BY run, "try", writer, began, line
    """,
    f"""
    CREATE TABLE ended AS
    SELECT *, (run, "try", writer) IN (SELECT (run, "try", writer) FROM opened) AS own,
        (run, "try") IN (SELECT (run, "try") FROM opened) AS of_any
    FROM lines WHERE {WHOLE} AND event <> '{Event.BEGIN}'
    """,
    "DROP TABLE lines",
    *(
        f"""
        CREATE TABLE {made} AS
        WITH waiting AS (
            SELECT *, row_number() OVER (PARTITION BY {whose} ORDER BY line) AS nth
            FROM {before} WHERE status = '{Event.INTERRUPTED}'
        ), told AS (
            SELECT *, row_number() OVER (PARTITION BY {whose} ORDER BY line) AS nth
            FROM ended WHERE {which}
        ), met AS (
            SELECT waiting.line, told.event, told.wall, told.peak_mb, told.error
            FROM waiting JOIN told USING ({whose}, nth)
        )
        SELECT line, run, "index", seed, "try", coalesce(met.event, status) AS status, began,
            coalesce(met.wall, one.wall) AS wall, coalesce(met.peak_mb, one.peak_mb) AS peak_mb,
            coalesce(met.error, one.error) AS error, writer
        FROM {before} AS one LEFT JOIN met USING (line)
        """
        for made, before, whose, which in (
            ("by_themselves", "opened", 'run, "try", writer', "own"),
            ("by_others", "by_themselves", 'run, "try"', "of_any AND NOT own"),
        )
    ),
    """
    CREATE TABLE tries AS
    SELECT * EXCLUDE (line) FROM by_others
    UNION ALL
    SELECT * EXCLUDE (line) FROM (
        SELECT DISTINCT ON (run, "try") line, run, "index", seed, "try", event, began, wall,
            peak_mb, error, writer
        FROM ended WHERE NOT of_any ORDER BY run, "try", line
    )
    """,
)
"""From lines to tries. An end belongs to the first try of its run, number and writer that is still
open; where its writer began none, to the first that anybody left open; and where nobody began it,
it stands for the whole try."""


class AttemptLog:
    """The log of one writer.

    Parameters
    ----------
    folder : Path
        The folder of the sweep.
    writer : str, optional
        This process by default.
    """

    def __init__(self, folder: Path, writer: str | None = None) -> None:
        self.writer = writer or writer_name()
        self.path = folder / ATTEMPTS_FOLDER / f"{self.writer}{LINES}"
        self._torn = False

    def begin(self, one: Try) -> None:
        """Note that a run is taken in hand.

        Raises
        ------
        DiskFullError, FolderUnwritableError
            When the line cannot be written.
        """
        self._append(one, Event.BEGIN, None, None, None)

    def end(
        self,
        one: Try,
        event: Event,
        *,
        wall: float | None = None,
        peak_mb: float | None = None,
        error: str | None = None,
    ) -> None:
        """Note how a try ended; also one that another, dead writer began.

        Raises
        ------
        DiskFullError, FolderUnwritableError
            As of `begin`.
        """
        self._append(one, event, wall, peak_mb, error)

    def _append(
        self,
        one: Try,
        event: Event,
        wall: float | None,
        peak_mb: float | None,
        error: str | None,
    ) -> None:
        line = {
            "event": event,
            "run": one.run,
            "index": one.index,
            "seed": one.seed,
            "try": one.number,
            "time": round(time.time(), 3),
            "wall": wall,
            "peak_mb": peak_mb,
            "error": error,
        }
        kept = {key: value for key, value in line.items() if value is not None}
        data = json.dumps(kept, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        if self._torn:
            data = b"\n" + data
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            try:
                written = os.write(handle, data)
            finally:
                os.close(handle)
            self._torn = written < len(data)
            if self._torn:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as fault:
            raise refusal(fault, self.path, len(data)) from fault


def read_attempts(folder: Path, writer: str | None = None) -> pa.Table:
    """All tries, in the order of runs and tries.

    Parameters
    ----------
    folder : Path
        The folder of a sweep.
    writer : str, optional
        Read the log of this writer alone.

    Returns
    -------
    pyarrow.Table
        In the columns of `ATTEMPTS`, a row a try; one that was begun and not ended, as far as the
        logs tell, has the status `interrupted`. What a writer tells of its own try goes before what
        others tell of it.
    """
    written = logs(folder, writer)
    known = _compacted(folder) if writer is None else ATTEMPTS.empty_table()
    if not written:
        return known.sort_by([(name, "ascending") for name in TRY_ORDER])
    with _lines(written) as lines:
        lines.register("known", known.replace_schema_metadata(None))
        for step in PAIRING:
            lines.execute(step)
        tries = lines.table("tries").order(", ".join(f'"{name}"' for name in TRY_ORDER))
        return tries.to_arrow_table().cast(ATTEMPTS)


def torn_lines(folder: Path) -> int:
    """How many lines of the logs are not whole."""
    written = logs(folder)
    if not written:
        return 0
    with _lines(written) as lines:
        [(torn,)] = lines.execute(f"SELECT count(*) FROM lines WHERE NOT ({WHOLE})").fetchall()
    return int(torn)


def logs(folder: Path, writer: str | None = None) -> list[Path]:
    """The files that writers, or one of them, have kept."""
    return sorted((folder / ATTEMPTS_FOLDER).glob(f"{writer or '*'}{LINES}"))


@contextmanager
def _lines(paths: Sequence[Path]) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Logs as the table `lines` of a database in memory; a torn one is a row of nulls."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(READING, [[escape(str(path)) for path in paths]])
        yield connection


def _compacted(folder: Path) -> pa.Table:
    path = folder / ATTEMPTS_FILE
    return read_table(path)[0].cast(ATTEMPTS) if path.exists() else ATTEMPTS.empty_table()
