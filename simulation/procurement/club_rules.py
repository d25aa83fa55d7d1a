"""The economics of a club: a cost carried once and shared by all who use it.

A club good (Buchanan 1965; Cornes and Sandler 1996): the more who share a fixed cost, the less
each pays, until they get in each other's way. Members stay only while membership is worth more
to them than going alone, and each has one vote on the margin that suppliers may add.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.procurement.interface import Float64, Int64
from simulation.procurement.rolls import add_up, laid_end_to_end

if TYPE_CHECKING:
    from simulation.procurement.club_stakes import Stakes


@dataclass(frozen=True, slots=True)
class ClubState:
    """What a club knows of itself. Rows are its supplying members, in the arrangement's order.

    `use` is each member's private use of the shared assets and `council_use` the council's, in
    units a month; `fixed_units` the fixed cost a month, in pounds' worth; `outside_price` what
    the council believes it would pay per unit without the club. `grown` says that the need grew
    since the members last met, who then admit others before they judge. `stakes` is what members
    have put in beside their trade, None where the rules know no stakes. `put_in` is what assets
    that the council gave stand for a month, in pounds' worth; the fixed cost is without it.
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
    stakes: "Stakes | None" = None
    put_in: float = 0.0


@dataclass(frozen=True, slots=True)
class Clubs:
    """Many clubs at once: `m` of them with `n` members in all; see `ClubState` for the columns.

    Club i has the members `begins[i] : begins[i + 1]`; `owner` is the club of each member. `extra`
    is what members' stakes add to the fixed cost.
    """

    begins: Int64
    owner: Int64
    margin: Float64
    fixed_units: Float64
    council_use: Float64
    outside_price: Float64
    use: Float64
    variable_cost: Float64
    extra: Float64 | float = 0.0
    put_in: Float64 | float = 0.0

    @property
    def sizes(self) -> Int64:
        """Number of supplying members of each club."""
        return np.diff(self.begins)

    def fee(self) -> Float64:
        """Return each club's fee per unit of use."""
        used = add_up(self.use, self.begins)
        fee: Float64 = share_of_cost(self.fixed_units + self.extra, self.council_use, used)
        return fee

    def crowding(self, headroom: float, congestion: float) -> Float64:
        """Return each club's factor on variable cost; see `crowding`."""
        used = add_up(self.use, self.begins)
        factor: Float64 = crowded(self.council_use, used, headroom, congestion)
        return factor


def clubs_of(states: Sequence[ClubState]) -> Clubs:
    """Write clubs in columns."""
    begins, owner = laid_end_to_end([state.use.size for state in states])
    ruled = [(s.margin, s.fixed_units, s.council_use, s.outside_price) for s in states]
    margin, fixed_units, council_use, outside_price = np.array(ruled, dtype=np.float64).T.copy()
    return Clubs(
        begins=begins,
        owner=owner,
        margin=margin,
        fixed_units=fixed_units,
        council_use=council_use,
        outside_price=outside_price,
        use=np.concatenate([state.use for state in states]),
        variable_cost=np.concatenate([state.variable_cost for state in states]),
        put_in=np.array([state.put_in for state in states]),
    )


def share_of_cost(fixed_units: Any, council_use: Any, used: Any) -> Any:
    """Share the fixed cost over all use of the assets, the council's and the members' together."""
    return fixed_units / np.maximum(council_use + used, 1e-9)


def crowded(council_use: Any, used: Any, headroom: float, congestion: float) -> Any:
    """Return the factor on variable cost where use exceeds `headroom` times the council's.

    1 + congestion x max(use / (headroom x council use) - 1, 0).
    """
    load = (council_use + used) / np.maximum(headroom * council_use, 1e-9)
    return 1.0 + congestion * np.maximum(load - 1.0, 0.0)


def fee_per_unit(fixed_units: float, council_use: float, use: Float64) -> float:
    """Share one club's fixed cost over all use of the assets.

    Returns
    -------
    float
        Fee per unit of use, in prices per unit; the whole fixed cost falls on the users.
    """
    return float(share_of_cost(fixed_units, council_use, float(use.sum())))


def crowding(council_use: float, use: Float64, headroom: float, congestion: float) -> float:
    """Return one club's factor on variable cost; see `crowded`."""
    return float(crowded(council_use, float(use.sum()), headroom, congestion))


def vote_on_margin(wishes: Float64, council_wish: float = 0.0) -> float:
    """Settle the margin by one member, one vote: the (lower) median wish, the council's included.

    The median voter wins against any other proposal when wishes are single-peaked (Black 1948).
    """
    ballots = np.sort(np.append(wishes, council_wish), kind="stable")
    return float(ballots[(ballots.size - 1) // 2])


def worth_of_membership(
    clubs: Clubs,
    units: Float64,
    standalone_share: float,
    dues_units: float,
    by_stakes: Float64 | float = 0.0,
) -> Float64:
    """Return what a month of membership gains each supplier, in pounds' worth.

    margin on what it sells + what sharing saves on its own use + gain from stakes - dues.

    Parameters
    ----------
    clubs : Clubs
    units : float64[n]
        Units sold to the council a month.
    standalone_share : float
        Cost per unit of having such assets alone.
    dues_units : float
        Monthly dues beyond the fee.
    by_stakes : float64[n] or float
        What contributing assets gains each.
    """
    sold = clubs.margin[clubs.owner] * clubs.variable_cost * units
    saved: Float64 = (standalone_share - clubs.fee()[clubs.owner]) * clubs.use
    return sold + saved - dues_units + by_stakes


def effective_price(
    clubs: Clubs, shares: Float64, factor: Float64, upkeep_share: float = 0.0
) -> Float64:
    """Return what a unit costs each club's council: rule price of supply, its fee, and upkeep.

    `upkeep_share` is what keeping up the assets that it gave costs it, as a part of their cost.
    """
    total = np.maximum(add_up(shares, clubs.begins), 1e-9)
    supply = add_up(shares * clubs.variable_cost, clubs.begins) / total
    price: Float64 = supply * factor * (1.0 + clubs.margin) + clubs.fee()
    kept_up: Float64 = upkeep_share * clubs.put_in / np.maximum(clubs.council_use, 1e-9)
    return price + kept_up


def endings(
    rules: Mapping[str, float], clubs: Clubs, needed: Float64, shares: Float64, capacity: Float64
) -> list[str]:
    """Say why each club cannot go on, or nothing.

    Parameters
    ----------
    rules : mapping
        Parameters of `cooperative_membership` by short name.
    clubs : Clubs
    needed : float64[m]
        Units a month that each council needs.
    shares, capacity : float64[n]
        Of each member: its part of the trade, and the units a month that it can serve.
    """
    few = clubs.sizes < int(rules["fewest_members"])
    small = add_up(capacity, clubs.begins) < rules["least_scale"] * needed
    factor = clubs.crowding(rules["headroom"], rules["congestion"])
    price = effective_price(clubs, shares, factor, rules["council_upkeep"])
    dear = price > clubs.outside_price * (1.0 + rules["tolerance"])
    said: list[str] = np.select(
        [few, small, dear],
        [
            "fewer members than the rules require",
            "members' capacity below the minimum scale",
            "dearer to the council than going alone",
        ],
        "",
    ).tolist()
    return said
