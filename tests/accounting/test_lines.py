"""Room for dye begins where a line of the cache does."""

import numpy as np
import pytest

from simulation.accounting.lines import LINE, WORD, room_for_dye, room_in_lines


@pytest.mark.parametrize(("rows", "tags"), [(0, 4), (1, 1), (5, 4), (9, 8), (70_000, 4)])
def test_room_for_dye_is_empty_and_begins_with_a_line(rows: int, tags: int) -> None:
    """Kernels take it as they take any other array of rows."""
    room = room_for_dye(rows, tags)

    assert (room.shape, room.dtype, room.flags.c_contiguous) == ((rows, tags), np.int64, True)
    assert not room.any()
    assert rows == 0 or room.ctypes.data % LINE == 0


@pytest.mark.parametrize(("wanted", "given"), [(1, 1), (2, 2), (3, 4), (5, 8), (8, 8), (9, 16)])
def test_rows_of_up_to_eight_numbers_lie_in_one_line(wanted: int, given: int) -> None:
    """Larger ones begin where a line does."""
    room = room_in_lines(7, wanted)

    assert (room.shape, room.any()) == ((7, given), False)
    begins = (room.ctypes.data + np.arange(7) * given * WORD) % LINE
    assert (begins + min(given * WORD, LINE) <= LINE).all()
