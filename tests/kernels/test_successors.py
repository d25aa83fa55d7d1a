"""Customers of closed firms go to an open one of the same class, whatever order rows stand in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.accounting.grouping import runs_of
from simulation.kernels.successors import find_successors

FIRMS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2**40), st.booleans(), st.integers(0, 1)),
    min_size=1, max_size=9, unique_by=lambda firm: firm[1],
)  # fmt: skip
"""Class, uid, whether in business, expected sales."""


@given(FIRMS, st.randoms())
def test_a_closed_firm_is_succeeded_by_its_turn_among_the_open(firms, luck):
    """Uid modulo the number of the open that sell says which of them, lowest uid first."""
    klass, uid, alive, expected = (np.array(column) for column in zip(*firms, strict=True))
    order = np.argsort(klass, kind="stable").astype(np.int32)
    begins = runs_of(klass[order])
    for c in range(begins.size - 1):
        part = order[begins[c] : begins[c + 1]].tolist()
        luck.shuffle(part)
        order[begins[c] : begins[c + 1]] = part
    found, room = np.empty((2, len(firms)), dtype=np.int32)

    find_successors(begins, order, uid, alive, expected, room, found)

    for row, (k, name, is_open, _) in enumerate(firms):
        sells = [r for r, (c, _, lives, sales) in enumerate(firms) if c == k and lives and sales]
        sells.sort(key=lambda r: firms[r][1])
        closed = sells[name % len(sells)] if sells else -1
        assert found[row] == (row if is_open else closed)
    assert order.tolist() == sorted(range(len(firms)), key=lambda row: firms[row][:2])
