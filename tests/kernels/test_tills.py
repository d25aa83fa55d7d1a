"""Tills: what homes pay is added up by row, poured out, and told by class with its count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import tills
from simulation.kernels.accounts import Links
from simulation.kernels.compiling import AT_ONCE, kernel
from simulation.kernels.tills import Till, close_block, close_till, pay_plain
from tests.kernels.streets import full_counter, rows_of

HALVES = [32768, 65536]


@kernel
def pay_and_pour(count, blocks, links, till, counter, dye_inbox):
    """Let the first block pay at the till, and pour it out; sums by class from line 1 on."""
    pay_plain(0, count, links, till, counter)
    free = close_block(till, dye_inbox, links, blocks, 0, 1)
    close_till(till, dye_inbox)
    return free


def till_of(rows: int, tags: int, links: Links, homes: int, as_paid: bool = False) -> Till:
    """An empty till for rows of two classes by turns; homes are of class 2."""
    klass = np.array([row % 2 for row in range(rows)] + [2] * homes, dtype=np.int32)
    counts = np.zeros((1, 3), dtype=np.int64)
    tills.count_links(np.array([0, homes]), links, klass, counts)
    empty = np.zeros((3, 2), dtype=np.int64)
    told, inbox = np.full((4, 4), -1), np.zeros(rows, dtype=np.int64)
    return Till(rows_of(klass[:rows], tags, as_paid), as_paid, klass, counts, empty, told, inbox)


@pytest.mark.parametrize("as_paid", [False, True])
@given(
    st.lists(
        st.one_of(st.just(0), st.integers(1, 9), st.integers(0, 10**9)), min_size=1, max_size=3
    )
)
def test_links_that_pay_nothing_are_no_payments(as_paid, due):
    """Counts follow from the links, whether sums by class grow or are told from the rows.

    Of each home's two links the second leads to a shop that has closed where the home is odd.
    """
    rows, homes, named = 4, len(due), [k for home in range(len(due)) for k in (0, home % 3)]
    payee = [row if e % 4 != 3 else ~row for e, row in enumerate(named)]
    columns = ([*range(homes)], [*range(0, 2 * homes + 1, 2)], payee, HALVES * homes)
    links = Links(rows, *(np.array(column, dtype=np.int32) for column in columns))
    till, counter = till_of(rows, 0, links, homes, as_paid), full_counter()
    counter.due[:homes] = due

    free = pay_and_pour(homes, np.array([0, homes]), links, till, counter, None)

    halves = [half for whole in due for half in (whole // 2, whole - whole // 2)]
    made = [(to, p) for to, p in zip(payee, halves, strict=True) if to >= 0 and p > 0]
    by_class = [[p for to, p in made if to % 2 == k] for k in range(2)]
    assert till.told[1:free].tolist() == [
        [2, k, sum(pence), len(pence)] for k, pence in enumerate(by_class) if pence
    ]
    assert till.inbox.tolist() == [sum(p for to, p in made if to == row) for row in range(rows)]
    kept = [whole if k % 2 == 0 else whole // 2 for k, whole in enumerate(due)]
    assert counter.paid[:homes].tolist() == kept
    assert not till.rows[:, 0].any()
    assert not till.by_class.any()


@pytest.mark.parametrize(("tags", "came"), [(1, [8]), (2, [0, 8]), (4, [0, 5, 2, 1])])
@pytest.mark.parametrize("as_paid", [False, True])
def test_dye_is_poured_a_hop_on(tags, came, as_paid):
    """The last tag counts that hop and all after it."""
    rows = 4
    columns = ([0], [0, 1], [1], [65536])
    links = Links(rows, *(np.array(column, dtype=np.int32) for column in columns))
    till, counter = till_of(rows, tags, links, 1, as_paid), full_counter()
    till.rows[1, 1 : 1 + tags] = {1: [8], 2: [8, 0], 4: [5, 2, 1, 0]}[tags]
    counter.due[0] = 70
    inbox = np.full((rows, tags), 7)

    pay_and_pour(1, np.array([0, 1]), links, till, counter, inbox)

    assert inbox[1].tolist() == [7 + units for units in came]
    assert (np.delete(inbox, 1, axis=0) == 7).all()
    assert not till.rows[:, : 1 + tags].any()


@given(st.integers(1, 3 * AT_ONCE))
def test_no_home_is_passed_over_where_many_are_served_at_once(homes):
    """Homes are served some hundreds at a time, the last lot not full."""
    due = np.arange(homes, dtype=np.int64)
    linked = np.arange(homes, dtype=np.int32)
    whole, payee = np.full(homes, 65536, np.int32), np.zeros(homes, np.int32)
    links = Links(1, linked, np.arange(homes + 1, dtype=np.int32), payee, whole)
    till, paid = till_of(1, 0, links, homes), []

    for begin in range(0, homes, AT_ONCE):
        counter = full_counter()
        some = due[begin : begin + AT_ONCE]
        counter.due[: some.size] = some
        pay_some(begin, some.size, links, till, counter)
        paid += counter.paid[: some.size].tolist()

    assert paid == due.tolist()
    assert till.rows.tolist() == [[due.sum()]]


@kernel
def pay_some(begin, count, links, till, counter):
    """Let some homes pay at the till."""
    pay_plain(begin, count, links, till, counter)
