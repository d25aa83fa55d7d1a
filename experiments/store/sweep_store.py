"""The folder of a sweep: the record of what is done, however often the plug was pulled.

`manifest.json` says what was asked and `plan.toml` is the plan as given; `design.parquet` holds the
values of every point; `runs/`, `results/` and `attempts/` are filled as the sweep goes. Any number
of processes may write at once: each writes files of its own.
"""

import contextlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from experiments.store.aside import ASIDE, make_folder, refusal, write_aside
from experiments.store.attempts import AttemptLog
from experiments.store.done import DoneRuns, Words, words_of
from experiments.store.errors import BrokenLabelError, FolderTakenError, NoSweepError, TornPartError
from experiments.store.locking import LOCK, held, label_held
from experiments.store.manifest import (
    MANIFEST,
    SWEEP,
    SWEEP_DECIDES,
    disagreements,
    read_manifest,
    write_manifest,
)
from experiments.store.part_writer import PartWriter
from experiments.store.parts import table_bytes
from experiments.store.stages import SIZE, grown, stages_of
from experiments.store.sweep_tables import (
    ATTEMPTS_FOLDER,
    COMPRESSION,
    DESIGN,
    DESIGN_FILE,
    PLAN_FILE,
    RESULTS_FOLDER,
    RUNS_FOLDER,
    part_names,
    read_runs,
)

FIRST_SAID = ("started", *SIZE)
"""Keys of a label that the first session sets for all that follow; the size only `grow` changes."""


class SweepStore:
    """The folder of a sweep, made or taken up again.

    Parameters
    ----------
    path : Path
        The folder; made if it is missing.
    label : mapping
        What is asked: `plan_sha256`, `code` and `packages` have to agree with what the folder was
        made for. `runs` is how many the plan has; see `docs/sweep_store.md` for the rest. Of a
        folder that is there, its own size stays: see `grow`.
    plan_text : str
        The plan file as given.
    design : pyarrow.Table
        As of `design_table`.

    Raises
    ------
    FolderTakenError
        When the folder holds something else.
    NewerFormatError, BrokenLabelError
        When its label cannot be read.
    FolderUnwritableError
        When it cannot be made or written to.
    DiskFullError
        When there is no room even for the beginning; a folder made for it is taken away again.
    """

    def __init__(
        self, path: Path, label: Mapping[str, Any], plan_text: str, design: pa.Table
    ) -> None:
        made = make_folder(path)
        self._begin(path)
        ours = {**label, "command": SWEEP}
        _agreeing(path, ours)  # before anything is put there, were it but a lock
        with label_held(path):
            found = _agreeing(path, ours)
            kept = {key: found[key] for key in FIRST_SAID if key in found}
            if "replicates" in found:
                kept["stages"] = list(stages_of(found, path))
            self.label = {**ours, **kept}
            try:
                write_manifest(path, self.label)
                _fill(path, plan_text, design)
            except Exception:
                if made and not found:
                    _take_away(path)
                raise
        self.resumed = bool(found)

    def _begin(self, path: Path) -> None:
        self.path = path
        self.torn: list[TornPartError] = []
        self._seen: set[str] = set()
        self._done: Words = np.empty(0, dtype=np.uint64)
        self._attempts: AttemptLog | None = None

    @classmethod
    def open(cls, path: Path) -> "SweepStore":
        """Take up a folder that is there, to read it or to write more runs.

        Raises
        ------
        NoSweepError
            When it holds no sweep.
        NewerFormatError, BrokenLabelError
            When its label cannot be read.
        """
        label = read_manifest(path) if path.is_dir() else None
        if label is None:
            raise NoSweepError(path, "it holds no manifest.json of poundflow")
        if label.get("command") != SWEEP:
            raise NoSweepError(path, f"`poundflow {label.get('command')}` filled it")
        store = cls.__new__(cls)
        store._begin(path)
        store.label = label
        store.resumed = True
        return store

    @property
    def planned(self) -> int:
        """How many runs the plan has.

        Raises
        ------
        BrokenLabelError
            When the label does not say.
        """
        runs = self.label.get("runs")
        if not isinstance(runs, int):
            raise BrokenLabelError(self.path / MANIFEST, "it does not say how many runs there are")
        return runs

    @property
    def stages(self) -> tuple[int, ...]:
        """Replicates at every point, in the stages in which they were asked for.

        Raises
        ------
        BrokenLabelError
            When the label does not say.
        """
        return stages_of(self.label, self.path)

    def grow(self, replicates: int) -> None:
        """Have at least so many replicates at every point; what is added is one stage more.

        The label is on the disk before this returns, so no run of a stage that it does not tell
        of is ever begun.

        Raises
        ------
        BrokenLabelError
            When the label does not say how large the sweep is.
        DiskFullError, FolderUnwritableError
            When it cannot be written; the folder is then as it was.
        """
        with label_held(self.path):
            found = read_manifest(self.path) or self.label
            more = grown(found, self.path, replicates)
            if more != found:
                write_manifest(self.path, more)
            self.label = more

    def update_label(self, **changes: Any) -> None:
        """Change what the label says about the time and the state of the work."""
        with label_held(self.path):
            self.label = {**(read_manifest(self.path) or self.label), **changes}
            write_manifest(self.path, self.label)

    def lock(self, shard: str | None = None) -> AbstractContextManager[None]:
        """Hold the folder, or one shard of it such as "2/3", for as long as the context lasts.

        Raises
        ------
        FolderBusyError
            On entering, when another process holds it.
        """
        return held(self.path, shard)

    def done(self) -> DoneRuns:
        """The runs that are finished, by identity; only parts that are new are read.

        Torn parts are left out, and listed in `torn`.

        Raises
        ------
        NewerFormatError
            When a later version wrote a part.
        """
        more = []
        for part in part_names(self.path):
            if part in self._seen:
                continue
            self._seen.add(part)
            try:
                runs = read_runs(self.path, part, ("run",)).column("run")
            except TornPartError as torn:
                self.torn.append(torn)
            else:
                more.append(words_of(runs.to_pylist()))
        if more:
            self._done = np.unique(np.concatenate([self._done, *more]))
        return DoneRuns(self._done)

    def writer(self) -> PartWriter:
        """A writer of parts; each is used by one thread."""
        return PartWriter(self.path)

    @property
    def attempts(self) -> AttemptLog:
        """The log of this process."""
        if self._attempts is None:
            self._attempts = AttemptLog(self.path)
        return self._attempts


def _agreeing(path: Path, ours: Mapping[str, Any]) -> dict[str, Any]:
    """The label that is there, found to agree with ours; empty where the folder is new."""
    found = read_manifest(path)
    if found is None:
        strangers = [one for one in path.iterdir() if not _is_of_the_making(one.name)]
        found = read_manifest(path) if strangers else {}  # another shard may just have begun
    if found is None:
        raise FolderTakenError(path, "holds no manifest.json of poundflow")
    if not found:
        return {}
    faults = disagreements(ours, found, SWEEP_DECIDES)
    if faults:
        raise FolderTakenError(path, f"answers another question ({'; '.join(faults)})")
    return found


def _is_of_the_making(name: str) -> bool:
    """Say whether a file may stand in a folder whose first session was killed at its start."""
    return name == LOCK or name.startswith(f"{LOCK}-") or name.endswith(ASIDE)


def _fill(path: Path, plan_text: str, design: pa.Table) -> None:
    try:
        for name in (RUNS_FOLDER, RESULTS_FOLDER, ATTEMPTS_FOLDER):
            (path / name).mkdir(exist_ok=True)
    except OSError as fault:
        raise refusal(fault, path / name, 0) from fault
    points = design.cast(DESIGN)
    _write_once(path / PLAN_FILE, plan_text.encode())
    _write_once(path / DESIGN_FILE, table_bytes(points, compression=COMPRESSION))


def _write_once(path: Path, data: bytes) -> None:
    if not path.exists() or path.read_bytes() != data:
        write_aside(path, data)


def _take_away(path: Path) -> None:
    """Remove a folder that was made for a sweep that could not begin."""
    with contextlib.suppress(OSError):
        for name in (RUNS_FOLDER, RESULTS_FOLDER, ATTEMPTS_FOLDER):
            if (path / name).exists():
                (path / name).rmdir()
        for file in list(path.iterdir()):
            file.unlink()
        path.rmdir()
