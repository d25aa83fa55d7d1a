"""What is asked to be paid finds its payee, goes as far as it can, and is added up."""

import numpy as np

from simulation.kernels import instructing

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
    """A payer of two has the sum of both."""
    sums = np.zeros(3, dtype=np.int64)

    instructing.sum_by_payer(np.array([2, 0, 2]), np.array([5, 6, 7]), sums)

    assert sums.tolist() == [6, 0, 12]


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
