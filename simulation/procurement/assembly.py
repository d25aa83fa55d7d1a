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


def middle(wishes: Float64) -> float:
    """Return the wish of the voter in the middle, the lower of two; somebody votes."""
    return float(np.sort(wishes, kind="stable")[(wishes.size - 1) // 2])


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


def would_admit(dividend: int, pay: int, members: int, outside: int, solidarity: Float64) -> bool:
    """Say whether most members would rather share the surplus than keep others out.

    Parameters
    ----------
    dividend, pay : int
        What members got in a year, and a member's pay in a year [pence].
    members, outside : int
        Members, and staff who are not; at least one newcomer is thought of.
    solidarity : float64[members]
        Part of pay that each would forgo.
    """
    if members == 0:
        return True
    gain = dividend / members - dividend / (members + max(outside, 1))
    return 2 * int((gain <= solidarity * pay).sum()) >= members


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
