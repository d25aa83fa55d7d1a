"""A sweep answers questions in SQL and as frames: each run once, outcomes only of finished runs."""

from pathlib import Path

import pytest

from experiments.store.attempts import Event, Try
from experiments.store.compacting import compact
from experiments.store.errors import NoSweepError
from experiments.store.relations import open_store
from tests.experiments.store.swept import add, identity, run_result, swept


def test_the_four_tables_can_be_asked_together(tmp_path: Path) -> None:
    """A policy's mean at each value of an assumption, in one question."""
    swept(tmp_path, range(40))

    with open_store(tmp_path) as store:
        rows = store.sql(
            "SELECT d.value, avg(r.value) FROM results r JOIN design d USING (point) "
            "WHERE d.name = 'firms.markup' AND r.measure = 'quality' AND r.tier = 'all' "
            "AND r.month = 0 AND r.policy = 'social_value' GROUP BY 1 ORDER BY 1"
        ).fetchall()

    assert rows == [(1.0, 5.0), (2.0, 15.0), (3.0, 25.0), (4.0, 35.0)]


def test_frames_carry_the_promised_columns(tmp_path: Path) -> None:
    """Totals of one measure; nulls stay nulls with their reason."""
    store = swept(tmp_path, range(4))
    store.attempts.begin(Try(identity(9), 9, 1000, 1))
    store.attempts.end(Try(identity(9), 9, 1000, 1), Event.FAILED, wall=0.1, error="no bread")

    with open_store(tmp_path) as opened:
        totals = opened.frame("results", "month = 0 and measure = 'unit_cost_premium'")
        runs = opened.frame("runs")
        attempts = opened.frame("attempts")
        missing = opened.missing

    assert list(totals["why"]) == ["no bids"] * 4
    assert totals["value"].isna().all()
    assert sorted(runs["index"]) == [0, 1, 2, 3]
    assert list(attempts["error"]) == ["no bread"]
    assert missing == 36


def test_a_run_that_was_lived_twice_is_read_once(tmp_path: Path) -> None:
    """A stale worker's copies are left out, run by run."""
    store = swept(tmp_path, range(4))
    add(store, range(2, 6))
    rows = len(run_result(0).rows)

    with open_store(tmp_path) as opened:
        (counted,) = opened.sql("SELECT count(*) FROM results").fetchall()
        per_run = opened.sql("SELECT DISTINCT count(*) FROM results GROUP BY run").fetchall()
        runs = opened.runs.count("*").fetchall()

    assert counted == (6 * rows,)
    assert per_run == [(rows,)]
    assert runs == [(6,)]


def test_half_a_part_and_a_torn_one_are_not_read(tmp_path: Path) -> None:
    """Outcomes that were never committed, or cut short, are no results."""
    store = swept(tmp_path, range(2))
    add(store, range(2, 4))
    add(store, range(4, 6))
    parts = sorted((tmp_path / "runs").iterdir())
    parts[1].unlink()
    parts[2].write_bytes(parts[2].read_bytes()[:50])

    with open_store(tmp_path) as opened:
        found = opened.sql("SELECT DISTINCT run FROM results").fetchall()

    assert {run for (run,) in found} == {identity(0), identity(1)}


def test_nothing_finished_is_empty_tables(tmp_path: Path) -> None:
    """A sweep that has just begun can be asked, too."""
    swept(tmp_path)

    with open_store(str(tmp_path)) as opened:
        assert opened.frame("results").empty
        assert opened.frame("runs").empty
        assert opened.missing == 40


def test_asking_is_the_same_after_compact(tmp_path: Path) -> None:
    """Order on the disk changes no answer."""
    store = swept(tmp_path, range(20, 40))
    add(store, range(20))
    question = "SELECT month, quantile_cont(value, 0.9) FROM results GROUP BY month ORDER BY month"
    with open_store(tmp_path) as opened:
        before = opened.sql(question).fetchall()

    compact(tmp_path)

    with open_store(tmp_path) as opened:
        assert opened.sql(question).fetchall() == before


def test_a_wrong_name_and_a_wrong_folder_are_said(tmp_path: Path) -> None:
    """The tables that there are, and the folder that is meant."""
    swept(tmp_path)

    with open_store(tmp_path) as opened, pytest.raises(ValueError, match="wanted one of runs"):
        opened.frame("result")
    with pytest.raises(NoSweepError):
        open_store(tmp_path / "nowhere")
