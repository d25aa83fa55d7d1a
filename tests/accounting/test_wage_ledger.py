"""Homes are paid their wages, class by class."""

import numpy as np
import pytest

from simulation.accounting.wage_ledger import WageLedger
from tests.accounting.little_ledger import (
    GOVERNMENT,
    HOMES,
    KLASS,
    LAW,
    MILL,
    SHOP,
    TWO_CLASSES,
    open_home_ledger,
    staff,
)


@pytest.mark.parametrize("desks", [1, 3])
def test_what_a_home_earned_last_month_is_forgotten_whatever_its_class(desks):
    """Half of what is above 30 pounds is tax: of 50 pounds a home is left 40, and the others none.

    The month before every home earned 99 pounds; homes of the second block no longer work.
    """
    ledger: WageLedger = open_home_ledger(klass=TWO_CLASSES)
    ledger.share_out(desks)
    earned, net = np.full(HOMES, 9_900, dtype=np.int64), np.zeros(KLASS.size, dtype=np.int64)
    ratio = np.full(GOVERNMENT, 65_536, dtype=np.int64)

    ledger.wages(staff((SHOP, 0, 50), (MILL, 6, 30)), LAW, ratio, GOVERNMENT, earned, net)

    assert earned.tolist() == [4_000, 0, 0, 0, 0, 0, 3_000, 0]
    assert net[[SHOP, MILL]].tolist() == [4_000, 3_000]
