"""The numbers and the legal route of co-operative membership, each with its range and source."""

from functools import partial
from typing import Final

from simulation.procurement.council_assets import asset_entries
from simulation.procurement.entries import entry
from simulation.procurement.routes import (
    GENERAL_COMPETENCE,
    SOCIETIES,
    SOCIETIES_BEFORE,
    SOCIETIES_SINCE,
    Route,
)

_OUTSIDE: Final = (
    "Whether trade of a council with its co-operative falls outside the rules on public contracts "
    "is contested where private firms are members (the exclusions for in-house and joint "
    "arrangements do not admit private capital)."
)

_MEMBER: Final = f"{GENERAL_COMPETENCE}, or of a body that is no council its own powers"

CLUB_ROUTES: Final = (
    Route(
        power=f"{_MEMBER}: membership of a society under the {SOCIETIES_BEFORE}",
        since=(2012, 3),
        until=SOCIETIES_SINCE,
        contested=True,
        note=_OUTSIDE,
    ),
    Route(
        power=f"{_MEMBER}: membership of a society under the {SOCIETIES}",
        since=SOCIETIES_SINCE,
        contested=True,
        note=_OUTSIDE,
    ),
)


CLUB_SOURCE: Final = "No figure found; the mechanism after Cooperative Network Infrastructure"
_entry = partial(entry, "cooperative_membership", source=CLUB_SOURCE)

CLUB_ENTRIES: Final = (
    _entry(
        "fixed_share", 0.2, 0.05, 0.35, "share of unit cost",
        "Part of the cost of a unit that stays the same however much is done, and that members can"
        " share.", null=0.0,
    ),
    _entry(
        "secretariat", 0.1, 0.05, 0.2, "share of fixed cost",
        "What it costs to run the co-op itself, on top of the fixed cost.", null=0.0,
    ),
    _entry(
        "debt", 12.0, 0.0, 36.0, "months of fixed cost",
        "Money that members borrow together; the interest is part of the fixed cost.", null=0.0,
    ),
    _entry(
        "debt_rate", 0.04, 0.02, 0.07, "share a year",
        "Interest on what the co-op borrows.",
    ),
    _entry(
        "contributed", 0.0, 0.0, 1.0, "share of the shared assets",
        "Part of the shared assets that members put in, and take with them when they leave.",
        null=0.0,
    ),
    _entry(
        "rent_rule", 1.0, 0.0, 2.0, "share of the assets' cost",
        "The rent that the rules allow for assets that members put in.", null=1.0, fixed=True,
    ),
    _entry(
        "forgone", 0.8, 0.4, 1.2, "share of the assets' cost",
        "What a member with the usual load gives up by putting in its assets.", null=0.0,
    ),
    _entry(
        "replacement", 1.5, 1.0, 3.0, "times the assets' cost",
        "What it costs to replace assets that a member took away.", null=1.0,
    ),
    *asset_entries("cooperative_membership", "co-op", CLUB_SOURCE),
    _entry(
        "member_debt", 0.0, 0.0, 1.0, "share of the debt",
        "Part of the debt that members may lend at the start, in place of the bank.", null=0.0,
    ),
    _entry(
        "deposits_earn", 0.02, 0.0, 0.05, "share a year",
        "What members' savings would earn elsewhere. Each member asks for between none and twice "
        "of it.",
        null=0.0,
    ),
    _entry(
        "loan_share", 0.1, 0.0, 0.5, "share of cash",
        "Part of its cash that a member who is willing lends to the co-op.", null=0.0, fixed=True,
    ),
    _entry(
        "repay_years", 10.0, 1.0, 25.0, "years",
        "Years in which what members put in is paid back out of fees.", fixed=True,
    ),
    _entry(
        "private_use", 0.1, 0.0, 0.3, "share of its sales",
        "How much a private member uses the shared assets for its own trade, next to what it can "
        "do. It counts up to the council's need.", null=0.0,
    ),
    _entry(
        "headroom", 2.0, 1.0, 3.0, "times the council's use",
        "Use of the assets from which members get in each other's way.",
    ),
    _entry(
        "congestion", 0.3, 0.1, 0.6, "share of variable cost",
        "Rise of running costs when members use the assets more than there is room for.", null=0.0,
    ),
    _entry(
        "most_members", 12.0, 2.0, 50.0, "members",
        "How many members who supply the rules let in.", fixed=True,
    ),
    _entry(
        "agreed_quality", 1.0, 0.8, 1.4, "quality, 1 usual",
        "The quality that is agreed and paid for.", fixed=True,
    ),
    _entry(
        "largest_share", 0.4, 0.1, 1.0, "share",
        "The most of the council's work that one member does.", fixed=True,
    ),
    _entry(
        "most_margin", 0.1, 0.0, 0.2, "share",
        "The highest profit (margin) that the rules let members vote for.", null=0.0, fixed=True,
    ),
    _entry(
        "patronage", 1.0, 0.0, 1.0, "share",
        "Part of the month's surplus that goes back to members by use, as a lower price "
        "(patronage).", null=0.0,
        fixed=True,
    ),
    _entry(
        "reserve", 0.05, 0.0, 0.2, "share of fees",
        "What is taken beyond the fixed cost, so that the co-op can always pay.", null=0.0,
        fixed=True,
    ),
    _entry(
        "joining_months", 3.0, 0.0, 12.0, "months of fee",
        "What a member pays once when it joins.", null=0.0, fixed=True,
    ),
    _entry(
        "joining_days", 4.0, 0.0, 15.0, "days",
        "Days of work for a firm to join.", fixed=True,
    ),
    _entry(
        "founding_hours", 300.0, 100.0, 800.0, "hours",
        "Hours of the buyer's staff to set up the co-op: its rules, advice and members.",
    ),
    _entry(
        "fewest_members", 3.0, 2.0, 6.0, "members",
        "With fewer members who supply than this, the co-op ends.", null=1.0, fixed=True,
    ),
    _entry(
        "least_scale", 0.8, 0.5, 1.0, "share of the need",
        "The co-op ends when its members can do less than this part of the need.", null=0.0,
    ),
    _entry(
        "tolerance", 0.05, 0.0, 0.2, "share of price",
        "How much dearer than what it could get elsewhere the council bears before it leaves.",
        fixed=True,
    ),
    _entry(
        "admission_months", 6.0, 0.0, 24.0, "months",
        "Months between the times when new members may join; 0 means never.", null=0.0, fixed=True,
    ),
    _entry(
        "relationship", 0.6, 0.0, 1.0, "share",
        "How far a member's past record decides how much work it gets.", null=0.0, fixed=True,
    ),
    _entry(
        "dialogue", 0.5, 0.0, 1.0, "share",
        "How much buyer and suppliers talk with each other.", null=0.0, fixed=True,
    ),
    _entry(
        "open_months", 120.0, 12.0, 240.0, "months",
        "Months until the whole is looked at again; the co-op may end sooner.", fixed=True,
    ),
)  # fmt: skip
