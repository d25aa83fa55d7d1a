"""A sweep that grew is one that was begun large, and what stood before stands where it was."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from experiments.store.compacting import compact
from experiments.store.manifest import read_manifest
from experiments.store.relations import open_store
from experiments.store.survey import Outcomes, survey
from tests.experiments.pressed import on_unix
from tests.experiments.said import Poundflow
from tests.experiments.sweeps import kill, sweeping, swept, wait_for_runs, write_plan

pytestmark = [pytest.mark.compiled, on_unix]


def plan_of(folder: Path, replicates: int) -> Path:
    """Two points and two policies; so many replicates."""
    plan = write_plan(folder, 2)
    plan.write_text(
        plan.read_text().replace("months = 8", f"months = 8\nreplicates = {replicates}")
    )
    return plan


def by_name(out: Path) -> list[pa.Table]:
    """Runs and outcomes, all columns but `index`, in the order of the runs' names."""
    found = survey(out)
    order = [("run", "ascending"), ("month", "ascending"), ("measure", "ascending"),
             ("tier", "ascending")]  # fmt: skip
    outcomes = Outcomes(found).of(found.runs).drop_columns("index").sort_by(order)
    runs = found.runs.drop_columns(["part", "index"]).sort_by("run")
    return [runs.combine_chunks(), outcomes.combine_chunks()]


def indexes(out: Path) -> dict[str, int]:
    """The place of every finished run."""
    runs = survey(out).runs
    return dict(zip(runs["run"].to_pylist(), runs["index"].to_pylist(), strict=True))


@pytest.mark.soak
def test_grown_killed_and_resumed_it_equals_one_that_was_begun_large(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """Two replicates by a label of before there were stages, five asked for, a kill among the new.

    Every run is there once, with the name, seed, books and outcomes of a sweep begun with five;
    the index of the first eight has not moved. A plan of two again is told that five stay.
    """
    out, large = tmp_path / "out", tmp_path / "large"
    assert swept(plan_of(tmp_path, 2), out, "--workers", "1", "--quiet")[0] == 0
    before = indexes(out)
    label = read_manifest(out) or {}
    del label["stages"]
    (out / "manifest.json").write_text(json.dumps(label))

    plan = plan_of(tmp_path, 5)
    running = sweeping(plan, out, "--workers", "1", "--quiet")
    wait_for_runs(out, len(before) + 3, running)
    kill(running.pid)
    running.communicate(timeout=60)
    half = json.loads(poundflow("status", out, "--json").out)
    code, said = swept(plan, out, "--workers", "1", "--json", "--quiet")
    assert swept(plan, large, "--workers", "1", "--quiet")[0] == 0
    fewer, kept = swept(plan_of(tmp_path, 2), out, "--workers", "1")

    told = json.loads(said)
    assert half["planned"] == 20
    assert (code, told["stages"], told["replicates"]) == (0, [2, 3], 5)
    assert (told["done"], told["failed"], told["missing"]) == (20, 0, 0)
    assert fewer == 0
    assert "holds 5 replicates, the plan asks for 2: all stay" in " ".join(kept.split())
    for out_or_large in (out, large):
        compact(out_or_large)
    assert by_name(out) == by_name(large)
    now = indexes(out)
    assert sorted(now.values()) == list(range(20))
    assert {run: now[run] for run in before} == before
    assert_all_who_read_it_know(out, plan, poundflow)


def assert_all_who_read_it_know(out: Path, plan: Path, poundflow: Poundflow) -> None:
    """Verify lives a run of each stage anew; compare counts five replicates; exports hold all."""
    verified = poundflow("verify", out, "--again", "20", "--plan", plan)
    compared = poundflow("analyse", out, "compare", "--measure", "quality", "--json")
    exported = poundflow("export", out, "--format", "csv", "--out", out.parent / "csv")
    netcdf = poundflow("export", out, "--format", "netcdf", "--out", out.parent / "all.nc")
    crate = poundflow("export", out, "--format", "crate", "--out", out.parent / "crate")

    assert verified.code == 0, verified
    assert {row["replicates"] for row in json.loads(compared.out)["differences"]} == {5}
    assert (exported.code, netcdf.code, crate.code) == (0, 0, 0)
    assert len((out.parent / "csv" / "runs.csv").read_text().splitlines()) == 21
    assert "20 of 20 runs" in (out.parent / "crate" / "ro-crate-metadata.json").read_text()
    with open_store(out) as store:
        assert store.missing == 0
        assert pc.max(store.runs.to_arrow_table()["replicate"]).as_py() == 4


@pytest.mark.long
def test_until_lives_what_it_takes_and_is_asked_again_for_nothing(tmp_path: Path) -> None:
    """Seven replicates know an income to £500, not to £50: the bound ends it with code 1."""
    plan, out = plan_of(tmp_path, 2), tmp_path / "out"
    words = ("--workers", "1", "--json", "--quiet", "--until")

    code, said = swept(plan, out, *words, "disposable_income=50", "--most-replicates", "7")
    again, met = swept(plan, out, *words, "disposable_income=500")

    bounded, holds = json.loads(said), json.loads(met)
    assert code == 1, said
    assert [one["replicates"] for one in bounded["until"]["rounds"]] == [2, 7]
    assert (bounded["stages"], bounded["done"], bounded["missing"]) == ([2, 5], 28, 0)
    assert wider(bounded) == ["poison"]
    assert again == 0
    assert [one["replicates"] for one in holds["until"]["rounds"]] == [7]
    assert (holds["until"]["holds"], holds["runs_a_second"], wider(holds)) == (True, 0.0, [])


def wider(document: Any) -> list[str]:
    """Policies that are wider than wished."""
    return [one["policy"] for one in document["until"]["wider"]]
