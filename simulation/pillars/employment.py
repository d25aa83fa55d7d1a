"""Fair employment: whose pay and hours are raised with the money that there is.

A living wage place in small: employers are taken in one after another as long as the money lasts,
and are paid what the rise costs them for as long as they are supported. Part of low-paid jobs have
fewer hours than a full week, and none for certain; who is supported guarantees hours. After the
Real Living Wage and the Living Hours of the Living Wage Foundation; that a council pays for them is
a lever of ours.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]


class Hours(NamedTuple):
    """Hours of low-paid jobs.

    Attributes
    ----------
    part : float
        Part of them that are on short hours.
    before, after : float
        Paid hours of such a job, as a share of a full week: as they are, and as guaranteed.
    """

    part: float
    before: float
    after: float

    @property
    def kept(self) -> "Hours":
        """The same once they are guaranteed."""
        return self._replace(before=self.after)


def hours_of(part: float, missing: float, guaranteed: float) -> Hours:
    """Return the hours of low-paid jobs.

    Parameters
    ----------
    part : float
        Part of them that are on short hours.
    missing : float
        Hours that such a job lacks of a full week, a share of it below one.
    guaranteed : float
        Part of those that a supported employer guarantees.
    """
    return Hours(part, 1.0 - missing, 1.0 - missing * (1.0 - guaranteed))


def taken_in(cost_month: Int64, once: Int64, room_month: int, purse: int) -> Bool:
    """Say which employers can be supported from now on, in the order given.

    Parameters
    ----------
    cost_month, once : int64[n]
        What each costs a month, and once on being taken in [pence].
    room_month, purse : int
        Money a month that is not spoken for, and money that lies ready [pence].

    Returns
    -------
    bool[n]
        Who is too dear alone is passed over; of the others the longest run from the first on for
        which both reach.
    """
    first = cost_month + once
    within = (cost_month <= room_month) & (first <= purse)
    a_month, at_once = np.cumsum(np.where(within, cost_month, 0)), np.cumsum(first * within)
    lasts: Bool = within & (a_month <= room_month) & (at_once <= purse)
    return lasts


def raised(wage_pence: Any, floor_pence: Any, short: Any, hours: Hours) -> Any:
    """Return low pay with a floor under it, and with the hours that are guaranteed.

    The floor is a wage an hour, so a job of fewer hours has a lower one: pay of a full week is
    max(pay, floor), of a short one max(pay x after / before, floor x after).

    Parameters
    ----------
    wage_pence : int64[n]
        Pay a month, or all pay of some jobs [pence].
    floor_pence : int or int64[n]
        The floor under full-time pay of as many jobs [pence].
    short : bool[n] or float
        Whose hours are short; or the part of jobs whose are.
    hours : Hours

    Returns
    -------
    int64[n]
        [pence]; pay at or above the floor is as it was.
    """
    full = np.maximum(wage_pence, floor_pence)
    made = np.maximum(wage_pence * (hours.after / hours.before), floor_pence * hours.after)
    pay = np.where(wage_pence < floor_pence, full + short * (made - full), wage_pence)
    return np.rint(pay).astype(np.int64)


def better(quality: Any, rise: Any, per_rise: float, steady: Any, per_steady: float) -> Any:
    """Return quality once fewer staff leave: quality x (1 + per_rise x rise + per_steady x steady).

    The rise is of mean pay, `steady` the share of jobs whose hours have become certain.
    """
    return quality * (1.0 + per_rise * rise + per_steady * steady)


def more_local(resident_share: Any, part: float) -> Any:
    """Return the residents' share of vacancies when part of the commuters' goes to residents."""
    return resident_share + part * (1.0 - resident_share)
