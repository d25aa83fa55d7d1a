"""Social value: what was claimed, what was verified, what was delivered, and what it cost to ask.

Per pound of the arrangements that were in force in the window. Claims are bids' words; verified is
what monitoring could show; delivered is what the supplier did, seen or not.
"""

from collections.abc import Callable

from simulation.measures.measure import EVERYWHERE, Measure, ratio
from simulation.measures.view import View

SOURCE = "Public Services (Social Value) Act 2012; National TOMs (proxy values)"


def social_value(column: str) -> Callable[[View, str], float]:
    """Make the measure of one column of social value per pound of arrangements in force."""

    def answer(view: View, tier: str) -> float:
        rows = view.whole("arrangements")
        told = (rows["start"] <= view.last) & (rows["end"] >= view.first)
        return ratio(
            rows[column][told].sum(),
            rows["value_pence"][told].sum(),
            "no arrangement with a value was in force in the window",
        )

    return answer


def process_per_delivered(view: View, tier: str) -> float:
    """Return process cost of both sides per pound of social value delivered."""
    needs, rows = view.table("needs"), view.whole("arrangements")
    told = (rows["start"] <= view.last) & (rows["end"] >= view.first)
    cost = needs["buyer_process_pence"].sum() + needs["bidder_process_pence"].sum()
    return ratio(cost, rows["delivered_pence"][told].sum(), "no social value was delivered")


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
            of_run=social_value(f"{word}_pence"),
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
