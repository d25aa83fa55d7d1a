"""Remembers which accounts a phase has touched, so that only those are balanced when it closes.

Most phases touch firms alone. Folding all 64,000 rows of a district with their dye took 1 ms, and
a month closes eighteen phases.
"""

import numpy as np
from numpy.typing import NDArray

Int32 = NDArray[np.int32]

BITS = 10


class Pages:
    """Pages of 1,024 neighbouring rows; a page is touched when one of its rows pays or is paid.

    Parameters
    ----------
    n_rows : int
        Number of accounts.
    """

    def __init__(self, n_rows: int) -> None:
        self.marks: NDArray[np.bool_] = np.zeros((n_rows >> BITS) + 1, dtype=np.bool_)
        """Touched pages: bool[n_pages]; kernels unmark what they have closed."""

    def touch(self, row: int | Int32) -> None:
        """Mark the pages of some rows."""
        self.marks[row >> BITS] = True

    def touch_block(self, first: int, size: int) -> None:
        """Mark the pages of rows `first .. first + size - 1`."""
        if size:
            self.marks[first >> BITS : ((first + size - 1) >> BITS) + 1] = True

    @property
    def bits(self) -> int:
        """A page is 2**bits neighbouring rows."""
        return BITS

    def holds(self, row: int) -> bool:
        """Say whether a row's page is touched."""
        return bool(self.marks[row >> BITS])
