"""Co-operative life: who the members are, what their rules are, and how they would vote.

One member, one vote; the voter in the middle decides (Black 1948). A worker weighs a pound paid now
against what a pound in the common reserve earns while she stays, since she takes none of it along
(Furubotn and Pejovich 1970, the horizon problem). Members keep newcomers out where that pays them
more than their solidarity is worth (Ben-Ner 1984, degeneration).
"""

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]


class CoopKind(IntEnum):
    """Who the members are: the staff, those who buy, or both in two classes of half the votes."""

    WORKER = 1
    CONSUMER = 2
    MULTI = 3


class Life(NamedTuple):
    """The rules of a co-operative beside its split of surplus. The defaults are nulls.

    Attributes
    ----------
    kind : CoopKind
    vote : float
        How far members decide on their part of the surplus: 0 by charter, 1 by vote.
    least_reserve : float
        Part of the surplus that no vote can take from the reserve.
    concern : float
        Part of the surplus given to the community first (concern for community).
    nonmembers : float
        Most of the staff who may be kept out of membership.
    solidarity : float
        What members on average would forgo to admit others, as a part of pay.
    steady : float
        Part of dismissals that it avoids while reserve and cash last.
    pay_flex : float
        Part of the cost of those it keeps on that members bear by shorter paid hours.
    demutualise : bool
        Whether members may sell it; no asset lock may stand against it.
    """

    kind: CoopKind = CoopKind.WORKER
    vote: float = 0.0
    least_reserve: float = 0.0
    concern: float = 0.0
    nonmembers: float = 0.0
    solidarity: float = 0.0
    steady: float = 0.0
    pay_flex: float = 0.0
    demutualise: bool = False

    @property
    def workers_part(self) -> float:
        """Workers' part of what members get; patrons have the rest."""
        return {CoopKind.WORKER: 1.0, CoopKind.CONSUMER: 0.0}.get(self.kind, 0.5)


PLAIN = Life()


def life_of(number: Callable[[str], float], sale: str = "") -> Life:
    """Read the rules of a co-operative by their names.

    Parameters
    ----------
    number : callable
        Gives the number of a name.
    sale : str
        Name of the number above nothing that lets members sell; without it they may not.
    """
    return Life(
        kind=CoopKind(round(number("kind"))),
        vote=number("vote"),
        least_reserve=number("least_reserve"),
        concern=number("concern"),
        nonmembers=number("nonmembers"),
        solidarity=number("solidarity"),
        steady=number("steady"),
        pay_flex=number("pay_flex"),
        demutualise=sale != "" and number(sale) > 0.0,
    )


def worth_of_income(years: Float64, rate: float) -> Float64:
    """Return today's worth of a pound a year until one leaves: years / (1 + rate x years).

    Parameters
    ----------
    years : float64[n]
        How long each expects to stay, with the same chance of leaving every year.
    rate : float
        Discount rate a year.

    Returns
    -------
    float64[n]
        [years]
    """
    worth: Float64 = years / (1.0 + rate * years)
    return worth


def ideal_part(years: Float64, rate: float, yearly: float) -> Float64:
    """Return the part of the surplus that each member would have paid out now.

    Preferences are p x (1 - p)^v, v the worth of what a pound in the reserve earns a member, so the
    best part is 1 / (1 + v): all of it for whom leaves at once.

    Parameters
    ----------
    years, rate
        See `worth_of_income`.
    yearly : float
        What a pound in the reserve earns members in a year.
    """
    part: Float64 = 1.0 / (1.0 + yearly * worth_of_income(years, rate))
    return part


def middle(wishes: Float64, votes: Float64 | None = None) -> float:
    """Return the wish of the voter in the middle, the lower of two; somebody votes.

    Parameters
    ----------
    wishes : float64[n]
    votes : float64[n] or None
        Votes of each; None for one each.
    """
    order = np.argsort(wishes, kind="stable")
    upto = np.cumsum(np.ones(wishes.size) if votes is None else votes[order])
    return float(wishes[order[np.searchsorted(2.0 * upto, upto[-1])]])


def votes_by_use(use: Float64, part: float, most: float) -> Float64:
    """Return each member's part of the votes, some of which go by use and the rest by head.

    Parameters
    ----------
    use : float64[n]
        What each has paid; where nobody has, all votes go by head.
    part : float
        Part of the votes that goes by use; 0 is one member, one vote.
    most : float
        Most of the votes that one member has by use; never less than an equal part. What is above
        it is the others', in the proportion of theirs.

    Returns
    -------
    float64[n]
        They make up 1.
    """
    whole, equal = float(use.sum()), 1.0 / max(use.size, 1)
    by_use = use / whole if whole > 0.0 else np.full(use.size, equal)
    votes: Float64 = (1.0 - part) * equal + part * by_use
    cap, held = max(most, equal), np.zeros(use.size, dtype=np.bool_)
    for _ in range(use.size):
        above = (votes > cap) & ~held
        if not above.any():
            break
        held |= above
        others = ~held
        votes[held] = cap
        left, theirs = 1.0 - cap * int(held.sum()), float(votes[others].sum())
        votes[others] *= left / theirs if theirs > 0.0 else 0.0
    return votes


def admitted(staff: int, members: int, cap: float, *, admit: bool) -> int:
    """Return how many of the staff who are not members become members.

    Parameters
    ----------
    staff, members : int
        All who work there; those of them who are members already.
    cap : float
        Most of the staff who may be kept out.
    admit : bool
        Whether the members voted to admit newcomers.
    """
    outside = staff - members
    return outside if admit else max(outside - int(cap * staff), 0)


def would_admit(
    dividend: int, pay: int, members: int, outside: int, solidarity: Float64,
    votes: Float64 | None = None,
) -> bool:  # fmt: skip
    """Say whether most members would rather share the surplus than keep others out.

    Parameters
    ----------
    dividend, pay : int
        What members got in a year, and a member's pay, or sales, in a year [pence].
    members, outside : int
        Members, and staff who are not; at least one newcomer is thought of.
    solidarity : float64[members]
        Part of pay that each would forgo.
    votes : float64[members] or None
        Votes of each; None for one each.
    """
    if members == 0:
        return True
    gain = dividend / members - dividend / (members + max(outside, 1))
    has = np.ones(members) if votes is None else votes
    return 2.0 * float(has[gain <= solidarity * pay].sum()) >= float(has.sum())


def would_sell(payout: float, yearly: float, years: Float64, rate: float, majority: float) -> bool:
    """Say whether enough members would rather be paid out than stay members.

    Parameters
    ----------
    payout, yearly : float
        What each gets if it is sold, and what each got in the last year [pence].
    years, rate
        See `worth_of_income`.
    majority : float
        Part of all members that is needed.
    """
    if years.size == 0:
        return False
    for_it = payout > yearly * worth_of_income(years, rate)
    return int(for_it.sum()) >= majority * years.size


def spared_by(spent: float, half: float) -> float:
    """Return what shared services spare, over what they spare at the usual spending.

    (1 + half) x spent / (spent + half): each further pound spares less than the one before.

    Parameters
    ----------
    spent : float
        Spending on services per pound of members' sales, over the usual.
    half : float
        Spending at which half is spared of what could ever be; at 0 any spending spares the same.
    """
    return (1.0 + half) * spent / (spent + half) if half > 0.0 else 1.0


def ideal_charge(spares: Float64, costs: float, half: float) -> Float64:
    """Return the charge that is best for each member, over the usual one.

    Most of spares x `spared_by` (x) - costs x x: the square root of spares x half x (1 + half) /
    costs, less half.

    Parameters
    ----------
    spares : float64[n]
        What the usual charge spares each, per pound of its sales.
    costs : float
        What of the usual charge does not come back, per pound of sales; above 0.
    half : float
        See `spared_by`.

    Returns
    -------
    float64[n]
        None below 0.
    """
    best: Float64 = np.sqrt(spares * (half * (1.0 + half) / costs)) - half
    return np.maximum(best, 0.0)
