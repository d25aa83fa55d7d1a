"""A switch at its null equals the mechanism's absence, through the same code."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.assumptions import Assumptions
from simulation.procurement import registry
from simulation.procurement.delivery import deliver
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.interface import Outcome, Regime
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.luck import luck_of
from simulation.procurement.places import Places, PlaceTable
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.rolls import Standing
from simulation.procurement.social_value import SocialValue
from tests.procurement.markets import (
    SteadyLuck,
    changed,
    commissioned,
    market,
    need,
    plain,
    varied_market,
)

OFF = {
    entry.name.partition(".")[2]: entry.null
    for entry in EthicalFramework.parameters
    if entry.null is not None
}
"""Every switch of the ethical framework at its null."""


def same(one: Outcome, other: Outcome) -> bool:
    """Compare all that two procedures did, name of the criterion included."""
    for table in ("bids", "award"):
        left, right = getattr(one, table), getattr(other, table)
        for name in left._fields:
            if not np.array_equal(getattr(left, name), getattr(right, name)):
                return False
    names = ("eligible", "buyer_cost_pence", "bidder_cost_pence", "challenged", "instructions")
    return all(getattr(one, name) == getattr(other, name) for name in names)


@pytest.mark.parametrize(
    "regime",
    [
        PriceQuality({"quality_weight": 0.0}),
        SocialValue({"weight": 0.0, "quality_weight": 0.0}),
        EthicalFramework(OFF),
    ],
    ids=lambda regime: regime.name,
)
@pytest.mark.parametrize("tender", range(8))
def test_with_all_switches_off_a_tender_is_lowest_price(regime: Regime, tender: int) -> None:
    """Bids, award, terms and costs are equal, in markets where everything differs."""
    a, luck = plain(), luck_of(5, tender, 3)
    asked, firms = need(tender=tender), varied_market(40, tender)

    other = regime.procure(asked, firms, a, luck)
    base = LowestPrice().procure(asked, firms, a, luck)

    assert base.award.made
    assert same(other, base)
    assert regime.terms(asked, other.award, a) == LowestPrice().terms(asked, base.award, a)


@pytest.mark.parametrize("tender", range(8))
def test_social_value_at_weight_zero_is_price_and_quality(tender: int) -> None:
    """Weight 0 is lawful under the duty to consider, and changes nothing whatever."""
    a, luck = plain(), luck_of(5, tender, 3)
    asked, firms = need(tender=tender), varied_market(40, tender)

    claimed = SocialValue({"weight": 0.0}).procure(asked, firms, a, luck)
    plainly = PriceQuality().procure(asked, firms, a, luck)

    assert plainly.award.made
    assert same(claimed, plainly)


def test_weight_changes_who_wins_somewhere() -> None:
    """The two comparisons above could fail: at weight 0.3 some awards differ."""
    a, winners = plain(), []
    for tender in range(12):
        asked, firms, luck = need(tender=tender), varied_market(40, tender), luck_of(5, tender, 3)
        weighed = SocialValue({"weight": 0.3}).procure(asked, firms, a, luck).award
        plainly = PriceQuality().procure(asked, firms, a, luck).award
        winners.append((weighed.positions.tolist(), plainly.positions.tolist()))

    assert any(one != other for one, other in winners)


def serving(a: Assumptions, regime: Regime, **columns: object) -> Places:
    """Put the winners of one procedure to work."""
    firms = market(5, unit_cost=[0.9, 1.0, 1.1, 1.0, 0.95], quality=np.full(5, 1.3), **columns)
    result = commissioned(need(counterfactual=True), firms, regime, a, SteadyLuck())
    assert result.arrangement is not None, result.thread.result
    places = PlaceTable()
    places.add([Standing(0, result.arrangement, regime, 0)])
    return places


def test_honest_firms_leave_no_gap() -> None:
    """Who claims only what it will do delivers what it claimed and repays nothing."""
    a = plain()
    places = serving(a, SocialValue({"weight": 0.3}), honesty=np.ones(5))

    done = deliver(places, places.units_month * places.share, np.ones(5), 1, 2, a)

    assert done.claimed.sum() > 0
    assert (done.claimed == done.delivered).all()
    assert not done.remedy.any()


def test_a_gap_closes_only_through_a_remedy() -> None:
    """Dishonest claims leave a gap; what is repaid, and nothing else, narrows it."""
    a = plain()
    free = serving(a, SocialValue({"weight": 0.3, "remedy_rate": 0.0}), honesty=np.zeros(5))
    held = changed(free, remedy_rate=1.0)
    units = free.units_month * free.share

    without = deliver(free, units, np.zeros(5), 1, 2, a)
    remedied = deliver(held, units, np.zeros(5), 1, 2, a)

    assert without.claimed[0] > without.delivered[0]
    assert without.remedy[0] == 0
    assert without.verified[0] == pytest.approx(
        free.monitoring[0] * free.deliverable_month[0], abs=1
    )
    assert remedied.remedy[0] > 0
    assert abs(remedied.delivered[0] - without.delivered[0] - remedied.remedy[0]) <= 1


def test_full_verification_with_full_remedies_leaves_no_gap() -> None:
    """However much was overclaimed: what is checked and made good in full is delivered in full."""
    a = plain()
    dishonest = serving(a, SocialValue({"weight": 0.3}), honesty=np.zeros(5))
    held = changed(dishonest, remedy_rate=1.0, monitoring=1.0)

    done = deliver(held, held.units_month * held.share, np.zeros(5), 1, 2, a)

    assert done.claimed.sum() > 0
    assert done.remedy.any()
    assert (abs(done.claimed - done.delivered) <= 1).all()


def test_paperwork_drives_out_the_small_only_where_it_costs_days() -> None:
    """A firm with two days to spare cannot bid, unless the papers take no time."""
    firms = market(3, paper_days=[2.0, 50.0, 50.0])
    days = {f"tender__days_{kind}": 0.0 for kind in ("base", "quality", "social")}

    asked = PriceQuality().procure(need(), firms, plain(), SteadyLuck())
    free = PriceQuality().procure(need(), firms, plain(**days), SteadyLuck())

    assert asked.bids.supplier.tolist() == [1, 2]
    assert free.bids.supplier.tolist() == [0, 1, 2]
    assert not free.bids.cost_of_bidding.any()


@pytest.mark.parametrize(("saves", "differs"), [(0.0, False), (0.8, True)])
def test_without_a_gain_from_shirking_the_relationship_has_no_effect(
    saves: float, differs: bool
) -> None:
    """Quality is kept by the relationship only where there was a temptation."""
    a = plain(delivery__shirking_saves=saves)
    places = serving(a, PriceQuality({"quality_weight": 0.7}))
    units = places.units_month * places.share
    distant = changed(places, relationship=0.0)
    close = changed(places, relationship=1.0, monitoring=1.0)

    low = deliver(distant, units, np.zeros(5), 1, 2, a).quality
    high = deliver(close, units, np.zeros(5), 1, 2, a).quality

    assert bool((high > low).any()) is differs
    assert bool((high == low).all()) is not differs


def test_a_name_is_a_label_and_nothing_more() -> None:
    """Two ways of buying that swap names swap their results and nothing else."""
    a, asked, firms = plain(), need(), varied_market(60)

    class Renamed(PriceQuality):
        name = "lowest_price"
        family = "price"
        parameters = tuple(
            replace(entry, name=entry.name.replace("price_quality", "lowest_price"))
            for entry in PriceQuality.parameters
        )

    first = PriceQuality().procure(asked, firms, a, luck_of(1, 2, 3))
    second = Renamed().procure(asked, firms, a, luck_of(1, 2, 3))

    assert same(first, second)


@pytest.mark.parametrize("name", registry.names())
def test_the_order_of_rows_decides_nothing(name: str) -> None:
    """Candidates in another order: the same firms win on the same terms."""
    a, asked, firms = plain(), need(counterfactual=True), varied_market(60)
    order = np.random.default_rng(3).permutation(60)
    regime = registry.get(name)()

    first = regime.procure(asked, firms, a, luck_of(1, 2, 3))
    again = regime.procure(asked, firms.take(order), a, luck_of(1, 2, 3))

    def by_firm(outcome: Outcome) -> list[tuple[float, ...]]:
        award, rows = outcome.award, outcome.award.rows
        columns = (outcome.bids.supplier[rows], award.shares, award.unit_prices)
        return sorted(zip(*(column.tolist() for column in columns), strict=True))

    assert first.award.made
    assert by_firm(first) == by_firm(again)
    assert first.buyer_cost_pence == again.buyer_cost_pence
    assert first.bidder_cost_pence == again.bidder_cost_pence


@pytest.mark.parametrize("name", registry.names())
def test_a_firm_that_never_hears_changes_nobodys_luck(name: str) -> None:
    """One more candidate whom the news did not reach: the same winners at the same prices."""
    a, asked, firms = plain(), need(counterfactual=True), varied_market(60)
    more = varied_market(61)
    columns = {
        column: np.append(getattr(firms, column), getattr(more, column)[60:])
        for column in firms._fields
    }
    columns["knows"][60] = False
    wider = type(firms)(**columns)
    regime = registry.get(name)()

    first = regime.procure(asked, firms, a, luck_of(1, 2, 3))
    again = regime.procure(asked, wider, a, luck_of(1, 2, 3))

    assert first.award.positions.tolist() == again.award.positions.tolist()
    assert np.array_equal(first.award.unit_prices, again.award.unit_prices)
