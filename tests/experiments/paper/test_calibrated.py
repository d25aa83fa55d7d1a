"""Which values are accepted, over results worked out by hand."""

import math
from pathlib import Path

import pandas as pd
import pytest

from experiments.paper import calibrated
from experiments.paper.stored import Table, columns_of, read_text, table_text
from experiments.validation.targets import Target, read_frozen, read_targets

STORED = Path("docs/paper/tables/calibration-targets.csv")
ROUNDED = 5e-6
"""The file of what is frozen has five digits behind the point."""

SHARE = Target("share", "A share.", "share", "somebody", 0.4, 0.5, "C5", 0.46, "local_share_based",
               "region", "start")  # fmt: skip
BIDS = Target("bids a tender", "Bids.", "bids", "somebody", 3.0, 6.0, "C7", None,
              "bids_per_tender", "all")  # fmt: skip
LONE = Target("lone", "Lone bids.", "share", "somebody", 0.1, 0.3, "C7", 0.2, "single_bid_share",
              "all")  # fmt: skip
DESIGN = pd.DataFrame({"tender.reach": [3.6, 5.0, 3.6], "bid.own_pay": [0.65, 0.65, 1.0]})
CAME = {
    # by point: both seeds
    ("local_share_based", "region", -1): [(0.48, 0.50), (0.50, 0.54), (0.44, 0.46)],
    ("local_share_based", "region", 0): [(0.9, 0.9)] * 3,
    ("bids_per_tender", "all", 0): [(3.0, 4.0), (5.0, 6.0), (4.0, 5.0)],
    ("single_bid_share", "all", 0): [(0.2, 0.2), (0.2, 0.2), (0.3, 0.5)],
}


@pytest.fixture
def results() -> pd.DataFrame:
    """Rows as a sweep keeps them, those of the second seed first."""
    return pd.DataFrame(
        [
            {"measure": measure, "tier": tier, "month": month, "point": point,
             "replicate": seed, "value": by_point[point][seed]}
            for (measure, tier, month), by_point in CAME.items()
            for seed in (1, 0)
            for point in range(3)
        ]
    )  # fmt: skip


def test_the_frozen_set_is_told_with_its_error_and_the_seeds_inside(results: pd.DataFrame) -> None:
    """The start is read where the target is of the start."""
    reached = calibrated.reached([SHARE, BIDS, LONE], results)

    assert [row["target"] for row in reached] == ["share", "bids a tender", "lone"]
    share = reached[0]
    assert share["mean"] == pytest.approx(0.49)
    assert share["error"] == pytest.approx(0.01)  # deviation of 0.01 * sqrt(2), two seeds
    assert (share["inside"], share["seeds"], share["holds"]) == (2, 2, 1)


def test_a_row_holds_where_all_its_targets_do(results: pd.DataFrame) -> None:
    """Another reach brings the share out of its band, another pay one of two lines on bids."""
    values = calibrated.accepted([SHARE, BIDS, LONE], results, DESIGN)

    frozen, reach, pay = values
    assert (frozen["number"], frozen["held"], frozen["missed"]) == (None, 2, "")
    assert (reach["number"], reach["frozen"], reach["value"]) == ("tender.reach", 3.6, 5.0)
    assert (reach["held"], reach["missed"]) == (1, "C5")
    assert (pay["number"], pay["held"], pay["missed"]) == ("bid.own_pay", 1, "C7")


SEVEN = [
    Target(row, row, "share", "", 0.0, 1.0, row, None, row, "all")
    for row in ("C2", "C5", "C6", "C7", "C10", "C11", "C14")
]


def came(outside: dict[int, set[str]]) -> pd.DataFrame:
    """Two seeds of three points: each row of targets in its band, but those named by point."""
    return pd.DataFrame(
        [
            {"measure": one.row, "tier": "all", "month": 0, "point": point, "replicate": seed,
             "value": 2.0 if one.row in outside[point] else 0.5}
            for one in SEVEN
            for point in range(3)
            for seed in range(2)
        ]
    )  # fmt: skip


def both(
    targets: list[Target], results: pd.DataFrame
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """What the first point comes to, and which points are accepted, from the same results."""
    return calibrated.reached(targets, results), calibrated.accepted(targets, results, DESIGN)


def paged(reached: list[dict[str, object]], values: list[dict[str, object]]) -> dict[str, str]:
    """The page, from tables that were written and read again."""
    named = {calibrated.TARGETS: reached, calibrated.VALUES: values}
    return calibrated.page(
        {name: read_text(table_text(Table(columns_of(rows), "")), name) for name, rows in
         named.items()}
    )  # fmt: skip


def test_six_rows_of_seven_are_accepted() -> None:
    """What is accepted stands with the frozen value; what is not, with the rows that it misses."""
    results = came({0: {"C11"}, 1: {"C11"}, 2: {"C11", "C5"}})

    reached, values = both(SEVEN, results)

    assert [row["accepted"] for row in values] == [1, 1, 0]
    pages = paged(reached, values)
    assert "The frozen set itself is accepted" in pages[calibrated.VALUES]
    assert "6 of 7 rows hold, all but C11." in pages[calibrated.VALUES]
    assert "| `tender.reach` | 3.6 | 3.6, 5 |  |" in pages[calibrated.VALUES]
    assert "| `bid.own_pay` | 0.65 | none but it | 1 (C5 C11) |" in pages[calibrated.VALUES]
    assert "| C11 | C11 |  | 0 to 1 | 2 | 0 | 0 of 2 | **missed** |" in pages[calibrated.TARGETS]


def test_a_frozen_set_that_is_not_accepted_is_not_listed_as_if_it_were() -> None:
    """It misses two rows on these seeds: no value holds but the one that brings a row back."""
    results = came({0: {"C11", "C14"}, 1: {"C11"}, 2: {"C11", "C14"}})

    told = paged(*both(SEVEN, results))[calibrated.VALUES]

    assert "The frozen set itself is **not** accepted" in told
    assert "5 of 7 rows hold, all but C11 C14." in told
    assert "| `tender.reach` | 3.6 | 5 |  |" in told
    assert "| `bid.own_pay` | 0.65 | nothing, nor the frozen value | 1 (C11 C14) |" in told


def test_a_figure_that_one_seed_has_not_is_counted_out_of_the_seeds(results: pd.DataFrame) -> None:
    """One seed without bids, then none with: the mean is of the other, then there is none."""
    bids = results["measure"] == "bids_per_tender"
    results.loc[bids & (results["replicate"] == 0), "value"] = math.nan
    results.loc[bids & (results["point"] == 2), "value"] = None
    lone = (results["measure"] == "single_bid_share") & (results["point"] == 1)
    results.loc[lone & (results["replicate"] == 0), "value"] = math.nan

    reached, values = both([SHARE, BIDS, LONE], results)

    row = reached[1]
    assert (row["mean"], row["error"], row["inside"], row["seeds"]) == (4.0, None, 1, 1)
    assert (row["undefined"], row["holds"]) == (1, 1)
    of_all = ["bids a tender", "bids a tender, lone", "bids a tender"]
    assert [row["undefined"] for row in values] == of_all
    assert (values[2]["held"], values[2]["missed"]) == (1, "C7")
    pages = paged(reached, values)
    assert "| 4 |  | 1 of 1 (1 undefined) | holds |" in pages[calibrated.TARGETS]
    points = (
        "the frozen set (bids a tender); `tender.reach` at 5 (bids a tender, lone); "
        "`bid.own_pay` at 1 (bids a tender)."
    )
    assert f"in a seed or more, and counted out: {points}" in pages[calibrated.VALUES]


def test_a_target_that_no_seed_has_a_figure_of_does_not_hold(results: pd.DataFrame) -> None:
    """Nothing was reached, and the page leaves it empty."""
    results.loc[results["measure"] == "bids_per_tender", "value"] = math.nan

    reached, values = both([SHARE, BIDS, LONE], results)

    assert (reached[1]["mean"], reached[1]["seeds"], reached[1]["holds"]) == (None, 0, 0)
    told = paged(reached, values)[calibrated.TARGETS]
    assert "|  |  | 0 of 0 (2 undefined) | **missed** |" in told


def test_what_is_frozen_is_what_the_stored_table_holds() -> None:
    """`poundflow validate` tells the means of the plan that anyone can live again."""
    told = read_text(STORED.read_text("utf-8"), STORED.name)

    means = {row["target"]: row["mean"] for row in told.rows}

    assert read_frozen() == pytest.approx(means, abs=ROUNDED)


def test_there_are_seven_rows_of_targets() -> None:
    """Six of them are to be reached at once."""
    rows = {one.row for one in read_targets().targets if one.measure}

    assert len(rows) == calibrated.LEAST_ROWS + 1
