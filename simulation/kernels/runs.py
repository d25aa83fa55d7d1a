"""Adds up and shares out among the suppliers of each arrangement, all arrangements in one pass.

A run is the rows of one arrangement, standing together: run i has rows `begins[i]` up to, not
including, `begins[i + 1]`. Each run is reckoned on its own, so that no arrangement's result
depends on which others it is reckoned with.
"""

import numpy as np
from numba import njit

STRETCH = 8
BLOCK = 128


@njit(cache=True)
def _sum_block(values, begin, end):
    """Add up to 128 values in the order in which numpy adds them."""
    if end - begin < STRETCH:
        total = 0.0
        for row in range(begin, end):
            total += values[row]
        return total
    part = values[begin : begin + STRETCH].copy()
    whole = begin + (end - begin) // STRETCH * STRETCH
    for row in range(begin + STRETCH, whole, STRETCH):
        for k in range(STRETCH):
            part[k] += values[row + k]
    total = ((part[0] + part[1]) + (part[2] + part[3])) + (
        (part[4] + part[5]) + (part[6] + part[7])
    )
    for row in range(whole, end):
        total += values[row]
    return total


@njit(cache=True)
def _sum_rows(values, begin, end):
    """Add up values as numpy does: halves of a long row first, then the halves."""
    n = end - begin
    if n <= BLOCK:
        return _sum_block(values, begin, end)
    half = n // 2
    half -= half % STRETCH
    return _sum_rows(values, begin, begin + half) + _sum_rows(values, begin + half, end)


@njit(cache=True)
def sum_runs(values, begins, sums):
    """Add up each run in the order in which `numpy.sum` adds, so that a run alone sums the same.

    Parameters
    ----------
    values : float64[n]
        What is added.
    begins : int64[n_runs + 1]
        First row of each run.
    sums : float64[n_runs], written
        Sums by run.
    """
    for run in range(sums.size):
        sums[run] = _sum_rows(values, begins[run], begins[run + 1])


@njit(cache=True)
def fill_runs(order, room, begins, shares):
    """Give each row all it has room for, in order, until the whole of its run is given out.

    Parameters
    ----------
    order : int64[n]
        Rows in the order of their turns, run by run.
    room : float64[n]
        Most that each row takes, as a part of its run's whole.
    begins : int64[n_runs + 1]
        First row of each run.
    shares : float64[n], written
        What each row is given, at most 1 in sum over a run.
    """
    for run in range(begins.size - 1):
        upto = 0.0
        for turn in range(begins[run], begins[run + 1]):
            row = order[turn]
            upto += room[row]
            shares[row] = min(room[row], max(1.0 - (upto - room[row]), 0.0))


@njit(cache=True)
def pay_runs(whole, by, sums, begins, parts):
    """Split each run's amount in proportion to a measure, losing no penny.

    Parameters
    ----------
    whole : int64[n_runs]
        Pence to split; nothing is paid where it is not above zero.
    by : float64[n]
        The measure, none negative.
    sums : float64[n_runs]
        Its sum by run; nothing is paid where it is not above zero.
    begins : int64[n_runs + 1]
        First row of each run.
    parts : int64[n], written
        Pence by row: differences of the rounded cumulative amounts, the last row's being whole.
    """
    for run in range(whole.size):
        begin, end = begins[run], begins[run + 1]
        parts[begin:end] = 0
        if whole[run] <= 0 or sums[run] <= 0.0:
            continue
        measured = 0.0
        before = np.int64(0)
        for row in range(begin, end):
            measured += by[row]
            upto = np.int64(np.rint(whole[run] * (measured / sums[run])))
            if row == end - 1:
                upto = whole[run]
            parts[row] = upto - before
            before = upto


@njit(cache=True)
def fill_by_wish(wish, room, begins, spare, shares):
    """Share out each run's whole in proportion to a wish, capped by room; offer the rest once more.

    Parameters
    ----------
    wish, room : float64[n]
        Positive weights, and the most that each row takes, as a part of its run's whole.
    begins : int64[n_runs + 1]
        First row of each run.
    spare : float64[n]
        Room to work in.
    shares : float64[n], written
        At most `room` each and 1 in sum over a run.
    """
    for run in range(begins.size - 1):
        begin, end = begins[run], begins[run + 1]
        wished = _sum_rows(wish, begin, end)
        for row in range(begin, end):
            shares[row] = min(wish[row] / wished, room[row])
            spare[row] = room[row] - shares[row]
        left = max(1.0 - _sum_rows(shares, begin, end), 0.0)
        able = _sum_rows(spare, begin, end)
        again = min(left / able, 1.0) if able > 0.0 else 0.0
        for row in range(begin, end):
            shares[row] += spare[row] * again
