"""Public buyers' money in the enterprises that they founded, as Books keep it.

A loan and shares are no cost of the service: they are cash that is away, and at risk. The budget of
the category finds it in the month in which it is paid, and has back what is repaid.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.economy.enterprises import AtRisk
from simulation.economy.town import Town
from simulation.model.rows import Rows

Int64 = NDArray[np.int64]


class MoneyAtRisk:
    """What has been told so far, by buyer's index and category."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, int], Int64] = {}

    def note(self, rows: Rows, town: Town) -> None:
        """Write what was paid out, came back and was lost this month.

        Parameters
        ----------
        rows : Rows, updated
            The table `capital`.
        town : Town
            At the end of a month; enterprises that have closed are remembered.
        """
        held, now = town.enterprises, dict[tuple[int, int], Int64]()
        for one in (*held.living, *held.closed):
            pair = one.seat.buyer, one.seat.category
            now[pair] = now.get(pair, 0) + _columns(one.at_risk)
        for (buyer, category), sums in sorted(now.items(), key=lambda entry: entry[0]):
            moved = sums - self._told.get((buyer, category), 0)
            if moved.any():
                lent, shares, repaid, returned, lost = moved.tolist()
                rows.one(
                    month=town.month,
                    buyer=int(town.now.party[town.economy.buyers.row[buyer]]),
                    category=category,
                    lent_pence=lent,
                    shares_pence=shares,
                    repaid_pence=repaid,
                    returned_pence=returned,
                    lost_pence=lost,
                )
        self._told = now


def _columns(one: AtRisk) -> Int64:
    return np.array([one.lent, one.shares, one.repaid, one.returned, one.lost], dtype=np.int64)
