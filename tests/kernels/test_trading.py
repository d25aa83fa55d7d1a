"""Bills, profit tax and the division of surpluses, against the same rules on whole columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import trading

N = 6
SHARE = st.floats(0.0, 1.0)


def pence(draw: st.DrawFn, low: int = 0) -> np.ndarray:
    """One amount a row."""
    return np.array(draw(st.lists(st.integers(low, 10**9), min_size=N, max_size=N)), dtype=np.int64)


def flags(draw: st.DrawFn) -> np.ndarray:
    """Yes or no for each row."""
    return np.array(draw(st.lists(st.booleans(), min_size=N, max_size=N)))


def shares(draw: st.DrawFn) -> np.ndarray:
    """A share for each row."""
    return np.array(draw(st.lists(SHARE, min_size=N, max_size=N)))


@given(st.data(), SHARE)
def test_bills_equal_the_rule_on_whole_columns(data, rate):
    """Inputs net of VAT, rent where there is a landlord, VAT, interest; the closed owe interest."""
    alive, tenant = flags(data.draw), flags(data.draw)
    expected, extra, last, rent_pence, loans = (pence(data.draw) for _ in range(5))
    bought, vat_share = shares(data.draw), shares(data.draw)
    landlord = np.where(tenant, 3, -1).astype(np.int32)
    inputs, rent, vat, interest = np.full((4, N), -1, dtype=np.int64)

    trading.reckon_bills(
        alive, expected, bought, vat_share, extra, last, landlord, rent_pence, loans, rate,
        inputs, rent, vat, interest,
    )  # fmt: skip

    wanted = (expected * (bought * (1.0 - vat_share))).astype(np.int64) + extra
    assert inputs.tolist() == np.where(alive, wanted, 0).tolist()
    assert rent.tolist() == np.where(alive & tenant, rent_pence, 0).tolist()
    assert vat.tolist() == np.where(alive, (last * vat_share).astype(np.int64), 0).tolist()
    assert interest.tolist() == (loans * rate).astype(np.int64).tolist()


@given(st.data(), SHARE)
def test_profit_tax_equals_the_rule_on_whole_columns(data, rate):
    """Losses are carried forward, only the taxable pay, and none pays more than it holds."""
    sales, inputs, payroll, duties, held, loss = (pence(data.draw) for _ in range(6))
    paid_share = np.array(
        data.draw(st.lists(st.integers(0, 65536), min_size=N, max_size=N)), dtype=np.int64
    )
    taxable, before_loss = flags(data.draw), loss.copy()
    profit, tax = np.full((2, N), -1, dtype=np.int64)

    trading.tax_profits(
        sales, inputs, payroll, paid_share, duties, taxable, rate, held, loss, profit, tax
    )

    before = sales - inputs - ((payroll * paid_share) >> 16) - duties
    taxed = np.where(taxable, np.maximum(before - before_loss, 0), 0)
    due = np.minimum((taxed * rate).astype(np.int64), held)
    assert tax.tolist() == due.tolist()
    assert profit.tolist() == (before - due).tolist()
    assert loss.tolist() == np.maximum(before_loss - before, 0).tolist()


@pytest.mark.parametrize(
    ("held", "owed", "alive", "spare"),
    [(900, 0, True, 650), (200, 0, True, 0), (900, 1, True, 0), (900, 0, False, 0)],
)
def test_spare_cash_is_what_a_debt_free_row_holds_above_its_working_balance(
    held, owed, alive, spare
):
    """A quarter of 1,001 pence of sales is kept, rounded down; who owes the bank has none."""
    out = np.full(1, -1, dtype=np.int64)

    trading.spare_cash(np.array([held]), np.array([1_001]), 0.25, np.array([owed]),
                       np.array([alive]), out)  # fmt: skip

    assert out.tolist() == [spare]


@given(st.data())
def test_surpluses_are_divided_by_each_rows_own_rule(data):
    """Each part is its share of the row's cash, rounded down to a penny."""
    spare = pence(data.draw)
    rule = np.array(data.draw(st.lists(st.integers(0, 2), min_size=N, max_size=N)), dtype=np.int8)
    table = np.array([[0.0, 1.0], [0.3, 0.7], [1 / 3, 0.1]])
    parts = np.full((2, N), -1, dtype=np.int64)

    trading.divide_by_rule(spare, rule, table, parts)

    assert parts.tolist() == (spare * table[rule].T).astype(np.int64).tolist()
