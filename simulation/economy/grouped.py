"""Rows by area, or by any other small whole number, found once for all of them.

A country has three hundred areas and tens of millions of rows: looking through every row for each
area would take the square of its size.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.economy.columns import Int64


class Grouped:
    """The rows of each code, rising.

    Parameters
    ----------
    codes : int[n]
        None of them negative.
    """

    def __init__(self, codes: NDArray[Any]) -> None:
        self._order = None
        many = np.bincount(codes, minlength=1)
        self._ends = np.concatenate([[0], np.cumsum(many)])
        if bool((codes[1:] < codes[:-1]).any()):
            self._order = np.argsort(codes, kind="stable").astype(np.int32)

    def rows(self, code: int) -> Int64:
        """Return the rows of a code, int64[m]; none where nobody has it."""
        if code + 1 >= self._ends.size:
            return np.zeros(0, dtype=np.int64)
        begin, end = self._ends[code], self._ends[code + 1]
        if self._order is None:
            return np.arange(begin, end)
        return self._order[begin:end].astype(np.int64)

    @property
    def codes(self) -> list[int]:
        """The codes that somebody has, rising."""
        found: list[int] = np.flatnonzero(np.diff(self._ends)).tolist()
        return found
