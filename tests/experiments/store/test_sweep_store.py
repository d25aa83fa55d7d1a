"""A sweep's folder is the record: what is in it is done, and nothing in it is half done."""

import errno
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from experiments.store.errors import (
    BrokenLabelError,
    DiskFullError,
    FolderBusyError,
    FolderTakenError,
    NewerFormatError,
    NoSweepError,
)
from experiments.store.folder import ResultFolder
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import RESULTS, RUNS
from tests.experiments.made_up import MANIFEST
from tests.experiments.store.swept import LABEL, PLAN, add, identity, run_result, swept
from tests.experiments.test_store import names, no_room


def test_what_is_written_is_done_and_found_by_another_process(tmp_path: Path) -> None:
    """Runs count once their part is closed, not before."""
    store = swept(tmp_path)
    writer = store.writer()
    writer.add(run_result(3))
    before = list(store.done())

    writer.close()

    assert before == []
    assert set(store.done()) == {identity(3)}
    assert identity(3) in SweepStore.open(tmp_path).done()
    assert identity(4) not in store.done()


def test_a_part_holds_its_runs_in_order_with_the_promised_columns(tmp_path: Path) -> None:
    """Two files a part, named after its first run; rows by run, month, measure, tier."""
    swept(tmp_path, [7, 2, 5])

    (runs,) = (tmp_path / "runs").iterdir()
    (results,) = (tmp_path / "results").iterdir()
    table = pq.read_table(results)
    assert runs.name == results.name
    assert runs.name.startswith("00000002-")
    assert pq.read_table(runs).schema.remove_metadata().equals(RUNS)
    assert pq.read_table(runs).column("index").to_pylist() == [2, 5, 7]
    assert table.schema.remove_metadata().equals(RESULTS)
    keys = [table.column(name).to_pylist() for name in ("index", "month", "measure", "tier")]
    assert list(zip(*keys, strict=True)) == sorted(zip(*keys, strict=True))
    assert pq.ParquetFile(results).metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_part_is_closed_when_it_is_full_or_old(tmp_path: Path) -> None:
    """About a hundred runs a part, fewer where runs are slow."""
    store = swept(tmp_path)
    writer = store.writer()
    closed = []
    for index in range(4):
        writer.add(run_result(index))
        closed.append(writer.close_if(n=3))

    old = writer.close_if(n=3, seconds=0.0)

    assert closed == [False, False, True, False]
    assert old
    assert not writer.close_if(n=0, seconds=0.0)
    assert len(list((tmp_path / "runs").iterdir())) == 2
    assert len(store.done()) == 4


def test_only_new_parts_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look reads what came since the first."""
    store = swept(tmp_path, range(3))
    store.done()
    add(store, range(3, 5))
    read = []
    whole = SweepStore.done.__globals__["read_runs"]
    monkeypatch.setattr(
        "experiments.store.sweep_store.read_runs",
        lambda *given: read.append(given[1]) or whole(*given),
    )

    assert len(store.done()) == 5
    assert len(read) == 1


def test_outcomes_without_their_commit_are_no_results(tmp_path: Path) -> None:
    """A worker killed between the two files of a part has finished nothing."""
    store = swept(tmp_path, range(3))
    (tmp_path / "runs" / "00000009-gone-1-00000.parquet.1.aside").write_bytes(b"half")
    (tmp_path / "results" / "00000009-gone-1-00000.parquet").write_bytes(b"whole, for all we know")

    assert set(store.done()) == {identity(index) for index in range(3)}
    assert store.torn == []


@pytest.mark.parametrize("folder", ["runs", "results"])
def test_a_torn_part_is_lived_anew_and_named(tmp_path: Path, folder: str) -> None:
    """A part cut short by the disk is not read, and not passed over in silence."""
    store = swept(tmp_path, range(3))
    add(store, range(3, 6))
    torn = sorted((tmp_path / folder).iterdir())[0]
    torn.write_bytes(torn.read_bytes()[:-40])

    done = SweepStore.open(tmp_path)

    assert set(done.done()) == {identity(index) for index in range(3, 6)}
    assert [str(torn) in str(one) for one in done.torn] == [True]
    assert "lived anew" in str(done.torn[0])


def test_a_full_disk_loses_nothing_and_half_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was finished stays readable; with room, the same writer closes the same runs."""
    store = swept(tmp_path, range(2))
    writer = store.writer()
    for index in (2, 3):
        writer.add(run_result(index))
    real = os.fsync
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(DiskFullError, match="make room"):
        writer.close()
    full = names(tmp_path)
    monkeypatch.setattr(os, "fsync", real)

    writer.close()

    assert len([name for name in full if name.startswith("runs/")]) == 1
    assert not [name for name in full if name.endswith(".aside")]
    assert set(store.done()) == {identity(index) for index in range(4)}


def test_a_commit_that_finds_no_room_leaves_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills between the two files of a part: its runs are not done."""
    store = swept(tmp_path)
    written = SweepStore.__init__.__globals__["write_aside"]

    def fills_up(path: Path, data: bytes) -> None:
        if path.parent.name == "runs":
            raise DiskFullError(path, len(data)) from OSError(errno.ENOSPC, "full")
        written(path, data)

    monkeypatch.setattr("experiments.store.sweep_tables.write_aside", fills_up)
    with pytest.raises(DiskFullError):
        add(store, range(2))

    assert len(store.done()) == 0


def test_the_same_plan_takes_up_its_folder_and_keeps_when_it_began(tmp_path: Path) -> None:
    """More workers or another limit are the same question."""
    swept(tmp_path, range(2), workers=1)

    again = swept(tmp_path, workers=2, started="2026-02-02T00:00:00+00:00")

    assert again.resumed
    assert len(again.done()) == 2
    assert SweepStore.open(tmp_path).label["started"] == LABEL["started"]
    assert SweepStore.open(tmp_path).label["workers"] == 2


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("plan_sha256", "its plan, or a scenario that it names, differs"),
        ("code", "another version of the program"),
        ("packages", "another version of a package"),
    ],
)
def test_another_plan_is_refused_and_nothing_changes(tmp_path: Path, key: str, said: str) -> None:
    """Runs of two plans, or of two versions, never share a folder."""
    swept(tmp_path, range(2))
    before = (tmp_path / "manifest.json").read_bytes()

    with pytest.raises(FolderTakenError, match=said):
        swept(tmp_path, **{key: "other"})

    assert (tmp_path / "manifest.json").read_bytes() == before


def test_a_comparison_and_a_sweep_do_not_share_a_folder(tmp_path: Path) -> None:
    """Each says who filled the folder."""
    ResultFolder(tmp_path / "compared", MANIFEST)
    swept(tmp_path / "swept")

    with pytest.raises(FolderTakenError, match="another question"):
        swept(tmp_path / "compared")
    with pytest.raises(FolderTakenError, match="another question"):
        ResultFolder(tmp_path / "swept", MANIFEST)
    with pytest.raises(NoSweepError, match="poundflow compare"):
        SweepStore.open(tmp_path / "compared")


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """A folder without our manifest is refused, and nothing is added to it."""
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(FolderTakenError, match="holds no manifest"):
        swept(tmp_path)

    assert names(tmp_path) == ["thesis.txt"]


def test_no_sweep_and_no_folder_are_said_so(tmp_path: Path) -> None:
    """A folder that is not there, or holds nothing, is no sweep."""
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoSweepError, match=r"sweep PLAN --out DIR"):
            SweepStore.open(path)


def test_a_newer_format_is_refused_as_a_whole_and_by_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a later version is not taken for a torn one: nobody lives it anew."""
    store = swept(tmp_path)
    monkeypatch.setattr("experiments.store.parts.SCHEMA_VERSION", 2)
    add(store, range(2))
    monkeypatch.setattr("experiments.store.parts.SCHEMA_VERSION", 1)

    with pytest.raises(NewerFormatError, match="reads formats up to 1"):
        store.done()

    text = (tmp_path / "manifest.json").read_text()
    (tmp_path / "manifest.json").write_text(text.replace('version": 1', 'version": 2'))
    with pytest.raises(NewerFormatError):
        SweepStore.open(tmp_path)


def test_a_broken_label_is_said_so(tmp_path: Path) -> None:
    """Without the label nobody can tell what the runs answer."""
    swept(tmp_path)
    (tmp_path / "manifest.json").write_text("{")

    with pytest.raises(BrokenLabelError, match="cannot be read"):
        swept(tmp_path)


def test_a_start_that_was_killed_is_taken_up(tmp_path: Path) -> None:
    """Killed before its label stood, or before its tables stood, a start is begun again."""
    (tmp_path / "lock-label").touch()
    (tmp_path / ".manifest.json.99.aside").write_bytes(b"{")
    swept(tmp_path)
    (tmp_path / "design.parquet").unlink()
    (tmp_path / "plan.toml").unlink()

    swept(tmp_path)

    assert (tmp_path / "plan.toml").read_text() == PLAN
    assert pq.read_table(tmp_path / "design.parquet").num_rows == 8


def test_a_full_disk_at_the_start_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder made for a sweep that could not begin is taken away again."""
    monkeypatch.setattr(os, "fsync", no_room)

    with pytest.raises(DiskFullError):
        swept(tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_shards_work_side_by_side_and_the_whole_alone(tmp_path: Path) -> None:
    """Two shards at once; never the same shard twice, nor the whole beside a shard."""
    store = swept(tmp_path)

    with store.lock("1/3"), store.lock("2/3"):
        with pytest.raises(FolderBusyError, match="another process is at work"), store.lock("2/3"):
            pass
        with pytest.raises(FolderBusyError), store.lock():
            pass
    with store.lock(), pytest.raises(FolderBusyError), store.lock("1/3"):
        pass
    with store.lock():
        pass
