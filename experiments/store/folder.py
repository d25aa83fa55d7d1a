"""The folder that a comparison fills: parts as futures finish, whole tables at the end.

`manifest.json` says what was asked; `parts/` holds one file a replicate, written as it finishes;
`results.parquet`, `luck.parquet` and `draws.parquet` gather them; `summary.json` says what was
found.
"""

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments.store.aside import make_folder, sweep_leftovers, write_aside
from experiments.store.errors import (
    BrokenFileError,
    FolderTakenError,
    FolderUnwritableError,
)
from experiments.store.manifest import (
    MANIFEST,
    disagreements,
    json_bytes,
    read_manifest,
    write_manifest,
)
from experiments.store.parts import (
    RESULTS,
    draws_table,
    part_bytes,
    read_part,
    results_table,
    table_bytes,
)
from experiments.store.records import Part, ReplicateResult

PARTS = "parts"


class ResultFolder:
    """A folder of results, opened for one question.

    Parameters
    ----------
    path : Path
        The folder; made if it is missing.
    manifest : mapping
        What is asked. An earlier manifest in the folder has to agree.
    parts : bool
        Whether replicates are to be kept in it.

    Raises
    ------
    FolderTakenError
        When the folder holds something else.
    FolderUnwritableError
        When it cannot be made or written to.
    DiskFullError
        When there is no room even for the manifest; a folder made for it is taken away again.
    """

    def __init__(self, path: Path, manifest: Mapping[str, Any], *, parts: bool = True) -> None:
        self.path = path
        self.manifest = dict(manifest)
        self._made, empty = _make(path)
        self.resumed = not empty and _has_agreeing_manifest(path, self.manifest)
        try:
            write_manifest(path, self.manifest)
            if parts:
                with _refusals(path):
                    (path / PARTS).mkdir(exist_ok=True)
        except Exception:
            if self._made:
                with contextlib.suppress(OSError):
                    path.rmdir()
            raise

    def update_manifest(self, **changes: Any) -> None:
        """Change what the label says about the time and the state of the work."""
        self.manifest.update(changes)
        write_manifest(self.path, self.manifest)

    def withdraw(self) -> None:
        """Take away what was begun, and a folder made for it; what stood there before stays."""
        if self.resumed:
            self.update_manifest(status="failed")
            return
        with contextlib.suppress(OSError):
            for path in (self.path / PARTS).glob("*.parquet"):
                path.unlink()
            (self.path / MANIFEST).unlink()
            if (self.path / PARTS).exists():
                (self.path / PARTS).rmdir()
            if self._made:
                self.path.rmdir()

    def keep(self, result: ReplicateResult) -> None:
        """Keep a finished replicate."""
        write_aside(self._part_path(result.part, result.replicate), part_bytes(result))

    def kept(self, part: Part, replicates: Iterable[int]) -> list[ReplicateResult]:
        """The kept replicates among those asked for, in their order."""
        paths = (self._part_path(part, replicate) for replicate in replicates)
        return [read_part(path) for path in paths if path.exists()]

    def missing(self, part: Part, replicates: Iterable[int]) -> list[int]:
        """The replicates still to be lived: never kept, kept with a failed run, or unreadable."""
        return [replicate for replicate in replicates if not self._is_done(part, replicate)]

    def write_tables(
        self, futures: Iterable[ReplicateResult], luck: Iterable[ReplicateResult]
    ) -> None:
        """Compact the parts into `results.parquet`, `luck.parquet` and `draws.parquet`."""
        futures = list(futures)
        write_aside(self.path / "results.parquet", table_bytes(_joined(futures)))
        write_aside(self.path / "luck.parquet", table_bytes(_joined(luck)))
        write_aside(self.path / "draws.parquet", table_bytes(draws_table(futures)))

    def write_json(self, name: str, document: Mapping[str, Any]) -> None:
        """Write a JSON document, whole."""
        write_aside(self.path / name, json_bytes(document))

    def write_text(self, name: str, text: str) -> None:
        """Write a text file, whole."""
        write_aside(self.path / name, text.encode())

    def _part_path(self, part: Part, replicate: int) -> Path:
        return self.path / PARTS / f"{part}-{replicate:04d}.parquet"

    def _is_done(self, part: Part, replicate: int) -> bool:
        path = self._part_path(part, replicate)
        if not path.exists():
            return False
        try:
            return not read_part(path).failed
        except BrokenFileError:
            return False


def _make(path: Path) -> tuple[bool, bool]:
    """Make the folder; say whether it was missing, and whether it holds nothing."""
    missing = make_folder(path)
    with _refusals(path):
        sweep_leftovers(path)
        if (path / PARTS).is_dir():
            sweep_leftovers(path / PARTS)
        return missing, not any(path.iterdir())


def _has_agreeing_manifest(path: Path, manifest: Mapping[str, Any]) -> bool:
    found = read_manifest(path)
    if found is None:
        raise FolderTakenError(path, "holds no manifest.json of poundflow")
    faults = disagreements(manifest, found)
    if faults:
        raise FolderTakenError(path, f"answers another question ({'; '.join(faults)})")
    return True


@contextlib.contextmanager
def _refusals(path: Path) -> Any:
    try:
        yield
    except OSError as fault:
        raise FolderUnwritableError(path, fault.strerror or str(fault)) from fault


def _joined(results: Iterable[ReplicateResult]) -> pa.Table:
    tables = [results_table(result) for result in results]
    return pa.concat_tables(tables) if tables else RESULTS.empty_table()
