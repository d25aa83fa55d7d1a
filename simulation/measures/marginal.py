"""What one more pound does: a run and its twin, same luck, the twin with some extra spending.

Crowding out, prices and capacity are in it, since both runs lived through them. What the extra
money has not yet done when the run ends is added as a tail: what is still on private accounts of
the place goes on circulating as it did in the window.
"""

import numpy as np

from scenarios.vocabulary import Instrument
from simulation.measures.circulation import Brings, circulation
from simulation.measures.local_income import local_income_pence
from simulation.measures.measure import Measure, Pair, Undefined, ratio
from simulation.measures.spending import paid_beside_prices
from simulation.measures.view import View


def marginal_multiplier(pair: Pair, tier: str) -> float:
    """Return extra residents' income per pound of extra outlay, cumulative, with its tail.

    The place is taken around the focus.

    Raises
    ------
    Undefined
        When no twin was run or it spent no more.
    """
    if pair.twin is None:
        raise Undefined("no twin with extra spending was run")
    areas = pair.run.focus(tier)
    extra = _outlay(pair.twin) - _outlay(pair.run)
    gain = local_income_pence(pair.twin, areas) - local_income_pence(pair.run, areas)
    ring = circulation(pair.run, areas)
    left = ring.gathered(_deposits(pair.twin) - _deposits(pair.run))
    tail = ring.brought(left, Brings.INCOME)
    return ratio(gain + tail, extra, "the twin spent no more than the run")


def _outlay(view: View) -> float:
    bought = view.table("purchases")["pence"].sum()
    return float(bought + view.table("payroll")["gross_pence"].sum()) + paid_beside_prices(view)


def _deposits(view: View) -> np.ndarray:
    rows = view.whole("stocks")
    told = (rows["month"] == view.meta.months) & (rows["instrument"] == Instrument.DEPOSITS)
    out = np.zeros(view.classes.area.size, dtype=np.int64)
    np.add.at(out, rows["klass"][told], rows["pence"][told])
    return out


MEASURES = (
    Measure(
        name="marginal_multiplier",
        unit="GBP per GBP",
        direction="up",
        nature="paired",
        what="Extra residents' income per pound of extra outlay, between twin runs.",
        source="this project, after Farhi and Werning (2016), local multipliers",
        of_pair=marginal_multiplier,
    ),
)
