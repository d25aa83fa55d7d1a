"""Whole things in fair shares: how many of a hundred go to each, with none lost or made.

The largest remainder (Hare-Niemeyer) rule for small lists, cumulative rounding for long ones.
Sums of fractions are taken in the order of the list, so they are the same on every machine.
"""

import numpy as np
from numpy.typing import ArrayLike

from scenarios.errors import InputError
from simulation.economy.columns import Float64, Int32, Int64
from simulation.kernels.scales import CUM_ONE


class TooManyEdgesError(InputError):
    """Raised for a network with more edges than their numbers can count."""

    def __init__(self, edges: int) -> None:
        super().__init__(
            f"A network would have {edges} edges; wanted no more than 2**31 - 1. Lower the edges "
            "a payer has (`network.*` of the register), or let fewer areas be agents."
        )
        self.edges = edges

    def __reduce__(self) -> tuple[type, tuple[int]]:
        return type(self), (self.edges,)


def total(values: ArrayLike) -> float:
    """Add fractions in the order given (numpy's own sum changes its order with the processor)."""
    column = np.asarray(values, dtype=np.float64).ravel()
    return float(np.cumsum(column)[-1]) if column.size else 0.0


def row_totals(matrix: Float64) -> Float64:
    """Add fractions along the last axis, in order."""
    out: Float64 = np.cumsum(matrix, axis=-1)[..., -1]
    return out


def largest_remainder(whole: int, weights: ArrayLike) -> Int64:
    """Split a whole number in proportion to weights.

    Parameters
    ----------
    whole : int
        What is split, not negative.
    weights : float64[n]
        None negative; where all are zero nothing is given.

    Returns
    -------
    int64[n]
        Summing to `whole`; the largest remainders are rounded up, ties to the first.
    """
    share = np.asarray(weights, dtype=np.float64)
    everything = total(share)
    if everything <= 0.0 or whole <= 0:
        return np.zeros(share.size, dtype=np.int64)
    exact = share * (whole / everything)
    parts = np.floor(exact).astype(np.int64)
    left = whole - int(parts.sum())
    order = np.argsort(parts - exact, kind="stable")
    if left >= 0:
        parts[order[:left]] += 1
    return parts


def cumulative_split(whole: int, weights: Int64) -> Int64:
    """Split a whole number over a long list of whole weights by cumulative rounding.

    Parameters
    ----------
    whole : int
        What is split; `whole * sum(weights)` must stay below 2**63.
    weights : int64[n]
        None negative, not all zero unless `whole` is zero.

    Returns
    -------
    int64[n]
        Summing to `whole`; each within one of its exact share, and never above its weight where
        `whole` is not above the sum of weights.
    """
    cum = np.cumsum(weights)
    if cum.size == 0 or int(cum[-1]) == 0:
        return np.zeros(weights.size, dtype=np.int64)
    reached = cum * whole // int(cum[-1])
    return np.diff(reached, prepend=0)


def equal_cum(count: Int64) -> Int32:
    """Give `count[i]` equal steps up to 65536 for each payer, one after the other.

    Parameters
    ----------
    count : int64[n]
        Edges of each payer, none above 65536.

    Returns
    -------
    int32[sum(count)]
        Rising within each payer to exactly 65536.
    """
    step = ranks(count) + 1
    return (step * CUM_ONE // np.repeat(count, count)).astype(np.int32)


def ranks(count: Int64) -> Int64:
    """Number the members of groups laid end to end: 0, 1, .. within each."""
    end = np.cumsum(count)
    return np.arange(int(end[-1]) if end.size else 0) - np.repeat(end - count, count)


def starts(count: Int64) -> Int32:
    """Return where each payer's edges begin, with the end of the last one.

    Raises
    ------
    TooManyEdgesError
        For 2**31 edges or more.
    """
    ends = np.cumsum(count)
    if ends.size and int(ends[-1]) > np.iinfo(np.int32).max:
        raise TooManyEdgesError(int(ends[-1]))
    out = np.zeros(count.size + 1, dtype=np.int32)
    out[1:] = ends
    return out
