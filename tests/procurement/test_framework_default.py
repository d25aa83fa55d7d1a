"""A provider of a framework stops in mid-term: who walks, who steps in, what it costs and whom."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.procurement.commissioning import arrange, keep_suppliers
from simulation.procurement.docket import docket_of
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.framework_default import Handover, Providers, providers_of
from simulation.procurement.interface import OWN_STAFF, Arrangement, Settlement, Volumes
from simulation.procurement.learning import Memory
from simulation.procurement.luck import SharedLuck, luck_of
from simulation.procurement.portfolio import Portfolio
from simulation.procurement.rolls import roll_of_one
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stewardship import ALL, suppliers_of
from tests.procurement.test_stories import BARE, THREAD, live_of

THREE = {"smallest_place": 100_000.0, "audit_rate": 0.0}
"""Three places of a third of the need each, and no audit to tell apart."""
PRICE = 1.0812
"""Cost of 1, padded by 2 % since nobody audits, plus the margin of 6 %."""
UNITS = 10_000.0 / 3.0
REGARD = 0.7 * 0.25 * 0.064 * 1.0 * UNITS * 24.0
"""Relationship x chance x usual mark-up x cost x units x patience [pounds]."""


def framework(**rules: float) -> EthicalFramework:
    """Give a framework of three places where a handover takes two months."""
    return EthicalFramework({**THREE, "padding": 0.04, "handover_months": 2.0, **rules})


def signed(regime: EthicalFramework, a: Assumptions) -> Arrangement:
    """Sign three like providers, at the same price and a third of the work each."""
    outcome = regime.procure(need(), market(), a, SteadyLuck())
    made = arrange(need(), regime, outcome, THREAD, a)
    assert made.unit_prices == pytest.approx([PRICE] * 3)
    return made


def dearer(made: Arrangement, *rise: float, handovers: tuple[Handover, ...] = ()) -> Arrangement:
    """Let own costs have risen since the prices were agreed."""
    return made._replace(state=Providers(np.array(rise), made.unit_prices.copy(), handovers))


def settled(regime: EthicalFramework, made: Arrangement, month: int = 2) -> Settlement:
    """Close one month in which everybody served a third."""
    return regime.settle(made, live_of(made, month=month), plain(**BARE), SteadyLuck())


def test_a_provider_walks_away_when_going_on_costs_more() -> None:
    """Cost up 30 %: 8,022 pounds lost by the opening, against 896 of the buyer's regard."""
    regime = framework()
    made = dearer(signed(regime, plain(**BARE)), 0.3, 0.0, 0.0)
    loss = (1.3 - PRICE) * UNITS * 11.0

    answer = settled(regime, made)

    assert loss > REGARD
    assert answer.stays is not None
    assert answer.stays.tolist() == [False, True, True]
    assert answer.found is not None
    assert answer.found.tolist() == [True, False, False]
    assert answer.state.handovers == (Handover(pytest.approx(1 / 3), 2, arranged=True),)
    assert [(one.payee, one.pence, one.reason) for one in answer.instructions] == [
        (OWN_STAFF, 40 * 4_000, "stepping in")
    ]


def test_who_walked_away_is_not_let_in_again_at_the_opening() -> None:
    """Its place is reopened to all but the provider that left it; a failed one's to anybody."""
    a, regime = plain(**BARE), framework()
    made = signed(regime, a)
    answer = settled(regime, dearer(made, 0.3, 0.0, 0.0))
    left = keep_suppliers(made, regime, np.array([False, True, True]))._replace(state=answer.state)
    opening = docket_of(need(month=4), market().take(np.array([0])), SteadyLuck())

    (after_walking,) = regime.admit_all([left], opening, a)
    (after_failing,) = regime.admit_all([left._replace(state=None)], opening, a)

    assert after_walking.bids.size == 0
    assert after_failing.bids.supplier.tolist() == [0]


@pytest.mark.parametrize(("months", "walks"), [(0.0, True), (1.0, True), (3.0, False)])
def test_a_bond_holds_whom_it_costs_more_than_the_loss(months: float, walks: bool) -> None:
    """One month's price is forfeited and paid to the buyer; three would cost more than staying."""
    regime = framework(deposit_months=months)
    made = dearer(signed(regime, plain(**BARE)), 0.3, 0.0, 0.0)

    answer = settled(regime, made)

    bonds = [one for one in answer.instructions if one.kind is Kind.REMEDY]
    assert (answer.stays is not None) is walks
    paid = [(0, 100, round(100 * PRICE * UNITS))] if walks and months else []
    assert [(one.payer, one.payee, one.pence) for one in bonds] == paid


def test_nobody_walks_where_nobody_may() -> None:
    """With the switch at its null a loss is borne, however large."""
    regime = framework(walk_away=0.0)

    answer = settled(regime, dearer(signed(regime, plain(**BARE)), 9.0, 0.0, 0.0))

    assert answer.stays is None
    assert not answer.instructions


def test_the_regard_of_a_buyer_holds_a_provider_that_a_short_loss_would_not() -> None:
    """A loss of 300 pounds a month is borne for two months, and not for eleven."""
    regime = framework()
    made = dearer(signed(regime, plain(**BARE)), 0.0812 + 0.09, 0.0, 0.0)

    late, early = settled(regime, made, month=11), settled(regime, made, month=2)

    assert 0.09 * UNITS * 2.0 < REGARD < 0.09 * UNITS * 11.0
    assert late.stays is None
    assert early.stays is not None


def test_stepping_in_is_paid_for_by_a_premium_on_the_people_taken_over() -> None:
    """A third taken over at 25 % more lifts all prices by a twelfth; then they fall back."""
    regime = framework()
    left = dearer(signed(regime, plain(**BARE)), 0.3, 0.0, 0.0)

    answer = settled(regime, left)
    running = left._replace(state=answer.state, unit_prices=left.unit_prices)
    two = running._replace(**{
        name: getattr(left, name)[1:]
        for name in ("suppliers", "uid", "costs", "qualities", "padding", "claims_month",
                     "deliverable_month", "unit_prices", "shares")
    })  # fmt: skip
    after = settled(regime, two, month=3)
    last = settled(regime, two._replace(state=after.state), month=4)

    assert answer.unit_prices == pytest.approx([PRICE * (1 + 0.25 / 3)] * 2)
    assert after.unit_prices == pytest.approx([PRICE * (1 + 0.25 / 3)] * 2)
    assert not after.reopen
    assert last.unit_prices == pytest.approx([PRICE] * 2)
    assert last.reopen
    assert last.state.handovers == ()


@pytest.mark.parametrize(("step_in", "served"), [(0.0, 2 / 3), (0.5, 5 / 6), (1.0, 1.0)])
def test_without_stepping_in_the_people_of_a_provider_wait(step_in: float, served: float) -> None:
    """Nobody serves the third that is handed over, or half of it, or all is served at once."""
    a = plain(**{**BARE, "delivery__favouritism": 0.0})
    regime = framework(step_in=step_in, refusal=0.0)
    made = dearer(signed(regime, a), 0.0, 0.0, 0.0, handovers=(Handover(1 / 3, 1),))
    ones = np.ones(3)
    volumes = Volumes(2, 1e4 * ones, ones / 3, PRICE * ones, ones, 1e9 * ones, ones, ones / 2,
                      made.uid)  # fmt: skip

    shares = regime.divide_all(roll_of_one(made, regime, -1), volumes, a,
                               SharedLuck(1, 2, np.full(3, 77), made.uid))  # fmt: skip

    assert shares.sum() == pytest.approx(served)


def test_the_premium_counts_only_whom_somebody_takes_over() -> None:
    """Half of a third is taken over by providers that serve five sixths in all."""
    state = Providers(np.zeros(2), np.ones(2), (Handover(1 / 3, 2),))

    assert state.unserved(0.5) == pytest.approx(1 / 6)
    assert state.price_factor(0.5, 0.25) == pytest.approx(1 + 0.25 * (1 / 6) / (5 / 6))
    assert state.price_factor(0.0, 0.25) == 1.0
    assert state.price_factor(1.0, 0.0) == 1.0


def test_a_failure_hands_over_what_the_provider_served() -> None:
    """The share it served this month waits for two months, at a premium from the same month."""
    a, firms = plain(**BARE), market(3)
    book = Portfolio(4)
    (number,) = book.enter([(signed(framework(), a), framework(), 1, -1)])
    gone = np.array([True, False, False])

    ended = book.drop_suppliers(gone)

    after = book.standing[number].arrangement
    assert ended == []
    assert after.state.handovers == (Handover(pytest.approx(1 / 3), 2),)
    assert after.unit_prices == pytest.approx([PRICE * (1 + 0.25 / 3)] * 2)
    assert book.places.unit_price == pytest.approx(after.unit_prices)
    assert book.divide(2, ALL, suppliers_of(firms), Memory(1, 24, a), a).sum() == pytest.approx(
        10_000.0
    )


def test_a_handover_that_takes_no_time_changes_nothing() -> None:
    """At its null the others serve at once at their own price, and nothing is remembered."""
    a, regime = plain(**BARE), framework(handover_months=0.0)
    book = Portfolio(4)
    (number,) = book.enter([(signed(regime, a), regime, 1, -1)])

    book.drop_suppliers(np.array([True, False, False]))

    after = book.standing[number].arrangement
    assert after.state is None
    assert after.unit_prices == pytest.approx([PRICE] * 2)


def test_books_read_again_let_prices_follow_cost() -> None:
    """At the opening after a year a rise of 5 % and a fall of 3 % pass into the price."""
    regime = framework()
    made = dearer(signed(regime, plain(**BARE)), 0.05, -0.03, 0.0)

    before, at_opening = settled(regime, made, month=12), settled(regime, made, month=13)

    assert before.unit_prices == pytest.approx([PRICE] * 3)
    assert at_opening.unit_prices == pytest.approx([PRICE * 1.05, PRICE * 0.97, PRICE])
    assert at_opening.state.rise.tolist() == [0.0, 0.0, 0.0]


def test_own_costs_move_only_as_far_as_the_drift_lets_them() -> None:
    """A draw of three quarters moves cost up by half the drift; where that is 0 none moves."""
    a = plain(**BARE)
    still, moved = framework(), framework(cost_drift=0.02)

    for regime, drift in ((still, 0.0), (moved, 0.02)):
        made = signed(regime, a)
        answer = regime.settle(made, live_of(made), a, SteadyLuck(0.75))
        assert answer.state.rise == pytest.approx([drift / 2.0] * 3)


def test_a_cost_that_falls_for_years_comes_near_nothing_and_no_further() -> None:
    """The move is a part of the cost itself: five years of falls by 8 % leave 0.92^60 of it."""
    a, regime = plain(**BARE), framework(cost_drift=0.08)
    made = signed(regime, a)

    for _ in range(60):
        made = made._replace(state=regime.settle(made, live_of(made), a, SteadyLuck(0.0)).state)

    assert made.state.rise == pytest.approx([0.92**60 - 1.0] * 3)


def test_a_framework_that_everybody_leaves_is_let_again() -> None:
    """All three walk: the bond is kept, nobody can step in, and the arrangement ends."""
    regime = framework(deposit_months=0.5)
    answer = settled(regime, dearer(signed(regime, plain(**BARE)), 0.5, 0.5, 0.5))

    assert answer.ends
    assert answer.reason == "every supplier walked away"
    assert not answer.reopen
    assert {one.kind for one in answer.instructions} == {Kind.REMEDY}


def test_where_the_last_one_walks_the_framework_ends() -> None:
    """One of three places was filled; who filled it goes, and nobody is left to step in."""
    a, regime = plain(**BARE), framework()
    outcome = regime.procure(need(), market(1), a, SteadyLuck())
    alone = arrange(need(), regime, outcome, THREAD, a)

    stays, goes = (settled(regime, dearer(alone, rise)) for rise in (0.0, 0.5))

    assert (stays.ends, stays.reason) == (False, "")
    assert (goes.ends, goes.reason) == (True, "every supplier walked away")


def test_newcomers_stand_at_the_price_that_they_signed() -> None:
    """Who joins while others' people are taken over brings its own price, without a rise."""
    made = signed(framework(), plain(**BARE))
    two = Providers(np.array([0.1, 0.2]), np.ones(2), (Handover(0.2, 1),))

    known = providers_of(made._replace(state=two))
    joined = made._replace(state=two, unit_prices=np.array([1.0, 1.0, 1.3]))
    left = providers_of(keep_suppliers(joined, framework(), np.array([True, False, True])))

    assert left.rise.tolist() == [0.1, 0.0]
    assert left.agreed.tolist() == [1.0, 1.3]
    assert known.rise.tolist() == [0.1, 0.2, 0.0]
    assert known.agreed == pytest.approx([1.0, 1.0, PRICE])


@pytest.mark.parametrize("seed", range(3))
def test_with_every_default_switched_off_a_month_settles_as_an_audit_alone(seed: int) -> None:
    """Bond, premium and hours ask nothing where no cost moves and no handover takes time."""
    a = plain(**BARE)
    quiet = {"handover_months": 0.0, "audit_rate": 0.6}
    off, levers = framework(**quiet), framework(**quiet, deposit_months=3.0, step_in=0.0)
    made = signed(framework(), a)

    one, other = (
        regime.settle(made, live_of(made, month=13), a, luck_of(seed, 77, 13))
        for regime in (off, levers)
    )

    assert _told(one) == _told(other)
    assert one.state is None


def _told(answer: Settlement) -> tuple[Any, ...]:
    """Write an answer so that it can be compared."""
    plainly = replace(answer, stays=None, found=None)
    stays = None if answer.stays is None else answer.stays.tolist()
    found = None if answer.found is None else answer.found.tolist()
    return plainly, stays, found
