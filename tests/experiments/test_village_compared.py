"""The whole path once, with the real model: from the village on file to an answer in a folder."""

import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.experiments.said import Poundflow

REGIMES = "lowest_price,social_value"
WORDS = ("compare", "village", "--regimes", REGIMES, "--months", "15", "--replicates", "2",
         "--seed", "3", "--baseline", "lowest_price", "--set", "compare.luck_replicates=1",
         "--set", "compare.twin_replicates=1",
         "--json")  # fmt: skip

pytestmark = pytest.mark.compiled


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the comparison that several tests read is kept."""
    return tmp_path_factory.mktemp("village") / "out"


@pytest.fixture
def summary(poundflow: Poundflow, out: Path) -> dict[str, Any]:
    """The comparison; lived by whoever asks first, read from its folder by the others."""
    if not (out / "summary.json").exists():
        said = poundflow(*WORDS, "--workers", "1", "--out", out)
        assert said.code == 0, said.err
        assert json.loads(said.out) == json.loads((out / "summary.json").read_text())
    document: dict[str, Any] = json.loads((out / "summary.json").read_text())
    return document


def test_every_run_is_done_and_every_penny_found(summary: dict[str, Any]) -> None:
    """Payments were made, and both residuals are exactly zero."""
    assert summary["failures"] == []
    assert [run["status"] for run in summary["runs"]] == ["done"] * 4
    assert summary["accounts"]["payments"] > 1000
    assert summary["accounts"]["pence_moved"] > 0
    assert summary["accounts"]["residual_pence"] == 0
    assert summary["accounts"]["dye_residual"] == 0


def test_policies_of_a_replicate_meet_the_same_luck(summary: dict[str, Any]) -> None:
    """Seeds depend on the replicate alone; lives under different policies differ."""
    seeds = {run["replicate"]: set() for run in summary["runs"]}
    for run in summary["runs"]:
        seeds[run["replicate"]].add(run["seed"])

    assert [len(one) for one in seeds.values()] == [1, 1]
    assert len({run["digest"] for run in summary["runs"]}) == 4


def test_the_measures_that_later_work_relies_on_are_told(summary: dict[str, Any]) -> None:
    """Each has a number or a reason, at every tier that it is told for."""
    named = {
        "local_income_multiplier", "traced_multiplier", "traced_round_1", "traced_round_2",
        "traced_round_3", "lm3_council", "lm3_contract", "sam_type1", "sam_type2",
        "marginal_multiplier", "retention_mean_months", "retention_half_life", "net_local_income",
        "local_share_based", "local_share_owned", "sme_share", "coop_share", "vcse_share",
        "unit_cost_premium", "lowest_bid_premium", "unmet_need", "cost_per_delivered_unit",
        "quality", "bids_per_tender", "single_bid_share", "supplier_hhi", "process_cost",
        "social_value_claimed", "social_value_delivered", "jobs", "resident_jobs", "gini_income",
        "wealth_share_bottom50",
    }  # fmt: skip

    told = {row["measure"] for row in summary["outcomes"]}
    holes = [row for row in summary["outcomes"] if row["mean"] is None]

    assert named <= told
    assert all(row["why"] for row in holes)
    assert all(row["low"] <= row["mean"] <= row["high"] for row in summary["outcomes"] if row["n"])


@pytest.mark.long
def test_two_workers_and_a_resumed_folder_give_the_same_bytes(
    poundflow: Poundflow,
    summary: dict[str, Any],
    out: Path,
    tmp_path: Path,
) -> None:
    """The number of workers and a stop half way decide no number."""
    one_future = [*WORDS]
    one_future[one_future.index("--replicates") + 1] = "1"
    poundflow(*one_future, "--workers", "1", "--out", tmp_path)

    again = poundflow(*WORDS, "--workers", "2", "--out", tmp_path)

    assert json.loads(again.out) == summary
    for name in ("results.parquet", "luck.parquet", "draws.parquet", "budget.csv"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


@pytest.mark.parametrize(
    "asked",
    [
        ("--set", f"compare.regimes={json.dumps(REGIMES.split(','))}",
         "--set", "compare.baseline=lowest_price"),
        ("--with", REGIMES, "--baseline", "lowest_price"),
    ],
    ids=["set", "with"],
)  # fmt: skip
def test_one_run_is_the_same_run_as_in_the_comparison(
    poundflow: Poundflow,
    summary: dict[str, Any],
    tmp_path: Path,
    asked: tuple[str, ...],
) -> None:
    """`run --replicate 1` lives the future that the comparison lived, and keeps its books."""
    said = poundflow("run", "village", *asked, "--regime", "social_value", "--replicate", "1",
                     "--months", "15", "--seed", "3", "--journal", "--json", "--out",
                     tmp_path)  # fmt: skip

    assert said.code == 0, said.err
    digests = {run["run"]: run["digest"] for run in summary["runs"]}
    [run] = json.loads(said.out)["runs"]
    assert run["digest"] == digests["social_value-0001"]
    assert pq.read_table(tmp_path / "books" / "flows.parquet").num_rows > 0
    assert any((tmp_path / "journal").iterdir())


def test_the_folder_holds_all_that_was_promised(summary: dict[str, Any], out: Path) -> None:
    """Summary, manifest, whole tables, one self-contained page and its pictures."""
    assert {path.name for path in out.iterdir()} == {
        "manifest.json", "summary.json", "results.parquet", "luck.parquet", "draws.parquet",
        "budget.csv", "report.html", "summary.html", "figures", "data", "parts",
    }  # fmt: skip
    page = (out / "report.html").read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="https?://', page)
    assert "<svg" in page
    months = set(pq.read_table(out / "results.parquet").column("month").to_pylist())
    assert {-1, 0} <= months


def test_show_sets_the_built_start_beside_the_published_one(
    poundflow: Poundflow,
) -> None:
    """Whoever reads a scenario sees at once how near its built state comes to what is known."""
    said = poundflow("show", "village")

    assert said.code == 0
    assert "Start state, after burn-in" in said.out
    assert "published" in said.out


@pytest.mark.long
def test_swapping_two_names_swaps_their_results(
    poundflow: Poundflow,
    tmp_path: Path,
) -> None:
    """A policy's name decides nothing but where its results stand."""
    words = ("--regimes", "price_quality,one,other", "--baseline", "price_quality",
             "--months", "13", "--replicates", "1", "--fixed", "--json",
             "--workers", "1")  # fmt: skip
    text = (Path("scenarios") / "library" / "village.toml").read_text(encoding="utf-8")
    digests = []
    for first, second in (
        ("lowest_price", "cooperative_membership"),
        ("cooperative_membership", "lowest_price"),
    ):
        file = tmp_path / f"{first}.toml"
        named = f'\n[policies.one]\nregime = "{first}"\n[policies.other]\nregime = "{second}"\n'
        file.write_text(text + named, encoding="utf-8")
        said = poundflow("compare", file, *words, "--out", tmp_path / first)
        runs = json.loads(said.out)["runs"]
        digests.append({run["regime"]: run["digest"] for run in runs})

    assert digests[0]["one"] == digests[1]["other"]
    assert digests[0]["other"] == digests[1]["one"]
    assert digests[0]["price_quality"] == digests[1]["price_quality"]
    assert digests[0]["one"] != digests[0]["other"]
