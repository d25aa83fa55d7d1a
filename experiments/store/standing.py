"""How far a sweep is: what is done, what failed and why, what is missing, what it takes."""

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from experiments.store.attempts import Event, read_attempts
from experiments.store.locking import is_held
from experiments.store.survey import first_of_each, survey
from experiments.store.sweep_store import SweepStore

GIVEN_UP = (Event.FAILED, Event.HUNG, Event.MEMORY, Event.DIED)
"""How a try may end that a run may not outlive."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason, and how many unfinished runs have it in their last try; the first is named."""

    status: str
    error: str | None
    runs: int
    first: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a sweep is, at one moment.

    Attributes
    ----------
    planned, done, failed, under_way, missing : int
        Runs; the last four add up to the first, but for runs that are not of the plan.
    failures : tuple of Failure
        The failed ones by reason, the most frequent first.
    tries, interrupted : int
        Of all runs; those that were begun and not ended.
    copies, torn, leftovers : int
        Runs held twice; parts that cannot be read; files that nothing counts on.
    files, size_bytes : int
        Of the folder.
    """

    planned: int
    done: int
    failed: int
    under_way: int
    missing: int
    failures: tuple[Failure, ...]
    tries: int
    interrupted: int
    copies: int
    torn: int
    leftovers: int
    files: int
    size_bytes: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for a JSON document."""
        return asdict(self)


def standing(folder: Path) -> Standing:
    """Find out how far a sweep is; nothing is changed, and it may be under way.

    Raises
    ------
    NoSweepError, NewerFormatError, BrokenLabelError
        As of `SweepStore.open`.
    """
    planned = SweepStore.open(folder).planned
    working = is_held(folder)
    found = survey(folder)
    done = found.runs.num_rows
    tries = read_attempts(folder)
    last = _last_of_unfinished(tries, found.runs.column("run"))
    given_up = pc.is_in(last["status"], value_set=pa.array(GIVEN_UP, pa.string()))
    failed = last.filter(given_up)
    in_hand = last.filter(pc.invert(given_up)) if working else last.slice(0, 0)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Standing(
        planned=planned,
        done=done,
        failed=failed.num_rows,
        under_way=in_hand.num_rows,
        missing=max(planned - done - failed.num_rows - in_hand.num_rows, 0),
        failures=tuple(_by_reason(failed)),
        tries=tries.num_rows,
        interrupted=_open(tries) - _open(in_hand),
        copies=found.copies.num_rows,
        torn=len(found.torn),
        leftovers=len(found.leftovers),
        files=len(files),
        size_bytes=sum(map(_size, files)),
    )


def _last_of_unfinished(tries: pa.Table, done: pa.ChunkedArray) -> pa.Table:
    """The last try of every run that is not on the disk; tries stand in the order of runs."""
    some = tries.filter(pc.invert(pc.is_in(tries["run"], value_set=done.combine_chunks())))
    backwards = some.take(np.arange(some.num_rows)[::-1])
    return backwards.filter(pa.array(first_of_each(backwards["run"])))


def _open(tries: pa.Table) -> int:
    return int(pc.sum(pc.equal(tries["status"], str(Event.INTERRUPTED))).as_py() or 0)


def _by_reason(failed: pa.Table) -> list[Failure]:
    """Reasons in the order of their number, then of the first run that has each."""
    counted: Counter[tuple[str, str | None]] = Counter()
    first: dict[tuple[str, str | None], str] = {}
    columns = (failed[name].to_pylist()[::-1] for name in ("status", "error", "run"))
    for status, error, run in zip(*columns, strict=True):
        counted[status, error] += 1
        first.setdefault((status, error), run)
    return [Failure(*reason, runs, first[reason]) for reason, runs in counted.most_common()]


def _size(path: Path) -> int:
    """Bytes of a file; none where it has just been renamed or removed."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
