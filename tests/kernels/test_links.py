"""Links of the built economy against plain searches."""

import bisect

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import links


@given(st.lists(st.integers(0, 9), max_size=9), st.integers(-1, 10))
def test_the_first_place_above_a_value_is_where_bisection_puts_it(column, value):
    """Ties are passed over; the end is returned where nothing is above."""
    column = sorted(column)

    found = links.first_above(np.array(column, dtype=np.int64), 0, len(column), value)

    assert found == bisect.bisect_right(column, value)


def test_a_payers_edges_are_imports_then_duties_then_equal_orders():
    """A quarter abroad, a quarter in duties, the half at home in two orders for its two cells."""
    size = 4
    payer, cell, pence, luck = (np.zeros(size, dtype=np.int64) for _ in range(4))
    payee, cum = (np.zeros(size, dtype=np.int32) for _ in range(2))

    links.lay_orders(
        np.array([0.5, 1.0]), 2, np.array([0]), np.array([0.5]), np.array([16384]),
        np.array([32768]), np.array([2]), np.array([-1, -2, -3], dtype=np.int32),
        np.array([400]), np.array([70]), np.array([0, 4]),
        payer, payee, cell, cum, pence, luck,
    )  # fmt: skip

    assert payee.tolist() == [-2, -3, -1, -1]
    assert cum.tolist() == [16384, 32768, 49152, 65536]
    assert cell.tolist() == [-1, -1, 0, 1]
    assert pence.tolist() == [100, 100, 100, 100]
    assert luck.tolist() == [70, 71, 72, 73]
    assert payer.tolist() == [0, 0, 0, 0]
