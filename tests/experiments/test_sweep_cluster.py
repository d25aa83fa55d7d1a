"""A cluster of others: nobody there, nobody yet, somebody unfit, and gone in the middle."""

import json
import shutil
import time
from pathlib import Path

import pytest

from experiments.store.sweep_store import SweepStore
from tests.experiments.apart import SOON, apart
from tests.experiments.pressed import ROOT, on_unix
from tests.experiments.said import Poundflow
from tests.experiments.sweeps import ended, sweeping, swept, tables, wait_for_runs, write_plan

pytestmark = [pytest.mark.compiled, on_unix, pytest.mark.long]


@pytest.mark.soak
def test_a_scheduler_that_is_killed_ends_the_sweep_and_another_ends_it_well(tmp_path: Path) -> None:
    """Code 3 and one sentence; workers put away what they have; with a new one, the same bytes."""
    plan, out = write_plan(tmp_path, 20), tmp_path / "out"
    with apart(tmp_path) as lost:
        running = sweeping(plan, out, "--scheduler", lost.address, "--quiet")
        wait_for_runs(out, 4, running)
        lost.lose_scheduler()
        said, _ = running.communicate(timeout=SOON)
        deadline = time.monotonic() + SOON
        while lost.workers and time.monotonic() < deadline:
            time.sleep(0.2)
        kept, finished = len(SweepStore.open(out).done()), ended(out)
    with apart(tmp_path) as other:
        code, told = swept(plan, out, "--scheduler", other.address, "--json", "--quiet")
    assert swept(plan, tmp_path / "undisturbed", "--workers", "2", "--quiet")[0] == 0

    assert running.returncode == 3, said
    assert said.startswith("the scheduler is gone. What was finished is kept"), said
    assert len(said.splitlines()) <= 2, said
    assert kept == finished >= 4
    assert code == 0
    assert json.loads(told)["done"] == 40
    assert tables(out) == tables(tmp_path / "undisturbed")


def test_a_cluster_without_workers_is_waited_for_and_said_so(tmp_path: Path) -> None:
    """`--time` ends the wait with code 0; workers that join later do the work."""
    plan, out = write_plan(tmp_path, 2), tmp_path / "out"
    with apart(tmp_path, workers=0) as empty:
        words = ("--scheduler", empty.address)
        code, said = swept(plan, out, *words, "--time", "5s")
        running = sweeping(plan, out, *words)
        time.sleep(2.0)
        joined = empty.more(1)
        later, _ = running.communicate(timeout=SOON)
        joined.terminate()
        joined.wait(timeout=SOON)

    assert code == 0
    assert "0 of 4 runs, 0 failed, waiting for workers to join" in said
    assert "4 missing" in said
    assert running.returncode == 0, later
    assert "4 of 4 runs are done" in later


def test_an_address_where_nobody_listens_is_told(tmp_path: Path, poundflow: Poundflow) -> None:
    """Code 2 in a bounded time, with the way to start one; nothing is lived."""
    plan = write_plan(tmp_path, 1)
    began = time.monotonic()

    said = poundflow("sweep", plan, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")

    assert said.code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in said.err
    assert "dask scheduler" in said.err
    assert time.monotonic() - began < SOON
    assert ended(tmp_path / "out") == 0


def test_a_worker_with_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code 2 before anything is lived: its runs would not be those that were asked for."""
    plan, other = write_plan(tmp_path, 1), tmp_path / "other"
    for name in ("experiments", "scenarios", "simulation"):
        shutil.copytree(ROOT / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "simulation" / "streams.py").open("a") as file:
        file.write("# another version\n")
    with apart(tmp_path, workers=0) as cluster:
        monkeypatch.setattr("tests.experiments.apart.ROOT", other)
        joined = cluster.more(1)
        time.sleep(5.0)
        code, said = swept(plan, tmp_path / "out", "--scheduler", cluster.address, "--quiet")
        joined.terminate()
        joined.wait(timeout=SOON)

    assert code == 2, said
    assert "has another version of poundflow. Install the same on all" in " ".join(said.split())
    assert ended(tmp_path / "out") == 0
