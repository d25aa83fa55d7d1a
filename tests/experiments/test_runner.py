"""Runs are handed out, kept as they finish, and never lost in silence."""

import gc
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from experiments.runner.cluster import local_cluster
from experiments.runner.comparison import Comparison
from experiments.runner.memory import get_ready, import_model
from experiments.runner.workforce import batch_size, hand_out
from experiments.store.folder import ResultFolder
from experiments.store.records import Part, ReplicateResult
from scenarios.read import read_scenario
from tests.experiments.made_up import (
    LIVED_IN,
    MANIFEST,
    PLAN,
    dies_in_the_third,
    made_up_replicate,
    second_policy_fails,
)


def comparison(folder: Path) -> Comparison:
    """Two policies, four futures, two luck replicates."""
    return Comparison(read_scenario("village"), PLAN, ResultFolder(folder, MANIFEST))


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def test_each_replicate_is_lived_once_and_kept(tmp_path: Path) -> None:
    """Futures and luck replicates are kept apart, and progress is told in runs."""
    told = []
    asked = comparison(tmp_path)

    lost = asked.live(1, lambda done, total: told.append((done, total)), made_up_replicate)
    summary = asked.conclude(lost, {"quality": "up", "unmet_need": "down"})

    assert lost == []
    assert told[0] == (0, 20)  # (4 futures x 2 with their twins + 2 luck replicates) x 2 policies
    assert told[-1] == (20, 20)
    assert len(summary["runs"]) == 8
    assert len(summary["luck_runs"]) == 4
    assert {p.name for p in tmp_path.iterdir()} == {
        "manifest.json", "parts", "results.parquet", "luck.parquet", "draws.parquet",
        "budget.csv", "summary.json",
    }  # fmt: skip


def test_what_was_kept_is_not_lived_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stopped comparison goes on where it was, and ends in the same bytes as an unbroken one."""
    counts = tmp_path / "counts"
    counts.mkdir()
    monkeypatch.setenv(LIVED_IN, str(counts))
    unbroken = comparison(tmp_path / "unbroken")
    unbroken.conclude(unbroken.live(1, silent, made_up_replicate), {})
    stopped = comparison(tmp_path / "stopped")
    for task in stopped.tasks()[:3]:
        stopped.folder.keep(made_up_replicate(task))

    again = comparison(tmp_path / "stopped")
    again.conclude(again.live(1, silent, made_up_replicate), {})

    assert {file.name: file.read_text().count("lived") for file in counts.iterdir()} == {
        **{f"future-{r}": 2 for r in range(4)},
        **{f"luck-{r}": 2 for r in range(2)},
    }
    for name in ("summary.json", "results.parquet", "luck.parquet", "budget.csv"):
        one, other = (tmp_path / way / name for way in ("unbroken", "stopped"))
        assert one.read_bytes() == other.read_bytes()


def test_one_worker_starts_no_dask(tmp_path: Path) -> None:
    """Serial work needs no cluster, and does not even load one."""
    loaded = {name for name in sys.modules if name.partition(".")[0] == "distributed"}

    done = list(hand_out(made_up_replicate, comparison(tmp_path).tasks(), 1))

    assert len(done) == 6
    assert {n for n in sys.modules if n.partition(".")[0] == "distributed"} == loaded


def test_one_worker_leaves_the_callers_objects_to_the_collector(tmp_path: Path) -> None:
    """What a notebook holds is looked through after its runs as it was before them."""
    for once in (get_ready, import_model):
        once.cache_clear()
    before = gc.get_freeze_count()

    list(hand_out(made_up_replicate, comparison(tmp_path).tasks(), 1))

    assert gc.get_freeze_count() == before


@pytest.mark.long
def test_two_workers_find_the_same_and_survive_a_death(tmp_path: Path) -> None:
    """A task that kills its worker is recorded as failed; all others are done, and equal."""
    asked = comparison(tmp_path / "two")

    lost = asked.live(2, silent, dies_in_the_third)
    summary = asked.conclude(lost, {})

    assert [(one.part, one.replicate) for one in lost] == [(Part.FUTURE, 2)]
    assert [failure["run"] for failure in summary["failures"]] == [
        "lowest_price-0002",
        "social_value-0002",
    ]
    assert "died" in summary["failures"][0]["error"]
    alone: list[ReplicateResult] = [made_up_replicate(task) for task in asked.tasks()]
    assert [one.replicate for one in alone] == [2]
    serial = comparison(tmp_path / "one")
    serial.live(1, silent, made_up_replicate)
    for replicate in (0, 1, 3):
        [one] = asked.folder.kept(Part.FUTURE, [replicate])
        [other] = serial.folder.kept(Part.FUTURE, [replicate])
        assert one == other
    logging.getLogger("distributed").setLevel(logging.NOTSET)


def test_a_failed_run_is_named_and_left_out(tmp_path: Path) -> None:
    """The other policy of the future still counts; the failed one is in the list of failures."""
    asked = comparison(tmp_path)

    summary = asked.conclude(asked.live(1, silent, second_policy_fails), {})

    assert [(one["run"], one["error"]) for one in summary["failures"]] == [
        ("social_value-0001", "no bread")
    ]
    n = {(row["regime"], row["measure"]): row["n"] for row in summary["outcomes"]}
    assert n["lowest_price", "quality"] == 4
    assert n["social_value", "quality"] == 3
    assert asked.folder.manifest["status"] == "some runs failed"


@pytest.mark.parametrize(
    ("waiting", "seconds", "size"),
    [(5000, None, 1), (5000, 3.0, 1), (5000, 0.01, 50), (20, 0.01, 2), (3, 0.01, 1)],
)
def test_short_runs_are_handed_out_in_batches(
    waiting: int, seconds: float | None, size: int
) -> None:
    """Long runs go one by one; short ones half a second at a time, enough left for the others."""
    assert batch_size(waiting, 2, seconds) == size


def test_workers_of_ours_keep_no_record_of_what_they_did() -> None:
    """Dask's profiler grows by some hundred objects a second, all looked through after each run."""

    def watched(dask_worker: Any) -> list[str]:
        return sorted(dask_worker.periodic_callbacks)

    with local_cluster(1) as client:
        [kept] = client.run(watched).values()

    assert "heartbeat" in kept, "the callbacks of a worker have other names than they had"
    assert not any("profile" in name for name in kept)
