"""What is asked to be paid finds its payee, goes as far as it can, and is added up."""

import numpy as np

from simulation.kernels import instructing, serving

STAFF, LENDER, BANK, GOVERNMENT = -1, -2, 7, 8


def test_payees_that_stand_for_somebody_are_named() -> None:
    """Staff time is bought where the payer is; who would pay itself pays the government."""
    payer, payee = np.array([0, 1, 2, 3]), np.array([STAFF, LENDER, STAFF, 0])
    area, adviser = np.array([0, 0, 1, 1], dtype=np.int16), np.array([1, 2], dtype=np.int32)

    instructing.name_payees(payer, payee, area, adviser, (STAFF, LENDER, BANK), GOVERNMENT)

    assert payee.tolist() == [1, BANK, GOVERNMENT, 0]


def test_payments_are_cut_in_turn_to_what_a_payer_holds() -> None:
    """The first are paid whole, one in part, the rest not; an overdrawn account pays nothing."""
    payer, pence = np.array([0, 0, 0, 2, 1], dtype=np.int32), np.array([40, 30, 5, 9, 9])

    instructing.cut_to_funds(payer, pence, np.array([60, -3, 9]))

    assert pence.tolist() == [40, 20, 0, 9, 0]


def test_only_sales_of_trading_rows_are_noted() -> None:
    """Another kind is no sale, and a payee behind the trading rows sells nothing."""
    sales = np.array([1, 1])

    instructing.note_sales(
        np.array([0, 1, 1, 5]), np.array([3, 3, 4, 3]), np.array([10, 20, 30, 40]), 3, sales
    )

    assert sales.tolist() == [11, 21]


def test_equal_keys_are_added_up_in_rising_order() -> None:
    """Each key says where it stood first."""
    key, pence = np.array([5, 2, 5, 9]), np.array([1, 2, 3, 4])
    first, sums = np.zeros((2, 4), dtype=np.int64)

    n = instructing.sum_by_key(key, np.argsort(key, kind="stable"), pence, first, sums)

    assert first[:n].tolist() == [1, 0, 3]
    assert sums[:n].tolist() == [2, 4, 4]


def test_settlements_fall_on_the_side_that_bears_them() -> None:
    """A buyer's fee, its staff time, what it gets back, and a supplier's staff time."""
    buyer = np.full(5, 100)
    columns = np.array(
        [
            [100, 100, 3, 3, 3],
            [50, STAFF, 100, STAFF, STAFF],
            [10, 20, 4, 8, 16],
            [1, 2, 1, 2, 1],
            [0, 0, 0, 0, 0],
        ]
    )
    sums = np.zeros((4, 1), dtype=np.int64)

    instructing.take_sides(
        columns, np.zeros(5, dtype=np.int64), buyer, instructing.Sides(*sums, STAFF, 2)
    )

    assert sums.ravel().tolist() == [20, 8, 6, 26]


def test_payments_are_added_up_by_payer() -> None:
    """A payer of two has the sum of both and is named once; who pays nothing is not named."""
    sums, rows = np.zeros(3, dtype=np.int64), np.empty(4, dtype=np.int64)
    payer, pence = np.array([2, 0, 1, 2]), np.array([5, 6, 0, 7])

    many = instructing.sum_by_payer(payer, pence, sums, rows)

    assert sums.tolist() == [6, 0, 12]
    assert rows[:many].tolist() == [2, 0]


def test_buyers_are_charged_by_category_with_what_their_places_cost() -> None:
    """Places of one buyer and category add up; what was owed before stays."""
    whole = np.zeros((serving.WHOLE_ROWS, 4), dtype=np.int64)
    whole[serving.BUYER_INDEX], whole[serving.CATEGORY] = [0, 1, 1, 0], [2, 0, 0, 1]
    owed = np.full(6, 0.5)

    instructing.charge_places(whole, np.array([3, 4, 5]), 3, owed)

    assert owed.tolist() == [0.5, 0.5, 3.5, 9.5, 0.5, 0.5]


def test_work_done_is_owed_on_both_sides_and_falls_due_in_whole_months() -> None:
    """Half a month counts as one; who is paid at different times is told apart."""
    buyer, supplier = np.array([2, 2, 3], dtype=np.int32), np.array([0, 1, 0], dtype=np.int32)
    payable, receivable = np.zeros((2, 4), dtype=np.int64)
    months = np.empty(3, dtype=np.int64)
    days = np.array([30.0, 44.9, 15.0])

    alike = instructing.book_invoices(
        buyer, supplier, np.array([5, 6, 7]), days, payable, receivable, months
    )

    assert alike
    assert months.tolist() == [1, 1, 1]
    assert payable.tolist() == [0, 0, 11, 7]
    assert receivable.tolist() == [12, 6, 0, 0]
    days[2] = 45.0
    assert not instructing.book_invoices(
        buyer, supplier, np.array([5, 6, 7]), days, payable, receivable, months
    )


def test_who_is_short_pays_each_invoice_the_same_share() -> None:
    """What is kept back for staff pays nothing; the rest of each invoice stays owed."""
    buyer, supplier = np.array([2, 3, 2], dtype=np.int32), np.array([0, 0, 1], dtype=np.int32)
    payable, receivable = np.array([0, 0, 30, 8]), np.array([18, 20, 0, 0])
    owed, paid = np.zeros(4, dtype=np.int64), np.full(3, -1, dtype=np.int64)

    left = instructing.pay_invoices(
        buyer, supplier, np.array([10, 8, 20]), np.array([0, 0, 25, 90]), np.array([0, 0, 10, 3]),
        owed, payable, receivable, paid,
    )  # fmt: skip

    assert paid.tolist() == [5, 8, 10]
    assert left == 15
    assert payable.tolist() == [0, 0, 15, 0]
    assert receivable.tolist() == [5, 10, 0, 0]
    assert not owed.any()


def test_frameworks_are_audited_as_they_would_be_column_by_column() -> None:
    """Beside the same rules on whole columns: openings, lock-outs, endings, claims, audit costs."""
    draw, month = np.random.default_rng(7), 24
    sizes = np.array([3, 1, 0, 4, 2, 5])
    begins = np.concatenate([[0], np.cumsum(sizes)])
    owner, m, n = np.repeat(np.arange(6), sizes), 6, int(begins[-1])
    start, every = np.array([0, 12, 12, 20, 24, 12]), np.array([12, 6, 6, 12, 12, 0])
    buyer, books = np.arange(900, 906), np.array([True, True, True, True, False, True])
    record, paid = draw.uniform(0, 1, n), draw.integers(0, 10**7, n)
    record[:4] = 0.4, 0.39, 0.9, 0.39
    padding, draws, supplier = draw.uniform(0, 0.1, n), draw.uniform(0, 1, n), np.arange(n)
    rules = instructing.AuditRules(0.4, 0.6, 0.5, 12, 3.0, 4_000.0, 5, 6, 7, 8, -1)
    stays, found = np.empty((2, n), dtype=np.bool_)
    ends, reopens = np.empty((2, m), dtype=np.bool_)
    columns, asked_by = np.empty((5, n + m), dtype=np.int64), np.empty(n + m, dtype=np.int64)

    many = instructing.audit(
        begins, (start, every, buyer, books), (record, paid, padding, supplier), draws, month,
        rules, instructing.Audited(stays, found, ends, reopens, columns, asked_by),
    )  # fmt: skip

    age = month - start
    opens = (age > 0) & (every > 0) & (age % np.maximum(every, 1) == 0)
    kept = ~opens[owner] | (record >= 0.4)
    left = np.bincount(owner[kept], minlength=m)
    looked = books[owner] & (draws < 0.6)
    padded = np.minimum(age + 1, 12)[owner] * paid * (padding / (1.0 + padding))
    back = np.rint(padded * 0.5 * looked).astype(np.int64)
    cost = np.rint(3.0 * np.bincount(owner[looked], minlength=m) * 4_000.0).astype(np.int64)
    wanted = []
    for i in range(m):
        at = range(begins[i], begins[i + 1])
        wanted += [(i, supplier[k], buyer[i], back[k], 5, 7) for k in at if back[k] > 0]
        wanted += [(i, buyer[i], -1, cost[i], 6, 8)] * int(cost[i] > 0)
    over = opens & (left == 0) & (sizes > 0)
    assert over.tolist() == [False, True, False, False, False, False]
    assert not kept.all()
    assert stays.tolist() == kept.tolist()
    assert found.tolist() == (back > 0).tolist()
    assert ends.tolist() == over.tolist()
    assert reopens.tolist() == (opens & ~over).tolist()
    assert [*zip(asked_by[:many], *columns[:, :many], strict=True)] == wanted
