"""What residents, owners, services, councils and lenders have month by month, the past included."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.grouping import among
from simulation.measures.view import View

Float64 = NDArray[np.float64]
Bool = NDArray[np.bool_]

PENCE = 100
MILLI = 1_000
SALES = (Kind.PURCHASE, Kind.INTERMEDIATE, Kind.CONSUMPTION, Kind.EXPORT)
OWN_MONEY = (Kind.SAVING, Kind.DISSAVING, Kind.WRITE_OFF)


def pay_by_month(view: View, tier: str) -> Mapping[int, float]:
    """Take-home pay of the place's residents by month [GBP]."""
    classes = view.classes
    living = (classes.institution == Institution.HOUSEHOLD) & view.focus(tier)[classes.area]
    return _flows_by_month(view, (Kind.WAGES,), paid_to=living)


def sales_by_month(view: View, tier: str) -> Mapping[int, float]:
    """Sales of the place's firms by month [GBP]."""
    classes = view.classes
    trades = among(classes.institution, (Institution.FIRM, Institution.CLUB))
    return _flows_by_month(view, SALES, paid_to=trades & view.focus(tier)[classes.area])


def units_by_month(view: View, tier: str) -> Mapping[int, float]:
    """Units of service delivered by month, each a pound's worth at the built state's price."""
    rows = view.whole("needs")
    return _by_month(view, rows["month"], rows["delivered_milli"] / MILLI)


def profit_by_month(view: View, tier: str) -> Mapping[int, float]:
    """Post-tax profit due to owners in the place by month [GBP]."""
    rows = view.whole("dues")
    told = (rows["kind"] == Kind.DIVIDEND) & view.focus(tier)[rows["owner_area"]]
    return _by_month(view, rows["month"][told], rows["pence"][told] / PENCE)


def reserves_by_month(view: View, tier: str) -> Mapping[int, float]:
    """What public buyers of the place received beyond what they paid, by month [GBP]."""
    classes = view.classes
    buyers = (classes.institution == Institution.BUYER) & view.focus(tier)[classes.area]
    return _net_by_month(view, buyers)


def government_by_month(view: View, tier: str) -> Mapping[int, float]:
    """What the government took from the place beyond what it paid there, by month [GBP]."""
    classes = view.classes
    government = classes.institution == Institution.GOVERNMENT
    return _net_by_month(view, government, view.focus(tier)[classes.area] & ~government)


def lenders_by_month(view: View, tier: str) -> Mapping[int, float]:
    """Loans to the place's firms written off by month, as a loss below zero [GBP]."""
    here = view.focus(tier)[view.classes.area]
    lost = _flows_by_month(view, (Kind.WRITE_OFF,), paid_to=here)
    return {month: -pounds for month, pounds in lost.items()}


def _net_by_month(view: View, mine: Bool, others: Bool | None = None) -> Mapping[int, float]:
    """Add up what some classes received less what they paid, from and to others or anybody."""
    every = tuple(kind for kind in Kind if kind not in OWN_MONEY)
    received = _flows_by_month(view, every, paid_to=mine, paid_by=others)
    paid = _flows_by_month(view, every, paid_to=others, paid_by=mine)
    return {month: pounds - paid[month] for month, pounds in received.items()}


def _flows_by_month(
    view: View, kinds: Iterable[Kind], paid_to: Bool | None = None, paid_by: Bool | None = None
) -> Mapping[int, float]:
    """Add up payments of some kinds to, or by, some classes: bool[n_classes]."""
    rows = view.whole("flows")
    told = among(rows["kind"], kinds)
    for marked, side in ((paid_to, "payee"), (paid_by, "payer")):
        if marked is not None:
            told &= marked[rows[side]]
    return _by_month(view, rows["month"][told], rows["pence"][told] / PENCE, rows["month"])


def _by_month(
    view: View, month: NDArray[np.int16], values: Float64, told: NDArray[np.int16] | None = None
) -> Mapping[int, float]:
    """Add up values by month, from the first month that the source tells to the last lived."""
    known = month if told is None else told
    if not known.size:
        return {}
    first = int(known.min())
    sums = np.bincount(
        month.astype(np.int64) - first, weights=values, minlength=view.meta.months - first + 1
    )
    return dict(enumerate(sums.tolist(), start=first))
