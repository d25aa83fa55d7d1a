"""What a firm asks for: cost and a mark-up, thinner the more rivals it expects.

The everyday rule is a heuristic; the test mode answers with the equilibrium of a first-price
auction with independent private costs (Krishna 2010, chapter 2), and the distance between the
two is a reported number.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import bidding
from simulation.procurement.docket import Docket
from simulation.procurement.interface import Bool, Float64, Int64, Luck, Market
from simulation.streams import Purpose


def markup(
    expected_bids: Float64, begins: Int64, utilisation: Float64, chance: Float64, a: Assumptions
) -> Float64:
    """Return the share that a firm adds to its cost in a sealed bid.

    alone / (1 + shade x rivals), raised when the firm is busier than usual and when it has won
    more often than one in n, lowered when it is idle or keeps losing; never below zero.

    Parameters
    ----------
    expected_bids : float64[m]
        Bids that the firms of each need expect, their own included.
    begins : int64[m + 1]
        Need i has the firms `begins[i] : begins[i + 1]`.
    utilisation, chance : float64[n]
        Share of capacity in use; believed chance of winning.
    a : Assumptions

    Returns
    -------
    float64[n]
    """
    added = np.empty(utilisation.size)
    bidding.mark_up(utilisation, chance, begins, _mark_ups(expected_bids, a), added)
    return added


def _mark_ups(expected_bids: Float64, a: Assumptions) -> bidding.MarkUps:
    rivals = np.maximum(expected_bids - 1.0, 0.0)
    return bidding.MarkUps(
        base=_shaded(rivals, a),
        fair=1.0 / (rivals + 1.0),
        by_use=a["bid.busy"],
        usual_use=a["bid.usual_utilisation"],
        by_experience=a["bid.experience"],
    )


def _shaded(rivals: Float64, a: Assumptions) -> Float64:
    """Return the mark-up of a usual firm, less with each rival: float64[m]."""
    shaded: Float64 = a["bid.markup_alone"] / (1.0 + a["bid.shade_per_rival"] * rivals)
    return shaded


def usual_markup(expected_bids: float, a: Assumptions) -> float:
    """Return the mark-up in a price that so many bids are expected for, by a usual firm."""
    return float(_shaded(np.array([max(expected_bids - 1.0, 0.0)]), a)[0])


def markup_of_one(
    expected_bids: float, utilisation: Float64, chance: Float64, a: Assumptions
) -> Float64:
    """Return the mark-ups of the firms of one need; see `markup`."""
    begins = np.array([0, utilisation.size])
    return markup(np.array([expected_bids]), begins, utilisation, chance, a)


def equilibrium_price(cost: Float64, highest: float, bidders: float | Float64) -> Float64:
    """Return first-price equilibrium bids for costs uniform up to `highest`.

    b(c) = c + (highest - c) / n, the unique symmetric equilibrium with n bidders whose costs are
    independent and uniform; it does not depend on the lower bound (Krishna 2010, mirrored from
    values to costs).

    Parameters
    ----------
    cost : float64[n]
    highest : float
        Upper end of the distribution of costs.
    bidders : float or float64[n]
        Bidders, oneself included, at least 1.

    Returns
    -------
    float64[n]
    """
    return cost + np.maximum(highest - cost, 0.0) / bidders


def sealed_prices(docket: Docket, cost: Float64, a: Assumptions) -> Float64:
    """Return each firm's sealed price per unit, by the heuristic or (test mode) the equilibrium.

    Parameters
    ----------
    docket : Docket
    cost : float64[n]
        What each candidate believes a unit costs it.
    a : Assumptions
    """
    market, bids = docket.market, docket.asked("expected_bids")
    heuristic = np.empty(cost.size)
    bidding.seal(market, docket.begins, cost, _mark_ups(bids, a), heuristic)
    mode = a["bid.equilibrium"]
    if mode == 0.0:
        return heuristic
    theory = equilibrium_price(cost, a["bid.highest_cost"], np.maximum(bids, 1.0)[docket.of])
    return heuristic + mode * (theory - heuristic)


def lowest_believed(docket: Docket, known: Bool, cost: Float64, a: Assumptions) -> float:
    """Return the lowest price that a buyer believes a tender for its need would find.

    Parameters
    ----------
    docket : Docket
        Of one need.
    known : bool[n]
        Candidates that could serve and have heard; those that could carry all of it count first.
    cost : float64[n]
        What each believes a unit costs it.
    a : Assumptions

    Returns
    -------
    float
        A unit's; infinite where nobody is known.
    """
    asked = sealed_prices(docket, cost, a)
    whole = known & (docket.market.capacity >= docket.needs[0].units_month)
    pool = asked[whole] if whole.any() else asked[known]
    return float(pool.min(initial=np.inf))


def collude(price: Float64, cost: Float64, market: Market, a: Assumptions, luck: Luck) -> Float64:
    """Let a ring protect its cheapest member: the others bid above it (null: no ring).

    Each bidder is in the ring with probability `bid.ring`. The member with the lowest cost
    bids as if the ring were no rivals; the rest put in cover bids above that price.
    """
    share = a["bid.ring"]
    if share == 0.0 or price.size < 2:
        return price
    ring = np.flatnonzero(luck.uniform(Purpose.COLLUSION, market.uid) < share)
    if ring.size < 2:
        return price
    leader = ring[np.lexsort((market.uid[ring], cost[ring]))[0]]
    outsiders = float(price.size - ring.size)
    alone = np.zeros(1) + market.utilisation[leader]
    fair = np.full(1, 1.0 / (outsiders + 1.0))
    asked = float(cost[leader] * (1.0 + markup_of_one(outsiders + 1.0, alone, fair, a)[0]))
    asked = max(asked, float(price[leader]))
    covered = price.copy()
    covered[ring] = np.maximum(price[ring], asked * (1.0 + a["bid.cover"]))
    covered[leader] = asked
    return covered


@dataclass(frozen=True, slots=True)
class EquilibriumDistance:
    """How far the heuristic stands from the equilibrium, in shares of the equilibrium bid."""

    mean: float
    worst: float


def distance_from_equilibrium(
    bidders: int, lowest: float, highest: float, a: Assumptions, points: int = 101
) -> EquilibriumDistance:
    """Compare the heuristic mark-up with the equilibrium over an even grid of costs.

    Parameters
    ----------
    bidders : int
        Bidders, oneself included.
    lowest, highest : float
        Ends of the uniform distribution of costs.
    a : Assumptions
    points : int
        Points of the grid.

    Returns
    -------
    EquilibriumDistance
        Mean signed and largest absolute relative difference; zero where they agree.
    """
    cost = lowest + (highest - lowest) * (np.arange(points) + 0.5) / points
    usual = np.full(points, a["bid.usual_utilisation"])
    fair = np.full(points, 1.0 / bidders)
    asked = cost * (1.0 + markup_of_one(float(bidders), usual, fair, a))
    theory = equilibrium_price(cost, highest, float(bidders))
    gap = asked / theory - 1.0
    return EquilibriumDistance(float(gap.mean()), float(np.abs(gap).max()))
