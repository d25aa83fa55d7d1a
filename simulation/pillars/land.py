"""Land and assets: let premises are bought from owners elsewhere and held in trust for the place.

A community land trust keeps the rent in the place and lets below the market. The council pays the
market price, and passes the freehold on for nothing or keeps it and grants a ground lease. Either
is a disposal for less than the best consideration unless the lease is short (Local Government Act
1972 s. 123), at an undervalue that the law allows up to a limit.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import worth_of_term

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]

MONTHS = 12


class Tenure(NamedTuple):
    """A way to pass premises on: the undervalue of each, int64[n], and the most allowed [pence]."""

    undervalue: Int64
    most: int


def price_of(rent_month: Int64, years_purchase: float) -> Int64:
    """Return what let premises cost: a year's rent times the years' purchase [pence]."""
    price: Int64 = np.rint(rent_month * (MONTHS * years_purchase)).astype(np.int64)
    return price


def lease_undervalue(
    rent_month: Int64, ground_share: float, years_purchase: float, years: int
) -> Int64:
    """Return what a lease is worth beyond the ground rent that is paid for it [pence].

    (market rent - ground rent) a year, for the years of the term, at the market's yield: the
    longer the term, the nearer a lease at a peppercorn comes to the price of the freehold.

    Parameters
    ----------
    rent_month : int64[n]
        Market rent [pence].
    ground_share : float
        Ground rent as a part of it.
    years_purchase : float
        Price over a year's rent; the yield is its inverse.
    years : int
        Term.
    """
    worth = worth_of_term(years_purchase, years)
    forgone = rent_month * (MONTHS * (1.0 - ground_share) * worth)
    undervalue: Int64 = np.rint(forgone).astype(np.int64)
    return undervalue


def on_lease(before: int, share: float) -> bool:
    """Say whether the next premises are leased, so that of any first n there are n x share."""
    return int((before + 1) * share) > int(before * share)


def bought(
    price: Int64, purse: int, given: Tenure, leased: Tenure, before: int, share: float
) -> tuple[Int64, Bool]:
    """Return the positions of premises that a purse buys, in the order given, and which it leases.

    Parameters
    ----------
    price : int64[n]
        None below nothing [pence].
    purse : int
        Money that lies ready [pence].
    given, leased : Tenure
        To pass each on as a freehold, and on a ground lease.
    before : int
        How many were bought before.
    share : float
        Part of all that is to be leased.

    Returns
    -------
    int64[k]
        What is too dear for what is left, or may not be passed on as its turn says, is passed over.
    bool[k]
        Whether the freehold is kept and a lease granted.
    """
    left, chosen, kept = purse, list[int](), list[bool]()
    for position in np.flatnonzero((price > 0) & (price <= purse)).tolist():
        lease = on_lease(before + len(chosen), share)
        tenure = leased if lease else given
        if price[position] <= left and tenure.undervalue[position] <= tenure.most:
            left -= int(price[position])
            chosen.append(position)
            kept.append(lease)
    return np.array(chosen, dtype=np.int64), np.array(kept, dtype=np.bool_)
