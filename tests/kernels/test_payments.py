"""Payments of a phase: the fast kernels against their slow twins, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import payments
from tests.kernels.phases import LARGEST, PENCE, Payments, Phase, phases
from tests.kernels.phases import payments as lists_of_payments
from tests.reference import payments as slow

N_SLOTS = 3
BITS = 10


def pay_fast(phase: Phase) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Run the kernel on copies: balances, inboxes, sums."""
    balance, inbox = phase.balance.copy(), np.zeros(phase.n_rows, dtype=np.int64)
    sums = np.zeros((N_SLOTS, 2), dtype=np.int64)
    payments.pay_along_edges(
        phase.first, phase.budget, *phase.links, phase.slot, phase.redirect, balance, inbox, sums,
        BITS, pages_of(phase),
    )  # fmt: skip
    return balance, inbox, sums


def pages_of(phase: Phase) -> np.ndarray:
    """No page touched yet."""
    return np.zeros((phase.n_rows >> BITS) + 1, dtype=np.bool_)


def pay_slowly(phase: Phase) -> list[tuple[int, int, int, int]]:
    """Write down every payment of the phase."""
    links = (values.tolist() for values in phase.links[1:])
    return list(
        slow.payments_along(phase.first, phase.budget.tolist(), *links, phase.redirect.tolist())
    )


@given(PENCE, st.integers(0, 65536))
def test_a_share_is_the_floor_of_the_exact_product(budget, cum):
    """The product taken in two halves gives what whole numbers of any size give."""
    assert payments.share_of(budget, cum) == slow.share_of(budget, cum)


@pytest.mark.parametrize("budget", [2**46 - 1, 2**46, 2**46 + 1, 2**47, 2**61, 2**62 - 1])
@pytest.mark.parametrize("cum", [1, 65535, 65536])
def test_a_share_does_not_wrap_where_the_plain_product_would(budget, cum):
    """From 2**47 pence on the plain product wraps; the halves hold up to 2**62."""
    budgets = np.array([budget], dtype=np.int64)

    share = payments.share_of(budgets[0], np.int32(cum))

    assert share == slow.share_of(budget, cum)


@given(phases())
def test_paying_along_links_equals_its_slow_twin(phase):
    """Balances, inboxes, pence and number of payments by slot are those of the slow twin."""
    made = pay_slowly(phase)

    balance, inbox, sums = pay_fast(phase)

    expected = slow.pay([m[:3] for m in made], phase.balance.tolist())
    assert (balance.tolist(), inbox.tolist()) == expected
    assert sums.tolist() == slow.sums_by_slot(made, phase.slot.tolist(), N_SLOTS)


@given(phases())
def test_no_penny_is_lost_along_links(phase):
    """What leaves the accounts waits in the inboxes and is counted in the slots."""
    balance, inbox, sums = pay_fast(phase)

    assert balance.sum() + inbox.sum() == phase.balance.sum()
    assert sums[:, 0].sum() == inbox.sum()
    assert balance.min() >= 0
    assert inbox.min() >= 0


@given(phases())
def test_a_payer_whose_payees_are_open_pays_its_whole_budget(phase):
    """Cumulative shares end at 65536, so a budget is paid to the last penny."""
    open_to_all = np.arange(phase.n_rows, dtype=np.int32)
    linked = np.diff(phase.start) > 0
    balance, inbox = phase.balance.copy(), np.zeros(phase.n_rows, dtype=np.int64)
    sums = np.zeros((N_SLOTS, 2), dtype=np.int64)

    payments.pay_along_edges(
        phase.first, phase.budget, *phase.links, phase.slot, open_to_all, balance, inbox, sums,
        BITS, pages_of(phase),
    )  # fmt: skip

    paid = (phase.balance - balance)[phase.first : phase.first + phase.budget.size]
    np.testing.assert_array_equal(paid, np.where(linked, phase.budget, 0))


@given(phases())
def test_each_payment_is_within_a_penny_of_its_share(phase):
    """Rounding moves a payment by less than one penny, however large the budget."""
    cum, start = phase.cum.tolist(), phase.start.tolist()
    made = pay_slowly(phase)

    for payer, _, pence, edge in made:
        k = payer - phase.first
        step = cum[edge] - (cum[edge - 1] if edge > start[k] else 0)
        assert abs(65536 * pence - int(phase.budget[k]) * step) < 65536


def test_a_closed_payee_leaves_the_money_with_the_payer():
    """A negative redirect keeps the pence where they are, and counts no payment."""
    balance, inbox = np.array([1000, 0, 0], dtype=np.int64), np.zeros(3, dtype=np.int64)
    sums = np.zeros((1, 2), dtype=np.int64)
    redirect = np.array([0, -1, 2], dtype=np.int32)

    payments.pay_along_edges(
        0,
        np.array([1000], dtype=np.int64),
        np.array([0], dtype=np.int32),
        np.array([0, 2], dtype=np.int32),
        np.array([1, 2], dtype=np.int32),
        np.array([32768, 65536], dtype=np.int32),
        np.zeros(2, dtype=np.int32),
        redirect,
        balance,
        inbox,
        sums,
        BITS,
        np.zeros(1, dtype=np.bool_),
    )

    assert balance.tolist() == [500, 0, 0]
    assert inbox.tolist() == [0, 0, 500]
    assert sums.tolist() == [[500, 1]]


def test_a_redirected_payment_arrives_at_the_successor():
    """Customers of a closed shop are served, and pay, next door."""
    balance, inbox = np.array([77, 0, 0], dtype=np.int64), np.zeros(3, dtype=np.int64)
    sums = np.zeros((1, 2), dtype=np.int64)
    redirect = np.array([0, 2, 2], dtype=np.int32)

    payments.pay_along_edges(
        0,
        np.array([77], dtype=np.int64),
        np.array([0], dtype=np.int32),
        np.array([0, 1], dtype=np.int32),
        np.array([1], dtype=np.int32),
        np.array([65536], dtype=np.int32),
        np.zeros(1, dtype=np.int32),
        redirect,
        balance,
        inbox,
        sums,
        BITS,
        np.zeros(1, dtype=np.bool_),
    )

    assert inbox.tolist() == [0, 0, 77]
    assert sums.tolist() == [[77, 1]]


@given(lists_of_payments())
def test_paying_a_list_equals_its_slow_twin(case: Payments):
    """Each listed payment leaves one account and waits for another."""
    balance, inbox = case.balance.copy(), np.zeros(case.balance.size, dtype=np.int64)
    made = list(zip(case.payer.tolist(), case.payee.tolist(), case.pence.tolist(), strict=True))

    payments.pay_list(case.payer, case.payee, case.pence, balance, inbox)

    assert (balance.tolist(), inbox.tolist()) == slow.pay(made, case.balance.tolist())


ROWS = st.lists(st.tuples(st.integers(-LARGEST, LARGEST), PENCE, PENCE), min_size=1, max_size=8)


@given(ROWS, st.integers(0, 3))
def test_folding_credits_each_receipt_once(rows, bits):
    """Receipts reach the balance and the month's total, and the inbox is empty after."""
    balance, inbox, total = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    opening, touched = np.zeros_like(balance), np.ones((len(rows) >> bits) + 1, dtype=np.bool_)

    overdrawn = payments.fold(balance, inbox, total, opening, bits, touched)
    closed = not touched.any()
    touched[:] = True
    again = payments.fold(balance, inbox, total, opening[:0], bits, touched)

    assert closed
    assert opening.tolist() == balance.tolist()
    assert balance.tolist() == [b + i for b, i, _ in rows]
    assert total.tolist() == [t + i for _, i, t in rows]
    assert not inbox.any()
    assert overdrawn == sum(b < 0 for b, _, _ in rows)
    assert again == sum(b + i < 0 for b, i, _ in rows)


@given(ROWS, st.integers(0, 3), st.data())
def test_a_page_that_nobody_touched_is_left_alone(rows, bits, data):
    """Receipts wait in the inbox of a page that is not marked."""
    balance, inbox, total = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    pages = (len(rows) >> bits) + 1
    marked = data.draw(st.lists(st.booleans(), min_size=pages, max_size=pages))

    payments.fold(balance, inbox, total, balance[:0], bits, np.array(marked))

    folded = [marked[row >> bits] for row in range(len(rows))]
    assert balance.tolist() == [b + i * f for (b, i, _), f in zip(rows, folded, strict=True)]
    assert inbox.tolist() == [i * (not f) for (_, i, _), f in zip(rows, folded, strict=True)]


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(0, 2)), max_size=8))
def test_saving_moves_money_both_ways_and_counts_it_by_class(rows):
    """What leaves deposits is in savings; puts and draws are summed apart, of nothing uncounted."""
    pence = np.array([p for p, _ in rows], dtype=np.int64)
    klass = np.array([c for _, c in rows], dtype=np.int32)
    deposits, savings = np.full((2, len(rows)), 1000, dtype=np.int64)
    put, drawn = np.zeros((2, 3, 2), dtype=np.int64)

    saved = payments.save_block(pence, klass, deposits, savings, put, drawn)

    assert saved == pence.sum()
    assert deposits.tolist() == (1000 - pence).tolist()
    assert savings.tolist() == (1000 + pence).tolist()
    assert put.tolist() == slow.sum_block(klass.tolist(), pence.tolist(), 3)
    assert drawn.tolist() == slow.sum_block(klass.tolist(), (-pence).tolist(), 3)


CLASSED = st.lists(st.tuples(st.integers(0, 3), PENCE), max_size=10)


@given(CLASSED)
def test_sums_by_class_equal_their_slow_twins(rows):
    """Values are added to their class; payments of nothing are not counted."""
    klass = np.array([c for c, _ in rows], dtype=np.int32)
    pence = np.array([p for _, p in rows], dtype=np.int64)
    by_class, sums = np.zeros(4, dtype=np.int64), np.zeros((4, 2), dtype=np.int64)

    payments.sum_by_class(klass, pence, by_class)
    payments.sum_block(klass, pence, sums)

    assert by_class.tolist() == slow.sum_by_class(klass.tolist(), pence.tolist(), 4)
    assert sums.tolist() == slow.sum_block(klass.tolist(), pence.tolist(), 4)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=6))
def test_the_pages_of_all_who_are_paid_are_marked(payees):
    """A page is marked where somebody on it receives; no other page is."""
    edges = len(payees)
    balance, inbox = np.zeros(3001, dtype=np.int64), np.zeros(3001, dtype=np.int64)
    touched = np.zeros(3, dtype=np.bool_)
    cum = np.arange(1, edges + 1) * 65536 // edges

    payments.pay_along_edges(
        0, np.array([6 * edges]), np.array([0], dtype=np.int32),
        np.array([0, edges], dtype=np.int32), np.array(payees, dtype=np.int32),
        cum.astype(np.int32), np.zeros(edges, dtype=np.int32),
        np.arange(3001, dtype=np.int32), balance, inbox, np.zeros((1, 2), dtype=np.int64),
        BITS, touched,
    )  # fmt: skip

    assert set(np.flatnonzero(touched).tolist()) == {payee >> BITS for payee in payees}


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), max_size=8))
def test_taking_sums_leaves_nothing_and_names_the_slots_in_use(rows):
    """A slot in which nothing was paid is not named; the next month starts from nothing."""
    sums = np.array([(p * c, c) for p, c in rows], dtype=np.int64).reshape(-1, 2)
    slot, pence, count = np.empty((3, len(rows)), dtype=np.int64)

    taken = payments.take_sums(sums, slot, pence, count)

    expected = [(k, p * c, c) for k, (p, c) in enumerate(rows) if c > 0]
    found = zip(slot[:taken], pence[:taken], count[:taken], strict=True)
    assert [tuple(int(x) for x in row) for row in found] == expected
    assert not sums.any()


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=4))
def test_pairs_rise_where_each_is_above_the_one_before(pairs):
    """Equal neighbours do not rise."""
    payer, payee = (np.array([pair[k] for pair in pairs], dtype=np.int32) for k in (0, 1))

    assert payments.rise(payer, payee) == (sorted(set(pairs)) == pairs)
