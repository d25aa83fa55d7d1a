"""A co-op's year: members pay and trade every month, and meet to vote once in twelve."""

import pytest

from simulation.procurement.commissioning import arrange
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.interface import Arrangement
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE, THREAD, live_of

FOUNDED, LATER = 0.064, 0.08
"""The margin voted at founding, and what all would vote when a usual mark-up is a quarter more."""
ACCOUNT = 50


def founded(month: int) -> tuple[CooperativeMembership, Arrangement]:
    """Found a co-op of three like firms, who vote for the mark-up that they would ask."""
    a, regime, asked = plain(**BARE), CooperativeMembership(), need(month=month)
    outcome = regime.procure(asked, market(), a, SteadyLuck())
    assert outcome.state.margin == pytest.approx(FOUNDED)
    return regime, arrange(asked, regime, outcome, THREAD, a)


@pytest.mark.parametrize(
    ("age", "margin"),
    [(0, FOUNDED), (1, FOUNDED), (5, FOUNDED), (11, FOUNDED), (12, LATER), (13, FOUNDED),
     (24, LATER)],
)  # fmt: skip
def test_members_vote_on_the_margin_on_each_birthday_of_the_club(age: int, margin: float) -> None:
    """Founded in the seventh month: no vote in the twelfth, when a calendar year is over."""
    regime, made = founded(7)
    dearer = plain(**{**BARE, "bid__markup_alone": 0.2})  # 0.2 / (1 + 0.5 x 3) = 8 %
    live = live_of(made, month=made.start + age, club=ACCOUNT)

    answer = regime.settle(made, live, dearer, SteadyLuck())

    assert made.start == 7
    assert not answer.ends
    assert answer.state.margin == pytest.approx(margin)
