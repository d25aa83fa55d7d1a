"""After `compact` the same runs are the same bytes, whoever lived them, and nothing is lost."""

import contextlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from experiments.store import compacting
from experiments.store.attempts import Event, Try, read_attempts
from experiments.store.compacting import compact
from experiments.store.errors import CopiesDifferError, DiskFullError, FolderBusyError
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import write_part
from tests.experiments.store.swept import add, identity, swept
from tests.experiments.test_store import names, no_room


def digests(folder: Path) -> dict[str, str]:
    """The name and hash of every part."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for name in ("runs", "results")
        for path in sorted((folder / name).iterdir())
    }


def the_whole(folder: Path) -> dict[str, str]:
    """All runs in one go, compacted: what every other way has to come to."""
    swept(folder, range(40))
    compact(folder)
    return digests(folder)


def test_what_wrote_it_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One writer in order, or many out of order with copies: equal names and bytes."""
    monkeypatch.setattr("experiments.store.compacting.RUNS_A_PART", 15)
    expected = the_whole(tmp_path / "one")
    store = swept(tmp_path / "many")
    for indices in ([31, 2, 9], range(10, 31), [39, 0, 1], range(2, 10), range(20, 39)):
        add(store, list(indices))

    done = compact(store.path)

    assert (done.runs, done.parts, done.copies) == (40, 3, 14)
    assert digests(store.path) == expected
    assert len(SweepStore.open(store.path).done()) == 40


def test_compacting_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in order stays as it is, and no part that stands is written again."""
    expected = the_whole(tmp_path)
    monkeypatch.setattr(compacting, "write_part", no_room)

    assert compact(tmp_path).parts == 1
    assert digests(tmp_path) == expected


def test_a_run_that_comes_late_takes_its_place(tmp_path: Path) -> None:
    """Compacted with a run missing, resumed, compacted again: as if it had never been missing."""
    expected = the_whole(tmp_path / "one")
    store = swept(tmp_path / "late", [index for index in range(40) if index != 5])
    compact(store.path)
    add(store, [5])

    compact(store.path)

    assert digests(store.path) == expected


def test_leftovers_and_torn_parts_go_and_are_told(tmp_path: Path) -> None:
    """What nothing counts on is removed; the runs of a torn part are missing, and said so."""
    store = swept(tmp_path, range(20))
    add(store, range(20, 40))
    torn = sorted((tmp_path / "results").iterdir())[1]
    torn.write_bytes(torn.read_bytes()[:-1])
    (tmp_path / "results" / "00000050-gone-1-00000.parquet").write_bytes(b"never committed")
    (tmp_path / "runs" / ".00000050-gone-1-00000.parquet.77.aside").write_bytes(b"half")

    done = compact(tmp_path)

    assert (done.runs, done.leftovers, len(done.torn)) == (20, 2, 1)
    assert torn.name in str(done.torn[0])
    assert not [name for name in names(tmp_path) if "gone" in name or torn.name in name]
    add(store, range(20, 40))
    compact(tmp_path)
    assert digests(tmp_path) == the_whole(tmp_path / "one")


def test_copies_that_differ_are_not_chosen_between(tmp_path: Path) -> None:
    """Two machines came to other numbers for one run: refused, and nothing is changed."""
    store = swept(tmp_path, range(3))
    add(store, [1], shift=1e-9)
    before = digests(tmp_path)

    with pytest.raises(CopiesDifferError, match=identity(1)):
        compact(tmp_path)

    assert digests(tmp_path) == before


def test_a_sweep_under_way_is_not_compacted(tmp_path: Path) -> None:
    """Nobody tidies up under a worker's hands."""
    store = swept(tmp_path, range(3))

    with store.lock("1/2"), pytest.raises(FolderBusyError, match="Wait until"):
        compact(tmp_path)


class Killed(BaseException):
    """Stands in for a process that ends here."""


def killed_at(step: int) -> Iterator[None]:
    """Count down, and end the process at zero."""
    for _ in range(step):
        yield
    raise Killed


@pytest.mark.parametrize("step", range(13))
def test_killed_at_any_step_it_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Before each file that is written or removed; then started again."""
    monkeypatch.setattr("experiments.store.compacting.RUNS_A_PART", 15)
    expected = the_whole(tmp_path / "one")
    store = swept(tmp_path / "killed", [index for index in range(40) if index != 5])
    compact(store.path)
    add(store, [5])
    steps, unlink = killed_at(step), Path.unlink

    def writes(*given: Any) -> None:
        next(steps)
        write_part(*given)

    def unlinks(path: Path, **how: Any) -> None:
        if path.suffix == ".parquet":
            next(steps)
        unlink(path, **how)

    with monkeypatch.context() as patched, contextlib.suppress(Killed):
        patched.setattr(compacting, "write_part", writes)
        patched.setattr(Path, "unlink", unlinks)
        compact(store.path)

    left = SweepStore.open(store.path)
    assert len(left.done()) == 40
    assert left.torn == []
    compact(store.path)
    assert digests(store.path) == expected


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old parts go only once the new ones stand; leftovers go first, they may make room."""
    store = swept(tmp_path, range(0, 40, 2))
    add(store, range(1, 40, 2))
    before = digests(tmp_path)
    (tmp_path / "results" / ".x.parquet.7.aside").write_bytes(b"half")

    def fills_up(*_: Any) -> None:
        raise DiskFullError(tmp_path, 0)

    monkeypatch.setattr(compacting, "write_part", fills_up)
    with pytest.raises(DiskFullError):
        compact(tmp_path)

    assert digests(tmp_path) == before


def test_logs_become_one_table_and_are_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between table and logs, a try is still one row; a later end reaches an old begin."""
    store = swept(tmp_path, range(3))
    first, second = Try(identity(0), 0, 1000, 1), Try(identity(1), 1, 1000, 1)
    store.attempts.begin(first)
    store.attempts.end(first, Event.DONE, wall=1.0, peak_mb=200.0)
    store.attempts.begin(second)
    told = read_attempts(tmp_path)
    (log,) = (tmp_path / "attempts").iterdir()
    text = log.read_bytes()

    compact(tmp_path)

    assert not log.exists()
    assert read_attempts(tmp_path).equals(told)
    log.write_bytes(text)
    assert read_attempts(tmp_path).equals(told)
    log.unlink()
    store.attempts.end(second, Event.DIED, error="gone")
    assert read_attempts(tmp_path).column("status").to_pylist() == ["done", "died"]
    assert pq.read_table(tmp_path / "attempts.parquet").num_rows == 2
