"""Social value: what was claimed, what was verified, what was delivered, and what it cost to ask.

Per pound of the arrangements that were in force in the window. Claims are bids' words; verified is
what monitoring could show; delivered is what the supplier did, seen or not. A window that closes
before the story opens (the built state) counts what had been done by then: no later deed may
change it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.measures.measure import EVERYWHERE, Measure, ratio
from simulation.measures.view import View

SOURCE = "Public Services (Social Value) Act 2012; National TOMs (proxy values)"


def social_value(word: str) -> Callable[[View, str], float]:
    """Make the measure of one kind of social value per pound of arrangements in force."""

    def answer(view: View, tier: str) -> float:
        told = _in_force(view)
        return ratio(
            _done(view, word)[told].sum(),
            view.whole("arrangements")["value_pence"][told].sum(),
            "no arrangement with a value was in force in the window",
        )

    return answer


def process_per_delivered(view: View, tier: str) -> float:
    """Return process cost of both sides per pound of social value delivered."""
    needs, told = view.table("needs"), _in_force(view)
    cost = needs["buyer_process_pence"].sum() + needs["bidder_process_pence"].sum()
    return ratio(cost, _done(view, "delivered")[told].sum(), "no social value was delivered")


def _in_force(view: View) -> NDArray[np.bool_]:
    """Whether each arrangement was in force in the window, bool[n]."""
    rows = view.whole("arrangements")
    told: NDArray[np.bool_] = (rows["start"] <= view.last) & (rows["end"] >= view.first)
    return told


def _done(view: View, word: str) -> NDArray[Any]:
    """Social value of each arrangement, int64[n] pence; up to month 0 for the built state."""
    when = "_before" if view.last < 1 else ""
    return view.whole("arrangements")[f"{word}{when}_pence"]


MEASURES = (
    *(
        Measure(
            name=f"social_value_{word}",
            unit="GBP per GBP",
            direction="none" if word == "claimed" else "up",
            nature="flow",
            what=f"Social value {word} per pound of the arrangements in force.",
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
