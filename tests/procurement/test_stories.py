"""Three firms ask for work under each way of buying; every figure can be checked by hand."""

from typing import Any

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.procurement.commissioning import arrange
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.interface import OWN_STAFF, Arrangement, Live, Thread
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.social_value import SocialValue
from tests.procurement.markets import SteadyLuck, commissioned, market, need, plain

BARE = {
    "bid__quality_choice": 0.0,
    "bid__contract_overhead_pence": 0.0,
    "bid__scale_per_band": 0.0,
    "bid__curse_awareness": 0.0,
    "bid__busy": 0.0,
    "bid__experience": 0.0,
}
"""Only cost and an even mark-up: 0.16 / (1 + 0.5 x 3) = 6.4 % with four bids expected."""

COSTS = [0.9, 1.0, 1.1]
THREAD = Thread("", "", "", "")


def test_lowest_price_goes_to_the_cheapest_bid() -> None:
    """Costs of 90, 100 and 110 pence and a mark-up of 6.4 % give three prices; the least wins."""
    a, luck = plain(**BARE), SteadyLuck()

    outcome = LowestPrice().procure(need(), market(unit_cost=COSTS), a, luck)

    assert outcome.bids.price == pytest.approx([0.9576, 1.064, 1.1704])
    assert outcome.bids.won.tolist() == [True, False, False]
    assert outcome.award.criterion == "price 100%"
    assert outcome.award.reason == "highest score"
    assert outcome.bids.cost_of_bidding.tolist() == [192_000] * 3  # 5 days x 480 pounds x 0.8
    assert outcome.buyer_cost_pence == 552_000  # (120 + 3 x 6) hours x 40 pounds
    assert outcome.lowest == pytest.approx(0.9576)
    assert outcome.cheapest_cost == pytest.approx(0.9)


def test_price_and_quality_can_prefer_the_dearer_service() -> None:
    """60 % price and 40 % quality: 76.0, 82.0 and 89.1 marks, so the best service wins."""
    a = plain(**BARE)
    firms = market(unit_cost=COSTS, quality=[1.0, 1.15, 1.3])

    outcome = PriceQuality().procure(need(), firms, a, SteadyLuck())

    assert outcome.bids.score == pytest.approx([0.76, 0.82, 0.6 * 0.9576 / 1.1704 + 0.4])
    assert outcome.bids.won.tolist() == [False, False, True]
    assert outcome.award.criterion == "price 60%, quality 40%"


@pytest.mark.parametrize(("honesty", "winner"), [(0.0, 2), (1.0, 0)])
def test_social_value_is_won_by_the_claim_and_not_by_the_deed(honesty: float, winner: int) -> None:
    """The first firm delivers most; the third wins the marks only where it may overstate."""
    a = plain(**BARE)
    regime = SocialValue({"weight": 0.2})
    firms = market(
        unit_cost=COSTS,
        quality=[1.0, 1.15, 1.3],
        employ_local=[1.0, 0.2, 0.2],
        honesty=[1.0, 0.5, honesty],
        claim_skill=[0.5, 0.5, 1.0],
    )

    outcome = regime.procure(need(), firms, a, SteadyLuck())

    assert outcome.bids.deliverable_month == pytest.approx([140_000, 44_000, 44_000])
    checked = (0.2 + 0.2) * 0.3
    inflated = 44_000 * (1 + 1.5 * (1 - honesty) * (1 - checked))
    assert outcome.bids.claim_month[2] == pytest.approx(inflated)
    assert np.flatnonzero(outcome.bids.won).tolist() == [winner]
    assert outcome.award.criterion == "price 48%, quality 32%, social value 20%"


def test_ethical_framework_admits_on_record_and_pays_cost_plus_margin() -> None:
    """A firm of poor record is shut out; two are admitted at shown cost plus 6 %."""
    a = plain(**BARE)
    regime = EthicalFramework()
    firms = market(unit_cost=COSTS, reputation=[0.5, 0.0, 0.5])

    outcome = regime.procure(need(), firms, a, SteadyLuck())

    assert outcome.bids.supplier.tolist() == [0, 2]
    padding = 0.08 * (1 - 0.5) * 0.5  # deterred by audits of half the padding, half honest
    assert outcome.award.unit_prices == pytest.approx(
        [0.9 * (1 + padding) * 1.06, 1.1 * (1 + padding) * 1.06]
    )
    assert outcome.award.shares.tolist() == [0.5, 0.5]
    assert "record at least 0.45" in outcome.award.criterion


def test_an_audit_claims_back_half_the_padding_it_finds() -> None:
    """Of 4,865.40 pounds paid, 2/102 is padding, and an audit that finds half takes it back."""
    a = plain(**BARE)
    regime = EthicalFramework({"audit_rate": 1.0})
    firms = market(unit_cost=COSTS, reputation=[0.5, 0.0, 0.5])
    outcome = regime.procure(need(), firms, a, SteadyLuck())
    signed = arrange(need(), regime, outcome, THREAD, a)
    paid = np.array([486_540, 594_660])

    answer = regime.settle(signed, live_of(signed, paid, month=1), a, SteadyLuck())

    back = [one for one in answer.instructions if one.kind is Kind.REMEDY]
    assert [(one.payer, one.payee, one.pence) for one in back] == [(0, 100, 4_770), (2, 100, 5_830)]
    assert answer.found is not None
    assert answer.found.all()


def test_a_cooperative_shares_its_cost_and_votes_its_margin() -> None:
    """Three suppliers and the council: four votes, a margin of 6.4 %, and one fixed cost."""
    a = plain(**BARE)
    regime = CooperativeMembership()
    firms = market()

    outcome = regime.procure(need(), firms, a, SteadyLuck())

    assert outcome.award.made, outcome.award.reason
    assert outcome.award.unit_prices == pytest.approx([0.8 * 1.064] * 3)
    assert sorted(outcome.award.shares) == pytest.approx([0.2, 0.4, 0.4])
    assert outcome.state.fixed_units == pytest.approx(2_000 * 1.1 + 2_000 * 12 * 0.04 / 12)
    assert outcome.state.margin == pytest.approx(0.064)
    assert outcome.buyer_cost_pence == 300 * 4_000


def test_a_cooperative_pays_out_no_more_than_it_takes_in() -> None:
    """Fees by use cover secretariat, interest and rent; the rest returns by use, to the penny."""
    a = plain(**BARE)
    regime, firms = CooperativeMembership(), market()
    outcome = regime.procure(need(), firms, a, SteadyLuck())
    signed = arrange(need(), regime, outcome, THREAD, a)

    answer = regime.settle(signed, live_of(signed, month=2, club=50), a, SteadyLuck())

    into = sum(one.pence for one in answer.instructions if one.payee == 50)
    out = sum(one.pence for one in answer.instructions if one.payer == 50)
    joining = sum(one.pence for one in answer.instructions if "joining" in one.reason)
    assert joining == pytest.approx(3 * (into - joining), abs=3)
    assert into - joining == out
    assert not answer.ends


def test_a_cooperative_unravels_when_members_do_better_alone() -> None:
    """Firms so busy that any tender would pay them more leave, and the co-op dissolves."""
    a = plain(**{**BARE, "bid__busy": 1.0, "bid__markup_alone": 0.25})
    regime, firms = CooperativeMembership(), market()
    outcome = regime.procure(need(), firms, plain(**BARE), SteadyLuck())
    signed = arrange(need(), regime, outcome, THREAD, a)

    live = live_of(signed, month=2, utilisation=1.0, chance=0.9)
    answer = regime.settle(signed, live, a, SteadyLuck())

    assert answer.ends
    assert answer.reason == "fewer members than the rules require"


def test_every_award_keeps_the_thread_from_mission_to_decision() -> None:
    """Objective, power in law, criterion and result stand with the award."""
    a = plain(**BARE)
    firms = market(unit_cost=COSTS)

    done = commissioned(need(), firms, PriceQuality(), a, SteadyLuck())

    assert done.thread.objective == "good care"
    assert done.thread.power.startswith("Public Contracts Regulations 2015")
    assert done.thread.criterion == "price 60%, quality 40%"
    assert done.arrangement is not None
    assert done.arrangement.end - done.arrangement.start == 36
    assert all(one.payee == OWN_STAFF for one in done.instructions)


def live_of(
    signed: Arrangement,
    paid: Any = None,
    month: int = 2,
    club: int = -1,
    utilisation: float = 0.8,
    chance: float = 0.25,
) -> Live:
    """Give the month of an arrangement in which everybody served its share."""
    k = signed.suppliers.size
    units = signed.need.units_month * signed.shares
    pence = np.rint(100.0 * units * signed.unit_prices).astype(np.int64)
    return Live(
        month=month,
        units=units,
        paid_pence=pence if paid is None else np.asarray(paid),
        unit_price=signed.unit_prices,
        cost=signed.costs,
        utilisation=np.full(k, utilisation),
        capacity=np.full(k, 20_000.0),
        uid=signed.uid,
        supplier=signed.suppliers,
        honesty=np.full(k, 0.5),
        padding=signed.padding,
        share=signed.shares,
        chance=np.full(k, chance),
        record=np.full(k, 0.5),
        club=club,
    )
