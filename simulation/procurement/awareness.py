"""Who hears of a tender at all: neighbours, incumbents, those with a bid team, those called.

A firm that does not know cannot bid; engagement and portals widen the circle. Source: Federation
of Small Businesses surveys name finding opportunities among the first barriers.
"""

from dataclasses import replace

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import candidates
from simulation.procurement.docket import Docket
from simulation.streams import Purpose


def heard(docket: Docket, a: Assumptions) -> Docket:
    """Return a docket after its notices have gone round.

    A notice reaches a number of firms on average, whatever the size of the market: P = reach x
    weight / sum of weights, at most 1, over the firms with any capacity free (the rest is not
    looking). The weight rises from near to far suppliers as the register says, and with the skill
    of a bid team, which watches the portals; engagement widens the reach; and one tender's own
    factor between 1 - spread and 1 + spread says that some notices go round and others do not. An
    incumbent always knows.

    Parameters
    ----------
    docket : Docket
        Each need says how far its buyer reaches out.
    a : Assumptions

    Returns
    -------
    Docket
        With `market.knows` drawn.
    """
    market, engagement = docket.market, docket.asked("engagement")
    reach = a["tender.reach"] * (1.0 + a["tender.reach_by_engagement"] * engagement)
    spread = a["tender.reach_spread"]
    if spread > 0.0:
        reach *= 1.0 + spread * (2.0 * docket.shared(Purpose.REACH) - 1.0)
    knows = np.empty(market.size, dtype=np.bool_)
    candidates.hear(
        market, docket.begins, docket.uniform(Purpose.BID_KNOWS), reach, a["tender.weight_near"],
        a["tender.weight_far"], a["tender.weight_skill"], np.empty(market.size), knows,
    )  # fmt: skip
    return replace(docket, market=market._replace(knows=knows))
