"""One month of Preston against its bar; the table is made in `tests.benchmarks.month`."""

import sys

import pytest

from tests.benchmarks.month import BAR_MS, measure


@pytest.mark.bench
def test_a_preston_month_stays_within_the_bar() -> None:
    """One month of Preston with dye costs at most 30 ms of one core after warm-up."""
    cost = measure()

    sys.stdout.write("\n" + cost.table() + "\n")
    assert sum(cost.dyed.values()) <= BAR_MS
