"""Needs that are let together are decided as each would be alone, but for what firms can carry."""

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from simulation.procurement import registry
from simulation.procurement.docket import Docket
from simulation.procurement.interface import Market, Need, Outcome, Regime
from simulation.procurement.judging import NONE_FREE
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.luck import luck_of
from tests.procurement.markets import SteadyLuck, market, need, plain, varied_market

SIZES = (30, 0, 1, 47, 12)
"""Candidates of each need: none, one and many."""


def let_together(needs: list[Need], markets: list[Market], lucks: list[Any]) -> Docket:
    """Lay needs and their candidates end to end."""
    columns = zip(*markets, strict=True)
    whole = Market._make(np.concatenate(parts) for parts in columns)
    begins = np.concatenate([[0], np.cumsum([one.size for one in markets])])
    return Docket(needs, whole, begins, lucks)


def facts_of(one: Any) -> dict[str, Any]:
    """Write out the fields of a result; of the market, what an outcome saw of it."""
    facts: dict[str, Any]
    if is_dataclass(one):
        facts = {field.name: getattr(one, field.name) for field in fields(one)}
    else:
        facts = one._asdict()
    if isinstance(one, Outcome):
        facts.pop("at")
        facts["market"] = one.seen
    return facts


def assert_same(one: Any, other: Any) -> None:
    """Compare two results field by field, arrays and nested results included."""
    if hasattr(one, "_fields") or is_dataclass(one):
        one, other = facts_of(one), facts_of(other)
        for name in one:
            assert_same(one[name], other[name])
        return
    np.testing.assert_equal(one, other)


def five_needs() -> tuple[list[Need], list[Market], list[Any]]:
    """Write needs that differ, each with candidates of its own."""
    needs = [
        need(
            tender=70 + i, units_month=9_000.0 + 1_000.0 * i, months=36 + i, monitoring=0.2 * i,
            engagement=0.2 * i, expected_bids=2.0 + i, labour_share=0.3 + 0.1 * i,
            payment_days=20.0 + i, counterfactual=True, value_pence=20_000_000 * (1 + i),
        )
        for i in range(len(SIZES))
    ]  # fmt: skip
    markets = [varied_market(size, seed=i) for i, size in enumerate(SIZES)]
    first = np.cumsum((0, *SIZES))
    own = [
        one._replace(supplier=one.supplier + np.int32(begin))
        for one, begin in zip(markets, first[:-1].tolist(), strict=True)
    ]
    return needs, own, [luck_of(8, one.tender, 1) for one in needs]


@pytest.mark.parametrize("ring", [0.0, 0.5])
@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_a_docket_ends_as_each_of_its_needs_would_alone(name: str, ring: float) -> None:
    """Suppliers of each need are its own, so nothing but the pass over columns is shared."""
    a, regime = plain(bid__ring=ring, tender__reach=30.0), registry.get(name)()
    needs, markets, lucks = five_needs()

    together = regime.procure_all(let_together(needs, markets, lucks), a)

    assert any(one.award.made for one in together)
    for asked, firms, luck, outcome in zip(needs, markets, lucks, together, strict=True):
        assert_same(outcome, regime.procure(asked, firms, a, luck))


class LikeTenders:
    """Some like tenders, and firms that can each carry one and a half of what one asks for."""

    def __init__(self, regime: Regime, costs: list[float], times: int) -> None:
        asked = [need(tender=70 + i) for i in range(times)]
        firms = market(len(costs), unit_cost=costs, capacity=np.full(len(costs), 15_000.0))
        lucks = [SteadyLuck()] * times
        self.outcomes: list[Outcome] = regime.procure_all(
            let_together(asked, [firms] * times, lucks), plain()
        )

    @property
    def winners(self) -> list[list[int]]:
        """Suppliers of each tender's award."""
        return [one.bids.supplier[one.award.rows].tolist() for one in self.outcomes]


def test_who_has_won_all_that_it_can_carry_stands_down() -> None:
    """Of three like tenders the cheapest wins the first, the next the second, and so on."""
    story = LikeTenders(LowestPrice(), [1.0, 0.9, 1.1], times=3)

    assert story.winners == [[1], [0], [2]]
    assert [one.bids.supplier.tolist() for one in story.outcomes] == [[0, 1, 2], [0, 2], [2]]
    assert story.outcomes[2].bids.won.tolist() == [True]


def test_a_tender_fails_when_all_whose_bids_stood_stand_down() -> None:
    """One firm, two tenders: the second finds nobody, says why and cost the same."""
    story = LikeTenders(LowestPrice(), [1.0], times=2)

    first, second = story.outcomes
    assert story.winners == [[0], []]
    assert second.award.reason == NONE_FREE
    assert not second.bids.won.any()
    assert second.buyer_cost_pence == first.buyer_cost_pence
    assert second.bidder_cost_pence == first.bidder_cost_pence


def test_a_withdrawn_bid_has_cost_what_it_cost_and_counts_for_nothing_else() -> None:
    """With the cheapest gone the next cheapest has full marks; both sides have paid for all."""
    story = LikeTenders(LowestPrice(), [0.9, 1.0, 1.1], times=2)

    first, second = (one.bids for one in story.outcomes)
    assert first.score.tolist() == pytest.approx(first.price[0] / first.price)
    assert second.score.tolist() == pytest.approx(second.price[0] / second.price)
    assert story.outcomes[1].lowest == second.price[0] > story.outcomes[0].lowest
    assert story.outcomes[1].seen.supplier.tolist() == second.supplier.tolist()
    one, other = story.outcomes
    assert one.bidder_cost_pence == other.bidder_cost_pence
    assert one.instructions == other.instructions


CAPACITY = dict.fromkeys(registry.BUILT_IN, 15000.0) | {"cooperative_membership": 6_000.0}
"""Where one wins the whole, one and a half of it; where all share, six tenths [units a month]."""


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_no_way_of_buying_gives_a_supplier_more_than_it_can_carry(name: str) -> None:
    """Three like needs on one docket: what a firm wins in all fits."""
    a, regime, capacity = plain(), registry.get(name)({}), CAPACITY[name]
    firms = varied_market(6)._replace(capacity=np.full(6, capacity))
    asked = [need(tender=70 + i, counterfactual=True) for i in range(3)]
    lucks = [luck_of(8, one.tender, 1) for one in asked]

    outcomes = regime.procure_all(let_together(asked, [firms] * 3, lucks), a)

    won = np.zeros(6)
    for outcome in outcomes:
        award = outcome.award
        won[outcome.bids.supplier[award.rows]] += award.shares * 10_000.0
    assert outcomes[0].award.made
    assert won.max() <= capacity * (1.0 + 1e-9)
