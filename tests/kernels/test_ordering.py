"""Orders by radix equal orders by comparing, ties and all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import ordering

INTEGERS = st.one_of(st.integers(-3, 3), st.integers(-(2**63), 2**63 - 1))
FLOATS = st.floats(allow_nan=False).map(lambda value: value + 0.0)


@pytest.fixture
def never_few(monkeypatch):
    """Sort even the shortest list by radix."""
    monkeypatch.setattr(ordering, "FEW", 0)


@pytest.mark.usefixtures("never_few")
@given(st.lists(st.tuples(INTEGERS, FLOATS, st.integers(0, 2)), max_size=30))
def test_order_equals_that_of_a_sort_by_comparing(rows):
    """The last key counts first; rows that tie in all keys stay as they stand."""
    identity = np.array([row[0] for row in rows], dtype=np.int64)
    size = np.array([row[1] for row in rows], dtype=np.float64)
    place = np.array([row[2] for row in rows], dtype=np.int16)

    order = ordering.order_by(identity, size, place)

    expected = sorted(range(len(rows)), key=lambda k: (place[k], size[k], identity[k]))
    assert order.tolist() == expected


@pytest.mark.parametrize("rows", [10, 5_000])
def test_short_and_long_lists_are_ordered_alike(rows):
    """Whatever way is the faster, the order is the same."""
    lot = np.arange(rows) * 7_919 % 257 / 257.0
    identity = np.arange(rows)[::-1] * 31 % 1_009

    order = ordering.order_by(identity, lot)

    assert order.tolist() == np.lexsort((identity, lot)).tolist()
    assert order.dtype == np.int32


@given(st.lists(st.integers(0, 9), max_size=5))
def test_numbers_rise_where_they_are_in_order(numbers):
    """Equal neighbours rise too; none and one do."""
    assert ordering.rises(np.array(numbers, dtype=np.int32)) == (numbers == sorted(numbers))
