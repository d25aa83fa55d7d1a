"""Sums by group against a plain dictionary."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.accounting.grouping import key_order, packed_keys, runs_of, sum_by

lines = st.lists(
    st.tuples(st.integers(-3, 3), st.integers(0, 2**31 - 1), st.integers(-(10**15), 10**15)),
    max_size=60,
)


def naive(table):
    """The slow twin: a dictionary."""
    sums = Counter()
    for first, second, value in table:
        sums[first, second] += value
    return {key: sums[key] for key in sorted(sums)}


@given(lines, st.sampled_from([2**31, 3]))
def test_sums_by_group_equal_a_dictionary(table, span):
    """Wide codes (sorted) and narrow ones (added into a table) give the same groups, in order."""
    narrow = [(first, second % span, value) for first, second, value in table]
    columns = [np.array([row[k] for row in narrow], dtype=np.int64) for k in range(3)]

    codes, sums = sum_by(columns[2], columns[0], columns[1])

    found = dict(zip(zip(*(code.tolist() for code in codes), strict=True), sums.tolist(),
                     strict=True))  # fmt: skip
    assert list(found.items()) == list(naive(narrow).items())


def test_codes_that_leave_no_room_for_row_numbers_are_still_summed():
    """Keys of 62 bits are sorted as they are."""
    wide = np.array([0, 2**61, 0, 2**61])

    codes, sums = sum_by(np.array([1, 2, 3, 4]), wide)

    assert codes[0].tolist() == [0, 2**61]
    assert sums.tolist() == [4, 6]


def test_codes_beyond_64_bits_are_refused():
    """Better no answer than groups that fell together."""
    wide = np.array([0, 2**62])

    with pytest.raises(OverflowError):
        sum_by(np.array([1, 1]), wide, wide)


def test_rows_are_put_in_order_by_their_first_key_then_by_the_next():
    """Packed into one number each where they fit; rows alike stay as they stand."""
    month, payer = np.array([2, 1, 2, 1, 1]), np.array([-5, 7, -6, 3, 7])

    assert packed_keys([month, payer]).argsort(kind="stable").tolist() == [3, 1, 4, 2, 0]
    assert key_order([month, payer]).tolist() == [3, 1, 4, 2, 0]
    assert key_order([month * 2**60, payer * 2**60]).tolist() == [3, 1, 4, 2, 0]


def test_no_rows_are_in_order():
    """A table that nobody wrote in has no smallest key."""
    nothing = np.zeros(0, dtype=np.int64)

    assert key_order([nothing, nothing]).tolist() == []


@pytest.mark.parametrize(
    ("codes", "expected"), [([], [0]), ([3], [0, 1]), ([3, 3, 1, 3], [0, 2, 3, 4])]
)
def test_runs_are_rows_of_one_code_that_stand_together(codes, expected):
    """Where each begins, and where the last ends; of nobody there is none."""
    assert runs_of(np.array(codes, dtype=np.int32)).tolist() == expected
