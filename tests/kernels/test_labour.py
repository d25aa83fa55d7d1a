"""Payroll: every worker's pay and tax against slow twins, to the penny."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulation.accounting.lines import room_in_lines
from simulation.kernels import labour
from simulation.kernels.accounts import Accounts, Dye
from simulation.kernels.compiling import AT_ONCE
from simulation.kernels.fetching import FAR
from simulation.kernels.labour import LEAVES, Law, Payroll, Room, Staff
from tests.kernels.phases import N_CELLS, PENCE, cells, dye_below
from tests.reference import labour as slow
from tests.reference import payments as slow_payments

Int64 = NDArray[np.int64]

N_ROWS = 4
GOVERNMENT = N_ROWS
HOMES = range(N_ROWS + 1, N_ROWS + 5)
PAY = st.one_of(st.integers(0, 5), st.integers(0, 10**6), st.integers(0, 2**40))
RATIOS = st.lists(st.integers(0, 65536), min_size=N_ROWS, max_size=N_ROWS)

ROOM = st.sampled_from([N_ROWS, FAR + 1])
"""Rows of payslips that lie near, and that are asked for ahead of time."""


def law_of(floors: list[int], rates: list[int]) -> Law:
    """A law as kernels take it."""
    columns = floors, rates, slow.tax_below(floors, rates)
    return Law(*(np.array(column, dtype=np.int64) for column in columns))


@st.composite
def laws(draw: st.DrawFn) -> Law:
    """Floors that rise from zero or more, and a rate for each band."""
    floors = sorted(draw(st.sets(st.integers(0, 2_000_000), min_size=1, max_size=5)))
    n = len(floors)
    rates = draw(st.lists(st.integers(0, 65536), min_size=n, max_size=n))
    return law_of(floors, rates)


def bands(law: Law) -> tuple[list[int], list[int]]:
    """Floors and rates of a law."""
    return law.floors.tolist(), law.rates.tolist()


@st.composite
def workers(draw: st.DrawFn) -> Staff:
    """Employers (-1 where none), homes, monthly pay and status (2 where employed)."""
    rows = draw(st.lists(st.tuples(st.integers(-1, N_ROWS - 1), PAY), max_size=12))
    status = [draw(st.sampled_from([0, 1] if row < 0 else [2, 2, 2, 1])) for row, _ in rows]
    home = [draw(st.integers(0, len(HOMES) - 1)) for _ in rows]
    return Staff(
        np.array([row for row, _ in rows], dtype=np.int32),
        np.array(home, dtype=np.int32),
        np.array([pay for _, pay in rows], dtype=np.int64),
        np.array(status, dtype=np.int8),
    )


def slips_of(staff: Staff, law: Law, ratio: list[int]) -> list[tuple[int, int, int, int]]:
    """Write down every payslip slowly: employer row, household row, net pay, tax."""
    columns = (staff.employer.tolist(), staff.wage.tolist(), staff.status.tolist())
    gross, tax = slow.net_pay(*columns, ratio, *bands(law))
    home = [HOMES.start + number for number in staff.household.tolist()]
    return slow.wage_slips(columns[0], home, gross, tax)


@given(PAY, laws())
def test_tax_by_bands_equals_its_slow_twin(pay, law):
    """Each slice of pay is taxed at its band's rate, rounded down to a penny; at a floor too."""
    floors = law.floors.tolist()
    pays = [pay, *(max(floor + more, 0) for floor in floors for more in (-1, 0, 1, 2))]

    taxes = [int(labour.tax_of(each, law)) for each in pays]

    assert taxes == [slow.band_tax(each, *bands(law)) for each in pays]
    assert all(0 <= tax <= each for tax, each in zip(taxes, pays, strict=True))


@pytest.mark.parametrize(
    ("pay", "tax"), [(0, 0), (1_000, 0), (1_001, 0), (1_005, 1), (3_000, 500), (4_000, 1_000)]
)
def test_tax_of_a_worked_example(pay, tax):
    """A quarter above 1,000 pence and a half above 3,000, worked by hand."""
    law = Law(np.array([1_000, 3_000]), np.array([16_384, 32_768]), np.array([0, 500]))

    assert labour.tax_of(pay, law) == tax


@given(workers(), laws(), RATIOS)
def test_written_slips_equal_their_slow_twins(staff, law, ratio):
    """An employer that can pay part pays everyone that part; tax follows what is paid."""
    gross, tax = np.full((2, staff.wage.size), -1)

    labour.write_slips(staff, law, np.array(ratio), gross, tax)

    columns = (values.tolist() for values in (staff.employer, staff.wage, staff.status))
    pay, off = slow.net_pay(*columns, ratio, *bands(law))
    assert (gross.tolist(), tax.tolist()) == (pay, off)


def open_payroll(balance: list[int]) -> tuple[Accounts, Payroll]:
    """Accounts of employers, the government and homes, and a payroll that has paid nobody."""
    pence = np.array(balance, dtype=np.int64)
    accounts = Accounts(pence, np.zeros_like(pence), HOMES.start, HOMES.stop)
    klass = np.array([0, 1, 1, 2, 3, 4, 4, 4, 4], dtype=np.int32)
    sums = np.zeros((2, 5, 2), dtype=np.int64)
    return accounts, Payroll(np.zeros_like(pence), *sums, klass)


def full_room(tags: int, rows: int) -> Room:
    """Room in which something has been left lying; payslips are added to what is there."""
    slips, rate = room_in_lines(rows, LEAVES + tags), np.full((rows, tags), 0.5)
    columns = np.full((3, AT_ONCE), 99, dtype=np.int64)
    return Room(slips, rate, np.full(tags, 77, dtype=np.int64), *columns)


def pay_all(
    staff: Staff, law: Law, ratio: Int64, accounts: Accounts, payroll: Payroll, dye: Dye | None,
    parts: int, rows: int,
) -> Int64:  # fmt: skip
    """Pay all workers, in some parts one after another; return what each home has earned.

    There is room for so many rows, of which the first employ.
    """
    earned = np.zeros(len(HOMES), dtype=np.int64)
    cuts = [staff.wage.size * k // parts for k in range(parts + 1)]
    tags = 0 if dye is None else dye.held.shape[1]
    paid = room_in_lines(N_ROWS, LEAVES + tags)
    by_class = np.zeros_like(payroll.net_sums)
    for begin, end in pairwise(cuts):
        room = full_room(tags, rows)
        if dye is not None:
            labour.set_rates(dye, room.rate[:N_ROWS])
        labour.open_slips(room.slips[: ratio.size], ratio, payroll.klass)
        labour.pay_workers(
            staff, begin, end, law, GOVERNMENT, accounts, by_class, earned, dye, room
        )
        paid += room.slips[:N_ROWS]
    left = np.zeros((N_ROWS, 0), dtype=np.int64) if dye is None else dye.out
    labour.settle_slips(paid[: ratio.size], GOVERNMENT, accounts, payroll, left)
    assert not paid[: ratio.size, [labour.PAY, labour.TAX, labour.SLIPS]].any()
    assert not paid[: ratio.size, LEAVES : LEAVES + tags].any()
    assert by_class.tolist() == payroll.net_sums.tolist()
    return earned


@given(workers(), laws(), RATIOS, st.integers(1, 3), ROOM)
def test_paying_workers_moves_gross_pay_and_splits_it_into_net_and_tax(
    staff, law, ratio, parts, rows
):
    """Employers pay gross, homes have net at once, and the government waits for the tax."""
    accounts, payroll = open_payroll([0] * 9)
    due = np.array(ratio)

    earned = pay_all(staff, law, due, accounts, payroll, None, parts, rows)

    slips, klass = slips_of(staff, law, ratio), payroll.klass
    made = [(e, h, n) for e, h, n, _ in slips] + [(e, GOVERNMENT, t) for e, _, _, t in slips]
    expected = slow_payments.pay(made, [0] * 9, HOMES)
    assert (accounts.balance.tolist(), accounts.inbox.tolist()) == expected
    assert earned.tolist() == [sum(n for _, h, n, _ in slips if h == r) for r in HOMES]
    assert payroll.net_by_row.tolist() == [
        sum(n for e, _, n, _ in slips if e == row) for row in range(9)
    ]
    assert payroll.net_sums.tolist() == [
        [sum(n for e, _, n, _ in slips if klass[e] == c), sum(klass[e] == c for e, *_ in slips)]
        for c in range(5)
    ]
    assert payroll.tax_sums.tolist() == [
        [
            sum(t for e, _, _, t in slips if klass[e] == c),
            sum(klass[e] == c and t > 0 for e, _, _, t in slips),
        ]
        for c in range(5)
    ]
    assert accounts.balance.sum() + accounts.inbox.sum() == 0


@given(workers(), laws(), RATIOS, st.integers(1, 5), st.integers(1, 3), ROOM, st.data())
def test_dye_of_wages_is_that_of_two_lists(staff, law, ratio, tags, parts, rows, data):
    """Net pay moves dye home with a hop and the tax withheld without one, as two lists would.

    Who owes money pays no dye, whatever stands there.
    """
    balance = data.draw(st.lists(st.one_of(PENCE, st.integers(-9, 0)), min_size=9, max_size=9))
    held, cell = data.draw(dye_below([abs(b) for b in balance], tags)), data.draw(cells(9))
    accounts, payroll = open_payroll(balance)
    out, inbox = np.zeros((2, *held.shape), dtype=np.int64)
    passed, arrived = np.zeros((2, N_CELLS, tags), dtype=np.int64)
    dye = Dye(held.copy(), out, inbox, accounts.balance.copy(), cell, passed, arrived)

    pay_all(staff, law, np.array(ratio), accounts, payroll, dye, parts, rows)

    slips = slips_of(staff, law, ratio)
    net, tax = [(e, h, n) for e, h, n, _ in slips], [(e, GOVERNMENT, t) for e, _, _, t in slips]
    home = slow_payments.dye(net, balance, held.tolist(), 1, HOMES)
    state = slow_payments.dye(tax, balance, held.tolist(), 0, HOMES)
    places = cell.tolist()
    np.testing.assert_array_equal(out, np.array(home.gone) + np.array(state.gone))
    np.testing.assert_array_equal(dye.held - held, home.came)
    assert inbox.tolist() == state.waits
    assert passed.tolist() == slow_payments.by_cell(state.passed, places, N_CELLS)
    assert arrived.tolist() == slow_payments.by_cell(home.came, places, N_CELLS)


@given(workers(), laws(), RATIOS)
def test_dye_of_wages_moves_no_money(staff, law, ratio):
    """The same pence are paid with dye as without, and are counted alike."""
    plain, counted = open_payroll([10**6] * 9)
    dyed, counted_too = open_payroll([10**6] * 9)
    held, out, inbox = np.full((3, 9, 4), 100)
    arrived, passed = np.zeros((2, 1, 4), dtype=np.int64)
    dye = Dye(held, out, inbox, dyed.balance.copy(), np.zeros(9, np.int32), passed, arrived)
    due = np.array(ratio)

    pay_all(staff, law, due, plain, counted, None, 1, N_ROWS)
    pay_all(staff, law, due, dyed, counted_too, dye, 1, FAR + 1)

    for one, other in zip([*plain, *counted], [*dyed, *counted_too], strict=True):
        np.testing.assert_array_equal(one, other)
