"""The economics of a club: a cost carried once and shared by all who use it.

A club good (Buchanan 1965; Cornes and Sandler 1996): the more who share a fixed cost, the less
each pays, until they get in each other's way. Members stay only while membership is worth more
to them than going alone, and each has one vote on the margin that suppliers may add.
"""

from dataclasses import dataclass

import numpy as np

from simulation.procurement.interface import Float64


@dataclass(frozen=True, slots=True)
class ClubState:
    """What a club knows of itself. Rows are its supplying members, in the arrangement's order.

    `use` is each member's private use of the shared assets and `council_use` the council's, in
    units a month; `fixed_units` the fixed cost a month, in pounds' worth; `outside_price` what
    the council believes it would pay per unit without the club. `grown` says that the need grew
    since the members last met, who then admit others before they judge.
    """

    margin: float
    fixed_units: float
    council_use: float
    use: Float64
    variable_cost: Float64
    outside_price: float
    founded: int
    paid_in: bool = False
    grown: bool = False


def fee_per_unit(fixed_units: float, council_use: float, use: Float64) -> float:
    """Share the fixed cost over all use of the assets.

    Returns
    -------
    float
        Fee per unit of use, in prices per unit; the whole fixed cost falls on the users.
    """
    return fixed_units / max(council_use + float(use.sum()), 1e-9)


def crowding(council_use: float, use: Float64, headroom: float, congestion: float) -> float:
    """Return the factor on variable cost where use exceeds `headroom` times the council's.

    1 + congestion x max(use / (headroom x council use) - 1, 0).
    """
    load = (council_use + float(use.sum())) / max(headroom * council_use, 1e-9)
    return 1.0 + congestion * max(load - 1.0, 0.0)


def vote_on_margin(wishes: Float64, council_wish: float = 0.0) -> float:
    """Settle the margin by one member, one vote: the (lower) median wish, the council's included.

    The median voter wins against any other proposal when wishes are single-peaked (Black 1948).
    """
    ballots = np.sort(np.append(wishes, council_wish), kind="stable")
    return float(ballots[(ballots.size - 1) // 2])


def worth_of_membership(
    state: ClubState, units: Float64, standalone_share: float, dues_units: float
) -> Float64:
    """Return what a month of membership gains each supplier, in pounds' worth.

    margin on what it sells + what sharing saves on its own use - dues.

    Parameters
    ----------
    state : ClubState
    units : float64[k]
        Units sold to the council a month.
    standalone_share : float
        Cost per unit of having such assets alone.
    dues_units : float
        Monthly dues beyond the fee.
    """
    fee = fee_per_unit(state.fixed_units, state.council_use, state.use)
    sold = state.margin * state.variable_cost * units
    return sold + (standalone_share - fee) * state.use - dues_units


def effective_price(state: ClubState, shares: Float64, factor: float) -> float:
    """Return what a unit costs the council: rule price of supply plus its fee."""
    total = max(float(shares.sum()), 1e-9)
    supply = float((shares * state.variable_cost).sum()) / total
    fee = fee_per_unit(state.fixed_units, state.council_use, state.use)
    return supply * factor * (1.0 + state.margin) + fee
