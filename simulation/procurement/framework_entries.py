"""The numbers and legal routes of the ethical framework, each with its range and source."""

from functools import partial
from typing import Final

from simulation.procurement.entries import entry, quality_weight
from simulation.procurement.routes import LIGHT_TOUCH_REGIME, PART_B_SERVICES, Route

_ADMITTING = (
    "Admitting new suppliers during the term, and a gate on record beyond technical ability, are "
    "open to challenge."
)

MOST_MONTHS: Final = 48
"""Longest term of a closed framework for goods and works."""

FRAMEWORK_ROUTES: Final = (
    PART_B_SERVICES,
    Route(
        power="Public Contracts Regulations 2006, reg. 19: framework agreement, at most 4 years",
        since=(2006, 1),
        until=(2015, 3),
        contested=True,
        classes=("goods_services", "works"),
        note=_ADMITTING,
        longest_months=MOST_MONTHS,
    ),
    LIGHT_TOUCH_REGIME,
    Route(
        power="Public Contracts Regulations 2015, reg. 33: framework agreement, at most 4 years",
        since=(2015, 3),
        until=(2025, 3),
        contested=True,
        classes=("goods_services", "works"),
        note=_ADMITTING,
        longest_months=MOST_MONTHS,
    ),
    Route(
        power="Procurement Act 2023, s. 9 and s. 45: light-touch framework",
        since=(2025, 3),
        classes=("light_touch",),
    ),
)

CLOSED_FRAMEWORK: Final = Route(
    power="Procurement Act 2023, s. 45: framework, at most 4 years (s. 47)",
    since=(2025, 3),
    classes=("goods_services", "works"),
    note="Nobody is let in during the term; the gate stands as a condition of participation.",
    longest_months=MOST_MONTHS,
)

OPEN_FRAMEWORK: Final = Route(
    power="Procurement Act 2023, s. 49: open framework",
    since=(2025, 3),
    classes=("goods_services", "works"),
    note="An open framework is reopened at set times; the gate stands as a condition of "
    "participation.",
)
"""For goods and works where it is reopened during the term, in place of a closed one."""


_lever = partial(
    entry,
    "ethical_framework",
    fixed=True,
    source="A lever of the policy, after Wigan's ethical homecare framework",
)
_unknown = partial(
    entry,
    "ethical_framework",
    null=0.0,
    source="No UK figure found; use of open books was judged poor (PAC 2014)",
)

HANDED_BACK: Final = (
    "No UK figure found of how often providers hand back work, or at what cost; 0 is a null"
)

FRAMEWORK_ENTRIES: Final = (
    quality_weight("ethical_framework", 0.0),
    _lever(
        "gate", 0.45, 0.0, 0.9, "share",
        "The least record of past work with which a firm is let in, from 0 to 1.", null=0.0,
    ),
    _lever(
        "gate_days", 4.0, 0.0, 15.0, "days",
        "Days that a bidder needs to show its record.", null=0.0,
    ),
    _lever(
        "gate_hours", 60.0, 0.0, 300.0, "hours",
        "Hours of the buyer's staff to agree with residents what comes first, and to judge "
        "records.", null=0.0,
    ),
    _lever(
        "record_weight", 0.5, 0.0, 1.0, "share",
        "How much the record of past work counts among those who are let in.", null=0.0,
    ),
    _lever(
        "priority_place", 0.3, 0.0, 1.0, "share",
        "How much staff and purchases from here count among the aims.",
    ),
    _lever(
        "priority_employment", 0.3, 0.0, 1.0, "share",
        "How much fair pay and good jobs count among the aims.",
    ),
    _lever(
        "priority_record", 0.4, 0.0, 1.0, "share",
        "How much open books and working together count among the aims.",
    ),
    _lever(
        "margin_rule", 1.0, 0.0, 1.0, "switch",
        "Whether the price is the cost that the books show plus an agreed profit (margin).",
        null=0.0,
    ),
    _lever(
        "margin", 0.06, 0.0, 0.2, "share",
        "Profit that is agreed on top of the costs that the books show (the margin).", null=0.0,
    ),
    _lever(
        "agreed_quality", 1.0, 0.0, 1.4, "quality, 1 usual",
        "The quality that is agreed and paid for.",
    ),
    _lever(
        "smallest_place", 150000.0, 0.0, 1000000.0, "pounds",
        "Value over the term below which no place is on offer, so that small needs have fewer "
        "suppliers.",
    ),
    _lever(
        "suppliers", 6.0, 0.0, 20.0, "suppliers",
        "The most suppliers that are let in.", null=1.0,
    ),
    _lever(
        "call_off", 0.0, 0.0, 2.0, "code",
        "How work is given out (a call-off): 0 straight to one supplier, 1 by a small contest, 2 "
        "by turns.", null=0.0,
    ),
    _lever(
        "reopening_months", 12.0, 0.0, 48.0, "months",
        "Months between the times when suppliers may join; who is outside waits until then. At 0 "
        "they wait for the whole term.",
        null=0.0,
    ),
    _lever(
        "lock_out", 0.3, 0.0, 0.9, "share",
        "The least good name with this buyer; who falls below is shut out the next time that "
        "suppliers may join.", null=0.0,
    ),
    _lever(
        "dialogue", 0.5, 0.0, 1.0, "share",
        "How much the buyer and its suppliers talk with each other.", null=0.0,
    ),
    _lever(
        "relationship", 0.6, 0.0, 1.0, "share",
        "How far the record that the buyer saw decides who gets future work.", null=0.0,
    ),
    _lever(
        "audit_rate", 0.1, 0.0, 1.0, "share a month",
        "Part of the open books that are checked (audited) in a month.", null=0.0,
    ),
    _lever(
        "audit_months", 12.0, 0.0, 36.0, "months",
        "Months of books that one check (an audit) reads.",
    ),
    _lever(
        "audit_hours", 6.0, 0.0, 40.0, "hours",
        "Hours of the buyer's staff for one check of the books (an audit).", null=0.0,
    ),
    _unknown(
        "refusal", 0.3, 0.0, 0.6, "share",
        "How ready busy suppliers are to say no to work that is called for.", null=0.0,
    ),
    _unknown(
        "padding", 0.08, 0.0, 0.2, "share",
        "The most by which a dishonest firm says that its costs are higher than they are.",
        null=0.0,
    ),
    _unknown(
        "audit_finds", 0.5, 0.1, 0.9, "share",
        "Part of costs that were made to look higher which a check of the books (an audit) finds.",
        null=0.0,
    ),
    _unknown(
        "cost_drift", 0.0, 0.0, 0.02, "share a month",
        "The most by which a provider's own cost moves in a month after it has signed, up or down.",
        null=0.0,
        source=HANDED_BACK,
    ),
    _lever(
        "walk_away", 1.0, 0.0, 1.0, "switch",
        "Whether a provider may stop where going on would cost it more.", null=0.0,
    ),
    _lever(
        "deposit_months", 0.0, 0.0, 3.0, "months of its work",
        "Money that a provider loses to the buyer if it walks away (a bond).", null=0.0,
    ),
    _unknown(
        "handover_months", 0.0, 0.0, 3.0, "months",
        "Months until others can look after the people of a provider that stopped.", null=0.0,
        source=HANDED_BACK,
    ),
    _lever(
        "step_in", 1.0, 0.0, 1.0, "share",
        "Part of the people of a provider that stopped whom the buyer has others serve at once.",
        null=0.0,
    ),
    _unknown(
        "step_in_premium", 0.25, 0.0, 0.5, "share of price",
        "What is paid on top for people taken on at once, until others have fully taken over.",
        null=0.0,
        source="No UK figure found of what cover at short notice costs",
    ),
    _lever(
        "step_in_hours", 40.0, 0.0, 160.0, "hours",
        "Hours of the buyer's staff each time it steps in.", null=0.0,
    ),
)  # fmt: skip
