"""Puts a sweep in order: the same bytes, whatever processes in whatever order wrote it.

New parts are written beside the old ones, which go only then; a run that stands in both for a
moment is read once. So it may be killed at any instant and started again.
"""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from experiments.store.aside import refusal, settle_folder, write_aside
from experiments.store.attempts import logs, read_attempts
from experiments.store.errors import CopiesDifferError, TornPartError
from experiments.store.locking import held
from experiments.store.part_writer import RUNS_A_PART
from experiments.store.parts import table_bytes
from experiments.store.survey import Outcomes, Survey, copies_that_differ, in_lots, survey
from experiments.store.sweep_tables import (
    ATTEMPTS_FILE,
    COMPRESSION,
    results_path,
    runs_path,
    write_part,
)

COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compacting came to.

    Attributes
    ----------
    runs, parts : int
        In the folder now.
    copies : int
        Second copies of runs that are gone.
    leftovers : int
        Files that nothing counted on and that are gone.
    torn : list of TornPartError
        Parts that could not be read and are gone; their runs count as missing.
    """

    runs: int
    parts: int
    copies: int
    leftovers: int
    torn: list[TornPartError]


def compact(folder: Path) -> Compacted:
    """Rewrite a sweep as parts of a hundred runs in the order of the plan, and its logs as a table.

    Parameters
    ----------
    folder : Path
        Of a sweep that no process works on.

    Raises
    ------
    FolderBusyError
        When one does.
    CopiesDifferError
        When a run has two copies that differ; nothing is changed.
    NewerFormatError
        When a later version wrote a part; nothing is changed.
    DiskFullError, FolderUnwritableError
        When it cannot be written; nothing is lost, and the same command goes on.
    """
    with held(folder):
        found = survey(folder)
        differing = copies_that_differ(found)
        if differing:
            raise CopiesDifferError(folder, [run for run, _, _ in differing])
        _remove(found.leftovers)  # first: it may make the room that the rest needs
        kept = _write_parts(found)
        _remove(_outlived(found, kept))
        _compact_attempts(folder)
    return Compacted(
        runs=found.runs.num_rows,
        parts=len(kept),
        copies=found.copies.num_rows,
        leftovers=len(found.leftovers),
        torn=found.torn,
    )


def _write_parts(found: Survey) -> list[str]:
    """Write each part that does not stand already, under a name that only its runs can have."""
    outcomes, standing, kept = Outcomes(found), set(found.parts), []
    for runs in in_lots(found.runs, RUNS_A_PART):
        identities = "".join(runs.column("run").to_pylist())
        which = blake2b(identities.encode(), digest_size=6).hexdigest()
        part = f"{runs.column('index')[0].as_py():08d}-{COMPACT}-{which}"
        if part not in standing:
            write_part(found.folder, part, runs.drop_columns("part"), outcomes.of(runs))
        kept.append(part)
    return kept


def _outlived(found: Survey, kept: Collection[str]) -> Iterable[Path]:
    """Files that the new parts make needless; commits come before what they commit."""
    torn = {fault.path.stem for fault in found.torn}
    old = sorted({*found.parts, *torn} - set(kept))
    yield from (runs_path(found.folder, part) for part in old)
    yield from (results_path(found.folder, part) for part in old)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise refusal(fault, path, 0) from fault


def _compact_attempts(folder: Path) -> None:
    """Keep all tries in one table in place of the logs."""
    written = logs(folder)
    if not written:
        return
    data = table_bytes(read_attempts(folder), compression=COMPRESSION)
    write_aside(folder / ATTEMPTS_FILE, data)
    settle_folder(folder)
    for path in written:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
