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
        "Part of the cost of a unit that is fixed and can be shared by members.", null=0.0,
    ),
    _entry(
        "secretariat", 0.1, 0.05, 0.2, "share of fixed cost",
        "Running the co-op, on top of the fixed cost.", null=0.0,
    ),
    _entry(
        "debt", 12.0, 0.0, 36.0, "months of fixed cost",
        "Borrowing shared by the members; its interest is part of the fixed cost.", null=0.0,
    ),
    _entry(
        "debt_rate", 0.04, 0.02, 0.07, "share a year",
        "Interest on the co-op's borrowing.",
    ),
    _entry(
        "contributed", 0.0, 0.0, 1.0, "share of the shared assets",
        "Part of the shared assets that members contribute, and take with them when they leave.",
        null=0.0,
    ),
    _entry(
        "rent_rule", 1.0, 0.0, 2.0, "share of the assets' cost",
        "Rent that the rules allow for assets contributed.", null=1.0, fixed=True,
    ),
    _entry(
        "forgone", 0.8, 0.4, 1.2, "share of the assets' cost",
        "What a member of usual load forgoes by contributing its assets.", null=0.0,
    ),
    _entry(
        "replacement", 1.5, 1.0, 3.0, "times the assets' cost",
        "What it costs to replace contributed assets that are missing.", null=1.0,
    ),
    *asset_entries("cooperative_membership", "co-op", CLUB_SOURCE),
    _entry(
        "member_debt", 0.0, 0.0, 1.0, "share of the debt",
        "Part of the debt that members may lend on founding, in place of the bank.", null=0.0,
    ),
    _entry(
        "deposits_earn", 0.02, 0.0, 0.05, "share a year",
        "What members' deposits earn them otherwise; each asks between none and twice of it.",
        null=0.0,
    ),
    _entry(
        "loan_share", 0.1, 0.0, 0.5, "share of cash",
        "Part of its cash that a willing member lends.", null=0.0, fixed=True,
    ),
    _entry(
        "repay_years", 10.0, 1.0, 25.0, "years",
        "Years over which members' capital is repaid out of fees.", fixed=True,
    ),
    _entry(
        "private_use", 0.1, 0.0, 0.3, "share of its sales",
        "Use that a private member makes of the shared assets for its own trade, per unit of its "
        "capacity, counted up to the council's need.", null=0.0,
    ),
    _entry(
        "headroom", 2.0, 1.0, 3.0, "times the council's use",
        "Use of the assets beyond which members get in each other's way.",
    ),
    _entry(
        "congestion", 0.3, 0.1, 0.6, "share of variable cost",
        "Rise of variable cost for use beyond the headroom.", null=0.0,
    ),
    _entry(
        "most_members", 12.0, 2.0, 50.0, "members",
        "Supplying members that the rules admit.", fixed=True,
    ),
    _entry(
        "agreed_quality", 1.0, 0.8, 1.4, "quality, 1 usual",
        "Quality agreed and paid for.", fixed=True,
    ),
    _entry(
        "largest_share", 0.4, 0.1, 1.0, "share",
        "Most of the council's volume that one member serves.", fixed=True,
    ),
    _entry(
        "most_margin", 0.1, 0.0, 0.2, "share",
        "Cap that the rules set on the margin members may vote.", null=0.0, fixed=True,
    ),
    _entry(
        "patronage", 1.0, 0.0, 1.0, "share",
        "Part of the month's surplus returned to members by use, as a price reduction.", null=0.0,
        fixed=True,
    ),
    _entry(
        "reserve", 0.05, 0.0, 0.2, "share of fees",
        "What is collected above the fixed cost, so that the co-op can always pay.", null=0.0,
        fixed=True,
    ),
    _entry(
        "joining_months", 3.0, 0.0, 12.0, "months of fee",
        "Contribution paid once on joining.", null=0.0, fixed=True,
    ),
    _entry(
        "joining_days", 4.0, 0.0, 15.0, "days",
        "Days for a firm to join.", fixed=True,
    ),
    _entry(
        "founding_hours", 300.0, 100.0, 800.0, "hours",
        "Hours of the buyer to found the co-op: rules, advice, members.",
    ),
    _entry(
        "fewest_members", 3.0, 2.0, 6.0, "members",
        "Supplying members below which the co-op dissolves.", null=1.0, fixed=True,
    ),
    _entry(
        "least_scale", 0.8, 0.5, 1.0, "share of the need",
        "Members' capacity below which the co-op dissolves.", null=0.0,
    ),
    _entry(
        "tolerance", 0.05, 0.0, 0.2, "share of price",
        "How much dearer than its outside option the council bears before it leaves.", fixed=True,
    ),
    _entry(
        "admission_months", 6.0, 0.0, 24.0, "months",
        "Months between admissions of new members (0: none).", null=0.0, fixed=True,
    ),
    _entry(
        "relationship", 0.6, 0.0, 1.0, "share",
        "How far members' record decides their future trade.", null=0.0, fixed=True,
    ),
    _entry(
        "dialogue", 0.5, 0.0, 1.0, "share",
        "Effort put into talking.", null=0.0, fixed=True,
    ),
    _entry(
        "open_months", 120.0, 12.0, 240.0, "months",
        "Months of membership before a review of the whole; the co-op may end sooner.", fixed=True,
    ),
)  # fmt: skip
