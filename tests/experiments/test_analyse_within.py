"""`poundflow analyse` of some futures and some policies: ranges of assumptions, ends included."""

import json
from pathlib import Path

import pytest

from tests.experiments.said import Poundflow
from tests.experiments.swept import written
from tests.experiments.test_analyse import INCOME, SPREAD, income


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty futures of two replicates; runs 0 and 7 are missing."""
    folder = tmp_path_factory.mktemp("within")
    return written(folder, "latin_hypercube", SPREAD, {INCOME: income(SPREAD)}, left_out=[0, 7])


def test_only_futures_within_the_ranges_count(poundflow: Poundflow, spread: Path) -> None:
    """Of what lies outside nothing is said to be missing."""
    low = float(SPREAD[2:, 0].min())
    said = poundflow("analyse", spread, "robustness", "--within", f"bid.cover={low}..0.1", "--json")

    told = json.loads(said.out)["robustness"]

    inside = (SPREAD[:, 0] >= low) & (SPREAD[:, 0] <= 0.1)
    lost = inside[:2].sum()  # points 0 and 1 each lack a run
    assert told["futures"] == inside.sum() - lost
    assert told["leaders"]["maximin"] == ["social_value"]


def test_only_the_policies_named_count(poundflow: Poundflow, spread: Path) -> None:
    """The baseline is always among them; a block that lacks another policy's run is whole."""
    said = poundflow("analyse", spread, "compare", "--only", "lowest_price", "--json")

    told = json.loads(said.out)

    assert [row["policy"] for row in told["differences"]] == ["price_quality", "lowest_price"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("bid.cover", "wanted NAME=LOW..HIGH"),
        ("bid.cover=0.1..x", "wanted NAME=LOW..HIGH"),
        ("bid.cover=0.1..inf", "wanted NAME=LOW..HIGH"),
        ("bid.cover=0.1..0.05", "the lower number first"),
        ("bid.covr=0.1..0.2", "no such assumption"),
        ("bid.cover=5..6", "no future of the sweep lies within"),
    ],
)
def test_a_range_that_is_none_is_refused(
    poundflow: Poundflow, spread: Path, typed: str, why: str
) -> None:
    """With what was wanted instead."""
    said = poundflow("analyse", spread, "compare", "--within", typed)

    assert said.code == 2
    assert why in " ".join(said.err.split())
