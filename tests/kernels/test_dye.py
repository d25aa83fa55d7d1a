"""Dye moves with the money: against slow twins, conserved, and never more of it than of money."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.accounting.grouping import runs_of
from simulation.kernels import dye as dye_kernels
from simulation.kernels import payments
from simulation.kernels.accounts import Accounts, Dye
from simulation.kernels.payments import Marks
from tests.kernels.phases import (
    N_CELLS,
    PENCE,
    Opening,
    Payments,
    Phase,
    homes_in,
    phases,
)
from tests.kernels.phases import payments as lists_of_payments
from tests.reference import payments as slow

BITS = 10
RELATIVE_ROUNDING = Fraction(2, 10**15)
"""The kernel lowers a share by 9e-16 of itself; four roundings of a double add 4.5e-16 at most."""
HOPS = st.integers(0, 1)
KNOWN = st.booleans()
"""Whether a kernel is told that there are four tags."""


def all_pages() -> np.ndarray:
    """The one page of a small phase, touched."""
    return np.ones(1, dtype=np.bool_)


def dye_fast(phase: Phase, hop: int, known: bool) -> tuple[Accounts, Dye]:
    """Run the kernel along links with dye."""
    accounts, dye, sums = phase.accounts(), phase.dyes(), np.zeros((3, 2), dtype=np.int64)
    room = phase.room(known)
    payments.pay_along(phase.links, phase.budget, accounts, phase.slot, sums, dye, hop, room)
    return accounts, dye


def pay_slowly(phase: Phase) -> list[tuple[int, int, int]]:
    """Write down every payment of the phase as (payer, payee, pence)."""
    links = (values.tolist() for values in phase.columns)
    made = slow.payments_along(phase.first, phase.budget.tolist(), *links, phase.redirect.tolist())
    return [(payer, payee, pence) for payer, payee, pence, _ in made]


def moved(opening: Opening, dye: Dye) -> tuple[list[list[int]], ...]:
    """Dye gone, waiting, at home, passed on by cell and told to have arrived by cell."""
    at_home = dye.held - opening.dye
    return tuple(u.tolist() for u in (dye.out, dye.inbox, at_home, dye.passed, dye.arrived))


def moved_slowly(
    opening: Opening, made: list[tuple[int, int, int]], hop: int
) -> tuple[list[list[int]], ...]:
    """The same by the slow twin."""
    held, cell = opening.dye.tolist(), opening.cell.tolist()
    gone, waits, passed, came = slow.dye(made, opening.balance.tolist(), held, hop, opening.homes)
    told = [[units * hop for units in row] for row in came]
    return gone, waits, came, *(slow.by_cell(rows, cell, N_CELLS) for rows in (passed, told))


def live(phase: Phase, hop: int, known: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pay, dye and fold one phase: balances, dye held after, dye let go."""
    accounts, dye = dye_fast(phase, hop, known)
    payments.fold(accounts, dye.opening[:0], np.zeros(0, dtype=np.int32), BITS, all_pages())
    let_go = np.zeros(phase.shape[1], dtype=np.int64)
    dye_kernels.fold_dye(accounts, dye, let_go, BITS, all_pages(), all_pages())
    assert not dye.out.any()
    assert not dye.inbox.any()
    assert not dye.passed.any()
    return accounts.balance, dye.held, let_go


@given(phases(), HOPS, KNOWN)
def test_dye_along_links_equals_its_slow_twin(phase, hop, known):
    """Dye gone, arrived and passed on without a hop are those of the slow twin, to the unit."""
    _, dye = dye_fast(phase, hop, known)

    assert moved(phase, dye) == moved_slowly(phase, pay_slowly(phase), hop)


@given(phases(), HOPS, KNOWN)
def test_dye_along_links_moves_no_money(phase, hop, known):
    """The same pence go with dye as without, and are counted alike."""
    plain, sums = phase.accounts(), np.zeros((3, 2), dtype=np.int64)
    nothing, counted = np.zeros(0, dtype=np.int64), np.zeros((3, 2), dtype=np.int64)
    payments.pay_along(phase.links, phase.budget, plain, phase.slot, sums, None, hop, nothing)

    dyed, room = phase.accounts(), phase.room(known)
    payments.pay_along(
        phase.links, phase.budget, dyed, phase.slot, counted, phase.dyes(), hop, room
    )

    assert dyed.balance.tolist() == plain.balance.tolist()
    assert dyed.inbox.tolist() == plain.inbox.tolist()
    assert counted.tolist() == sums.tolist()


@given(phases(), HOPS, KNOWN)
def test_links_that_lead_to_no_home_need_no_test_for_homes(phase, hop, known):
    """Money, dye and counts are the same with and without it."""
    inland = replace(phase, homes=range(0))
    found = []
    for pay in (payments.pay_along, payments.pay_no_home):
        for dyes in (None, inland.dyes()):
            accounts, sums = inland.accounts(), np.zeros((3, 2), dtype=np.int64)
            room = np.zeros(0, dtype=np.int64) if dyes is None else inland.room(known)
            pay(inland.links, inland.budget, accounts, inland.slot, sums, dyes, hop, room)
            columns = [*accounts[:2], sums, *(dyes or ())]
            found.append([column.tolist() for column in columns])

    assert found[0] == found[2]
    assert found[1] == found[3]


@given(lists_of_payments(), HOPS)
def test_dye_of_a_list_equals_its_slow_twin(case: Payments, hop):
    """Listed payments carry dye by the same rule as links."""
    dye = case.dyes()
    touched, left, came = np.zeros((3, case.n_rows), dtype=np.bool_)

    payments.pay_list(
        case.payer, case.payee, case.pence, True, True, case.accounts(), dye, hop,
        Marks(0, touched, left, came),
    )  # fmt: skip

    assert moved(case, dye) == moved_slowly(case, case.made, hop)
    assert np.flatnonzero(left).tolist() == sorted(set(case.payer.tolist()))
    assert np.flatnonzero(came).tolist() == sorted(set(case.payee.tolist()))
    assert touched.tolist() == (left | came).tolist()


@given(lists_of_payments())
def test_payments_are_dyed_but_for_the_dye_that_they_carry(case: Payments):
    """What a payer holds goes along as it is; the rest of each payment gets the first tag."""
    dye, came = case.dyes(), np.zeros(case.n_rows, dtype=np.bool_)
    cells = np.zeros((N_CELLS, case.shape[1]), dtype=np.int64)

    dye_kernels.inject_dye(
        case.payer, case.payee, case.pence, case.accounts(), dye, 0, came, cells
    )  # fmt: skip

    first = [[0] * case.shape[1] for _ in range(case.n_rows)]
    for one in case.made:
        gone = slow.dye([one], case.balance.tolist(), case.dye.tolist(), 0, case.homes).gone
        first[one[1]][0] += 1024 * one[2] - sum(map(sum, gone))
    zero = [0] * case.shape[1]
    home = [units if row in case.homes else zero for row, units in enumerate(first)]
    waits = [zero if row in case.homes else units for row, units in enumerate(first)]
    assert ((dye.held - case.dye).tolist(), dye.inbox.tolist()) == (home, waits)
    cell = case.cell.tolist()
    assert dye.arrived.tolist() == slow.by_cell(home, cell, N_CELLS)
    assert cells.tolist() == slow.by_cell(first, cell, N_CELLS)
    assert np.flatnonzero(came).tolist() == sorted(set(case.payee.tolist()))


@given(phases(), HOPS, KNOWN)
def test_a_phase_conserves_dye_and_keeps_it_below_the_money(phase, hop, known):
    """Held before = held after + let go; 0 <= dye <= 1024 x balance on every account."""
    balance, dye, let_go = live(phase, hop, known)

    assert dye.sum() + let_go.sum() == phase.dye.sum()
    assert dye.min() >= 0
    assert let_go.min() >= 0
    assert np.all(dye.sum(axis=1) <= 1024 * np.maximum(balance, 0))


@given(phases(), KNOWN)
def test_a_transfer_without_a_hop_keeps_each_tag_to_itself(phase, known):
    """Tax remitted and cash pooled move dye, raise no tag, and are known for no hop."""
    _, going = dye_fast(phase, 0, known)
    _, dye, let_go = live(phase, 0, known)

    waits = slow.by_cell(going.inbox.tolist(), phase.cell.tolist(), N_CELLS)
    assert going.passed.tolist() == waits
    assert not going.arrived.any()
    np.testing.assert_array_equal(dye.sum(axis=0) + let_go, phase.dye.sum(axis=0))


@given(phases(), KNOWN)
def test_a_hop_raises_the_tag_by_one_and_the_last_tag_gathers_the_rest(phase, known):
    """What leaves with tag t arrives with tag t + 1; the last tag stays the last."""
    _, dye = dye_fast(phase, 1, known)

    out, last = dye.out.sum(axis=0), phase.shape[1] - 1
    expected = np.zeros_like(out)
    for tag, units in enumerate(out.tolist()):
        expected[min(tag + 1, last)] += units
    np.testing.assert_array_equal((dye.inbox + dye.held - phase.dye).sum(axis=0), expected)
    assert not dye.passed.any()


def one_town(balance: list[int], held: list[list[int]]) -> tuple[Accounts, Dye]:
    """Accounts of one cell, none of them a home, with the dye that they hold."""
    pence = np.array(balance, dtype=np.int64)
    row = np.arange(pence.size, dtype=np.int32)
    units = np.array(held, dtype=np.int64)
    opening = Opening(pence, units, np.zeros_like(row), row, range(0))
    return opening.accounts(), opening.dyes()


@given(st.data(), PENCE.filter(bool), st.booleans())
def test_a_payment_never_carries_more_than_its_share_and_loses_almost_nothing(data, opening, full):
    """Units carried lie within one unit, and 2e-15 of themselves, below the exact share."""
    pence = data.draw(st.integers(1, opening))
    held = 1024 * opening if full else data.draw(st.integers(0, 1024 * opening))
    accounts, dye = one_town([opening, 0], [[held], [0]])
    payer, payee = np.array([[0], [1]], dtype=np.int32)

    marks = Marks(BITS, *(all_pages() for _ in range(3)))
    payments.pay_list(payer, payee, np.array([pence]), True, True, accounts, dye, 1, marks)

    exact = Fraction(held * pence, opening)
    units = int(dye.out[0, 0])
    assert units <= exact
    assert units <= 1024 * pence
    assert units > exact * (1 - RELATIVE_ROUNDING) - 1


def test_an_account_that_pays_all_it_has_keeps_no_dye():
    """What rounding leaves on an empty account is let go, and counted."""
    accounts, dye = one_town([0, 1000], [[1, 2], [7, 0]])
    let_go = np.zeros(2, dtype=np.int64)

    some = dye_kernels.fold_dye(accounts, dye, let_go, BITS, all_pages(), all_pages())

    assert dye.held.tolist() == [[0, 0], [7, 0]]
    assert let_go.tolist() == [1, 2]
    assert not some


@st.composite
def folds(draw: st.DrawFn) -> tuple[Opening, Dye]:
    """Dye that waits at the close of a phase, on accounts some of which may be homes."""
    balance = draw(st.lists(st.integers(-5, 50), min_size=1, max_size=5))
    n, tags = len(balance), draw(st.integers(1, 5))
    units = st.lists(st.integers(0, 30_000), min_size=tags, max_size=tags)
    held, inbox = (np.array(draw(st.lists(units, min_size=n, max_size=n))) for _ in range(2))
    passed, arrived = (
        np.array(draw(st.lists(units, min_size=N_CELLS, max_size=N_CELLS))) for _ in range(2)
    )
    out = np.array([[draw(st.integers(0, u)) for u in row] for row in held.tolist()])
    row = np.arange(n, dtype=np.int32)
    opening = Opening(np.array(balance), held, row % N_CELLS, row, draw(homes_in(0, n)))
    dye = opening.dyes()._replace(out=out, inbox=inbox, passed=passed, arrived=arrived)
    return opening, dye


@given(folds())
def test_folding_dye_equals_its_slow_twin(case):
    """Whatever arrives, an account keeps at most its balance of dye; the rest is let go.

    What came without a hop is taken from what arrived, and homes are left alone.
    """
    opening, dye = case
    balance, held, homes = opening.balance.tolist(), opening.dye.tolist(), opening.homes
    after, let_go = slow.fold_dye(balance, held, dye.out.tolist(), dye.inbox.tolist(), homes)
    told = dye.arrived - dye.passed
    np.add.at(told, opening.cell[opening.others], dye.inbox[opening.others])
    rounding = np.zeros(len(let_go), dtype=np.int64)

    some = dye_kernels.fold_dye(
        opening.accounts(), dye, rounding, BITS, all_pages(), all_pages()
    )  # fmt: skip

    assert dye.held.tolist() == after
    assert rounding.tolist() == let_go
    assert dye.arrived.tolist() == told.tolist()
    assert some == told.any()
    assert not dye.passed.any()
    assert not dye.out[opening.others].any()
    assert not dye.inbox[opening.others].any()


@given(folds())
def test_dye_that_has_but_left_is_folded_without_what_waits(case):
    """Where none has come, an account loses what has gone from it, and its inbox stays."""
    opening, dye = case
    balance, held, homes = opening.balance.tolist(), opening.dye.tolist(), opening.homes
    nothing, waits = np.zeros_like(held).tolist(), dye.inbox.tolist()
    after, let_go = slow.fold_dye(balance, held, dye.out.tolist(), nothing, homes)
    rounding = np.zeros(len(let_go), dtype=np.int64)

    nowhere = np.zeros(1, dtype=np.bool_)
    dye_kernels.fold_dye(opening.accounts(), dye, rounding, BITS, all_pages(), nowhere)

    assert dye.held.tolist() == after
    assert dye.inbox.tolist() == waits
    assert not dye.out[opening.others].any()
    assert rounding.tolist() == let_go


def test_dye_is_folded_only_where_it_left_or_came():
    """A page that dye has left loses it, one that it has come to gains it, a third is let be."""
    accounts, dye = one_town([1000] * 3, [[50]] * 3)
    dye.out[:], dye.inbox[:] = 7, 9
    left, came = np.array([True, False, False]), np.array([False, True, False])

    dye_kernels.fold_dye(accounts, dye, np.zeros(1, dtype=np.int64), 0, left, came)

    assert dye.held.ravel().tolist() == [43, 59, 50]
    assert (dye.out.ravel().tolist(), dye.inbox.ravel().tolist()) == ([0, 7, 7], [9, 0, 9])
    assert dye.arrived[0].tolist() == [9]
    assert not left.any()
    assert not came.any()


def test_pages_of_homes_alone_are_not_gone_through():
    """Two rows a page, homes in rows 3 to 7: their own two pages keep their marks, all others none.

    Homes have moved their dye themselves; who shares a page with them has not.
    """
    accounts, dye = one_town([1000] * 10, [[50]] * 10)
    accounts = accounts._replace(first_home=3, end_home=8)
    dye.out[:] = 7
    left, came = np.ones((2, 5), dtype=np.bool_)

    dye_kernels.fold_dye(accounts, dye, np.zeros(1, dtype=np.int64), 1, left, came)

    assert dye.held.ravel().tolist() == [43, 43, 43, 50, 50, 50, 50, 50, 43, 43]
    assert left.tolist() == came.tolist() == [False, False, True, True, False]


@pytest.mark.parametrize("told", [False, True])
def test_a_sink_takes_all_dye_of_its_rows_and_of_no_other(told):
    """Dye that reaches the government or the world is counted and gone.

    What was on its way has arrived there, unless that is told already.
    """
    dye = np.arange(8, dtype=np.int64).reshape(4, 2)
    sunk, arrived = np.array([[100, 0], [0, 0]]), np.array([[30, 0], [0, 0]])
    rows, cell = np.array([1, 2], dtype=np.int32), np.array([1, 0, 0, 1], dtype=np.int32)

    some = dye_kernels.sink_dye(rows, dye, cell, None if told else arrived, sunk)
    more = dye_kernels.sink_dye(rows, dye, cell, None if told else arrived, sunk)

    assert (some, more) == (True, False)
    assert dye.tolist() == [[0, 1], [0, 0], [0, 0], [6, 7]]
    assert sunk.tolist() == [[106, 8], [0, 0]]
    assert arrived.tolist() == ([[30, 0], [0, 0]] if told else [[36, 8], [0, 0]])


@given(st.data(), st.lists(st.integers(-5, 50), min_size=1, max_size=5), st.integers(1, 5))
def test_the_audit_of_dye_equals_its_slow_twin(data, balance, tags):
    """Sums by cell, the worst excess over a balance, and the least dye are found."""
    row = st.lists(st.integers(-2, 30_000), min_size=tags, max_size=tags)
    held = data.draw(st.lists(row, min_size=len(balance), max_size=len(balance)))
    cell = [k // 2 % N_CELLS for k in range(len(balance))]
    cells = np.zeros((N_CELLS, tags), dtype=np.int64)

    found = dye_kernels.audit_dye(
        runs_of(np.array(cell)), np.array(balance), np.array(held),
        np.array(cell, dtype=np.int32), cells,
    )  # fmt: skip

    assert found == slow.audit_dye(balance, held)
    assert cells.tolist() == slow.by_cell(held, cell, N_CELLS)
