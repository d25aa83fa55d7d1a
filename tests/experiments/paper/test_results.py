"""The paper's comparison: differences are taken within a draw, and told with their interval."""

from pathlib import Path

import numpy as np
import pytest

from experiments.paper import results
from experiments.paper.stored import Table, table_text
from experiments.store.sweep_store import SweepStore
from tests.experiments.swept import Came, written

DRAWS = 12
GAIN = {"lowest_price": -0.125, "social_value": 0.25}
"""What a way adds to every measure, on average."""

UNITS = {
    "local_income_multiplier": "GBP per GBP",
    "net_local_income": "GBP a year",
    "disposable_income": "GBP a year",
    "unit_cost_premium": "share",
    "unmet_need": "share",
    "retention_mean_months": "months",
    "wealth_median": "GBP",
}


def came(place: str, policy: str, point: int, replicate: int) -> float:
    """Draws lie far apart; a way adds its gain, a little more and a little less by turns."""
    own = GAIN.get(policy, 0.0)
    return 100.0 * replicate + own + (own and 0.0625 * (-1) ** replicate)


@pytest.fixture
def stored(tmp_path: Path) -> dict[str, Table]:
    """What a finished sweep comes to, all measures by the same formula."""
    measures: dict[tuple[str, str, str], Came] = {
        (measure, tier, UNITS[measure]): came for measure, tier, _ in results.MEASURES
    }
    folder = written(tmp_path / "comparison", "fixed", np.ones((1, 2)), measures, DRAWS)
    SweepStore.open(folder).update_label(finished="2026-11-29T03:00:00+00:00")
    return results.tables(tmp_path)


def test_what_draws_share_cancels(stored: dict[str, Table]) -> None:
    """Draws that lie 100 apart leave the mean gain exact and its interval narrow around it."""
    rows = stored["comparison"].rows

    assert len(rows) == len(results.MEASURES) * len(GAIN)
    for row in rows:
        assert row["mean"] == GAIN[row["way"]]
        assert (
            row["mean"] - 0.0625 <= row["low"] < row["mean"] < row["high"] <= row["mean"] + 0.0625
        )
        assert (row["baseline"], row["draws"]) == (100.0 * (DRAWS - 1) / 2, DRAWS)


def test_better_goes_by_the_measure(stored: dict[str, Table]) -> None:
    """More income is better, more cost and more unmet need are worse; shares are of draws."""
    better = {(row["measure"], row["way"]): row["better"] for row in stored["comparison"].rows}

    assert better["local_income_multiplier", "social_value"] == 1.0
    assert better["local_income_multiplier", "lowest_price"] == 0.0
    assert better["unit_cost_premium", "social_value"] == 0.0
    assert better["unmet_need", "lowest_price"] == 1.0


def test_the_table_of_the_page_tells_what_is_clear_of_zero(stored: dict[str, Table]) -> None:
    """A line for each measure; bold where the interval keeps clear, with how often it is better."""
    columns = {name: list(cells) for name, cells in stored["comparison"].columns.items()}
    columns["low"][1] = -0.5

    block = results.page({"comparison": Table(columns, plan="comparison")})["comparison"]

    lines = block.splitlines()
    assert lines[0] == "| | `lowest_price` | `social_value` |"
    assert lines[2] == "| Local income from each £1 | **−12p** (0%) | +25p (100%) |"
    assert len(lines) == 4 + len(results.MEASURES)
    assert lines[-1].endswith("(figures/comparison.svg)")


def test_the_figure_is_drawn_from_the_table_alone_with_the_same_bytes(
    stored: dict[str, Table], tmp_path: Path
) -> None:
    """Twice the same; every number that it shows is also in words."""
    for name in ("once", "twice"):
        (tmp_path / name).mkdir()
        results.figures(stored, tmp_path / name)

    svg = (tmp_path / "once" / "comparison.svg").read_text("utf-8")
    assert svg == (tmp_path / "twice" / "comparison.svg").read_text("utf-8")
    assert "<desc" in svg
    assert all(heading in svg for _, _, heading in results.MEASURES)
    assert table_text(stored["comparison"]).startswith("# plan: comparison\n")
