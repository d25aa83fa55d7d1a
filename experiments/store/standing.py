"""How far a sweep is: what is done, what failed and why, what is missing, what it takes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from experiments.store.attempts import Event, read_attempts
from experiments.store.locking import is_held
from experiments.store.survey import survey
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
    done = set(found.runs.column("run").to_pylist())
    tries = read_attempts(folder).to_pylist()
    last = {row["run"]: row for row in tries if row["run"] not in done}
    failed = [row for row in last.values() if row["status"] in GIVEN_UP]
    in_hand = [row for row in last.values() if row["status"] not in GIVEN_UP] if working else []
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Standing(
        planned=planned,
        done=len(done),
        failed=len(failed),
        under_way=len(in_hand),
        missing=max(planned - len(done) - len(failed) - len(in_hand), 0),
        failures=tuple(_by_reason(failed)),
        tries=len(tries),
        interrupted=sum(row["status"] == Event.INTERRUPTED for row in tries) - _open(in_hand),
        copies=found.copies.num_rows,
        torn=len(found.torn),
        leftovers=len(found.leftovers),
        files=len(files),
        size_bytes=sum(map(_size, files)),
    )


def _open(rows: Iterable[Mapping[str, Any]]) -> int:
    return sum(row["status"] == Event.INTERRUPTED for row in rows)


def _by_reason(failed: Iterable[Mapping[str, Any]]) -> list[Failure]:
    counted: Counter[tuple[str, str | None]] = Counter()
    first: dict[tuple[str, str | None], str] = {}
    for row in failed:
        reason = (row["status"], row["error"])
        counted[reason] += 1
        first.setdefault(reason, row["run"])
    return [Failure(*reason, runs, first[reason]) for reason, runs in counted.most_common()]


def _size(path: Path) -> int:
    """Bytes of a file; none where it has just been renamed or removed."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
