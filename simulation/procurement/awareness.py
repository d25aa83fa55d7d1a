"""Who hears of a tender at all: neighbours, incumbents, those with a bid team, those called.

A firm that does not know cannot bid; engagement and portals widen the circle. Source: Federation
of Small Businesses surveys name finding opportunities among the first barriers.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import candidates
from simulation.procurement.interface import Bool, Float64, Int8, Int64, Luck, Market
from simulation.streams import Purpose


def who_knows(
    uid: Int64,
    tier_buyer: Int8,
    bid_skill: Float64,
    incumbent: Bool,
    able: Bool,
    engagement: float,
    a: Assumptions,
    luck: Luck,
) -> Bool:
    """Draw which firms hear of a tender.

    A notice reaches a number of firms on average, whatever the size of the market: P = reach x
    weight / sum of weights, at most 1. The weight rises from near to far suppliers as the
    register says, and with the skill of a bid team; engagement widens the reach; and one tender's
    own factor between 1 - spread and 1 + spread says that some notices go round and others do
    not. An incumbent always knows.

    Parameters
    ----------
    uid : int64[n]
    tier_buyer : int8[n]
        Where the firm is based as seen from the buyer, 0 same district .. 4 world.
    bid_skill : float64[n]
        0 to 1; a bid team watches the portals.
    incumbent, able : bool[n]
        Who serves the need now; who has any capacity free (the rest is not looking).
    engagement : float
        The buyer's effort, 0 to 1.
    a : Assumptions
    luck : Luck

    Returns
    -------
    bool[n]
    """
    reach = a["tender.reach"] * (1.0 + a["tender.reach_by_engagement"] * engagement)
    spread = a["tender.reach_spread"]
    if spread > 0.0:
        reach *= 1.0 + spread * (2.0 * luck.shared(Purpose.REACH) - 1.0)
    draws = luck.uniform(Purpose.BID_KNOWS, uid)
    near, far, skill = (a["tender.weight_near"], a["tender.weight_far"], a["tender.weight_skill"])
    knows = np.empty(uid.size, dtype=np.bool_)
    candidates.hear(tier_buyer, bid_skill, incumbent, able, draws, near, far, skill, reach, knows)
    return knows


def heard(market: Market, engagement: float, a: Assumptions, luck: Luck) -> Market:
    """Return a market after the notice has gone round; see `who_knows`."""
    able = market.capacity > 0.0
    knows = who_knows(
        market.uid, market.tier_buyer, market.bid_skill, market.incumbent, able, engagement, a, luck
    )
    return market._replace(knows=knows)
