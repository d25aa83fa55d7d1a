"""Who hears of a tender at all: neighbours, incumbents, those with a bid team, those called.

A firm that does not know cannot bid; engagement and portals widen the circle. Source: Federation
of Small Businesses surveys name finding opportunities among the first barriers.
"""

from collections.abc import Sequence

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.kernels import canvassing
from simulation.kernels.canvassing import OPEN_GATE, Gate, Notices
from simulation.procurement.docket import Docket, Screen
from simulation.procurement.interface import Float64, Market
from simulation.procurement.luck import keys_and_month
from simulation.streams import Purpose


def reach_of(docket: Docket, a: Assumptions) -> Float64:
    """Return how many firms the notice of each need reaches on average: float64[m].

    Engagement widens the reach; and one tender's own factor between 1 - spread and 1 + spread says
    that some notices go round and others do not.
    """
    engagement = docket.asked("engagement")
    reach = a["tender.reach"] * (1.0 + a["tender.reach_by_engagement"] * engagement)
    spread = a["tender.reach_spread"]
    if spread > 0.0:
        reach *= 1.0 + spread * (2.0 * docket.shared(Purpose.REACH) - 1.0)
    return reach


def records_of(market: Market, gate: Gate) -> Float64:
    """Return the observed record of each firm of a market, by the weights of a gate: float64[n]."""
    out = np.empty(market.size)
    canvassing.records(market, gate, out)
    return out


def notices_of(
    docket: Docket, screens: Sequence[tuple[Screen | None, int]], a: Assumptions, *, outside: bool
) -> tuple[Notices, Float64]:
    """Write the notices of a docket.

    A notice reaches a number of firms on average, whatever the size of the market: P = reach x
    weight / sum of weights, at most 1, over the firms with any capacity free (the rest is not
    looking). The weight rises from near to far suppliers as the register says, and with the skill
    of a bid team, which watches the portals. An incumbent always knows.

    Parameters
    ----------
    docket : Docket
        Its lucks are those of `luck_of`, in one month.
    screens : sequence of (Screen, int)
        Of how many needs in turn; None where all candidates are looked for, able or not.
    a : Assumptions
    outside : bool
        Whether those who serve a need now are passed over.

    Returns
    -------
    Notices
    float64[m]
        The quality that each award makes it pay to promise.
    """
    keys, month = keys_and_month(docket.lucks)
    rules = [
        (*OPEN_GATE, 0.0, 0.0) if screen is None else (*screen.gate, screen.best, 1.0)
        for screen, _ in screens
    ]
    sizes = [size for _, size in screens]
    least, place, employment, reputation, best, able = np.array(rules).T.repeat(sizes, axis=1)
    carry = [np.zeros(size) if screen is None else screen.carry for screen, size in screens]
    notices = Notices(
        reach=reach_of(docket, a),
        near=a["tender.weight_near"],
        distant=a["tender.weight_far"],
        by_skill=a["tender.weight_skill"],
        seeds=keys.view(np.uint64),
        purpose=streams.word(Purpose.BID_KNOWS),
        month=streams.word(month),
        carry=np.concatenate(carry),
        floor=a["award.quality_floor"],
        gate=Gate(least, place, employment, reputation),
        screens=able > 0.0,
        outside=outside,
    )
    return notices, best
