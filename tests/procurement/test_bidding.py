"""Bids follow theory where theory speaks, and habits whose distance from it is known."""

import numpy as np
import pytest

from experiments.validation.auctions import best_reply, errors_of_winners, gap_to_equilibrium
from simulation.procurement.costs import estimate_costs, slope_towards
from simulation.procurement.docket import docket_of
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.pricing import (
    collude,
    distance_from_equilibrium,
    markup_of_one,
    sealed_prices,
)
from tests.procurement.markets import SteadyLuck, market, need, plain, varied_market


@pytest.mark.parametrize("bidders", [1, 2, 3, 6])
def test_bids_equal_the_first_price_equilibrium(bidders: int) -> None:
    """For costs uniform up to 1.3, b(c) = c + (1.3 - c) / n."""
    assert gap_to_equilibrium(bidders) < 1e-12


@pytest.mark.parametrize("bidders", [2, 4, 7])
def test_no_bidder_gains_by_leaving_the_equilibrium(bidders: int) -> None:
    """Against equilibrium rivals, no other bid on a fine grid earns more in expectation."""
    best, own = best_reply(bidders, 0.95)

    assert best == pytest.approx(own, abs=2e-4)


def test_the_heuristic_stands_at_a_known_distance_from_equilibrium() -> None:
    """With four bidders the habit asks at most 6 % more or less than theory, and it is measured."""
    gap = distance_from_equilibrium(4, 0.8, 1.2, plain())

    assert abs(gap.mean) < 0.03
    assert abs(gap.mean) <= gap.worst < 0.08


def test_the_winner_of_an_uncertain_tender_has_erred_unless_bidders_correct() -> None:
    """Without caution the lowest of many estimates lies below cost; a skilled bidder corrects."""
    naive = plain(bid__curse_awareness=0.0)
    wise = plain(bid__curse_awareness=1.0)

    assert errors_of_winners(naive, 200).mean() < -0.03
    assert abs(errors_of_winners(wise, 200).mean()) < 0.005


def test_more_expected_rivals_thin_the_price() -> None:
    """The same firms ask less where they expect ten bids than where they expect two."""
    few = LowestPrice().procure(need(expected_bids=2.0), market(), plain(), SteadyLuck())
    many = LowestPrice().procure(need(expected_bids=10.0), market(), plain(), SteadyLuck())

    assert few.bids.price.min() > many.bids.price.min()


def test_a_ring_protects_its_cheapest_member() -> None:
    """All in a ring: one real bid as if alone, the others above it; without a ring no change."""
    cost = np.array([0.9, 1.0, 1.1])
    price = cost * 1.064
    firms = market(3)

    ringed = collude(price, cost, firms, plain(bid__ring=1.0), SteadyLuck())
    free = collude(price, cost, firms, plain(), SteadyLuck())

    assert ringed[0] == pytest.approx(0.9 * 1.16)
    assert (ringed[1:] >= ringed[0] * 1.05 - 1e-12).all()
    assert np.array_equal(free, price)


def test_firms_promise_only_the_quality_that_pays() -> None:
    """Where only price counts they promise the floor; where quality is paid, what was agreed."""
    a, firms = plain(), market(3, quality=[0.9, 1.0, 1.2])

    floor = estimate_costs(need(), firms, 0.0, a, SteadyLuck()).quality
    agreed = estimate_costs(need(), firms, slope_towards(1.0, a), a, SteadyLuck()).quality

    assert floor.tolist() == [0.8, 0.8, 0.8]
    assert agreed == pytest.approx([0.9, 1.0, 1.0])


def test_who_lacks_capacity_cash_or_news_stays_away() -> None:
    """Each of three firms fails one condition; nobody bids and the reason is given."""
    firms = market(
        3,
        capacity=[100.0, 20_000.0, 20_000.0],
        slack=[1e12, 0.0, 1e12],
        knows=[True, True, False],
    )

    outcome = LowestPrice().procure(need(), firms, plain(), SteadyLuck())

    assert outcome.bids.size == 0
    assert not outcome.award.made
    assert outcome.award.reason == "no bid was made"
    assert np.isnan(outcome.lowest)
    assert outcome.cheapest_cost > 0.0


def test_a_sealed_price_is_cost_and_the_mark_up_of_ones_own_past() -> None:
    """The busy and the lucky add more; the chance of winning is wins over all bids."""
    a, firms = plain(), varied_market(40)
    cost = firms.unit_cost * 1.1
    chance = firms.wins / (firms.wins + firms.losses)

    price = sealed_prices(docket_of(need(expected_bids=3.0), firms, SteadyLuck()), cost, a)

    added = markup_of_one(3.0, firms.utilisation, chance, a)
    assert price.tolist() == (cost * (1.0 + added)).tolist()
    assert np.unique(added).size > 1
