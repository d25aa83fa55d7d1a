"""Payroll: every worker's pay and tax against slow twins, to the penny."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import labour
from tests.reference import labour as slow

N_ROWS = 4
PAY = st.one_of(st.integers(0, 5), st.integers(0, 10**6), st.integers(0, 2**40))


@st.composite
def bands(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Floors that rise from zero or more, and a rate for each band."""
    floors = sorted(draw(st.sets(st.integers(0, 2_000_000), min_size=1, max_size=5)))
    n = len(floors)
    rates = draw(st.lists(st.integers(0, 65536), min_size=n, max_size=n))
    return np.array(floors, dtype=np.int64), np.array(rates, dtype=np.int64)


@st.composite
def workers(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Employers (-1 where none), monthly pay and status (2 where employed)."""
    rows = draw(st.lists(st.tuples(st.integers(-1, N_ROWS - 1), PAY), max_size=12))
    status = [draw(st.sampled_from([0, 1])) if row < 0 else 2 for row, _ in rows]
    return (
        np.array([row for row, _ in rows], dtype=np.int32),
        np.array([pay for _, pay in rows], dtype=np.int64),
        np.array(status, dtype=np.int8),
    )


def tax_of(pay: int, floors: np.ndarray, rates: np.ndarray) -> int:
    """Run the kernel for one person."""
    tax = np.full(1, -1, dtype=np.int64)
    labour.band_tax(np.array([pay]), floors, rates, tax)
    return int(tax[0])


@given(PAY, bands())
def test_tax_by_bands_equals_its_slow_twin(pay, law):
    """Each slice of pay is taxed at its band's rate, rounded down to a penny."""
    floors, rates = law

    tax = tax_of(pay, floors, rates)

    assert tax == slow.band_tax(pay, floors.tolist(), rates.tolist())
    assert 0 <= tax <= pay


@pytest.mark.parametrize(
    ("pay", "tax"), [(0, 0), (1_000, 0), (1_001, 0), (1_005, 1), (3_000, 500), (4_000, 1_000)]
)
def test_tax_of_a_worked_example(pay, tax):
    """A quarter above 1,000 pence and a half above 3,000, worked by hand."""
    floors, rates = np.array([1_000, 3_000]), np.array([16_384, 32_768])

    assert tax_of(pay, floors, rates) == tax


@given(workers())
def test_payroll_due_equals_its_slow_twin(case):
    """Each employer owes the pay of those it employs, and of nobody else."""
    employer, wage, status = case
    due, heads = np.zeros(N_ROWS, dtype=np.int64), np.zeros(N_ROWS, dtype=np.int64)

    labour.payroll_due(employer, wage, status, due, heads)

    expected = slow.payroll_due(employer.tolist(), wage.tolist(), status.tolist(), N_ROWS)
    assert (due.tolist(), heads.tolist()) == expected


@given(workers(), bands(), st.lists(st.integers(0, 65536), min_size=N_ROWS, max_size=N_ROWS))
def test_payslips_equal_their_slow_twins(case, law, ratio):
    """An employer that can pay part pays everyone that part; tax follows what is paid."""
    employer, wage, status = case
    home = np.arange(wage.size, dtype=np.int32)
    payer, payee, gross = np.full_like(employer, -2), np.full_like(employer, -2), wage - wage - 1

    slips = labour.gross_pay(
        employer, home, wage, status, N_ROWS, np.array(ratio), payer, payee, gross
    )
    tax = np.full_like(gross[:slips], -1)
    labour.band_tax(gross[:slips], *law, tax)

    columns = (values.tolist() for values in (employer, wage, status))
    pay, off = slow.net_pay(*columns, ratio, *(values.tolist() for values in law))
    employed = np.flatnonzero(status == 2)
    assert payer[:slips].tolist() == employer[employed].tolist()
    assert payee[:slips].tolist() == (N_ROWS + home[employed]).tolist()
    assert gross[:slips].tolist() == [pay[w] for w in employed]
    assert tax.tolist() == [off[w] for w in employed]


@given(workers(), st.data())
def test_paying_workers_moves_gross_pay_and_splits_it_into_net_and_tax(case, data):
    """Employers pay gross, households receive net, the rest is returned as withheld."""
    employer, wage, status = case
    gross = np.where(status == 2, wage, 0)
    tax = np.array([data.draw(st.integers(0, pay)) for pay in gross.tolist()], dtype=np.int64)
    payee = np.array([data.draw(st.integers(0, N_ROWS - 1)) for _ in wage.tolist()], dtype=np.int32)
    klass = np.array([0, 1, 1, 2], dtype=np.int32)
    balance, inbox, net_by_row = (np.zeros(N_ROWS, dtype=np.int64) for _ in range(3))
    net_sums, tax_sums = np.zeros((3, 2), dtype=np.int64), np.zeros((3, 2), dtype=np.int64)

    withheld = labour.pay_workers(
        employer, payee, gross, tax, klass, balance, inbox, net_by_row, net_sums, tax_sums
    )

    slips = slow.wage_slips(employer.tolist(), payee.tolist(), gross.tolist(), tax.tolist())
    rows = range(N_ROWS)
    assert balance.tolist() == [-sum(n + t for e, _, n, t in slips if e == r) for r in rows]
    assert inbox.tolist() == [sum(n for _, h, n, _ in slips if h == r) for r in rows]
    assert net_by_row.tolist() == [sum(n for e, _, n, _ in slips if e == r) for r in rows]
    assert net_sums.tolist() == [
        [sum(n for e, _, n, _ in slips if klass[e] == c), sum(klass[e] == c for e, *_ in slips)]
        for c in range(3)
    ]
    assert tax_sums.tolist() == [
        [
            sum(t for e, _, _, t in slips if klass[e] == c),
            sum(klass[e] == c and t > 0 for e, _, _, t in slips),
        ]
        for c in range(3)
    ]
    assert withheld == sum(t for *_, t in slips)
    assert balance.sum() + inbox.sum() + withheld == 0


@given(st.lists(st.tuples(PAY, st.integers(0, 1000)), max_size=6), bands())
def test_tax_on_average_pay_equals_its_slow_twin(rows, law):
    """Pay known as an average is taxed as that many people on the average."""
    each = np.array([pay for pay, _ in rows], dtype=np.int64)
    heads = np.array([people for _, people in rows], dtype=np.int64)
    tax = np.full(each.size, -1, dtype=np.int64)

    labour.tax_on_average(each, heads, *law, tax)

    expected = slow.tax_on_average(
        each.tolist(), heads.tolist(), *(values.tolist() for values in law)
    )
    assert tax.tolist() == expected
