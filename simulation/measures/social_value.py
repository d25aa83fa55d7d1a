"""Social value: what was claimed, what was verified, what was delivered, and what it cost to ask.

Per pound's worth of service that was delivered in the window, at the price of the built state: what
has still to come of a term counts on neither side. Claims are bids' words; verified is what
monitoring could show; delivered is what the supplier did, seen or not. A window that closes before
the story opens (the built state) counts what had been done by then: no later deed may change it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.measures.measure import EVERYWHERE, Measure, ratio
from simulation.measures.view import View

SOURCE = "Public Services (Social Value) Act 2012; National TOMs (proxy values)"
MILLI_A_PENNY = 10
"""A unit of need, a thousand of them, is a pound's worth."""


def social_value(word: str) -> Callable[[View, str], float]:
    """Make the measure of one kind of social value per pound's worth of service."""

    def answer(view: View, tier: str) -> float:
        return ratio(
            _done(view, word),
            view.table("needs")["delivered_milli"].sum() / MILLI_A_PENNY,
            "nothing was delivered in the window",
        )

    return answer


def process_per_delivered(view: View, tier: str) -> float:
    """Return process cost of both sides per pound of social value delivered."""
    needs = view.table("needs")
    cost = needs["buyer_process_pence"].sum() + needs["bidder_process_pence"].sum()
    return ratio(cost, _done(view, "delivered"), "no social value was delivered")


def _done(view: View, word: str) -> float:
    """Social value of the window [pence].

    Books tell what each arrangement had come to by the end of month 0 and by the end of the run.
    What lies between is spread evenly over its months in the story.
    """
    rows = view.whole("arrangements")
    before = rows[f"{word}_before_pence"]
    if view.last < 1:
        return float(before[_months_in_force(view, view.first, view.last) > 0].sum())
    months = _months_in_force(view, view.first, view.last)
    lived = np.maximum(_months_in_force(view, 1, view.meta.months), 1)
    return float(((rows[f"{word}_pence"] - before) * (months / lived)).sum())


def _months_in_force(view: View, first: int, last: int) -> NDArray[Any]:
    """Count the months from first to last in which each arrangement was in force: int64[n]."""
    rows = view.whole("arrangements")
    start, end = (rows[name].astype(np.int64) for name in ("start", "end"))
    months: NDArray[Any] = np.maximum(np.minimum(end, last) - np.maximum(start, first) + 1, 0)
    return months


MEASURES = (
    *(
        Measure(
            name=f"social_value_{word}",
            unit="GBP per GBP",
            direction="none" if word == "claimed" else "up",
            nature="flow",
            what=f"Social value {word} per pound's worth of service delivered, at the built "
            "state's price.",
            source=SOURCE,
            tiers=EVERYWHERE,
            of_run=social_value(word),
        )
        for word in ("claimed", "verified", "delivered")
    ),
    Measure(
        name="process_per_delivered",
        unit="GBP per GBP",
        direction="down",
        nature="flow",
        what="Process cost of both sides per pound of social value delivered.",
        source="this project, after Illich (1973), radical monopoly",
        tiers=EVERYWHERE,
        of_run=process_per_delivered,
    ),
)
