"""The traced multiplier: dye a month of council pounds and count whose hands they pass through.

One plus what firms and households of the place receive of the dyed pounds from third parties, per
pound dyed, hop by hop. Hop 1 is the council's own payment. Several councils that dye share one
dye, so the place is taken around the focus.
"""

from collections.abc import Callable

import numpy as np

from simulation.accounting.books import DyeRecord, Table
from simulation.accounting.grouping import among
from simulation.measures.measure import Measure, Undefined, ratio
from simulation.measures.view import PRIVATE, View

NO_DYE = "no spending was marked to be followed"
SOURCE = "this project, after the velocity of circulation (Fisher 1911)"


def dyed(view: View) -> tuple[Table, float]:
    """Return the whole record of the dye and the units injected.

    Raises
    ------
    Undefined
        When the source does not trace dye, or none was put in.
    """
    rows = view.whole("dye")
    if view.last < 1:
        raise Undefined("no pound is dyed before the story opens")
    units = view.keep("dye injected", lambda: _injected(rows))
    ratio(1.0, units, NO_DYE)
    return rows, units


def _injected(rows: Table) -> float:
    return float(rows["units"][rows["record"] == DyeRecord.INJECTED].sum())


def in_place(view: View, rows: Table, tier: str) -> np.ndarray:
    """Say which rows of the dye belong to firms, households and clubs of the place, bool[n]."""
    return view.keep(
        ("dye in place", tier),
        lambda: view.focus(tier)[rows["area"]] & among(rows["group"], PRIVATE),
    )


def traced_multiplier(view: View, tier: str) -> float:
    """Return 1 + local receipts from third parties per pound dyed, over the whole run."""
    rows, injected = dyed(view)
    received = (rows["record"] == DyeRecord.RECEIVED) & in_place(view, rows, tier)
    return 1.0 + float(rows["units"][received].sum()) / injected


def traced_round(hop: int) -> Callable[[View, str], float]:
    """Make the measure of local receipts at one hop per pound dyed."""

    def answer(view: View, tier: str) -> float:
        rows, injected = dyed(view)
        received = (rows["record"] == DyeRecord.RECEIVED) & in_place(view, rows, tier)
        received &= rows["tag"] == hop - 1
        return float(rows["units"][received].sum()) / injected

    return answer


MEASURES = (
    Measure(
        name="traced_multiplier",
        unit="GBP per GBP",
        direction="up",
        nature="flow",
        what="One plus receipts of dyed money from third parties by firms and households of the "
        "place, per pound dyed.",
        source=SOURCE,
        of_run=traced_multiplier,
    ),
    *(
        Measure(
            name=f"traced_round_{hop}",
            unit="GBP per GBP",
            direction="up",
            nature="flow",
            what=f"Receipts in the place at hop {hop} per pound dyed; hop 1 is the buyer's own "
            "payment.",
            source=SOURCE,
            of_run=traced_round(hop),
        )
        for hop in (1, 2, 3)
    ),
)
