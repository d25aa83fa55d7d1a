"""A disk that fills at whatever a worker writes: nothing is lost, and with room it goes on."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from experiments.runner import desk, session
from experiments.runner.block_run import Order, Todo
from experiments.runner.claims import CLAIMS
from experiments.runner.due import Due
from experiments.runner.label import code_fingerprint
from experiments.runner.progress import Progress, RefusedError
from experiments.runner.sweep_label import sweep_label
from experiments.runner.sweep_plan import plan_sweep
from experiments.store import aside
from experiments.store.attempts import read_attempts
from experiments.store.errors import DiskFullError
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import (
    ATTEMPTS_FOLDER,
    RESULTS_FOLDER,
    RUNS_FOLDER,
    design_table,
)
from tests.experiments.sweeps import write_plan

pytestmark = [pytest.mark.compiled, pytest.mark.usefixtures("no_files_left")]
BOTH = ((0, 1), (1, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SweepStore]:
    """A plan of four points, whose order lies on this process's desk; no watch may end it."""
    sweep = plan_sweep(write_plan(tmp_path, 4, seconds=0.0, memory=0))
    design = design_table(sweep.points.names, sweep.points.values)
    made = SweepStore(tmp_path / "out", sweep_label(sweep), sweep.plan.text, design)
    (made.path / CLAIMS).mkdir()
    desk.take_order("order", Order(made.path, sweep, code_fingerprint()))
    yield made
    desk.leave_here("order")


class Disk:
    """A disk with room, until it is full for files whose path tells one word."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full_for = ""
        self.asked = 0
        opened, made = Path.open, os.open

        def opens(path: Path, *how: object, **more: object) -> object:
            self._look(str(path), "w" in str(how))
            return opened(path, *how, **more)  # type: ignore[arg-type]

        def makes(path: object, flags: int, *how: int, **more: int) -> int:
            self._look(str(path), bool(flags & (os.O_WRONLY | os.O_RDWR)))
            return made(path, flags, *how, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", opens)
        monkeypatch.setattr(os, "open", makes)

    def _look(self, path: str, writes: bool) -> None:
        if writes and self.full_for and f"/{self.full_for}/" in path:
            self.asked += 1
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("full_for", [RESULTS_FOLDER, RUNS_FOLDER, ATTEMPTS_FOLDER, CLAIMS])
def test_a_disk_that_fills_at_any_file_loses_no_finished_run(
    store: SweepStore, monkeypatch: pytest.MonkeyPatch, full_for: str
) -> None:
    """Outcomes, what commits them, the log, the claim: refused in a sentence, and gone on from."""
    disk = Disk(monkeypatch)
    first = desk.live_batch(desk.Batch("order", "1", (Todo(0, BOTH),)))
    assert desk.close_here("order", stop=False) == ""

    disk.full_for = full_for
    second = desk.live_batch(desk.Batch("order", "2", (Todo(1, BOTH),)))
    said = second.refused or desk.close_here("order", stop=False)
    kept = len(store.done())
    disk.full_for = ""
    third = desk.live_batch(desk.Batch("order", "3", (Todo(2, BOTH),)))
    assert desk.close_here("order", stop=False) == ""

    assert disk.asked
    assert "there is no room left to write" in said
    assert "make room" in said
    assert (first.tried, kept, third.tried) == (2, 2, 2)
    begun = full_for in (RESULTS_FOLDER, RUNS_FOLDER)
    assert len(store.done()) == (6 if begun else 4)
    assert store.torn == []
    assert not list(store.path.rglob(f"*{aside.ASIDE}"))
    statuses = read_attempts(store.path).column("status").to_pylist()
    assert statuses == ["done"] * (6 if begun else 4)


@pytest.mark.parametrize("amid", [True, False])
def test_a_label_that_finds_no_room_hides_nothing(
    store: SweepStore, monkeypatch: pytest.MonkeyPatch, amid: bool
) -> None:
    """Code 3, and what was refused first is what is told; not code 2, as before anything lived."""

    class Ends:
        failures = ()

        def __init__(self, *_: object) -> None:
            pass

        def live(self) -> Progress:
            if amid:
                raise RefusedError("no room left to write outcomes")
            return Progress(8, 8, 0, 1.0, 8)

    def full(**_: object) -> None:
        raise DiskFullError(store.path / "manifest.json", 9)

    monkeypatch.setattr(session, "Sweeping", Ends)
    monkeypatch.setattr(store, "update_label", full)
    order = Order(store.path, plan_sweep(store.path.parent / "plan.toml"), code_fingerprint())
    due = Due(order.sweep, store.done())
    client = SimpleNamespace(register_plugin=lambda *_, **__: None)

    with pytest.raises(RefusedError) as refused:
        session._lived(order, store, due, client, session.Asked(), lambda progress: None)

    assert refused.value.exit_code == 3
    assert ("outcomes" if amid else "manifest.json") in str(refused.value)
