"""The address of Dask's dashboard is told where one is drawn, and nowhere else."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from experiments.cli import screen
from experiments.runner import cluster, session
from experiments.runner.cluster import dashboard_of
from experiments.runner.progress import Progress
from experiments.runner.session import Asked, Ended, live_sweep
from experiments.runner.sweep_plan import plan_sweep
from tests.experiments.sweeps import write_plan

LINK = "http://127.0.0.1:8787/status"


def client(there: Callable[[], bool] | None = None) -> Any:
    """Stand in for a client; `there` is what its scheduler answers."""

    def asks(question: Callable[[], bool]) -> bool:
        assert question is cluster.has_dashboard
        if there is None:
            raise ModuleNotFoundError("experiments")
        return there()

    return SimpleNamespace(dashboard_link=LINK, run_on_scheduler=asks, status="running")


@pytest.mark.parametrize(("here", "told"), [(True, LINK), (False, "")])
def test_ours_is_told_where_what_draws_it_is_installed(
    monkeypatch: pytest.MonkeyPatch, here: bool, told: str
) -> None:
    """A cluster of this machine: bokeh has to be in this environment."""
    monkeypatch.setattr(cluster, "has_dashboard", lambda: here)

    assert dashboard_of(client(), others=False) == told


def test_that_of_others_is_told_where_their_scheduler_draws_it() -> None:
    """It is their packages that count; one that knows nothing of us draws nothing for us."""
    assert dashboard_of(client(lambda: True), others=True) == LINK
    assert dashboard_of(client(lambda: False), others=True) == ""
    assert dashboard_of(client(), others=True) == ""


@pytest.mark.usefixtures("no_files_left")
@pytest.mark.parametrize("drawn", [True, False])
def test_the_line_shows_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    drawn: bool,
) -> None:
    """On a line of its own, so that it can be clicked; no line without one."""
    stands = client(lambda: drawn)
    ended = Ended(Progress(2, 2, 0, 1.0, 2), (1,))
    monkeypatch.setattr(session, "_crew", lambda asked: nullcontext(stands))
    monkeypatch.setattr(session, "_lived", lambda *given: ended)
    sweep = plan_sweep(write_plan(tmp_path, 1))

    with screen.sweep_line("little", quiet=False) as line:
        live_sweep(sweep, tmp_path / "out", Asked(scheduler="tcp://a:1"), line.told, line.dashboard)

    assert (f"dashboard: {LINK}" in capsys.readouterr().err) == drawn
