"""What councils spent on the pillars beside buying, and how often a lender's money went out.

Read off the payments themselves; where a policy has no levers there is nothing to tell.
"""

from scenarios.vocabulary import Kind
from simulation.accounting.grouping import among
from simulation.measures.measure import EVERYWHERE, Measure, Undefined, ratio
from simulation.measures.spending import LEVERS
from simulation.measures.view import View

PENCE = 100
NO_LEVERS = "the policy has no levers beside buying"
NO_LENDER = "no community lender was given capital"
NO_HOURS = "no council has guaranteed hours"


def pillar_spending(view: View, tier: str) -> float:
    """Return what supported employers, sellers of premises and the lender got [GBP a year]."""
    pence = _paid(view, LEVERS)
    if not pence:
        raise Undefined(NO_LEVERS)
    return pence / PENCE / view.years


def fund_recycling(view: View, tier: str) -> float:
    """Return what a community lender lent per pound of capital paid in, over the window."""
    return ratio(
        _paid(view, (Kind.COMMUNITY_LOAN,)), _paid(view, (Kind.CAPITAL_TRANSFER,)), NO_LENDER
    )


def guaranteed_hours(view: View, tier: str) -> float:
    """Return low-paid jobs whose hours were short and are guaranteed, in the last month [jobs]."""
    rows = view.table("hours")
    if not rows["jobs"].any():
        raise Undefined(NO_HOURS)
    return float(rows["jobs"][rows["month"] == view.last].sum())


def _paid(view: View, kinds: tuple[Kind, ...]) -> int:
    pairs = view.pairs
    return int(pairs.pence[among(pairs.kind, kinds)].sum())


MEASURES = (
    Measure(
        name="pillar_spending",
        unit="GBP a year",
        direction="none",
        nature="flow",
        what="Spent on fair employment, land and a community lender, beside what is bought.",
        source="this project",
        tiers=EVERYWHERE,
        of_run=pillar_spending,
    ),
    Measure(
        name="fund_recycling",
        unit="GBP per GBP",
        direction="up",
        nature="flow",
        what="Loans made by a community lender per pound of capital paid in.",
        source="this project, after the recycling of revolving loan funds",
        tiers=EVERYWHERE,
        of_run=fund_recycling,
    ),
    Measure(
        name="guaranteed_hours",
        unit="jobs",
        direction="up",
        nature="stock",
        what="Low-paid jobs on short or uncertain hours whose hours a council's lever guarantees.",
        source="this project, after the Living Hours of the Living Wage Foundation",
        tiers=EVERYWHERE,
        of_run=guaranteed_hours,
    ),
)
