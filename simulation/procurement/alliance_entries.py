"""The numbers and legal routes of the alliance, each with its range and source."""

from functools import partial
from typing import Final

from simulation.procurement.entries import entry, quality_weight
from simulation.procurement.routes import LIGHT_TOUCH_REGIME, PART_B_SERVICES, Route

_COMPLEX = (
    "Negotiation is for contracts whose nature or complexity calls for it; folding many contracts "
    "into one and taking on members during the term are open to challenge."
)

ALLIANCE_ROUTES: Final = (
    PART_B_SERVICES,
    Route(
        power="Public Contracts Regulations 2006, reg. 13 and reg. 17: negotiated procedure after "
        "a notice",
        since=(2006, 1),
        until=(2015, 3),
        contested=True,
        classes=("goods_services", "works"),
        note=_COMPLEX,
    ),
    LIGHT_TOUCH_REGIME,
    Route(
        power="Public Contracts Regulations 2015, reg. 26(4) and reg. 29: competitive procedure "
        "with negotiation",
        since=(2015, 3),
        until=(2025, 3),
        contested=True,
        classes=("goods_services", "works"),
        note=_COMPLEX,
    ),
    Route(
        power="Procurement Act 2023, s. 9 and s. 20: light-touch contract by competitive flexible "
        "procedure",
        since=(2025, 3),
        classes=("light_touch",),
    ),
    Route(
        power="Procurement Act 2023, s. 20(2)(b): competitive flexible procedure",
        since=(2025, 3),
        contested=True,
        classes=("goods_services", "works"),
        note="The procedure is the council's to design; taking on members during the term is a "
        "modification under s. 74, and open to challenge.",
    ),
)

PLYMOUTH: Final = "A lever of the policy, after the Plymouth Complex Needs Alliance"


_lever = partial(entry, "alliance", fixed=True, source=PLYMOUTH)
_unknown = partial(entry, "alliance")

_CHOICE = (
    quality_weight("alliance", 0.3),
    _lever(
        "gate", 0.45, 0.0, 0.9, "share",
        "The least record of past work with which a firm is let in, from 0 to 1.", null=0.0,
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
        "priority_employment", 0.2, 0.0, 1.0, "share",
        "How much fair pay and good jobs count among the aims.",
    ),
    _lever(
        "priority_record", 0.5, 0.0, 1.0, "share",
        "How much open books and working together count among the aims.",
    ),
    _lever(
        "negotiation_days", 6.0, 0.0, 30.0, "days",
        "Days that a bidder needs, beyond its bid, to show its record and to talk terms.", null=0.0,
    ),
    _lever(
        "negotiation_hours", 200.0, 0.0, 1000.0, "hours",
        "Hours of the buyer's staff, beyond those of a tender, to talk terms and to agree what "
        "comes first.",
        null=0.0,
    ),
    _lever(
        "open_book", 1.0, 0.0, 1.0, "switch",
        "Whether the price is the cost that the books show plus an agreed profit (open book).",
        null=0.0,
    ),
    _lever(
        "margin", 0.06, 0.0, 0.2, "share",
        "Profit that is agreed on top of the costs that the books show (the margin).", null=0.0,
    ),
    _lever(
        "agreed_quality", 1.0, 0.8, 1.4, "quality, 1 usual",
        "The quality that is agreed and paid for.",
    ),
    _lever(
        "providers", 7.0, 1.0, 20.0, "providers",
        "The most providers that the alliance may have.", null=1.0,
        source=f"{PLYMOUTH}: 8 member organisations, the council among them",
    ),
    _lever(
        "fewest", 2.0, 1.0, 5.0, "providers",
        "With fewer providers than this, the alliance is not set up, or it ends.", null=1.0,
    ),
    _lever(
        "smallest_place", 400000.0, 0.0, 2000000.0, "pounds",
        "Value over the first term below which no place is on offer. A need too small for the "
        "fewest providers is bought by contract.",
    ),
)  # fmt: skip

_TERM = (
    _lever(
        "term_months", 60.0, 0.0, 120.0, "months",
        "Length of the first term; 0 means the buyer's usual one.", null=0.0,
        source=f"{PLYMOUTH}: 5 years from April 2019, extendable to 2029",
    ),
    _lever(
        "extension_months", 60.0, 0.0, 60.0, "months",
        "Months that are added at the end of the first term if a review is in favour.", null=0.0,
        source=f"{PLYMOUTH}: 5 years from April 2019, extendable to 2029",
    ),
    _lever(
        "break_clause", 1.0, 0.0, 1.0, "switch",
        "Whether the council may end it early once a year.", null=0.0,
    ),
    _lever(
        "break_from", 24.0, 0.0, 60.0, "months",
        "Months before which it may not be ended.",
    ),
    _lever(
        "tolerance", 0.1, 0.0, 0.5, "share",
        "How much dearer than going alone the council bears before it ends or does not go on.",
    ),
    _lever(
        "dialogue", 0.5, 0.0, 1.0, "share",
        "How much the council and the providers talk with the people they serve.", null=0.0,
    ),
    _lever(
        "relationship", 0.6, 0.0, 1.0, "share",
        "How far the record that the buyer saw decides who gets future work.", null=0.0,
    ),
)  # fmt: skip

_SHARING = (
    _lever(
        "share", 0.5, 0.0, 1.0, "share",
        "Part of gains and losses that falls to the providers; the rest is the council's.",
        null=0.0,
    ),
    _lever(
        "gain_cap", 0.1, 0.0, 0.3, "share of the target",
        "The most that providers may gain when costs turn out below the target.",
    ),
    _lever(
        "pain_cap", 0.06, 0.0, 0.3, "share of the target",
        "The most that providers may have to bear when costs turn out above the target.",
    ),
    _lever(
        "split", 0.0, 0.0, 1.0, "share",
        "How far gains and losses follow the work that each one does; none means equal parts.",
    ),
    _unknown(
        "slack", 0.06, 0.0, 0.15, "share of cost",
        "How much higher a provider's cost is when it makes no effort to keep it down.", null=0.0,
    ),
    _unknown(
        "effort_cost", 1.0, 0.5, 2.0, "ratio",
        "What the last step of effort costs a provider, next to what it saves.",
        source="No UK figure found; at 1 a fixed price, all of whose saving is kept, calls out all",
    ),
    _unknown(
        "free_riding", 1.0, 0.0, 1.0, "share",
        "How far each provider thinks of its own part of the savings alone.", null=0.0,
        source="No UK figure found; 1 is moral hazard in teams (Holmstrom 1982)",
    ),
)  # fmt: skip

_DECIDING = (
    _unknown(
        "hold_out", 0.1, 0.0, 0.3, "chance",
        "Chance that a provider says no to a change of the rules.", null=0.0,
    ),
    _lever(
        "consent", 1.0, 0.5, 1.0, "share",
        "Part of the providers that have to agree; all of them means no one may disagree.",
        null=0.5,
        source="Unanimous decisions of alliances (from memory, unverified)",
    ),
    _unknown(
        "board_hours", 6.0, 2.0, 16.0, "hours",
        "Hours of each member for the month's board meeting.", null=0.0,
    ),
    _unknown(
        "meeting_hours", 6.0, 2.0, 20.0, "hours",
        "Hours of each member for one more meeting; there is one for each no.", null=0.0,
    ),
    _lever(
        "exit", 1.0, 0.0, 1.0, "switch",
        "Whether a provider that hopes for more elsewhere leaves when the rules are looked at "
        "again.", null=0.0,
    ),
    _unknown(
        "exit_hours", 80.0, 20.0, 300.0, "hours",
        "Hours of handing over work when a provider leaves, for each side.", null=0.0,
    ),
)  # fmt: skip

_LEARNING = (
    _lever(
        "review_months", 6.0, 1.0, 24.0, "months",
        "Months between looks at the rules.",
    ),
    _unknown(
        "review_hours", 16.0, 4.0, 60.0, "hours",
        "Hours of each member to look at the rules again.", null=0.0,
    ),
    _unknown(
        "change_hours", 40.0, 10.0, 150.0, "hours",
        "Hours of each member to bring in changed rules.", null=0.0,
    ),
    _unknown(
        "learning", 0.3, 0.0, 0.8, "share",
        "How much of what can be avoided goes away after a review that saw nothing but people who "
        "came back for more help.",
        null=0.0,
    ),
    _unknown(
        "avoidable", 0.4, 0.1, 0.7, "share",
        "Part of the people who come back for help who would not if the rules were better.",
        null=0.0,
    ),
    _unknown(
        "recurrence", 0.35, 0.1, 0.6, "share",
        "Part of the people who were helped who come back, as things stand.", null=0.0,
        source="No UK figure found; a wide range, since failure demand is reported as large "
        "(Seddon 2003)",
    ),
    _unknown(
        "months_in_service", 9.0, 3.0, 18.0, "months",
        "Average time for which a person is served.",
    ),
    _unknown(
        "months_to_return", 8.0, 3.0, 18.0, "months",
        "Average time until somebody who comes back is back.",
    ),
    _lever(
        "person_month", 1000.0, 100.0, 5000.0, "pounds a month",
        "What a month of help for one person costs. It tells how many people there are, and "
        "decides nothing.",
        source="No UK figure found; a scale",
    ),
)  # fmt: skip

ALLIANCE_ENTRIES: Final = (*_CHOICE, *_TERM, *_SHARING, *_DECIDING, *_LEARNING)
