"""Payslips: who is in work has one, by hand."""

import numpy as np

from simulation.accounting.payslips import payslips_of
from tests.accounting.little_ledger import LAW, MILL, SHOP, staff


def test_everyone_in_work_has_a_slip_and_nobody_else():
    """A mill that can pay half pays half, and half of what is above 30 pounds is withheld."""
    workers = staff((SHOP, 4, 50), (-1, 2, 60), (MILL, 1, 80))
    ratio = np.full(MILL + 1, 65_536, dtype=np.int64)
    ratio[MILL] //= 2

    slips = payslips_of(workers, LAW, ratio)

    assert slips.employer.tolist() == [SHOP, MILL]
    assert slips.household.tolist() == [4, 1]
    assert slips.gross.tolist() == [5_000, 4_000]
    assert slips.tax.tolist() == [1_000, 500]
