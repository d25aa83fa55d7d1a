"""Columns are looked through whole, one row in each cache line, whatever their type."""

import numpy as np
import pytest

from simulation.kernels.compiling import kernel
from simulation.kernels.looking import look, look_at_rows, look_at_sums


@kernel
def looked(column, table, n):
    """Look both through."""
    return look(column, n), look_at_rows(table, n)


@pytest.mark.parametrize(("dtype", "lines"), [(np.int8, 2), (np.int16, 3), (np.float64, 9)])
def test_each_cache_line_is_looked_at_once(dtype, lines):
    """Sixty-five rows of one byte lie on two lines, of eight bytes on nine; a table's on more."""
    table = np.ones((65, 4), dtype=np.int64)

    assert looked(np.ones(70, dtype=dtype), table, 65) == (lines, 33)


def test_what_links_add_to_is_looked_through_with_dye_and_without():
    """Sums of two columns lie four rows to a line, dye of four tags two."""
    sums, inbox, dye = np.ones((8, 2), np.int64), np.ones(16, np.int64), np.ones((16, 4), np.int64)

    assert look_at_sums(sums, inbox, None, 16) == 2 + 2
    assert look_at_sums(sums, inbox, dye, 16) == 2 + 2 + 8
