"""What a council believes of a contested route: advice, an opinion of counsel, precedent."""

import pytest

from simulation.procurement.commissioning import choose_option
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.interface import OWN_STAFF
from simulation.procurement.law import LegalRisk, Precedents
from simulation.procurement.lowest_price import LowestPrice
from tests.procurement.markets import need, plain

ALONE = {"law__precedent_shared": 0.0, "law__opinion_narrows": 0.0}


def test_an_opinion_brings_belief_nearer_to_the_danger_and_costs_a_fee() -> None:
    """Advised 30 %, in truth 2 %: half the gap is closed to 16 %, for 8,000 pounds, once."""
    a, risk = plain(), LegalRisk()
    asked = need(appetite=0.2, month=5)

    assert risk.perceived(a) == pytest.approx(0.3)
    assert risk.dares(asked, a)
    assert risk.perceived(a) == pytest.approx(0.16)
    assert risk.dares(asked._replace(month=6), a)

    ((bill, category),) = risk.bills
    assert (bill.payer, bill.payee, bill.pence) == (asked.buyer, OWN_STAFF, 800_000)
    assert category == asked.category


def test_who_would_dare_anyway_asks_nobody() -> None:
    """No opinion is bought where it could change nothing."""
    a, risk = plain(), LegalRisk()

    assert risk.dares(need(appetite=0.5), a)
    assert risk.dares(need(appetite=0.0, counterfactual=True), a)
    assert not risk.bills


def test_an_opinion_is_good_for_three_years() -> None:
    """A council too cautious for it pays again only when it has aged."""
    a, risk = plain(), LegalRisk()
    asked = need(appetite=0.01)

    answers = [risk.dares(asked._replace(month=month), a) for month in (1, 36, 37)]

    assert answers == [False, False, False]
    assert len(risk.bills) == 2


def test_at_the_null_no_opinion_is_asked() -> None:
    """Where it closes no gap the council falls back as if there were no counsel."""
    a, risk = plain(**ALONE), LegalRisk()

    chosen, _ = choose_option(need(appetite=0.1), CooperativeMembership(), LowestPrice(), risk, a)

    assert chosen.name == "lowest_price"
    assert not risk.bills


@pytest.mark.parametrize(("part", "believed"), [(0.0, 0.3), (0.5, 3.0 / 30.0), (1.0, 3.0 / 50.0)])
def test_councils_learn_from_each_others_awards(part: float, believed: float) -> None:
    """Forty quiet awards elsewhere: not heard of, counted half, counted whole."""
    a, shared = plain(law__precedent_shared=part), Precedents()
    mine, other = LegalRisk(shared=shared), LegalRisk(shared=shared)

    for _ in range(40):
        other.learn(False)

    assert mine.perceived(a) == pytest.approx(believed)
    assert other.perceived(a) == pytest.approx(3.0 / 50.0)


def test_a_challenge_frightens_all() -> None:
    """One award, challenged: who made it believes 4 in 11, who heard of it a little less."""
    a, shared = plain(), Precedents()
    mine, other = LegalRisk(shared=shared), LegalRisk(shared=shared)

    mine.learn(True)

    assert mine.perceived(a) == pytest.approx(4.0 / 11.0)
    assert other.perceived(a) == pytest.approx(3.5 / 10.5)
