"""Who ends up holding it: households' net wealth, and whom firms' profit belongs to.

Net wealth of households in the last month; indivisible reserves of co-ops belong to nobody and are
no household's wealth. Profit is told by the kind of owner of the firms based in the place.
"""

from collections.abc import Callable

import numpy as np

from scenarios.vocabulary import Kind, OwnerKind
from simulation.accounting.grouping import totals
from simulation.measures.distribution import held_between, median
from simulation.measures.measure import Measure, Undefined
from simulation.measures.view import View

PENCE = 100
SOURCE = "Office for National Statistics, Wealth and Assets Survey (definition of shares)"
OWNERS = (OwnerKind.LOCAL, OwnerKind.OUTSIDE, OwnerKind.COOP, OwnerKind.VCSE, OwnerKind.PUBLIC)


def wealth_share(low: float, high: float) -> Callable[[View, str], float]:
    """Make the measure of the share of wealth held between two quantiles of households."""

    def answer(view: View, tier: str) -> float:
        households, pence = _bins(view, tier)
        total = int(pence.sum())
        if total <= 0:
            raise Undefined("the households of the place own nothing on balance")
        return held_between(households, pence, low, high)[1] / total

    return answer


def wealth_median(view: View, tier: str) -> float:
    """Return the net wealth of the middle household around the focus [GBP]."""
    return median(*_bins(view, tier)) / PENCE


def profit_of(owner: OwnerKind) -> Callable[[View, str], float]:
    """Make the measure of post-tax profit due from the place's firms of one kind of owner."""

    def answer(view: View, tier: str) -> float:
        due, classes = view.keep("profit due", lambda: _profit_due(view)), view.classes
        mine = (classes.owner_kind == owner) & view.focus(tier)[classes.area]
        return float(due[mine].sum()) / PENCE / view.years

    return answer


def _profit_due(view: View) -> np.ndarray:
    rows = view.table("dues")
    profit = rows["kind"] == Kind.DIVIDEND
    return totals(rows["klass"][profit], rows["pence"][profit], view.classes.area.size)


def _bins(view: View, tier: str) -> tuple[np.ndarray, np.ndarray]:
    rows = view.latest("wealth")
    mine = view.focus(tier)[rows["area"]]
    return rows["households"][mine], rows["pence"][mine]


MEASURES = (
    Measure(
        name="wealth_share_bottom50",
        unit="share",
        direction="up",
        nature="stock",
        what="Share of households' net wealth held by the poorer half.",
        source=SOURCE,
        of_run=wealth_share(0.0, 0.5),
    ),
    Measure(
        name="wealth_share_top10",
        unit="share",
        direction="down",
        nature="stock",
        what="Share of households' net wealth held by the richest tenth.",
        source=SOURCE,
        of_run=wealth_share(0.9, 1.0),
    ),
    Measure(
        name="wealth_median",
        unit="GBP",
        direction="up",
        nature="stock",
        what="Net wealth of the middle household.",
        source=SOURCE,
        of_run=wealth_median,
    ),
    *(
        Measure(
            name=f"profit_owner_{owner.name.lower()}",
            unit="GBP a year",
            direction="none",
            nature="flow",
            what=f"Post-tax profit of the place's firms whose owners are: {owner.name.lower()}.",
            source="this project",
            of_run=profit_of(owner),
        )
        for owner in OWNERS
    ),
)
