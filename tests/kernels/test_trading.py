"""Bills, profit tax and the division of surpluses, against the same rules on whole columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import trading
from simulation.kernels.staffing import Posts, Roll, call_roll
from simulation.kernels.trading import Firms, Parts, Rules, Shared

N = 6
SHARE = st.floats(0.0, 1.0)
TAKES = np.array([True, True, False])
"""Kinds of owner that may take a surplus out."""


def pence(draw: st.DrawFn, low: int = 0) -> np.ndarray:
    """One amount a row."""
    return np.array(draw(st.lists(st.integers(low, 10**9), min_size=N, max_size=N)), dtype=np.int64)


def flags(draw: st.DrawFn) -> np.ndarray:
    """Yes or no for each row."""
    return np.array(draw(st.lists(st.booleans(), min_size=N, max_size=N)))


def kinds(draw: st.DrawFn) -> np.ndarray:
    """A kind of owner for each row."""
    return np.array(draw(st.lists(st.integers(0, 2), min_size=N, max_size=N)), dtype=np.int8)


def one_firm(alive: bool, held: int, expected: int) -> Firms:
    """A single row with money and sales [pence]."""
    columns = (np.array([one]) for one in (alive, np.int8(0), held, expected))
    return Firms(*columns)


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
    alive, kind, before_loss = flags(data.draw), kinds(data.draw), loss.copy()
    profit, tax = np.full((2, N), -1, dtype=np.int64)

    firms = Firms(alive, kind, held, sales)
    trading.tax_profits(
        sales, inputs, payroll, paid_share, duties, firms, TAKES, rate, loss, profit, tax
    )

    before = sales - inputs - ((payroll * paid_share) >> 16) - duties
    taxed = np.where(alive & TAKES[kind], np.maximum(before - before_loss, 0), 0)
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
    firms, loans = one_firm(alive, held, 1_001), np.array([owed])

    assert trading.spare_cash(0, firms, loans, 0.25) == spare


@pytest.mark.parametrize(
    ("held", "owed", "alive", "lent"),
    [(90, 0, True, 60), (90, 10, True, 50), (900, 0, True, 0), (90, 0, False, 0), (0, 60, True, 0)],
)
def test_who_cannot_pay_its_bills_is_lent_the_rest_within_a_limit(held, owed, alive, lent):
    """Bills of 155 pence; at most half a month of 121 pence of sales is owed."""
    bills = (np.array([pence]) for pence in (100, 20, 30, 4, 1))
    rows, drawn = np.full(1, 7, dtype=np.int32), np.zeros(1, dtype=np.int64)

    many = trading.find_overdrafts(
        one_firm(alive, held, 121), np.array([owed]), np.full(6, 0.5), *bills, rows, drawn
    )

    assert (many, rows[:many].tolist(), int(drawn[:many].sum())) == (lent > 0, [0] * many, lent)


@pytest.mark.parametrize(
    ("held", "owed", "paid"), [(900, 500, 325), (900, 300, 300), (900, 0, 0), (251, 9, 0)]
)
def test_loans_are_repaid_from_half_of_what_is_above_the_working_balance(held, owed, paid):
    """Never more than is owed, and nothing where that comes to less than a penny."""
    rows, pence = np.full(1, 7, dtype=np.int32), np.zeros(1, dtype=np.int64)

    many = trading.find_repayments(
        one_firm(True, held, 1_001), np.array([owed]), 0.25, 0.5, rows, pence
    )

    assert (many, rows[:many].tolist(), int(pence[:many].sum())) == (paid > 0, [0] * many, paid)


def test_branches_alone_send_a_share_of_their_spare_cash():
    """Of 400 and 80 pence above the working balance of nothing, the second row's half."""
    firms = Firms(np.ones(2, np.bool_), np.zeros(2, np.int8), np.array([400, 81]), np.zeros(2))
    pooled = np.full(2, 9)

    trading.pool_cash(np.array([1], dtype=np.int32), firms, np.zeros(2), 1.0, 0.5, pooled)

    assert pooled.tolist() == [0, 40]


@given(st.data())
def test_surpluses_are_divided_by_each_rows_own_rule(data):
    """Each part is its share of the row's cash, rounded down to a penny; reserves have a ceiling.

    Branches divide nothing, owners get it only where there are any.
    """
    alive, kind, owes = flags(data.draw), kinds(data.draw), flags(data.draw)
    held, expected, savings = (pence(data.draw) for _ in range(3))
    branch, owned = flags(data.draw), flags(data.draw)
    shares = np.array([[0.5, 0.0, 0.0, 0.25], [0.0, 0.3, 0.1, 0.2], [0.0, 0.0, 0.0, 1.0]])
    rules = Rules(shares, 0.5, TAKES)
    parts = Parts(*np.full((5, N), -1, dtype=np.int64))
    group, links = (np.cumsum([0, *some]).astype(np.int32) for some in (branch, owned))

    trading.share_surplus(
        Firms(alive, kind, held, expected), owes.astype(np.int64), 0.25, savings, group, links,
        rules, parts,
    )  # fmt: skip

    above = np.maximum(held - (expected * 0.25).astype(np.int64), 0)
    spare = np.where(alive & ~owes & ~branch, above, 0)
    owners, members, fund, kept = (spare * shares[kind].T).astype(np.int64)
    room = np.maximum((expected * 0.5).astype(np.int64) - savings, 0)
    reserve = np.minimum(kept, room)
    mission = np.where(TAKES[kind], 0, kept - reserve)
    told = (np.where(owned, owners, 0), members, fund, reserve, mission)
    for part, wanted in zip(parts, told, strict=True):
        assert part.tolist() == wanted.tolist()


def test_the_first_of_a_kind_in_an_area_is_the_open_row_of_lowest_uid():
    """The lowest uid has closed, another is of another kind; one area has none."""
    firms = Firms(
        np.array([False, True, True, True]), np.array([2, 1, 2, 2], dtype=np.int8),
        np.zeros(4), np.zeros(4),
    )  # fmt: skip
    first, area = np.empty(2, dtype=np.int32), np.array([1, 1, 1, 1], dtype=np.int16)

    trading.first_of_kind(firms, 2, np.array([3, 4, 9, 8]), area, first)

    assert first.tolist() == [-1, 3]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(1, 1000)), max_size=4),
    st.data(),
)
def test_members_share_in_equal_parts(rows, data):
    """Each worker on the roll is paid as much as any other; what others get is told apart."""
    sharing = [k for k in range(len(rows)) if data.draw(st.booleans())]
    columns = np.array([(h, c, p) for h, c, p in rows], dtype=np.int64).reshape(-1, 3)
    heads, commuters, due = columns.T.copy()
    employer = np.repeat(np.arange(len(rows), dtype=np.int32), heads)
    home = np.arange(employer.size, dtype=np.int32)[::-1].copy()
    ends = np.full((3, max(employer.size, len(rows))), -1, dtype=np.int32)
    roll = Roll(
        *np.zeros((2, len(rows)), dtype=np.int64), *ends, home, np.zeros(home.size, np.int8)
    )
    working = np.full(employer.size, 2, dtype=np.int8)
    call_roll(Posts(employer, working, np.ones(employer.size, dtype=np.int64)), roll)
    to_members, away = np.full(len(rows), 7), np.full(len(sharing), 7)
    shared = Shared(*np.full((2, home.size), -1, dtype=np.int32), np.full(home.size, -1))

    n = trading.share_among_members(
        np.array(sharing, dtype=np.int32), due, heads, commuters.astype(np.int32), roll, 100,
        to_members, away, shared,
    )  # fmt: skip

    each = [p // (h + c) if h + c else 0 for h, c, p in rows]
    assert to_members.tolist() == [
        each[k] * h if k in sharing else 7 for k, (h, _, _) in enumerate(rows)
    ]
    assert away.tolist() == [each[k] * rows[k][1] for k in sharing]
    paid = sorted(zip(*(column[:n].tolist() for column in shared), strict=True))
    assert paid == sorted(
        (k, 100 + int(home[w]), each[k])
        for w, k in enumerate(employer.tolist())
        if k in sharing and each[k]
    )
