"""Sums and orders of long tables against slow twins."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import grouping

CODES = st.tuples(st.integers(0, 3), st.integers(0, 4))
ROWS = st.lists(st.tuples(CODES, st.integers(-(10**12), 10**12)), max_size=12)


@given(st.lists(ROWS, max_size=6))
def test_merged_runs_equal_a_dictionary(months):
    """Months in rising order of their pairs, some pairs twice, add up as a dictionary adds them."""
    runs = [sorted(rows) for rows in months]
    told = [row for rows in runs for row in rows]
    ends = np.cumsum([0, *(len(rows) for rows in runs)])
    first, second = (np.array([pair[k] for pair, _ in told], dtype=np.int32) for k in (0, 1))
    pence = np.array([value for _, value in told], dtype=np.int64)

    risen, keys, sums = grouping.merge_runs(first, second, pence, ends[:-1], ends[1:], np.int64(5))

    naive: Counter[int] = Counter()
    for (one, other), value in told:
        naive[one * 5 + other] += value
    assert risen
    assert list(zip(keys.tolist(), sums.tolist(), strict=True)) == sorted(naive.items())


def test_a_run_that_falls_or_is_unknown_is_refused():
    """Pairs out of order, and codes below zero, are left to a sort."""
    ones, runs = np.ones(2, dtype=np.int64), (np.array([0]), np.array([2]))

    for first, second in (([1, 0], [0, 0]), ([0, 0], [1, 0]), ([-1, 0], [0, 0]), ([0, 0], [-1, 0])):
        columns = np.array([first, second], dtype=np.int32)
        assert not grouping.merge_runs(*columns, ones, *runs, np.int64(2))[0]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=6))
def test_a_key_of_two_columns_rises_as_its_pairs_do(pairs):
    """Column by column the rows are found in order exactly where the list of pairs is sorted."""
    columns = np.array(pairs, dtype=np.int16).T
    tied = np.ones(len(pairs) - 1, dtype=np.bool_)

    rises = all(grouping.still_tied(column, tied) for column in columns)

    assert rises == (pairs == sorted(pairs))
    if rises:
        assert tied.any() == (len(set(pairs)) < len(pairs))
