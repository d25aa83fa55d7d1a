"""The course of an award: who joined and left, and what was reviewed, as a journal tells it."""

import json
from pathlib import Path
from typing import Any

import pytest

from experiments.analysis.course import course_of
from tests.experiments.said import Poundflow

COUNCIL, FIRST, SECOND, THIRD = 1, 11, 12, 13
AWARD = 7


def named(uid: int) -> dict[str, Any]:
    """A party that is called by its uid."""
    return {"party": uid}


def order(month: int, supplier: int, award: int = AWARD) -> dict[str, Any]:
    """A month's order."""
    return {"what": "order", "month": month, "arrangement": award, "supplier": supplier}


def settled(month: int, reason: str, payer: int, pence: int) -> dict[str, Any]:
    """A payment that was asked for as a month was settled."""
    return {"what": "settlement", "month": month, "arrangement": AWARD, "payer": payer,
            "pence": pence, "reason": reason}  # fmt: skip


LINES = [
    {"what": "award", "month": 1, "tender": 3},
    *(order(month, FIRST) for month in range(1, 7)),
    *(order(month, SECOND) for month in range(1, 4)),
    *(order(month, THIRD) for month in range(4, 7)),
    order(9, THIRD, award=8),
    *(settled(month, "board", who, 10) for month in range(1, 7) for who in (COUNCIL, FIRST)),
    settled(3, "review", COUNCIL, 100),
    settled(3, "review", FIRST, 50),
    settled(3, "handover", SECOND, 30),
]


def test_who_joined_and_who_left_is_read_off_the_orders() -> None:
    """The first stays throughout, the second leaves after March, the third joins in April."""
    course = course_of(LINES, AWARD, COUNCIL, named, lambda month: f"2024-{month:02d}")

    assert [
        (one["supplier"]["party"], one["first"], one["last"], one["joined"], one["left"])
        for one in course["served"]
    ] == [
        (FIRST, "2024-01", "2024-06", False, False),
        (SECOND, "2024-01", "2024-03", False, True),
        (THIRD, "2024-04", "2024-06", True, False),
    ]


def test_a_review_has_its_date_and_a_monthly_board_its_sum() -> None:
    """Both sides are added up; who hands work over is named."""
    course = course_of(LINES, AWARD, COUNCIL, named, lambda month: f"2024-{month:02d}")

    board, review, handover = course["settled"]
    assert (board["reason"], board["pence"], board["months"], board["dates"]) == (
        "board", 120, 6, []
    )  # fmt: skip
    assert (review["dates"], review["pence"], review["pence_of_buyer"]) == (["2024-03"], 150, 100)
    assert (handover["dates"], handover["by"]) == (["2024-03"], [{"party": SECOND}])


def test_an_award_of_which_the_journal_is_silent_has_an_empty_course() -> None:
    """No order and no settlement: nothing is made up."""
    assert course_of(LINES, 99, COUNCIL, named, str) == {"served": [], "settled": []}


@pytest.mark.compiled
def test_the_thread_of_an_alliance_tells_its_board_and_reviews(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """The village's homecare as an alliance of two: with a journal its course is told."""
    small = ("assumptions.alliance.smallest_place=10", "assumptions.alliance.gate=0",
             "compare.regimes=['price_quality','alliance']",
             "assumptions.alliance.review_months=3")  # fmt: skip
    sets = [word for one in small for word in ("--set", one)]
    run = poundflow("run", "village", "--regime", "alliance", "--months", "20", "--fixed",
                    "--seed", "3", "--journal", *sets, "--out", tmp_path / "o")  # fmt: skip
    assert run.code == 0, run.err
    awards = json.loads(poundflow("thread", tmp_path / "o", "--json").out)["awards"]
    mine = [one for one in awards if one["regime"] == "alliance"]
    assert mine, "no alliance was founded"

    said = poundflow("thread", tmp_path / "o", mine[0]["award"])
    told = json.loads(poundflow("thread", tmp_path / "o", mine[0]["award"], "--json").out)

    assert said.code == 0, said.err
    reasons = {one["reason"] for one in told["course"]["settled"]}
    assert {"board", "review"} <= reasons
    assert "Board: in" in said.out
    served = [one["supplier"]["party"] for one in told["course"]["served"]]
    assert served
    assert len(served) == len(set(served))
    assert mine[0]["course"] is None
