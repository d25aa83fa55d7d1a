"""What is known of money that no flow follows: the part that its receivers pay on in the place.

Where books show no flows, a source may still say in which range that part lies (table `respent`):
a range of the register for all, or what a survey found for the receivers of one supplier's money.
Where it says nothing, it lies between none and all.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Tier
from simulation.measures.view import View

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

NOBODY: Int64 = np.full(1, -1, dtype=np.int64)
"""Stands for all receivers of whom nothing of their own is known."""

MILLION = 1_000_000


def respent(view: View, who: Institution, tier: str, suppliers: Int64) -> tuple[Float64, Float64]:
    """Return the least and the most that receivers pay on in the place.

    Parameters
    ----------
    view : View
        Any books.
    who : Institution
        HOUSEHOLD or FIRM that received money there; BUYER, for what buyers pay for staff and
        homes in the place receive of it.
    tier : str
        The place.
    suppliers : int64[k]
        Party rows of those whose money was received, -1 for anyone.

    Returns
    -------
    least, most : float64[k]
        Share of what was received.
    """
    least, most = np.zeros(suppliers.size), np.ones(suppliers.size)
    if not view.covers("respent") or tier.upper() not in Tier.__members__:
        return least, most
    rows = view.whole("respent")
    told = (rows["institution"] == who) & (rows["tier"] == Tier[tier.upper()])
    of, low, high = (rows[name][told] for name in ("supplier", "least_ppm", "most_ppm"))
    for common in np.flatnonzero(of == -1):
        least[:], most[:] = low[common] / MILLION, high[common] / MILLION
    at = {int(party): row for row, party in enumerate(of)}
    for k, party in enumerate(suppliers.tolist()):
        if party >= 0 and party in at:
            least[k], most[k] = low[at[party]] / MILLION, high[at[party]] / MILLION
    return least, most
