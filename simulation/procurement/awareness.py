"""Who hears of a tender at all: neighbours, incumbents, those with a bid team, those called.

A firm that does not know cannot bid; engagement and portals widen the circle. Source: Federation
of Small Businesses surveys name finding opportunities among the first barriers.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.interface import Bool, Float64, Int8, Int64, Luck
from simulation.streams import Purpose


def who_knows(
    uid: Int64,
    tier_buyer: Int8,
    bid_skill: Float64,
    incumbent: Bool,
    engagement: float,
    a: Assumptions,
    luck: Luck,
) -> Bool:
    """Draw which firms hear of a tender.

    P = reach of the tier + skill x (1 - reach), then + engagement x (1 - P), all times a factor
    between 1 - spread and 1 + spread that is one tender's own: some notices go round, others do
    not. An incumbent always knows.

    Parameters
    ----------
    uid : int64[n]
    tier_buyer : int8[n]
        Where the firm is based as seen from the buyer, 0 same district .. 4 world.
    bid_skill : float64[n]
        0 to 1; a bid team watches the portals.
    incumbent : bool[n]
    engagement : float
        The buyer's effort, 0 to 1.
    a : Assumptions
    luck : Luck

    Returns
    -------
    bool[n]
    """
    far = np.minimum(tier_buyer.astype(np.float64), 3.0) / 3.0
    reach = a["tender.known_near"] + far * (a["tender.known_far"] - a["tender.known_near"])
    chance = reach + a["tender.known_by_skill"] * bid_skill * (1.0 - reach)
    chance = chance + a["tender.known_by_engagement"] * engagement * (1.0 - chance)
    spread = a["tender.reach_spread"]
    if spread > 0.0:
        chance = chance * (1.0 + spread * (2.0 * luck.shared(Purpose.REACH) - 1.0))
    return incumbent | (luck.uniform(Purpose.BID_KNOWS, uid) < chance)
