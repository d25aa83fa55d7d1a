"""How evenly something is shared: the Gini coefficient, and what a part of the households holds.

From bins of households, ordered from the poorest bin to the richest. Within a bin all are taken as
equal, so a Gini of some 200 bins is a little too low (by less than 0.001 in a usual income curve).
"""

import numpy as np
from numpy.typing import NDArray

from simulation.measures.measure import Undefined

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


def poorest_first(households: Int64, pence: Int64) -> tuple[Float64, Float64]:
    """Order bins by their mean, float64[n_bins] each; empty bins are left out.

    Raises
    ------
    Undefined
        When there is no household.
    """
    some = households > 0
    if not some.any():
        raise Undefined("no households in the place")
    n, sums = households[some].astype(np.float64), pence[some].astype(np.float64)
    order = np.argsort(sums / n, kind="stable")
    return n[order], sums[order]


def gini(households: Int64, pence: Int64) -> float:
    """Return the Gini coefficient of binned amounts (Gini 1912), by the trapezoid rule.

    Parameters
    ----------
    households : int64[n_bins]
        Households in each bin.
    pence : int64[n_bins]
        What they have together [pence].

    Returns
    -------
    float
        0 where all have the same; near 1 where one has all.

    Raises
    ------
    Undefined
        When there is no household or nothing to share.
    """
    n, sums = poorest_first(households, pence)
    total = float(sums.sum())
    if total <= 0:
        raise Undefined("there is nothing to share")
    lorenz = np.cumsum(sums) / total
    below = np.concatenate(([0.0], lorenz[:-1]))
    return float(1.0 - (n * (lorenz + below)).sum() / n.sum())


def held_between(households: Int64, pence: Int64, low: float, high: float) -> tuple[float, float]:
    """Return households and pence between two quantiles, a bin that straddles one being cut.

    Parameters
    ----------
    low, high : float
        Shares of all households, counted from the poorest, 0 <= low < high <= 1.
    """
    n, sums = poorest_first(households, pence)
    upper = np.cumsum(n)
    lower = upper - n
    total = upper[-1]
    inside = np.minimum(upper, high * total) - np.maximum(lower, low * total)
    part = np.maximum(inside, 0.0)
    return float(part.sum()), float((sums * part / n).sum())


def median(households: Int64, pence: Int64) -> float:
    """Return what the middle household has, the mean of its bin [pence]."""
    n, sums = poorest_first(households, pence)
    middle = int(np.searchsorted(np.cumsum(n), n.sum() / 2))
    return float(sums[middle] / n[middle])
