"""Counts, month by month, the firms that open and close: what a business register would tell."""

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.model.rows import Rows

Int64 = NDArray[np.int64]


class Demography:
    """Who traded when the month before closed.

    Parameters
    ----------
    town : Town
        As it is before the first month that is counted.
    """

    def __init__(self, town: Town) -> None:
        self._remember(town)

    def note(self, rows: Rows, town: Town) -> None:
        """Write the firms of each area that traded before, and that have opened or closed since.

        Single firms count, not lines that stand for many. A firm has closed where it no longer
        trades, or where another stands in its row.
        """
        before, uid = self._trading, self._uid
        self._remember(town)
        other = uid != self._uid
        closed = before & (~self._trading | other)
        opened = self._trading & (~before | other)
        area, n_areas = town.economy.parties.area[: before.size], len(town.economy.areas.ids)
        counts = [np.bincount(area[one], minlength=n_areas) for one in (before, opened, closed)]
        some = np.flatnonzero(np.any(counts, axis=0))
        rows.add(
            month=town.month, area=some, trading=counts[0][some], opened=counts[1][some],
            closed=counts[2][some],
        )  # fmt: skip

    def _remember(self, town: Town) -> None:
        n = town.economy.firms.n_agents
        self._trading = town.economy.firms.alive[:n].copy()
        self._uid: Int64 = town.economy.parties.uid[:n].copy()
