"""Offers that nobody marks, in the form of bids: of applicants, members, an enterprise."""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.claims import deliverable_for
from simulation.procurement.interface import Bids, Float64, Int64, Market, Need


def unmarked(
    need: Need,
    firms: Market,
    position: Int64,
    price: Float64,
    cost: Float64,
    quality: Float64,
    spent: Int64,
    a: Assumptions,
) -> Bids:
    """Write what some firms offer; cost is shown, so it is also believed, and all are let in.

    Parameters
    ----------
    need : Need
    firms : Market
        Those who offer, n of them.
    position : int64[n]
        Where they stand in the whole Market.
    price, cost, quality : float64[n]
        Of a unit.
    spent : int64[n]
        What offering cost each [pence].
    a : Assumptions
    """
    n = position.size
    return Bids(
        position=position,
        supplier=firms.supplier,
        uid=firms.uid,
        price=price,
        cost=cost,
        estimate=cost,
        quality=quality,
        claim_month=np.zeros(n),
        deliverable_month=deliverable_for(need, firms, a),
        cost_of_bidding=spent,
        score=np.zeros(n),
        won=np.ones(n, dtype=np.bool_),
    )
