"""Finding a seller: within an area and trade, larger firms are met more often than small ones.

Sellers stand in cells (area x sector), the largest first, so that those large enough for an order
are the head of the cell and one can be drawn in proportion to size by bisection.
"""

import numpy as np

from simulation.economy.columns import Bool, Float64, Int32, Int64
from simulation.kernels.links import draw_sellers

_BITS = 50


class Shelves:
    """Trading rows by cell, largest first.

    Parameters
    ----------
    cell : int64[n]
        Cell of each trading row, area x number of sectors + sector.
    size : int64[n]
        Weight of each row, below 2**50; rows of size 0 are never drawn.
    uid : int64[n]
        Breaks ties of size.
    """

    def __init__(self, cell: Int64, size: Int64, uid: Int64) -> None:
        self.row = np.lexsort((uid, -size, cell))
        self.place = np.empty_like(self.row)
        self.place[self.row] = np.arange(self.row.size)
        self.cell = cell[self.row]
        ordered = size[self.row]
        self.key = (self.cell << _BITS) + ((1 << _BITS) - 1 - ordered)
        self.cum = np.concatenate([[0], np.cumsum(ordered)]).astype(np.int64)

    def draw(self, cell: Int64, u: Float64, at_least: Int64) -> Int32:
        """Draw a seller of at least a given size from each cell.

        Parameters
        ----------
        cell : int64[m]
            Where to look.
        u : float64[m]
            Uniform draws in (0, 1).
        at_least : int64[m]
            Smallest size that will do, at least 1.

        Returns
        -------
        int32[m]
            Trading rows, -1 where the cell has none large enough.
        """
        least = np.minimum(np.maximum(at_least, 1), (1 << _BITS) - 1)
        wanted = (cell << _BITS) + ((1 << _BITS) - 1 - least)
        last = max(int(self.cell.max(initial=0)), int(cell.max(initial=0)))
        first = np.searchsorted(self.cell, np.arange(last + 2))
        found = np.empty(cell.size, dtype=np.int32)
        draw_sellers(first, self.key, self.cum, self.row, cell, u, wanted, found)
        return found

    def other_than(self, found: Int32, payer: Int32, at_least: Bool) -> Int32:
        """Replace a firm found to be its own seller by its neighbour in the cell.

        Parameters
        ----------
        found, payer : int32[m]
        at_least : bool[m]
            Whether the payer may not buy from itself.

        Returns
        -------
        int32[m]
            -1 where the cell holds nobody else.
        """
        own = at_least & (found == payer) & (found >= 0)
        out = found.copy()
        here = self.place[found[own]]
        before, after = np.maximum(here - 1, 0), np.minimum(here + 1, self.row.size - 1)
        cell = self.cell[here]
        use_before = (self.cell[before] == cell) & (before != here)
        use_after = (self.cell[after] == cell) & (after != here)
        use_after &= self.cum[after + 1] > self.cum[after]
        other = np.where(use_before, self.row[before], np.where(use_after, self.row[after], -1))
        out[own] = other
        return out
