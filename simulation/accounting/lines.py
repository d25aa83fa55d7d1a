"""Makes room for rows of numbers so that none lies in two lines of the cache where one would do.

Where columns begin by chance, every other row of four tags lies in two lines, and a row that is met
by chance is fetched twice.
"""

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]

LINE, WORD = 64, 8
"""Bytes of a line, and of a number."""


def room_for_dye(rows: int, tags: int) -> Int64:
    """Return zeros, int64[rows, tags], that begin where a line of the cache begins."""
    room = np.zeros(rows * tags + LINE // WORD, dtype=np.int64)
    first = -room.ctypes.data % LINE // WORD
    return room[first : first + rows * tags].reshape(rows, tags)


def room_in_lines(rows: int, columns: int) -> Int64:
    """Return zeros, int64[rows, columns or more], of which no row of up to eight lies in two lines.

    There are one, two, four, eight columns, and so on.
    """
    return room_for_dye(rows, 1 << max(columns - 1, 0).bit_length())
