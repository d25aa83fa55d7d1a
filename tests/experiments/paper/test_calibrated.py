"""Which values are accepted, over results worked out by hand."""

import pandas as pd
import pytest

from experiments.paper import calibrated
from experiments.paper.stored import Table
from experiments.validation.targets import Target, read_targets

SHARE = Target("share", "A share.", "share", "somebody", 0.4, 0.5, "C5", 0.46, "local_share_based",
               "region", "start")  # fmt: skip
BIDS = Target("bids", "Bids.", "bids", "somebody", 3.0, 6.0, "C7", None, "bids_per_tender", "all")
LONE = Target("lone", "Lone bids.", "share", "somebody", 0.1, 0.3, "C7", 0.2, "single_bid_share",
              "all")  # fmt: skip
OPEN = Target("open", "Nothing to hold.", "share", "somebody", 0.0, 1.0, "C14", open="an input")
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
    """The start is read where the target is of the start; a target that is open has no line."""
    reached, _ = calibrated.held([SHARE, BIDS, LONE, OPEN], results, DESIGN)

    assert [row["target"] for row in reached] == ["share", "bids", "lone"]
    share = reached[0]
    assert share["mean"] == pytest.approx(0.49)
    assert share["error"] == pytest.approx(0.01)  # deviation of 0.01 * sqrt(2), two seeds
    assert (share["inside"], share["seeds"], share["holds"]) == (2, 2, 1)


def test_a_row_holds_where_all_its_targets_do(results: pd.DataFrame) -> None:
    """Another reach brings the share out of its band, another pay one of two lines on bids."""
    _, values = calibrated.held([SHARE, BIDS, LONE], results, DESIGN)

    reach, pay = values
    assert (reach["number"], reach["frozen"], reach["value"]) == ("tender.reach", 3.6, 5.0)
    assert (reach["held"], reach["missed"]) == (1, "C5")
    assert (pay["number"], pay["held"], pay["missed"]) == ("bid.own_pay", 1, "C7")


def test_six_rows_of_seven_are_accepted() -> None:
    """What is accepted stands with the frozen value; what is not, with the rows that it misses."""
    names = {row: Target(row, row, "share", "", 0.0, 1.0, row, None, row, "all") for row in
             ("C2", "C5", "C6", "C7", "C10", "C11", "C14")}  # fmt: skip
    outside = {0: {"C11"}, 1: {"C11"}, 2: {"C11", "C5"}}
    rows = [
        {"measure": row, "tier": "all", "month": 0, "point": point, "replicate": seed,
         "value": 2.0 if row in outside[point] else 0.5}
        for row in names
        for point in range(3)
        for seed in range(2)
    ]  # fmt: skip

    reached, values = calibrated.held(list(names.values()), pd.DataFrame(rows), DESIGN)

    assert [row["accepted"] for row in values] == [1, 0]
    pages = calibrated.page(
        {
            calibrated.TARGETS: Table(calibrated.columns_of(reached), ""),
            calibrated.VALUES: Table(calibrated.columns_of(values), ""),
        }
    )
    assert "| `tender.reach` | 3.6 | 3.6, 5 |  |" in pages[calibrated.VALUES]
    assert "| `bid.own_pay` | 0.65 | none but it | 1 (C5 C11) |" in pages[calibrated.VALUES]
    assert "| C11 | C11 |  | 0 to 1 | 2 | 0 | 0 of 2 | **missed** |" in pages[calibrated.TARGETS]


def test_there_are_seven_rows_of_targets() -> None:
    """Six of them are to be reached at once."""
    rows = {one.row for one in read_targets().targets if one.measure}

    assert len(rows) == calibrated.LEAST_ROWS + 1
