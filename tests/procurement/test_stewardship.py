"""From award to end: work is given out, served, checked, settled and remembered."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.procurement import registry
from simulation.procurement.call_off import call_off
from simulation.procurement.club_payments import monthly_payments
from simulation.procurement.club_rules import (
    ClubState,
    clubs_of,
    crowding,
    fee_per_unit,
    vote_on_margin,
)
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.delivery import shirks
from simulation.procurement.docket import docket_of
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.interface import CallOff, Live, Market, Terms, Volume
from simulation.procurement.learning import Memory, learn_to_claim
from simulation.procurement.luck import luck_of
from simulation.procurement.portfolio import Portfolio, Suppliers
from simulation.procurement.price_quality import PriceQuality
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

TERMS = Terms(36, 30.0, 0.5, 0.5, 0.0, 0.0, volume_guaranteed=False, discretion=1.0)
ALL = np.ones((1, 24))
"""Every need of the buyer is bought whole."""


def suppliers_of(firms: Market, alive: Any = None) -> Suppliers:
    """Give the trading rows that stewardship sees."""
    room = firms.capacity if alive is None else firms.capacity * alive
    return Suppliers(room, firms.utilisation, firms.honesty, np.zeros(firms.size))


def signed(name: str, firms: Market, seed: int = 4) -> tuple[Portfolio, int]:
    """Commission one need in a way of buying and enter it."""
    a, regime = plain(), registry.get(name)()
    asked = need(counterfactual=True, above_threshold=False)
    result = commissioned(asked, firms, regime, a, luck_of(seed, 77, 1))
    assert result.arrangement is not None, result.thread.result
    book = Portfolio(seed)
    club = 900 if not regime.by_area else -1
    (number,) = book.enter([(result.arrangement, regime, 1, club)])
    return book, number


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_a_year_of_service_holds_together(name: str) -> None:
    """Twelve months: no more than the need is served, and every pence is a whole positive one."""
    a, firms = plain(), varied_market(60)
    book, number = signed(name, firms)
    memory, trade = Memory(1, 24, a), suppliers_of(firms)
    start = book.standing[number].arrangement.start

    for month in range(start, start + 12):
        if number not in book.standing:
            break
        units = book.divide(month, ALL, trade, memory, a)
        done = book.deliver(month, units, trade, memory, a)
        settled = book.settle(month, done, trade, memory, a)
        memory.settle()

        assert units.sum() <= 10_000.0 * (1 + 1e-9)
        assert (units >= 0.0).all()
        assert (done.paid >= 0).all()
        assert (done.remedy <= done.claimed).all()
        assert (done.verified <= done.claimed).all()
        assert (settled.payments.pence > 0).all()

    assert (book.places.unit_price > 0.0).all()


def test_a_failed_supplier_leaves_and_an_empty_arrangement_closes() -> None:
    """One of several goes: the rest serve on; the last goes: the need waits for a new tender."""
    firms = varied_market(60)
    book, number = signed("ethical_framework", firms)
    rows = book.places.supplier.copy()
    gone = np.zeros(60, dtype=np.bool_)
    gone[rows[0]] = True

    first = book.drop_suppliers(gone)
    left = book.places.supplier.tolist()
    gone[rows] = True
    last = book.drop_suppliers(gone)

    assert first == []
    assert left == rows[1:].tolist()
    assert last == [number]
    assert book.places.size == 0


def test_newcomers_enter_a_framework_when_it_reopens() -> None:
    """A full one has no free place; after a supplier left, the reopening fills its place."""
    a, firms = plain(), varied_market(60)
    book, number = signed("ethical_framework", firms)
    full = not book.with_free_places([number])
    gone = np.zeros(60, dtype=np.bool_)
    gone[book.places.supplier[0]] = True
    before = book.places.size
    book.drop_suppliers(gone)
    serving = np.isin(firms.supplier, book.places.supplier)
    asked = book.standing[number].arrangement.need._replace(month=13)
    opening = docket_of(asked, firms.take(~gone & ~serving), luck_of(4, 77, 13))

    outcome = book.readmit([number], opening, a)[0]

    assert full
    assert not np.isin(outcome.bids.supplier, firms.supplier[serving]).any()
    assert outcome.award.made
    assert book.places.size == before
    assert np.unique(book.places.supplier).size == before


def test_who_was_seen_to_break_promises_is_locked_out_at_the_opening() -> None:
    """A reputation below the rule ends a place when the framework reopens, not before."""
    firms = varied_market(60)
    book, number = signed("ethical_framework", firms)
    memory = Memory(1, 24, plain())
    bad = book.places.supplier[:1].copy()
    for _ in range(30):
        memory.learn_delivery(np.zeros(1, dtype=np.int64), bad, np.zeros(1))
    memory.settle()
    a, trade, start = plain(), suppliers_of(firms), book.standing[number].arrangement.start

    sizes = []
    for month in (start + 11, start + 12):
        units = book.divide(month, ALL, trade, memory, a)
        done = book.deliver(month, units, trade, memory, a)
        book.settle(month, done, trade, memory, a)
        sizes.append(book.places.size)

    assert sizes[1] == sizes[0] - 1
    assert bad[0] not in book.places.supplier


def test_a_larger_need_grows_the_club_with_it() -> None:
    """A club that serves twice the need carries twice the fixed cost at the same fee."""
    firms = market(5)
    book, number = signed("cooperative_membership", firms)
    before = book.standing[number].arrangement
    larger = before._replace(need=before.need._replace(units_month=20_000.0))

    book.rewrite(number, larger)

    after = book.standing[number].arrangement.state
    assert after.fixed_units == pytest.approx(2.0 * before.state.fixed_units)
    assert book.places.units_month.tolist() == [20_000.0] * before.suppliers.size


def test_each_arrangement_settles_its_own_month_when_another_loses_a_member() -> None:
    """Two clubs settle in one month; a leaver in the first shifts no row of the second."""
    a, firms = plain(), market(5)
    book, first = signed("cooperative_membership", firms)
    alone, only = signed("cooperative_membership", firms)
    twin = book.standing[first]
    (second,) = book.enter([(twin.arrangement, twin.regime, 1, 900)])
    poor = twin.arrangement._replace(state=replace(twin.arrangement.state, margin=0.0))
    book.rewrite(first, poor)
    book.rewrite(second, twin.arrangement)  # so that its rows stand behind the first
    memory, start = Memory(1, 24, a), twin.arrangement.start
    sold = {first: [9_000.0, 10.0, 10.0, 10.0, 10.0], second: [100.0, 200.0, 300.0, 400.0, 500.0]}
    units = np.array(
        [
            sold[number][serial]
            for number, serial in zip(book.places.arrangement, book.places.serial, strict=True)
        ]
    )
    done = book.deliver(start, units, suppliers_of(firms), memory, a)
    part = alone.deliver(
        start, np.array(sold[second])[: alone.places.size], suppliers_of(firms), memory, a
    )

    both = book.settle(start, done, suppliers_of(firms), memory, a)
    lone = alone.settle(start, part, suppliers_of(firms), memory, a)

    assert first in both.ended
    of_second = both.payments.take(both.number == second)
    assert of_second.instructions() == lone.payments.take(lone.number == only).instructions()


def test_favour_tilts_direct_awards_and_nothing_else() -> None:
    """Ties move volume only where discretion is used and favouritism is not nothing."""
    volume = volume_of([1.0, 1.0], [9e9, 9e9])
    mini = TERMS._replace(call_off=CallOff.ROTA)
    tied = luck_of(3, 4, 5)

    fair = call_off(volume, TERMS, 0.0, plain(delivery__favouritism=0.0), tied)
    tilted = call_off(volume, TERMS, 0.0, plain(delivery__favouritism=0.3), tied)
    rota = call_off(volume, mini, 0.0, plain(delivery__favouritism=0.3), tied)

    assert fair == pytest.approx([0.5, 0.5])
    assert tilted[0] != pytest.approx(0.5)
    assert rota == pytest.approx([0.5, 0.5])


def test_a_mini_competition_gives_to_the_cheapest_first() -> None:
    """The cheaper of two takes all that it has room for, the other the rest."""
    terms = TERMS._replace(call_off=CallOff.MINI_COMPETITION)

    shares = call_off(volume_of([1.1, 0.9], [9e9, 700.0]), terms, 0.0, plain(), SteadyLuck())

    assert shares == pytest.approx([0.3, 0.7])


def volume_of(prices: list[float], capacity: list[float]) -> Volume:
    """Give a month's need of 1,000 units among like suppliers."""
    k = len(prices)
    ones = np.ones(k)
    return Volume(
        month=3,
        units=1_000.0,
        share=ones / k,
        unit_price=np.array(prices),
        cost=ones,
        capacity=np.array(capacity),
        quality=ones,
        record=ones * 0.5,
        uid=np.arange(k, dtype=np.int64) + 11,
    )


@given(
    firms=st.lists(st.tuples(st.floats(0.3, 2.0), st.floats(0.0, 5_000.0)), min_size=1, max_size=8),
    mode=st.sampled_from(list(CallOff)),
    refusal=st.floats(0.0, 1.0),
    seed=st.integers(0, 99),
)
def test_no_call_off_gives_out_more_than_the_need_or_the_room(
    firms: list[tuple[float, float]], mode: CallOff, refusal: float, seed: int
) -> None:
    """Shares are none negative, at most one in sum, and within each supplier's capacity."""
    volume = volume_of([price for price, _ in firms], [capacity for _, capacity in firms])

    shares = call_off(volume, TERMS._replace(call_off=mode), refusal, plain(), luck_of(seed, 1, 2))

    assert (shares >= 0.0).all()
    assert shares.sum() <= 1.0 + 1e-9
    assert (shares * 1_000.0 <= volume.capacity + 1e-6).all()
    if refusal == 0.0 and volume.capacity.sum() >= 1_000.0:
        assert shares.sum() == pytest.approx(1.0)


@given(seed=st.integers(0, 200), name=st.sampled_from(list(registry.BUILT_IN)))
def test_every_procedure_ends_in_positive_prices_and_whole_shares(seed: int, name: str) -> None:
    """In any market: prices above zero, shares within one, costs on both sides as instructed."""
    regime, firms = registry.get(name)(), varied_market(25, seed)

    outcome = regime.procure(need(tender=seed), firms, plain(), luck_of(seed, seed, 1))

    assert (outcome.award.unit_prices > 0.0).all()
    assert outcome.award.shares.sum() <= 1.0 + 1e-9
    assert all(one.pence > 0 for one in outcome.instructions)
    by_buyer = sum(one.pence for one in outcome.instructions if one.payer == 100)
    assert by_buyer == outcome.buyer_cost_pence
    by_firms = sum(one.pence for one in outcome.instructions if one.payer != 100)
    assert by_firms == outcome.bidder_cost_pence
    assert bool(outcome.award.reason)


@given(
    use=st.lists(st.floats(0.0, 9_000.0), min_size=1, max_size=9),
    fixed=st.floats(1.0, 9_000.0),
)
def test_a_club_shares_its_whole_fixed_cost_and_never_overdraws(
    use: list[float], fixed: float
) -> None:
    """Fees add up to the fixed cost; payments out are at most payments in, to the penny."""
    state = ClubState(0.05, fixed, 5_000.0, np.array(use), np.ones(len(use)), 1.0, 0, paid_in=True)
    k = len(use)
    blank = np.zeros(k)
    live = Live(
        month=4, units=np.full(k, 5_000.0 / k), paid_pence=blank.astype(np.int64),
        unit_price=blank, cost=blank, utilisation=blank, capacity=np.ones(k),
        uid=np.arange(k), supplier=np.arange(k, dtype=np.int32), honesty=blank, padding=blank,
        share=blank, chance=blank, record=blank, club=50,
    )  # fmt: skip

    buyer, account, joining = np.array([99]), np.array([50]), np.array([False])
    rules, clubs = CooperativeMembership().values, clubs_of([state])
    payments = monthly_payments(rules, clubs, buyer, account, joining, live)[1].instructions()

    fee = fee_per_unit(fixed, 5_000.0, np.array(use))
    assert fee * (5_000.0 + sum(use)) == pytest.approx(fixed)
    into = sum(one.pence for one in payments if one.payee == 50)
    out = sum(one.pence for one in payments if one.payer == 50)
    assert 0 <= into - out <= 1
    assert all(one.pence > 0 for one in payments)


def test_each_member_has_one_vote() -> None:
    """The median wish wins, the council's zero among them."""
    assert vote_on_margin(np.array([0.02, 0.1])) == pytest.approx(0.02)
    assert vote_on_margin(np.array([0.02, 0.04, 0.1])) == pytest.approx(0.02)
    assert vote_on_margin(np.array([0.02, 0.04, 0.1, 0.1])) == pytest.approx(0.04)


def test_a_club_is_crowded_only_beyond_its_headroom() -> None:
    """Use up to twice the council's is free; thrice costs half the congestion rate more."""
    assert crowding(100.0, np.array([100.0]), 2.0, 0.3) == 1.0
    assert crowding(100.0, np.array([200.0]), 2.0, 0.3) == pytest.approx(1.15)
    assert crowding(100.0, np.array([200.0]), 2.0, 0.0) == 1.0


def test_an_honest_or_a_valued_supplier_does_not_shirk() -> None:
    """Temptation falls with honesty and is outweighed by the worth of the relationship."""
    firms = market(5, unit_cost=np.full(5, 0.9), quality=np.full(5, 1.3))
    book, _ = signed("price_quality", firms)
    places, a = book.places, plain()
    units = np.full(1, 1_000.0)
    lone = changed(places, relationship=0.0)

    assert shirks(lone, units, np.zeros(1), a).all()
    assert not shirks(lone, units, np.ones(1), a).any()
    assert not shirks(
        changed(places, relationship=1.0, monitoring=1.0), units, np.zeros(1), a
    ).any()


def test_chances_follow_results_by_kind_of_buying_and_buyer() -> None:
    """A win raises belief with that buyer and that kind only, and only after the month closes."""
    a = plain()
    memory, regime = Memory(2, 24, a), PriceQuality()
    outcome = regime.procure(need(), market(unit_cost=[0.9, 1.0, 1.1]), a, SteadyLuck())
    who, buyer, other = np.arange(3, dtype=np.int32), *np.repeat([[0], [1]], 3, axis=1)

    memory.learn_award(regime, need(), outcome.bids)
    opening = memory.chances("quality", buyer, who)
    memory.settle()

    assert opening[0].tolist() == [1.0, 1.0, 1.0]
    assert memory.chances("quality", buyer, who)[0].tolist() == [2.0, 1.0, 1.0]
    assert memory.chances("quality", buyer, who)[1].tolist() == [3.0, 4.0, 4.0]
    assert memory.chances("quality", other, who)[0].tolist() == [1.0, 1.0, 1.0]
    assert memory.chances("price", buyer, who)[0].tolist() == [1.0, 1.0, 1.0]
    assert memory.expected_bids[0, 0] == pytest.approx(4.0 + 0.2 * (3.0 - 4.0))


def test_losers_buy_skill_at_claiming_only_where_claims_are_scored() -> None:
    """At weight 0 nobody learns; at weight 0.3 a loser with cash pays for advice."""
    a, firms = plain(), market(unit_cost=[0.9, 1.0, 1.1], claim_skill=np.zeros(3))
    outcome = SocialValue({"weight": 0.3}).procure(need(), firms, a, SteadyLuck())

    skill = outcome.seen.claim_skill
    nothing = learn_to_claim(need(), outcome.seen, skill, outcome.bids, 0.0, a)
    lesson = learn_to_claim(need(), outcome.seen, skill, outcome.bids, 0.3, a)

    assert nothing.suppliers.size == 0
    assert (lesson.claim_skill > 0.0).all()
    assert {one.payer for one in lesson.payments} == {1, 2}
    assert lesson.claim_skill[1] > lesson.claim_skill[0]

    more = learn_to_claim(need(), outcome.seen, lesson.claim_skill, outcome.bids, 0.3, a)
    assert (more.claim_skill > lesson.claim_skill).all()


def test_several_places_make_a_newcomer_readier_to_apply() -> None:
    """The prior counts once for every place that is offered."""
    asked = need(value_pence=200_000_000)
    regime = EthicalFramework({"suppliers": 6.0})

    assert regime.places_for(asked) == 6
    assert regime.places_for(asked._replace(value_pence=20_000_000)) == 1
    assert regime.minimum_share(asked) == pytest.approx(1.0 / 6.0)
