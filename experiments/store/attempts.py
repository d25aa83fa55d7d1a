"""Every try of every run: when it began, how it ended, what it took; failed ones with the reason.

Each process appends lines to a file of its own, one write a line, so that a killed process leaves
at most one torn line, and a `begin` without an end says which run it had in hand.
"""

import errno
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments.store.aside import refusal
from experiments.store.parts import read_table
from experiments.store.sweep_tables import ATTEMPTS_FILE, ATTEMPTS_FOLDER
from experiments.store.writer import writer_name

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
        logs tell, has the status `interrupted`.
    """
    begun: list[dict[str, Any]] = []
    ended: list[dict[str, Any]] = []
    for line in _lines(folder, writer):
        (begun if line["event"] == Event.BEGIN else ended).append(line)
    rows = _paired(_compacted(folder) if writer is None else [], begun, ended)
    rows.sort(key=lambda row: (row["index"], row["run"], row["try"], row["began"], row["writer"]))
    return pa.Table.from_pylist(rows, schema=ATTEMPTS)


def torn_lines(folder: Path) -> int:
    """How many lines of the logs are not whole."""
    return sum(one is None for path in logs(folder) for one in _parsed(path))


def _compacted(folder: Path) -> list[dict[str, Any]]:
    path = folder / ATTEMPTS_FILE
    if not path.exists():
        return []
    table, _ = read_table(path)
    return list(table.to_pylist())


def logs(folder: Path, writer: str | None = None) -> list[Path]:
    """The files that writers, or one of them, have kept."""
    return sorted((folder / ATTEMPTS_FOLDER).glob(f"{writer or '*'}{LINES}"))


def _parsed(path: Path) -> Iterator[dict[str, Any] | None]:
    for text in path.read_bytes().splitlines():
        if not text:
            continue
        try:
            line = json.loads(text)
            yield line if {"event", "run", "index", "seed", "try", "time"} <= line.keys() else None
        except (ValueError, AttributeError):
            yield None


def _lines(folder: Path, writer: str | None) -> Iterator[dict[str, Any]]:
    for path in logs(folder, writer):
        whose = path.name.removesuffix(LINES)
        for line in _parsed(path):
            if line is not None:
                yield {**line, "writer": whose}


def _paired(
    rows: Iterable[dict[str, Any]],
    begun: Iterable[dict[str, Any]],
    ended: Iterable[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Bring together how each try began and how it ended, whoever noted its end.

    Parameters
    ----------
    rows : iterable of dict
        Tries in the columns of `ATTEMPTS`, as compacted earlier; the logs may tell them again.
    begun, ended : iterable of dict
        Lines of the logs.
    """
    tries: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in (*rows, *map(_opened, begun)):
        known = tries.setdefault((row["run"], row["try"]), [])
        if not any((one["writer"], one["began"]) == (row["writer"], row["began"]) for one in known):
            known.append(row)
    for line in ended:
        known = tries.setdefault((line["run"], line["try"]), [])
        mine = [one for one in known if one["writer"] == line["writer"]] or known
        still_open = [one for one in mine if one["status"] == Event.INTERRUPTED]
        if still_open:
            still_open[0].update(_end(line))
        elif not known:
            known.append(_opened(line) | _end(line))
    return [row for known in tries.values() for row in known]


def _opened(line: dict[str, Any]) -> dict[str, Any]:
    began = line["time"] - (line.get("wall") or 0.0)
    return {
        **{key: line[key] for key in ("run", "index", "seed", "try", "writer")},
        "status": str(Event.INTERRUPTED),
        "began": datetime.fromtimestamp(round(began, 3), UTC),
        "wall": None,
        "peak_mb": None,
        "error": None,
    }


def _end(line: dict[str, Any]) -> dict[str, Any]:
    told = {key: line.get(key) for key in ("wall", "peak_mb", "error")}
    return {"status": line["event"], **told}
