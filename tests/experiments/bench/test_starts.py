"""New processes do what they are asked, side by side where they should, and failures are told."""

import sys
from pathlib import Path

import numpy as np
import pytest

from experiments.bench import starts
from experiments.bench.processes import (
    ChildFailedError,
    Done,
    bytecode_in,
    child,
    run_python,
    together,
)
from experiments.bench.starts import start_rows


def test_a_process_that_fails_says_why() -> None:
    """The last line of its fault is in the message, with the line to run again."""
    with pytest.raises(ChildFailedError, match="KeyError: 'nothing'") as fault:
        child("nothing")

    assert "experiments.bench.child nothing" in str(fault.value)


def test_a_process_says_what_it_was_asked() -> None:
    """What a new Python writes comes back."""
    said = run_python(["-c", "print('so')"])

    assert said == "so\n"


def test_a_start_keeps_its_bytecode_where_the_environment_forbids_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A warm start makes nothing of our sources anew, and leaves nothing beside them."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    run_python(["-c", "import experiments.bench.clock"], **bytecode_in(str(tmp_path)))

    assert list(tmp_path.rglob("clock.*.pyc"))


@pytest.mark.long
def test_two_processes_live_side_by_side() -> None:
    """Both say how long they lived, and how much memory they held."""
    done = together(2, 40, 2)

    assert len(done) == 2
    assert all(each.seconds > 0 for each in done)


@pytest.mark.long
@pytest.mark.compiled
def test_starts_have_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help, Mesa, the first month, compilation, memory and two processes are all measured.

    Nothing is compiled anew here, which takes a minute: the folder of compiled code is the usual.
    """
    asked: list[str] = []

    def from_the_cache(task: str, *words: str, **settings: str) -> Done:
        asked.append(settings.pop("NUMBA_CACHE_DIR", ""))
        return child(task, *words, **settings)

    monkeypatch.setattr(starts, "child", from_the_cache)
    rows = start_rows(1, 40, 2)

    first, second = filter(None, asked)
    assert first == second

    names = " ".join(row.name for row in rows)
    for what in ("--help", "import mesa", "first simulated month", "cold cache", "two processes"):
        assert what in names
    assert all(row.value is not None for row in rows if row.name != "two processes against one")


@pytest.mark.parametrize(("share", "holds"), [(0.99, True), (0.6, None)])
def test_two_processes_are_compared_on_a_free_machine_alone(
    monkeypatch: pytest.MonkeyPatch, share: float, holds: bool | None
) -> None:
    """Where a process did not get a core the line holds nothing, and says why."""
    monkeypatch.setattr(starts, "_median_wall", lambda words, repeats, settings: 1.0)
    monkeypatch.setattr(starts, "child", lambda task, **settings: Done(1.0, 1.0, None))
    monkeypatch.setattr(
        starts, "together", lambda many, firms, months: [Done(1.0, 1.0, None, share)] * many
    )

    [row] = [row for row in start_rows(1, 40, 2) if row.name == "two processes against one"]

    assert row.holds is holds
    assert (row.value is None) == (holds is None)


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a process")
def test_the_peak_of_a_process_is_its_own() -> None:
    """What the process that starts it holds does not count."""
    held = np.ones(125_000_000)

    [done] = together(1, 40, 1)

    assert done.peak_bytes is not None
    assert 0 < done.peak_bytes < held.nbytes
