"""Dye moves with the money: against slow twins, conserved, and never more of it than of money."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import dye as dye_kernels
from simulation.kernels import payments, wages
from tests.kernels.phases import PENCE, Payments, Phase, dye_below, phases
from tests.kernels.phases import payments as lists_of_payments
from tests.reference import payments as slow

N_CELLS = 3
BITS = 10
RELATIVE_ROUNDING = Fraction(2, 10**15)
"""The kernel lowers a share by 9e-16 of itself; four roundings of a double add 4.5e-16 at most."""
HOPS = st.integers(0, 1)


def all_pages() -> np.ndarray:
    """The one page of a small phase, touched."""
    return np.ones(1, dtype=np.bool_)


def dye_fast(phase: Phase, hop: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Run the kernel along links: dye gone, dye arrived, dye passed on without a hop by cell."""
    gone, arrived = np.zeros(phase.shape, dtype=np.int64), np.zeros(phase.shape, dtype=np.int64)
    passed = np.zeros((N_CELLS, phase.shape[1]), dtype=np.int64)
    dye_kernels.dye_along_edges(
        phase.first, phase.budget, *phase.links, phase.redirect, phase.balance, phase.dye,
        gone, arrived, phase.cell, passed, hop, BITS, *np.zeros((2, 1), dtype=np.bool_),
    )  # fmt: skip
    return gone, arrived, passed


def pay_slowly(phase: Phase) -> list[tuple[int, int, int]]:
    """Write down every payment of the phase as (payer, payee, pence)."""
    links = (values.tolist() for values in phase.links[1:])
    made = slow.payments_along(phase.first, phase.budget.tolist(), *links, phase.redirect.tolist())
    return [(payer, payee, pence) for payer, payee, pence, _ in made]


def live(phase: Phase, hop: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pay, dye and fold one phase: balances, dye held after, dye let go."""
    balance, inbox = phase.balance.copy(), np.zeros(phase.n_rows, dtype=np.int64)
    sums = np.zeros((3, 2), dtype=np.int64)
    gone, arrived, _ = dye_fast(phase, hop)
    payments.pay_along_edges(
        phase.first, phase.budget, *phase.links, phase.slot, phase.redirect, balance, inbox, sums,
        BITS, np.zeros(1, dtype=np.bool_),
    )  # fmt: skip
    payments.fold(balance, inbox, np.zeros_like(inbox), inbox[:0], BITS, all_pages())
    dye, let_go = phase.dye.copy(), np.zeros(phase.shape[1], dtype=np.int64)
    came = np.zeros((N_CELLS, phase.shape[1]), dtype=np.int64)
    dye_kernels.fold_dye(
        balance, dye, gone, arrived, let_go, phase.cell, came, BITS, all_pages(), all_pages()
    )
    assert not gone.any()
    assert not arrived.any()
    return balance, dye, let_go


@given(phases(), HOPS)
def test_dye_along_links_equals_its_slow_twin(phase, hop):
    """Dye gone, arrived and passed on without a hop are those of the slow twin, to the unit."""
    gone, arrived, passed = dye_fast(phase, hop)

    out, into, third = slow.dye(pay_slowly(phase), phase.balance.tolist(), phase.dye.tolist(), hop)
    assert gone.tolist() == out
    assert arrived.tolist() == into
    assert passed.tolist() == slow.by_cell(third, phase.cell.tolist(), N_CELLS)


@given(lists_of_payments(), HOPS)
def test_dye_of_a_list_equals_its_slow_twin(case: Payments, hop):
    """Listed payments carry dye by the same rule as links."""
    gone, arrived = np.zeros_like(case.dye), np.zeros_like(case.dye)
    passed = np.zeros((N_CELLS, case.dye.shape[1]), dtype=np.int64)
    made = list(zip(case.payer.tolist(), case.payee.tolist(), case.pence.tolist(), strict=True))

    dye_kernels.dye_list(
        case.payer, case.payee, case.pence, case.balance, case.dye, gone, arrived,
        case.cell, passed, hop,
    )  # fmt: skip

    out, into, third = slow.dye(made, case.balance.tolist(), case.dye.tolist(), hop)
    assert gone.tolist() == out
    assert arrived.tolist() == into
    assert passed.tolist() == slow.by_cell(third, case.cell.tolist(), N_CELLS)


@given(phases(), HOPS)
def test_a_phase_conserves_dye_and_keeps_it_below_the_money(phase, hop):
    """Held before = held after + let go; 0 <= dye <= 1024 x balance on every account."""
    balance, dye, let_go = live(phase, hop)

    assert dye.sum() + let_go.sum() == phase.dye.sum()
    assert dye.min() >= 0
    assert let_go.min() >= 0
    assert np.all(dye.sum(axis=1) <= 1024 * np.maximum(balance, 0))


@given(phases())
def test_a_transfer_without_a_hop_keeps_each_tag_to_itself(phase):
    """Tax remitted and cash pooled move dye, raise no tag, and are known for no hop."""
    _, arrived, passed = dye_fast(phase, hop=0)
    _, dye, let_go = live(phase, hop=0)

    assert passed.tolist() == slow.by_cell(arrived.tolist(), phase.cell.tolist(), N_CELLS)
    np.testing.assert_array_equal(dye.sum(axis=0) + let_go, phase.dye.sum(axis=0))


@given(phases())
def test_a_hop_raises_the_tag_by_one_and_the_last_tag_gathers_the_rest(phase):
    """What leaves with tag t arrives with tag t + 1; the last tag stays the last."""
    gone, arrived, passed = dye_fast(phase, hop=1)

    out, last = gone.sum(axis=0), phase.shape[1] - 1
    expected = np.zeros_like(out)
    for tag, units in enumerate(out.tolist()):
        expected[min(tag + 1, last)] += units
    np.testing.assert_array_equal(arrived.sum(axis=0), expected)
    assert not passed.any()


@given(st.data(), PENCE.filter(bool), st.booleans())
def test_a_payment_never_carries_more_than_its_share_and_loses_almost_nothing(data, opening, full):
    """Units carried lie within one unit, and 2e-15 of themselves, below the exact share."""
    pence = data.draw(st.integers(1, opening))
    held = 1024 * opening if full else data.draw(st.integers(0, 1024 * opening))
    gone, arrived = np.zeros((2, 1), dtype=np.int64), np.zeros((2, 1), dtype=np.int64)
    balance, dye = np.array([opening, 0]), np.array([[held], [0]])

    dye_kernels.dye_list(
        np.array([0], dtype=np.int32), np.array([1], dtype=np.int32), np.array([pence]),
        balance, dye, gone, arrived, np.zeros(2, dtype=np.int32),
        np.zeros((1, 1), dtype=np.int64), 1,
    )  # fmt: skip

    exact = Fraction(held * pence, opening)
    units = int(gone[0, 0])
    assert units <= exact
    assert units <= 1024 * pence
    assert units > exact * (1 - RELATIVE_ROUNDING) - 1


def test_an_account_that_pays_all_it_has_keeps_no_dye():
    """What rounding leaves on an empty account is let go, and counted."""
    balance, dye = np.array([0, 1000]), np.array([[1, 2], [7, 0]])
    gone, arrived, let_go = np.zeros((2, 2), dtype=np.int64), np.zeros((2, 2), dtype=np.int64), None
    let_go = np.zeros(2, dtype=np.int64)

    dye_kernels.fold_dye(
        balance, dye, gone, arrived, let_go, np.zeros(2, dtype=np.int32), np.zeros_like(dye),
        BITS, all_pages(), all_pages(),
    )  # fmt: skip

    assert dye.tolist() == [[0, 0], [7, 0]]
    assert let_go.tolist() == [1, 2]


@given(st.data(), st.lists(st.integers(-5, 50), min_size=1, max_size=5), st.integers(1, 4))
def test_folding_dye_equals_its_slow_twin(data, balance, tags):
    """Whatever arrives, an account keeps at most its balance of dye; the rest is let go."""
    units = st.lists(st.integers(0, 30_000), min_size=tags, max_size=tags)
    table = st.lists(units, min_size=len(balance), max_size=len(balance))
    held, arrived = np.array(data.draw(table)), np.array(data.draw(table))
    cell = [k % N_CELLS for k in range(len(balance))]
    expected = slow.by_cell(arrived.tolist(), cell, N_CELLS)
    came = np.zeros((N_CELLS, tags), dtype=np.int64)
    gone = np.array([[data.draw(st.integers(0, u)) for u in row] for row in held.tolist()])
    after, let_go = slow.fold_dye(balance, held.tolist(), gone.tolist(), arrived.tolist())
    rounding = np.zeros(tags, dtype=np.int64)

    dye_kernels.fold_dye(
        np.array(balance), held, gone, arrived, rounding, np.array(cell, dtype=np.int32), came,
        BITS, all_pages(), all_pages(),
    )  # fmt: skip

    assert came.tolist() == expected
    assert held.tolist() == after
    assert rounding.tolist() == let_go


def test_dye_is_folded_only_where_it_left_or_came():
    """A page that dye has left loses it, one that it has come to gains it, a third is let be."""
    balance, cell = np.full(3, 1000), np.zeros(3, dtype=np.int32)
    dye, gone, arrived = np.full((3, 1), 50), np.full((3, 1), 7), np.full((3, 1), 9)
    left, came = np.array([True, False, False]), np.array([False, True, False])
    by_cell, rounding = np.zeros((1, 1), dtype=np.int64), np.zeros(1, dtype=np.int64)

    dye_kernels.fold_dye(balance, dye, gone, arrived, rounding, cell, by_cell, 0, left, came)

    assert dye.ravel().tolist() == [43, 59, 50]
    assert (gone.ravel().tolist(), arrived.ravel().tolist()) == ([0, 7, 7], [9, 0, 9])
    assert by_cell.tolist() == [[9]]
    assert not left.any()
    assert not came.any()


def test_a_sink_takes_all_dye_of_its_rows_and_of_no_other():
    """Dye that reaches the government or the world is counted and gone."""
    dye = np.arange(8, dtype=np.int64).reshape(4, 2)
    sunk = np.array([[100, 0], [0, 0]])
    rows, cell = np.array([1, 2], dtype=np.int32), np.array([1, 0, 0, 1], dtype=np.int32)

    dye_kernels.sink_dye(rows, dye, cell, sunk)

    assert dye.tolist() == [[0, 1], [0, 0], [0, 0], [6, 7]]
    assert sunk.tolist() == [[106, 8], [0, 0]]


@st.composite
def accounts(draw: st.DrawFn) -> tuple[int, list[int], list[int], np.ndarray]:
    """Owners who move part of one account: first row, pence moved, balances, dye."""
    source = draw(st.lists(PENCE, min_size=1, max_size=5))
    first = draw(st.integers(0, len(source) - 1))
    pence = [
        draw(st.one_of(st.just(0), st.just(s), st.integers(0, s), st.just(-1)))
        for s in source[first:]
    ]
    return first, pence, source, draw(dye_below(source, draw(st.integers(1, 4))))


@given(accounts())
def test_moving_own_money_equals_its_slow_twin(case):
    """Saving and drawing move dye by its share, and what would exceed the rest moves too."""
    first, pence, source, held = case
    before, target = held.tolist(), np.zeros_like(held)

    dye_kernels.move_dye(first, np.array(pence), 1, np.array(source), held, target)

    assert target.tolist() == slow.move_dye(first, pence, source, before)
    assert (held + target).tolist() == before


@given(accounts())
def test_own_money_moves_without_either_account_holding_more_dye_than_pence(case):
    """An account dyed through and through stays so on both sides, to the unit."""
    first, pence, source, held = case
    target = np.zeros_like(held)

    dye_kernels.move_dye(first, np.array(pence), 1, np.array(source), held, target)

    for k, moved in enumerate(pence):
        amount = max(moved, 0)
        assert held[first + k].sum() <= 1024 * (source[first + k] - amount)
        assert target[first + k].sum() <= 1024 * amount
    assert held.min() >= 0


@pytest.mark.parametrize("source", [0, -5])
def test_moving_from_an_empty_account_moves_no_dye_and_does_not_stop(source):
    """A kernel raises nothing: the ledger finds the overdraft when it closes."""
    dye, target = np.zeros((1, 1), dtype=np.int64), np.zeros((1, 1), dtype=np.int64)

    dye_kernels.move_dye(0, np.array([-3]), -1, np.array([source]), dye, target)

    assert not target.any()


@given(st.data(), st.lists(st.integers(-5, 50), min_size=1, max_size=5), st.integers(1, 4))
def test_the_audit_of_dye_equals_its_slow_twin(data, balance, tags):
    """Sums by cell, the worst excess over a balance, and the least dye are found."""
    row = st.lists(st.integers(-2, 30_000), min_size=tags, max_size=tags)
    held = data.draw(st.lists(row, min_size=len(balance), max_size=len(balance)))
    cell = [k % N_CELLS for k in range(len(balance))]
    cells = np.zeros((N_CELLS, tags), dtype=np.int64)

    found = dye_kernels.audit_dye(
        np.array(balance), np.array(held), np.array(cell, dtype=np.int32), cells
    )

    assert found == slow.audit_dye(balance, held)
    assert cells.tolist() == slow.by_cell(held, cell, N_CELLS)


@given(lists_of_payments(), st.data())
def test_dye_of_wages_is_that_of_two_lists(case: Payments, data):
    """Net pay moves dye with a hop and the tax withheld without one, as two lists would."""
    part = st.integers(0, 65536)
    tax = np.array([p * data.draw(part) >> 16 for p in case.pence.tolist()], dtype=np.int64)
    government = data.draw(st.integers(0, case.balance.size - 1))
    gone, arrived = np.zeros_like(case.dye), np.zeros_like(case.dye)
    passed = np.zeros((N_CELLS, case.dye.shape[1]), dtype=np.int64)

    wages.dye_wages(
        case.payer, case.payee, case.pence, tax, government, case.balance, case.dye,
        gone, arrived, passed[case.cell[government]],
    )  # fmt: skip

    pays = list(zip(case.payer.tolist(), case.pence.tolist(), tax.tolist(), strict=True))
    homes = zip(pays, case.payee.tolist(), strict=True)
    net = [(payer, home, pence - withheld) for (payer, pence, withheld), home in homes]
    taxes = [(payer, government, withheld) for payer, _, withheld in pays]
    balance, held = case.balance.tolist(), case.dye.tolist()
    out, into, _ = slow.dye(net, balance, held, 1)
    more_out, more_into, third = slow.dye(taxes, balance, held, 0)
    np.testing.assert_array_equal(gone, np.array(out) + np.array(more_out))
    np.testing.assert_array_equal(arrived, np.array(into) + np.array(more_into))
    assert passed.tolist() == slow.by_cell(third, case.cell.tolist(), N_CELLS)
