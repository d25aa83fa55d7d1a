"""Payments of a phase: the fast kernels against their slow twins, and what must always hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.accounting.grouping import runs_of
from simulation.accounting.pages import Leaves
from simulation.kernels import payments
from simulation.kernels.accounts import Accounts, Dye, Links, share_of, shares_of
from simulation.kernels.fetching import AHEAD
from simulation.kernels.payments import Marks
from tests.kernels.phases import LARGEST, PENCE, Payments, Phase, phases
from tests.kernels.phases import payments as lists_of_payments
from tests.reference import payments as slow

N_SLOTS = 3
NOBODY = np.zeros(0, dtype=np.int32)


def pay_fast(phase: Phase) -> tuple[Accounts, np.ndarray]:
    """Run the kernel without dye on copies: accounts and sums."""
    accounts, sums = phase.accounts(), np.zeros((N_SLOTS, 2), dtype=np.int64)
    nothing = np.zeros(0, dtype=np.int64)
    payments.pay_along(phase.links, phase.budget, accounts, phase.slot, sums, None, 0, nothing)
    return accounts, sums


def pay_slowly(phase: Phase) -> list[tuple[int, int, int, int]]:
    """Write down every payment of the phase."""
    links = (values.tolist() for values in phase.columns)
    return list(
        slow.payments_along(phase.first, phase.budget.tolist(), *links, phase.redirect.tolist())
    )


@given(PENCE, st.integers(0, 65536))
def test_a_share_is_the_floor_of_the_exact_product(budget, cum):
    """The product taken in two halves gives what whole numbers of any size give."""
    assert share_of(budget, cum) == slow.share_of(budget, cum)


@pytest.mark.parametrize("budget", [2**46 - 1, 2**46, 2**46 + 1, 2**47, 2**61, 2**62 - 1])
@pytest.mark.parametrize("cum", [1, 65535, 65536])
def test_a_share_does_not_wrap_where_the_plain_product_would(budget, cum):
    """From 2**47 pence on the plain product wraps; the halves hold up to 2**62."""
    budgets = np.array([budget], dtype=np.int64)

    share = share_of(budgets[0], np.int32(cum))

    assert share == slow.share_of(budget, cum)


@given(st.lists(st.tuples(PENCE, st.integers(0, 65536)), max_size=5))
def test_shares_of_columns_are_those_of_their_rows(rows):
    """Who splits whole columns from Python has the same pence."""
    budget, cum = np.array(rows, dtype=np.int64).reshape(-1, 2).T

    assert shares_of(budget, cum).tolist() == [slow.share_of(*row) for row in rows]


@given(phases())
def test_paying_along_links_equals_its_slow_twin(phase):
    """Balances, inboxes, pence and number of payments by slot are those of the slow twin."""
    made = pay_slowly(phase)

    accounts, sums = pay_fast(phase)

    expected = slow.pay([m[:3] for m in made], phase.balance.tolist(), phase.homes)
    assert (accounts.balance.tolist(), accounts.inbox.tolist()) == expected
    assert sums.tolist() == slow.sums_by_slot(made, phase.slot.tolist(), N_SLOTS)


@given(phases())
def test_no_penny_is_lost_along_links(phase):
    """What leaves the accounts waits in inboxes or is at home, and is counted in the slots."""
    (balance, inbox, *_), sums = pay_fast(phase)

    at_home = (balance - phase.balance)[list(phase.homes)]
    assert balance.sum() + inbox.sum() == phase.balance.sum()
    assert sums[:, 0].sum() == inbox.sum() + at_home.sum()
    assert balance.min() >= 0
    assert inbox.min() >= 0
    assert np.all(at_home >= 0)
    assert not inbox[list(phase.homes)].any()


@given(phases())
def test_a_payer_whose_payees_are_open_pays_its_whole_budget(phase):
    """Cumulative shares end at 65536, so a budget is paid to the last penny."""
    phase = replace(phase, redirect=np.arange(phase.n_rows, dtype=np.int32))
    linked = np.diff(phase.start) > 0

    accounts, _ = pay_fast(phase)

    payers = slice(phase.first, phase.first + phase.budget.size)
    paid = (phase.balance - accounts.balance)[payers]
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


def three(homes: range = range(0)) -> Accounts:
    """Three accounts, of which the first has 1,000 pence."""
    balance, inbox = np.array([1000, 0, 0], dtype=np.int64), np.zeros(3, dtype=np.int64)
    return Accounts(balance, inbox, homes.start, homes.stop)


def pay_first(accounts: Accounts, budget: int, payee: list[int], cum: list[int]) -> list[list[int]]:
    """Let the first account pay along its links; return pence and number of payments."""
    sums, nobody = np.zeros((1, 2), dtype=np.int64), np.zeros(0, dtype=np.int64)
    columns = ([0], [0, len(payee)], payee, cum)
    links = Links(0, *(np.array(column, dtype=np.int32) for column in columns))
    slot = np.zeros(len(payee), dtype=np.int32)
    payments.pay_along(links, np.array([budget]), accounts, slot, sums, None, 0, nobody)
    return sums.tolist()


def test_a_closed_payee_leaves_the_money_with_the_payer():
    """Where nobody receives the pence stay where they are, and no payment is counted."""
    accounts = three()

    sums = pay_first(accounts, 1000, [~1, 2], [32768, 65536])

    assert accounts.balance.tolist() == [500, 0, 0]
    assert accounts.inbox.tolist() == [0, 0, 500]
    assert sums == [[500, 1]]


def test_the_only_payee_that_has_closed_leaves_the_money_with_the_payer():
    """Who has but one link pays nobody."""
    accounts = three()

    sums = pay_first(accounts, 1000, [-1], [65536])

    assert (accounts.balance.tolist(), accounts.inbox.tolist()) == ([1000, 0, 0], [0, 0, 0])
    assert sums == [[0, 0]]


@pytest.mark.parametrize("payee", [1, 2])
def test_a_home_receives_at_once_and_others_wait(payee):
    """Whether money waits is decided by who receives it."""
    accounts = three(homes=range(1, 2))

    sums = pay_first(accounts, 77, [payee], [65536])

    at_once = payee == 1
    assert accounts.balance.tolist() == [923, 77 * at_once, 0]
    assert accounts.inbox.tolist() == [0, 0, 77 * (not at_once)]
    assert sums == [[77, 1]]


@given(lists_of_payments())
def test_paying_a_list_equals_its_slow_twin(case: Payments):
    """Each listed payment leaves one account and waits for another, or is at a home at once."""
    accounts = case.accounts()

    page = np.zeros((case.n_rows >> 1) + 1, dtype=np.bool_)
    marks = Marks(1, page, None, None)
    payments.pay_list(case.payer, case.payee, case.pence, True, True, accounts, None, 1, marks)

    met = {row >> 1 for payer, payee, _ in case.made for row in (payer, payee)}
    assert np.flatnonzero(page).tolist() == sorted(met)
    expected = slow.pay(case.made, case.balance.tolist(), case.homes)
    assert (accounts.balance.tolist(), accounts.inbox.tolist()) == expected


ROWS = st.lists(st.tuples(st.integers(-LARGEST, LARGEST), PENCE), min_size=1, max_size=8)


def folding(rows: list[tuple[int, int]], homes: range) -> Accounts:
    """Accounts with balances and receipts that wait."""
    balance, inbox = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Accounts(balance, inbox, homes.start, homes.stop)


@given(ROWS, st.integers(0, 3))
def test_folding_credits_each_receipt_once(rows, bits):
    """Receipts reach the balance, and the inbox is empty after."""
    accounts = folding(rows, range(0))
    opening, touched = np.zeros(len(rows), np.int64), np.ones((len(rows) >> bits) + 1, np.bool_)

    overdrawn = payments.fold(accounts, opening, NOBODY, bits, touched)
    closed = not touched.any()
    touched[:] = True
    again = payments.fold(accounts, opening[:0], NOBODY, bits, touched)

    assert closed
    assert opening.tolist() == accounts.balance.tolist()
    assert accounts.balance.tolist() == [b + i for b, i in rows]
    assert not accounts.inbox.any()
    assert overdrawn == sum(b < 0 for b, _ in rows)
    assert again == sum(b + i < 0 for b, i in rows)


@given(ROWS, st.integers(0, 3), st.data())
def test_a_page_that_nobody_touched_and_a_home_are_left_alone(rows, bits, data):
    """Receipts wait in the inbox of a page that is not marked, and in that of a home."""
    ends = data.draw(st.lists(st.integers(0, len(rows)), min_size=2, max_size=2))
    homes = range(*sorted(ends))
    accounts, opening = folding(rows, homes), np.full(len(rows), 7)
    pages = (len(rows) >> bits) + 1
    marked = data.draw(st.lists(st.booleans(), min_size=pages, max_size=pages))
    others = [row for row in range(len(rows)) if row not in homes]
    free = data.draw(st.sets(st.sampled_from(others))) if others else set()
    unlimited = np.array(sorted(free), dtype=np.int32)

    overdrawn = payments.fold(accounts, opening, unlimited, bits, np.array(marked))

    folded = [marked[row >> bits] and row not in homes for row in range(len(rows))]
    after = [b + i * f for (b, i), f in zip(rows, folded, strict=True)]
    assert accounts.balance.tolist() == after
    assert accounts.inbox.tolist() == [i * (not f) for (_, i), f in zip(rows, folded, strict=True)]
    assert opening.tolist() == [a if f else 7 for a, f in zip(after, folded, strict=True)]
    below = [row for row, (b, _) in enumerate(rows) if folded[row] and b < 0]
    assert overdrawn == len(set(below) - free)


@given(lists_of_payments(), st.booleans())
def test_money_is_lent_to_payees_and_repaid_by_payers_alone(case: Payments, lent):
    """Of a loan only the borrower's account tells."""
    accounts = case.accounts()
    marks = Marks(0, np.zeros(case.n_rows, dtype=np.bool_), None, None)

    payments.pay_list(case.payer, case.payee, case.pence, not lent, lent, accounts, None, 0, marks)

    left, inbox = slow.pay(case.made, case.balance.tolist())
    nothing = [0] * case.n_rows
    repaid = (left, nothing)
    at_home = [i * (row in case.homes) for row, i in enumerate(inbox)]
    given = (case.balance + at_home).tolist(), [i - h for i, h in zip(inbox, at_home, strict=True)]
    assert (accounts.balance.tolist(), accounts.inbox.tolist()) == (given if lent else repaid)


@given(st.lists(st.booleans(), max_size=5), st.lists(st.booleans(), max_size=5), st.booleans())
def test_links_mark_the_pages_of_both_ends(payers, payees, dyed):
    """What was marked stays so; where dye goes along, its pages are marked too."""
    touched, left, came = np.zeros((3, 8), dtype=np.bool_)
    touched[7] = True
    leaves = Leaves(1, np.array(payers, dtype=np.bool_)), Leaves(2, np.array(payees, np.bool_))

    payments.mark_links(*leaves, touched, *((left, came) if dyed else (None, None)))

    one, other = ([False] * n + marks for n, marks in ((1, payers), (2, payees)))
    one, other = (marks + [False] * (8 - len(marks)) for marks in (one, other))
    assert touched.tolist() == [a or b for a, b in zip(one, [*other[:7], True], strict=True)]
    assert left.tolist() == [a and dyed for a in one]
    assert came.tolist() == [a and dyed for a in other]


CLASSED = st.lists(st.tuples(st.integers(0, 3), PENCE), max_size=10)


@given(CLASSED)
def test_sums_by_class_equal_their_slow_twins(rows):
    """Values are added to their class."""
    klass = np.array([c for c, _ in rows], dtype=np.int32)
    pence = np.array([p for _, p in rows], dtype=np.int64)
    by_class = np.zeros(4, dtype=np.int64)

    payments.sum_by_class(klass, pence, by_class)

    assert by_class.tolist() == slow.sum_by_class(klass.tolist(), pence.tolist(), 4)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(-5, 50), st.integers(-5, 50)), max_size=8),
    st.sets(st.integers(0, 7)),
)
def test_an_audit_sums_by_class_and_finds_the_lowest_account_that_has_a_limit(rows, free):
    """Deposits and savings count alike; of accounts equally low the first is named."""
    klass, deposits, savings = (
        np.array([row[k] for row in rows], dtype=np.int64) for k in range(3)
    )
    by_class, unlimited = np.zeros((3, 2), dtype=np.int64), np.array(sorted(free), dtype=np.int32)

    told = payments.audit(
        runs_of(klass), klass.astype(np.int32), deposits, savings, unlimited, by_class
    )

    held = [slow.sum_by_class(klass.tolist(), money.tolist(), 3) for money in (deposits, savings)]
    least = [(min(a, b), k) for k, (_, a, b) in enumerate(rows) if k not in free]
    assert by_class.T.tolist() == held
    assert told == (deposits.sum(), *min([(0, 0), *(low for low in least if low[0] < 0)]))


def test_what_a_payment_will_touch_is_asked_for_some_payments_ahead(monkeypatch):
    """A home's balance and dye, or else what waits; towards the end it is the last one's.

    Asking changes no book, so the step is looked at as it is written, not as it is compiled.
    """
    asked = []
    monkeypatch.setattr(payments, "fetch", lambda column, row: asked.append((id(column), row)))
    look_ahead = getattr(payments.look_ahead, "py_func", payments.look_ahead)
    payee = np.zeros(AHEAD + 3, dtype=np.int32)
    payee[-3:] = 12, -1, 3
    money, tints, cell = np.zeros((2, 20)), np.zeros((3, 20, 4)), np.zeros(20)
    accounts, dye = Accounts(*money, 10, 20), Dye(*tints, cell, cell, cell, cell)
    links = Links(0, NOBODY, NOBODY, payee, NOBODY)
    home, firm = (cell, accounts.balance, dye.held), (cell, accounts.inbox, dye.inbox)

    for n, columns, row in ((0, home, 12), (1, firm, 0), (2, firm, 3), (AHEAD, firm, 3)):
        asked.clear()
        look_ahead(n, links, accounts, dye)
        assert asked == [(id(column), row) for column in columns]
