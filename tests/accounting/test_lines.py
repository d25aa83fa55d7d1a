"""Room for dye begins where a line of the cache does."""

import numpy as np
import pytest

from simulation.accounting.lines import LINE, room_for_dye


@pytest.mark.parametrize(("rows", "tags"), [(0, 4), (1, 1), (5, 4), (9, 8), (70_000, 4)])
def test_room_for_dye_is_empty_and_begins_with_a_line(rows: int, tags: int) -> None:
    """Kernels take it as they take any other array of rows."""
    room = room_for_dye(rows, tags)

    assert (room.shape, room.dtype, room.flags.c_contiguous) == ((rows, tags), np.int64, True)
    assert not room.any()
    assert rows == 0 or room.ctypes.data % LINE == 0
