"""Land and assets: let premises are bought from owners elsewhere and held in trust for the place.

A community land trust keeps the rent in the place and lets below the market. The council pays the
market price and passes the freehold on for nothing, an undervalue that the law allows up to a limit
(best consideration, Local Government Act 1972 s. 123).
"""

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]

MONTHS = 12


def price_of(rent_month: Int64, years_purchase: float) -> Int64:
    """Return what let premises cost: a year's rent times the years' purchase [pence]."""
    price: Int64 = np.rint(rent_month * (MONTHS * years_purchase)).astype(np.int64)
    return price


def bought(price: Int64, purse: int, limit: int) -> Int64:
    """Return the positions of premises that a purse buys, in the order given.

    Parameters
    ----------
    price : int64[n]
        None below nothing [pence].
    purse, limit : int
        Money that lies ready, and the dearest that the law lets pass on [pence].

    Returns
    -------
    int64[k]
        What is too dear for what is left is passed over.
    """
    left, chosen = purse, []
    for position in np.flatnonzero((price > 0) & (price <= min(purse, limit))).tolist():
        if price[position] <= left:
            left -= int(price[position])
            chosen.append(position)
    return np.array(chosen, dtype=np.int64)
