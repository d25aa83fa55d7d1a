"""Adds up long tables by group and sees whether they stand in order: one pass over each column.

A run of five years holds 4.4 million rows of payments; numpy needs several passes and as many
temporary arrays for what one loop does.
"""

import numpy as np
from numba import njit


@njit(cache=True)
def add_by_key(key, values, sums, seen):
    """Add each value to the sum of its key.

    Parameters
    ----------
    key : int64[n]
        Positions in `sums`.
    values : int64[n]
        What is added.
    sums : int64[room], updated
        Sums by key.
    seen : bool[room], updated
        Set where a key occurs.
    """
    for k in range(key.size):
        sums[key[k]] += values[k]
        seen[key[k]] = True


@njit(cache=True)
def merge_runs(first, second, values, starts, ends, width):
    """Add up values by two codes over runs of rows, each in rising order of its codes.

    From month to month nearly the same pairs pay each other, so merging one run after the other
    into the sums so far reads everything in its order.

    Parameters
    ----------
    first, second : int[n_rows]
        Codes; the second below `width`.
    values : int64[n_rows]
        What is added.
    starts, ends : int64[n_runs]
        Rows `starts[k] : ends[k]` are a run.
    width : int64
        The key of a pair is `first * width + second`.

    Returns
    -------
    risen : bool
        Whether every run did rise and no code is negative; else the sums are of no use.
    keys, sums : int64[n_pairs]
        In rising order of key.
    """
    keys, sums = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    for run in range(starts.size):
        room = keys.size + ends[run] - starts[run]
        new_keys, new_sums = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
        size = 0
        old = 0
        before = -1
        for row in range(starts[run], ends[run]):
            key = first[row] * width + second[row]
            if first[row] < 0 or second[row] < 0 or key < before:
                return False, keys, sums
            if key == before:
                new_sums[size - 1] += values[row]
                continue
            before = key
            while old < keys.size and keys[old] < key:
                new_keys[size], new_sums[size] = keys[old], sums[old]
                size += 1
                old += 1
            new_keys[size], new_sums[size] = key, values[row]
            if old < keys.size and keys[old] == key:
                new_sums[size] += sums[old]
                old += 1
            size += 1
        while old < keys.size:
            new_keys[size], new_sums[size] = keys[old], sums[old]
            size += 1
            old += 1
        keys, sums = new_keys[:size], new_sums[:size]
    return True, keys, sums


@njit(cache=True)
def still_tied(column, tied):
    """Say whether a column rises wherever those before it were equal, and note where it is equal.

    Parameters
    ----------
    column : int[n]
        The next column of a key.
    tied : bool[n - 1], updated
        Whether row k + 1 equals row k in every column so far.

    Returns
    -------
    bool
        False as soon as a tied row falls.
    """
    for k in range(tied.size):
        if tied[k]:
            if column[k + 1] < column[k]:
                return False
            tied[k] = column[k + 1] == column[k]
    return True
