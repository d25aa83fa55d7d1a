"""The folder of an import: all of its files are new, or none is."""

import errno
import os
from pathlib import Path

import pyarrow as pa
import pytest

from experiments.store.errors import DiskFullError
from experiments.store.imported import write_import


def written(folder: Path, name: str) -> None:
    """Write an import of four files."""
    table = pa.table({"name": [name]})
    write_import(folder, {"a.parquet": table}, {"b.csv": table}, {"c.txt": name}, {"of": name})


@pytest.mark.parametrize("after", range(4))
def test_a_disk_that_fills_leaves_the_earlier_import_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Whichever of its files finds no room, none has taken its name."""
    written(tmp_path, "old")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept, done = os.fsync, []

    def full(handle: int) -> None:
        done.append(handle)
        if len(done) > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFullError):
        written(tmp_path, "new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
