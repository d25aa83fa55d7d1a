"""Puts rows in an order that their place in a table cannot change: by a value, ties by identity."""

import numpy as np

from simulation.economy.columns import Float64, Int64
from simulation.kernels.ordering import order_by


def ranked(value: Float64, uid: Int64) -> Int64:
    """Return rows by rising value, int64[n]; ties, which draws hardly ever have, by rising uid."""
    order = order_by(value).astype(np.int64)
    risen = value[order]
    if bool((risen[1:] > risen[:-1]).all()):
        return order
    return np.lexsort((uid, value))
