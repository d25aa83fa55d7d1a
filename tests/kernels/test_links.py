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
    payee, cell, cum = (np.zeros(size, dtype=np.int32) for _ in range(3))
    pence = np.zeros(size, dtype=np.int64)

    links.lay_orders(
        np.array([[0.5, 1.0]]), np.array([0]), np.array([0.5]), np.array([16384]),
        np.array([32768]), np.array([2]), np.array([-1, -2, -3], dtype=np.int32),
        np.array([400]), np.array([0, 4], dtype=np.int32), payee, cell, cum, pence,
    )  # fmt: skip

    assert payee.tolist() == [-2, -3, -1, -1]
    assert cum.tolist() == [16384, 32768, 49152, 65536]
    assert cell.tolist() == [-1, -1, 0, 1]
    assert pence.tolist() == [100, 100, 100, 100]


def test_every_payers_orders_follow_its_own_imports_and_duties():
    """Three payers of 400 pence: one imports a quarter and pays one in duties, one pays a quarter
    in duties alone, and one buys all of it at home, in one order.
    """
    size = 7
    payee, cell, cum = (np.zeros(size, dtype=np.int32) for _ in range(3))
    pence = np.zeros(size, dtype=np.int64)

    links.lay_orders(
        np.array([[0.5, 1.0], [0.0, 1.0]]), np.array([0, 1, 0]), np.array([0.0, 0.5, 0.25]),
        np.array([16384, 0, 0]), np.array([32768, 16384, 0]), np.array([2, 1, 1]),
        np.array([-1, -2, -3], dtype=np.int32), np.array([400, 400, 400]),
        np.array([0, 4, 6, 7], dtype=np.int32), payee, cell, cum, pence,
    )  # fmt: skip

    assert payee.tolist() == [-2, -3, -1, -1, -3, -1, -1]
    assert cell.tolist() == [-1, -1, 0, 1, -1, 1, 0]
    assert pence.tolist() == [100, 100, 100, 100, 100, 300, 400]


@given(st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=8), st.data())
def test_pairs_of_classes_are_numbered_in_order(paid, data):
    """Each edge has the number of its pair among all pairs, sorted; whatever the payers' order."""
    klass = np.array([3, 0, 2, 0, 1], dtype=np.int32)
    of_payer = np.array([data.draw(st.integers(0, 3), label="class") for _ in paid], dtype=np.int32)
    start = np.cumsum([0, *map(len, paid)]).astype(np.int32)
    payee = np.array([row for rows in paid for row in rows], dtype=np.int32)
    slot = np.empty(payee.size, dtype=np.int32)
    order = np.argsort(of_payer, kind="stable")

    pairs = links.count_pairs(order, of_payer, start, payee, klass, 4, slot)

    payer = np.repeat(of_payer, np.diff(start)).tolist()
    every = list(zip(payer, klass[payee].tolist(), strict=True))
    assert [tuple(pair) for pair in pairs.tolist()] == sorted(set(every))
    assert [tuple(pairs[s].tolist()) for s in slot] == every


@given(st.lists(st.lists(st.integers(1, 65536), max_size=3), max_size=4), st.booleans())
def test_shares_must_rise_to_one(shares, closed):
    """Links are good where every payer's shares rise, and the last of them is the whole."""
    cums = [[*sorted(one)[:-1], 65536] if one and closed else one for one in shares]
    start = np.cumsum([0, *map(len, cums)]).astype(np.int32)
    cum = np.array([value for one in cums for value in one], dtype=np.int32)

    found = links.rises_to_one(start, cum)

    assert found == all(one == sorted(set(one)) and one[-1] == 65536 for one in cums if one)


def test_orders_are_added_up_and_found_by_seller():
    """Payees that trade are added up; of wanted ones those edges are found that chose a seller."""
    payee = np.array([0, 2, 2, -1, 7], dtype=np.int32)
    cell = np.array([5, -1, 5, 5, 5], dtype=np.int32)
    wanted, out, found = (
        np.array([False, False, True]),
        np.zeros(3, np.int64),
        np.zeros(1, np.int64),
    )

    links.add_orders(payee, np.array([1, 2, 4, 8, 16]), out)

    assert out.tolist() == [1, 0, 6]
    assert links.orders_to(payee, cell, wanted, found[:0]) == 1
    assert links.orders_to(payee, cell, wanted, found) == 1
    assert found.tolist() == [2]
