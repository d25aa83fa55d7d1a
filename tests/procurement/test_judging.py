"""When a loser goes to court, and what it costs the council."""

import pytest

from scenarios.vocabulary import Kind
from simulation.procurement.interface import Outcome
from simulation.procurement.social_value import SocialValue
from tests.procurement.markets import SteadyLuck, market, need, plain

HALF_ON_PRICE = SocialValue({"weight": 0.5, "quality_weight": 0.0})


def held(bidders: int, luck: float, *, large: bool = True) -> Outcome:
    """Let a contract, where a tenth of losers would sue and half again as many over judgement."""
    a = plain(
        tender__challenge_rate=0.1,
        tender__challenge_judgement=1.0,
        tender__challenge_cost_pence=250_000.0,
        tender__challenge_months=4.0,
    )
    asked = need(above_threshold=large)
    return HALF_ON_PRICE.procure(asked, market(bidders), a, SteadyLuck(luck))


def test_the_more_is_left_to_judgement_the_likelier_is_a_challenge() -> None:
    """Half of the marks are judgement: fifteen in a hundred, and a luck just below is unlucky."""
    assert held(3, 0.149).challenged
    assert not held(3, 0.151).challenged


@pytest.mark.parametrize(("bidders", "large"), [(1, True), (3, False)])
def test_nobody_sues_who_did_not_lose_or_over_a_small_contract(bidders: int, large: bool) -> None:
    """Where only the winner bid there is no loser; below the threshold there is no remedy."""
    outcome = held(bidders, 0.01, large=large)

    assert outcome.award.made
    assert not outcome.challenged


def test_a_challenge_delays_the_contract_and_is_paid_for() -> None:
    """Four months later, and 2,500 pounds of the council's staff time more."""
    calm, sued = held(3, 0.151), held(3, 0.149)

    assert (calm.delay_months, sued.delay_months) == (0, 4)
    assert sued.buyer_cost_pence == calm.buyer_cost_pence + 250_000
    added = [one for one in sued.instructions if one not in calm.instructions]
    assert [(one.payer, one.pence, one.kind) for one in added] == [
        (100, 250_000, Kind.PROCESS_COST)
    ]
