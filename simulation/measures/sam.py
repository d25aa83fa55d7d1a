"""Input-output multipliers on the money that really flowed in the place.

Output of the place's firms per pound of public purchases from them: type I lets firms buy from
firms, type II lets households earn and spend as well (Miller and Blair 2009, chapters 2 and 6;
Pyatt and Round 1979 for the social accounting matrix). Both sum the industry rows, so that they
compare; `sam_type2_all` sums the households' rows too.
"""

from functools import partial
from typing import Literal

import numpy as np

from simulation.accounting.grouping import totals
from simulation.measures.circulation import Brings, Circulation, circulation
from simulation.measures.measure import Measure, ratio
from simulation.measures.series import Worth, worth
from simulation.measures.spending import bought, suppliers
from simulation.measures.view import View

Rows = Literal["type1", "type2", "type2_all"]
SOURCE = "Miller and Blair (2009); Pyatt and Round (1979)"


def sam(view: View, tier: str, rows: Rows) -> float:
    """Return a multiplier of the realised flow matrix per pound bought from the place's firms.

    Parameters
    ----------
    rows : {"type1", "type2", "type2_all"}
        Firms alone; firms with households spending; all rows with households spending.

    Raises
    ------
    Undefined
        When nothing is bought from firms of the place, or nothing leaks.
    """
    firms = suppliers(view)
    output = demand = 0.0
    for place in view.places(tier):
        ring = circulation(view, place.areas)
        known = firms.klass >= 0
        by_class = totals(firms.klass[known], bought(view, place)[known], view.classes.area.size)
        first = ring.gathered(by_class) * ring.trades
        demand += float(first.sum())
        if rows == "type1":
            key = ("firms alone", place.areas.tobytes())
            output += view.keep(key, partial(_firms_alone, ring)).of(first[ring.trades], 0)
        else:
            what = Brings.SALES if rows == "type2" else Brings.RECEIPTS
            output += ring.brought(first, what)
    return ratio(output, demand, "nothing was bought from firms of the place")


def _firms_alone(ring: Circulation) -> Worth:
    shares = ring.shares[ring.trades][:, ring.trades]
    return worth(shares, np.empty((shares.shape[0], 0)))


def _measure(rows: Rows, what: str) -> Measure:
    return Measure(
        name=f"sam_{rows}",
        unit="GBP per GBP",
        direction="up",
        nature="flow",
        what=what,
        source=SOURCE,
        of_run=lambda view, tier: sam(view, tier, rows),
    )


MEASURES = (
    _measure("type1", "Output of local firms per pound bought from them, firms buying from firms."),
    _measure("type2", "Output of local firms per pound bought from them, households spending too."),
    _measure("type2_all", "Receipts of local firms and households per pound bought from firms."),
)
