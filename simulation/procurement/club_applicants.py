"""Who may apply to a co-op, and applications written in the form of bids."""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.costs import Costs
from simulation.procurement.interface import Bids, Bool, Float64, Int64, Market


def can_serve(market: Market, costs: Costs, a: Assumptions) -> Bool:
    """Open membership: whoever accepts the rules and can serve."""
    able: Bool = (market.capacity > 0.0) & (costs.reach >= a["award.quality_floor"])
    return able


def applicants(
    market: Market,
    members: Int64,
    cost: Float64,
    quality: Float64,
    day_pence: int,
    price: Float64,
) -> Bids:
    """Write applications in the columns of bids; cost is shown, so it is also believed."""
    n = members.size
    return Bids(
        position=members,
        supplier=market.supplier[members],
        uid=market.uid[members],
        price=price,
        cost=cost[members],
        estimate=cost[members],
        quality=quality[members],
        claim_month=np.zeros(n),
        deliverable_month=np.zeros(n),
        cost_of_bidding=np.full(n, day_pence, dtype=np.int64),
        score=np.zeros(n),
        won=np.ones(n, dtype=np.bool_),
    )
