"""What firms promise beyond the service itself, and what they will in truth do.

*Deliverable* social value follows from where a firm employs, buys and pays, valued at proxies per
pound as the National TOMs do. *Claimed* value is that times an inflation that grows with skill at
claiming, shrinks with honesty, and is deterred by the part of a gap that is found and remedied.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import bidding
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.interface import Float64, Int64, Market, Need


def deliverable_value(
    units_month: Float64, labour: Float64, market: Market, begins: Int64, a: Assumptions
) -> Float64:
    """Return the social value that each firm would deliver by being what it is.

    Proxies are per pound of the need: local staff on the labour share, local purchases on the
    rest, and pay above the Real Living Wage.

    Parameters
    ----------
    units_month, labour : float64[m]
        Units a month of each need, and the labour share of its cost.
    market : Market
        The firms of all needs, end to end.
    begins : int64[m + 1]
        Need i has the firms `begins[i] : begins[i + 1]`.
    a : Assumptions

    Returns
    -------
    float64[n]
        Pence a month, none negative.
    """
    value = np.empty(market.size)
    bidding.add_for_place(
        market, begins, a["claim.per_local_pay"] * labour,
        a["claim.per_local_purchase"] * (1.0 - labour), a["claim.per_pay_premium"] * labour,
        PENCE_A_UNIT * units_month, value,
    )  # fmt: skip
    return value


def deliverable_for(need: Need, market: Market, a: Assumptions) -> Float64:
    """Return the same for the firms of one need: float64[n], pence a month."""
    units, labour = np.array([[need.units_month], [need.labour_share]])
    return deliverable_value(units, labour, market, np.array([0, market.size]), a)


def claimed_value(
    deliverable: Float64, market: Market, checked: Float64, a: Assumptions
) -> Float64:
    """Return the social value that each firm writes into its bid.

    claimed = deliverable x (1 + most x skill x (1 - honesty) x (1 - deterrence x checked)).

    Parameters
    ----------
    deliverable : float64[n]
        Pence a month.
    market : Market
    checked : float64[n]
        Share of promises checked times the share of a found gap that is claimed back.
    a : Assumptions

    Returns
    -------
    float64[n]
        Pence a month, never below what is deliverable.
    """
    deterred = np.maximum(1.0 - a["claim.deterrence"] * checked, 0.0)
    inflation = a["claim.inflation"] * deterred * market.claim_skill * (1.0 - market.honesty)
    return deliverable * (1.0 + inflation)
