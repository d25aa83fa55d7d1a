"""Input-output multipliers on the money that really flowed in the place.

Output of the place's firms per pound of public purchases from them: type I lets firms buy from
firms, type II lets households earn and spend as well (Miller and Blair 2009, chapters 2 and 6;
Pyatt and Round 1979 for the social accounting matrix). Both sum the industry rows, so that they
compare; `sam_type2_all` sums the households' rows too.
"""

from functools import partial
from typing import Literal

import numpy as np

from scenarios.vocabulary import Institution
from simulation.measures.circulation import circulation
from simulation.measures.grouping import totals
from simulation.measures.measure import Measure, ratio
from simulation.measures.series import spread
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
        trades = view.classes.institution[ring.members] != Institution.HOUSEHOLD
        known = firms.klass >= 0
        by_class = totals(firms.klass[known], bought(view, place)[known], view.classes.area.size)
        first = np.where(trades, ring.gathered(by_class), 0.0)
        demand += float(first.sum())
        if rows == "type1":
            output += float(spread(ring.shares[trades][:, trades], first[trades]).visits.sum())
        else:
            key = ("sam", place.buyers, place.areas.tobytes())
            visits = view.keep(key, partial(ring.visits, first))
            output += float((visits if rows == "type2_all" else visits[trades]).sum())
    return ratio(output, demand, "nothing was bought from firms of the place")


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
