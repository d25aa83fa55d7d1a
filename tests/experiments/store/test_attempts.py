"""Every try is told of: how it ended, what it took, which was in hand when the plug was pulled."""

import os
import time
from pathlib import Path

import pytest

from experiments.store.attempts import AttemptLog, Event, Try, read_attempts, torn_lines
from experiments.store.errors import DiskFullError

FIRST = Try("a" * 16, 0, 1000, 1)
SECOND = Try("b" * 16, 1, 1001, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which logs can be kept."""
    (tmp_path / "attempts").mkdir()
    return tmp_path


def statuses(folder: Path) -> list[tuple[str, int, str]]:
    """Run, number and status of every try."""
    rows = read_attempts(folder).to_pylist()
    return [(row["run"][0], row["try"], row["status"]) for row in rows]


def test_a_try_is_one_row_with_its_end(folder: Path) -> None:
    """Seed, wall time, peak memory and error of each."""
    log = AttemptLog(folder, "node-1")
    for one in (FIRST, SECOND):
        log.begin(one)
    log.end(SECOND, Event.FAILED, wall=0.5, error="no bread\nat all")
    log.end(FIRST, Event.DONE, wall=1.5, peak_mb=300.0)

    first, second = read_attempts(folder).to_pylist()

    assert (first["status"], first["wall"], first["peak_mb"], first["error"]) == (
        "done", 1.5, 300.0, None,
    )  # fmt: skip
    assert (second["status"], second["error"]) == ("failed", "no bread\nat all")
    assert (second["run"], second["index"], second["seed"], second["try"]) == (
        "b" * 16, 1, 1001, 1,
    )  # fmt: skip
    assert first["writer"] == "node-1"
    assert first["began"] is not None


def test_what_was_in_hand_when_the_plug_was_pulled_is_interrupted(folder: Path) -> None:
    """A begin without an end, until somebody notes the death; others' logs stay as they are."""
    AttemptLog(folder, "dead-1").begin(FIRST)
    before = statuses(folder)

    AttemptLog(folder, "driver-2").end(FIRST, Event.DIED, error="its worker ended by signal 9")

    assert before == [("a", 1, "interrupted")]
    assert statuses(folder) == [("a", 1, "died")]
    assert read_attempts(folder, "dead-1").column("status").to_pylist() == ["interrupted"]
    assert read_attempts(folder).column("writer").to_pylist() == ["dead-1"]


def test_tries_of_one_run_stand_side_by_side(folder: Path) -> None:
    """A second try does not hide the first; two workers with the same try are two rows."""
    log, stale = AttemptLog(folder, "node-1"), AttemptLog(folder, "a-stale-1")
    again = Try(FIRST.run, 0, 1000, 2)
    log.begin(FIRST)
    log.end(FIRST, Event.HUNG, wall=600.0)
    log.begin(again)
    stale.begin(again)
    log.end(again, Event.DONE, wall=2.0)

    rows = read_attempts(folder).to_pylist()

    assert {(row["try"], row["writer"], row["status"], row["wall"]) for row in rows} == {
        (1, "node-1", "hung", 600.0),
        (2, "node-1", "done", 2.0),
        (2, "a-stale-1", "interrupted", None),
    }


def test_a_torn_line_hides_no_other(folder: Path) -> None:
    """Power that fails in the middle of a line costs that line alone, and it is counted."""
    log = AttemptLog(folder, "node-1")
    log.begin(FIRST)
    log.end(FIRST, Event.DONE, wall=1.0)
    with log.path.open("ab") as file:
        file.write(b'{"event": "begin", "ru')

    assert statuses(folder) == [("a", 1, "done")]
    assert torn_lines(folder) == 1


def test_a_writer_knows_best_how_its_own_try_ended(folder: Path) -> None:
    """One that was thought dead and did finish; whichever log is read first."""
    alive = AttemptLog(folder, "z-alive")
    alive.begin(FIRST)
    AttemptLog(folder, "a-driver").end(FIRST, Event.DIED, error="not heard of")
    before = statuses(folder)

    alive.end(FIRST, Event.DONE, wall=1.0)

    assert before == [("a", 1, "died")]
    assert statuses(folder) == [("a", 1, "done")]


def test_the_same_try_twice_by_one_process_is_two_rows(folder: Path) -> None:
    """Each end goes to the beginning it belongs to; an end too many changes nothing."""
    log = AttemptLog(folder, "node-1")
    for wall in (1.0, 2.0):
        log.begin(FIRST)
        time.sleep(0.002)
        log.end(FIRST, Event.DONE, wall=wall)
    log.end(FIRST, Event.FAILED)
    log.begin(SECOND)

    rows = read_attempts(folder).to_pylist()

    assert [(row["try"], row["status"], row["wall"]) for row in rows] == [
        (1, "done", 1.0), (1, "done", 2.0), (1, "interrupted", None),
    ]  # fmt: skip


def test_an_end_without_a_beginning_is_a_try(folder: Path) -> None:
    """Its line of the beginning was torn: how it ended is known all the same, and since when."""
    log = AttemptLog(folder, "node-1")
    log.end(FIRST, Event.DONE, wall=10.0, peak_mb=5.0)

    [row] = read_attempts(folder).to_pylist()

    assert (row["status"], row["wall"], row["peak_mb"]) == ("done", 10.0, 5.0)
    assert 9.0 < time.time() - row["began"].timestamp() < 60.0


@pytest.mark.parametrize(
    "torn",
    [b'{"event": "begin", "ru', b"\0" * 60, b'{"event": "done", "error": "\xc3', b"[1]", b"{}"],
)
def test_whatever_the_power_left_of_a_line_hides_no_other(folder: Path, torn: bytes) -> None:
    """Half a line, zeros, half a letter; in the middle of a log and at its end."""
    log = AttemptLog(folder, "node-1")
    log.begin(FIRST)
    for ending in (b"\n", b""):
        with log.path.open("ab") as file:
            file.write(torn + ending)
        if ending:
            log.end(FIRST, Event.DONE, wall=1.0)

    assert statuses(folder) == [("a", 1, "done")]
    assert torn_lines(folder) == 2


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    """Brackets and stars are letters, no patterns."""
    folder = tmp_path / "a[1]*?"
    (folder / "attempts").mkdir(parents=True)
    AttemptLog(folder, "node-1").begin(FIRST)

    assert statuses(folder) == [("a", 1, "interrupted")]


def test_a_full_disk_is_said_and_the_next_line_is_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a line is sealed off before the next."""
    log = AttemptLog(folder, "node-1")
    log.begin(FIRST)
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:9]))
    with pytest.raises(DiskFullError, match="make room"):
        log.begin(SECOND)
    monkeypatch.setattr(os, "write", real)

    log.end(FIRST, Event.DONE, wall=1.0)

    assert statuses(folder) == [("a", 1, "done")]
    assert torn_lines(folder) == 1
