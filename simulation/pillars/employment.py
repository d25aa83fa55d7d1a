"""Fair employment: whose pay is raised to a Real Living Wage with the money that there is.

A living wage place in small: employers are taken in one after another as long as the money lasts,
and are paid what the rise costs them for as long as they are supported. After the accreditation of
the Living Wage Foundation; that a council pays for it is a lever of ours.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]


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
        The longest run from the first on for which both reach.
    """
    lasts: Bool = (np.cumsum(cost_month) <= room_month) & (np.cumsum(cost_month + once) <= purse)
    return lasts


def raised(wage_pence: Any, floor_pence: int) -> Any:
    """Return pay with a floor under it [pence a month]."""
    return np.maximum(wage_pence, floor_pence)


def better(quality: Any, rise: Any, per_rise: float) -> Any:
    """Return quality after a rise of mean pay: quality x (1 + per_rise x rise)."""
    return quality * (1.0 + per_rise * rise)


def more_local(resident_share: Any, part: float) -> Any:
    """Return the residents' share of vacancies when part of the commuters' goes to residents."""
    return resident_share + part * (1.0 - resident_share)
