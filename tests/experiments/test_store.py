"""A result is kept whole or not at all, and never mixed with the answer to another question."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from experiments.store.aside import write_aside
from experiments.store.errors import (
    DiskFullError,
    FolderTakenError,
    FolderUnwritableError,
    NewerFormatError,
)
from experiments.store.folder import ResultFolder
from experiments.store.manifest import read_manifest
from experiments.store.parts import read_part
from experiments.store.records import BudgetRow, Part
from tests.experiments.made_up import MANIFEST, outcome, result
from tests.rights import bound_by_rights

ROWS = (outcome("lowest_price", "quality", 0.5), outcome("social_value", "quality", None))
BUDGET = (BudgetRow("lowest_price", "council", 2012, "homecare", 10.0, 9.0, 8.5, 1.0, 0.25),)


def no_room(_: int) -> None:
    """Stand in for `fsync` on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


def names(folder: Path) -> list[str]:
    """Every file under a folder."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_replicate_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Rows, records, draws and budget lines survive the disk, holes included."""
    folder = ResultFolder(tmp_path / "out", MANIFEST)
    kept = result(3, ROWS, budget=BUDGET)

    folder.keep(kept)

    assert folder.kept(Part.FUTURE, range(5)) == [kept]
    assert folder.missing(Part.FUTURE, range(5)) == [0, 1, 2, 4]
    assert folder.missing(Part.LUCK, range(1)) == [0]


def test_whole_tables_have_the_promised_columns(tmp_path: Path) -> None:
    """`results.parquet` has the columns that later work relies on, nulls as nulls."""
    folder = ResultFolder(tmp_path, MANIFEST)

    folder.write_tables([result(0, ROWS), result(1, ROWS)], [result(0, ROWS, part=Part.LUCK)])

    table = pq.read_table(tmp_path / "results.parquet")
    assert table.column_names == [
        "run", "regime", "replicate", "month", "measure", "tier", "value", "unit", "why",
    ]  # fmt: skip
    assert str(table.schema.field("value").type) == "double"
    assert table.column("value").to_pylist() == [0.5, None, 0.5, None]
    assert table.column("why").to_pylist()[:2] == [None, "no bids"]
    assert table.column("run").to_pylist()[2] == "lowest_price-0001"
    luck = pq.read_table(tmp_path / "luck.parquet")
    assert luck.column("run").to_pylist()[0] == "luck-lowest_price-0000"
    assert pq.read_table(tmp_path / "draws.parquet").column_names == ["replicate", "name", "value"]


def test_a_failed_replicate_is_due_again(tmp_path: Path) -> None:
    """What failed once is tried again on resume, and what cannot be read is computed anew."""
    folder = ResultFolder(tmp_path, MANIFEST)
    good = result(0)
    folder.keep(good)
    folder.keep(replace(result(1), runs=(replace(good.runs[0], status="failed", error="why"),)))
    (tmp_path / "parts" / "future-0002.parquet").write_bytes(b"half a file")

    missing = folder.missing(Part.FUTURE, range(3))

    assert missing == [1, 2]


def test_a_folder_that_agrees_is_taken_up_again(tmp_path: Path) -> None:
    """The same question finds what it kept; more replicates and workers are the same question."""
    ResultFolder(tmp_path, {**MANIFEST, "replicates": 2, "workers": 1}).keep(result(0))

    again = ResultFolder(tmp_path, {**MANIFEST, "replicates": 9, "workers": 2})

    assert again.resumed
    assert again.missing(Part.FUTURE, range(2)) == [1]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("scenario_sha256", "its scenario or overrides differ"),
        ("seed", "seed: 7 there, 'other' here"),
        ("months", "months"),
        ("regimes", "regimes"),
        ("fixed", "fixed"),
        ("code", "another version of the program"),
    ],
)
def test_another_question_is_refused(tmp_path: Path, key: str, said: str) -> None:
    """Whatever decides a number has to agree, and the message says what does not."""
    ResultFolder(tmp_path, MANIFEST)

    with pytest.raises(FolderTakenError, match=said):
        ResultFolder(tmp_path, {**MANIFEST, key: "other"})

    assert read_manifest(tmp_path) == {"schema_version": 1, **MANIFEST}


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """A folder without our manifest is refused, and nothing is added to it."""
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(FolderTakenError, match="holds no manifest"):
        ResultFolder(tmp_path, MANIFEST)

    assert names(tmp_path) == ["thesis.txt"]


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    """A path that is a file cannot hold results."""
    file = tmp_path / "out"
    file.write_text("mine")

    with pytest.raises(FolderUnwritableError):
        ResultFolder(file, MANIFEST)

    assert file.read_text() == "mine"


def test_a_locked_folder_is_refused(tmp_path: Path) -> None:
    """A folder without the right to write is refused before anything is computed."""
    tmp_path.chmod(0o500)

    with bound_by_rights(), pytest.raises(FolderUnwritableError, match="right"):
        ResultFolder(tmp_path / "out", MANIFEST)

    tmp_path.chmod(0o700)


def test_a_full_disk_leaves_the_old_file_and_no_half_of_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing half written stands under any name."""
    write_aside(tmp_path / "a.json", b"old")
    monkeypatch.setattr(os, "fsync", no_room)

    with pytest.raises(DiskFullError, match="no room left"):
        write_aside(tmp_path / "a.json", b"new and longer")

    assert (tmp_path / "a.json").read_bytes() == b"old"
    assert names(tmp_path) == ["a.json"]


def test_a_full_disk_at_the_start_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder made for results that could not begin is taken away again."""
    monkeypatch.setattr(os, "fsync", no_room)

    with pytest.raises(DiskFullError):
        ResultFolder(tmp_path / "out", MANIFEST)

    assert not (tmp_path / "out").exists()


def test_what_a_killed_run_left_half_written_is_swept_up(tmp_path: Path) -> None:
    """Files still written aside when the process was killed are no results."""
    folder = ResultFolder(tmp_path, MANIFEST)
    folder.keep(result(0))
    (tmp_path / "parts" / ".future-0001.parquet.99.aside").write_bytes(b"half")
    (tmp_path / ".summary.json.99.aside").write_bytes(b"half")

    ResultFolder(tmp_path, MANIFEST)

    assert names(tmp_path) == ["manifest.json", "parts/future-0000.parquet"]


def test_a_newer_format_is_refused_with_a_reason(tmp_path: Path) -> None:
    """A folder of a later version is not guessed at."""
    ResultFolder(tmp_path, MANIFEST)
    text = (tmp_path / "manifest.json").read_text()
    newer = text.replace('"schema_version": 1', '"schema_version": 2')
    (tmp_path / "manifest.json").write_text(newer)

    with pytest.raises(NewerFormatError, match="reads formats up to 1"):
        ResultFolder(tmp_path, MANIFEST)


def test_a_part_of_a_newer_format_is_refused(tmp_path: Path, monkeypatch) -> None:
    """A part written by a later version is not taken for a broken one."""
    folder = ResultFolder(tmp_path, MANIFEST)
    monkeypatch.setattr("experiments.store.parts.SCHEMA_VERSION", 2)
    folder.keep(result(0))
    monkeypatch.setattr("experiments.store.parts.SCHEMA_VERSION", 1)

    with pytest.raises(NewerFormatError):
        read_part(tmp_path / "parts" / "future-0000.parquet")
