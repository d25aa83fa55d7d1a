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
        "Least observed record that is admitted, 0 to 1.", null=0.0,
    ),
    _lever(
        "record_weight", 0.5, 0.0, 1.0, "share",
        "Weight of record among those who pass the gate.", null=0.0,
    ),
    _lever(
        "priority_place", 0.3, 0.0, 1.0, "share",
        "Priority: staff and purchases here.",
    ),
    _lever(
        "priority_employment", 0.2, 0.0, 1.0, "share",
        "Priority: pay and employment.",
    ),
    _lever(
        "priority_record", 0.5, 0.0, 1.0, "share",
        "Priority: open books and work together.",
    ),
    _lever(
        "negotiation_days", 6.0, 0.0, 30.0, "days",
        "Days of each bidder to show its record and to negotiate, beyond its bid.", null=0.0,
    ),
    _lever(
        "negotiation_hours", 200.0, 0.0, 1000.0, "hours",
        "Hours of the buyer for the negotiation and for agreeing priorities, beyond a tender's.",
        null=0.0,
    ),
    _lever(
        "open_book", 1.0, 0.0, 1.0, "switch",
        "Whether the price is shown cost plus a margin.", null=0.0,
    ),
    _lever(
        "margin", 0.06, 0.0, 0.2, "share",
        "Agreed margin over shown cost.", null=0.0,
    ),
    _lever(
        "agreed_quality", 1.0, 0.8, 1.4, "quality, 1 usual",
        "Quality agreed and paid for.",
    ),
    _lever(
        "providers", 7.0, 1.0, 20.0, "providers",
        "Most providers in the alliance.", null=1.0,
        source=f"{PLYMOUTH}: 8 member organisations, the council among them",
    ),
    _lever(
        "fewest", 2.0, 1.0, 5.0, "providers",
        "Providers without whom the alliance is not founded, or ends.", null=1.0,
    ),
    _lever(
        "smallest_place", 400000.0, 0.0, 2000000.0, "pounds",
        "Value of a place over the first term below which none is offered; a need without room "
        "for the fewest is bought by contract.",
    ),
)  # fmt: skip

_TERM = (
    _lever(
        "term_months", 60.0, 0.0, 120.0, "months",
        "First term; 0 for the buyer's usual one.", null=0.0,
        source=f"{PLYMOUTH}: 5 years from April 2019, extendable to 2029",
    ),
    _lever(
        "extension_months", 60.0, 0.0, 60.0, "months",
        "Extension after a review at the end of the first term.", null=0.0,
        source=f"{PLYMOUTH}: 5 years from April 2019, extendable to 2029",
    ),
    _lever(
        "break_clause", 1.0, 0.0, 1.0, "switch",
        "Whether the council may break off once a year.", null=0.0,
    ),
    _lever(
        "break_from", 24.0, 0.0, 60.0, "months",
        "Months before which it may not.",
    ),
    _lever(
        "tolerance", 0.1, 0.0, 0.5, "share",
        "How much dearer than going alone the council bears, at a break and at the extension.",
    ),
    _lever(
        "dialogue", 0.5, 0.0, 1.0, "share",
        "Effort put into talking with people.", null=0.0,
    ),
    _lever(
        "relationship", 0.6, 0.0, 1.0, "share",
        "How far the observed record decides future work.", null=0.0,
    ),
)  # fmt: skip

_SHARING = (
    _lever(
        "share", 0.5, 0.0, 1.0, "share",
        "Part of pain and gain that falls to the providers; the rest is the council's.", null=0.0,
    ),
    _lever(
        "gain_cap", 0.1, 0.0, 0.3, "share of the target",
        "Most that providers gain.",
    ),
    _lever(
        "pain_cap", 0.06, 0.0, 0.3, "share of the target",
        "Most that providers bear.",
    ),
    _lever(
        "split", 0.0, 0.0, 1.0, "share",
        "How far pain and gain follow work, 0 for equally.",
    ),
    _unknown(
        "slack", 0.06, 0.0, 0.15, "share of cost",
        "Rise of a provider's cost when it makes no effort to contain it.", null=0.0,
    ),
    _unknown(
        "effort_cost", 1.0, 0.5, 2.0, "ratio",
        "What full effort costs at the margin, over what it saves.",
        source="No UK figure found; at 1 a fixed price, all of whose saving is kept, calls out all",
    ),
    _unknown(
        "free_riding", 1.0, 0.0, 1.0, "share",
        "How far each provider looks at its own part of the saving only.", null=0.0,
        source="No UK figure found; 1 is moral hazard in teams (Holmstrom 1982)",
    ),
)  # fmt: skip

_DECIDING = (
    _unknown(
        "hold_out", 0.1, 0.0, 0.3, "chance",
        "Chance that a provider refuses a change of rules.", null=0.0,
    ),
    _lever(
        "consent", 1.0, 0.5, 1.0, "share",
        "Part of the providers that must consent; 1 for unanimity.", null=0.5,
        source="Unanimous decisions of alliances (from memory, unverified)",
    ),
    _unknown(
        "board_hours", 6.0, 2.0, 16.0, "hours",
        "Hours of each member for the month's board.", null=0.0,
    ),
    _unknown(
        "meeting_hours", 6.0, 2.0, 20.0, "hours",
        "Hours of each member for a further meeting, one for each refusal.", null=0.0,
    ),
    _lever(
        "exit", 1.0, 0.0, 1.0, "switch",
        "Whether a provider that expects more elsewhere leaves at a review.", null=0.0,
    ),
    _unknown(
        "exit_hours", 80.0, 20.0, 300.0, "hours",
        "Hours of handing work over when a provider leaves, on either side.", null=0.0,
    ),
)  # fmt: skip

_LEARNING = (
    _lever(
        "review_months", 6.0, 1.0, 24.0, "months",
        "Months between reviews of the rules.",
    ),
    _unknown(
        "review_hours", 16.0, 4.0, 60.0, "hours",
        "Hours of each member for a review.", null=0.0,
    ),
    _unknown(
        "change_hours", 40.0, 10.0, 150.0, "hours",
        "Hours of each member to bring in changed rules.", null=0.0,
    ),
    _unknown(
        "learning", 0.3, 0.0, 0.8, "share",
        "How far a review that saw only failure demand would close the gap to what is avoidable.",
        null=0.0,
    ),
    _unknown(
        "avoidable", 0.4, 0.1, 0.7, "share",
        "Part of recurrence that better rules can avoid.", null=0.0,
    ),
    _unknown(
        "recurrence", 0.35, 0.1, 0.6, "share",
        "Part of those who resolve who come back, as things stand.", null=0.0,
        source="No UK figure found; a wide range, since failure demand is reported as large "
        "(Seddon 2003)",
    ),
    _unknown(
        "months_in_service", 9.0, 3.0, 18.0, "months",
        "Mean time in service.",
    ),
    _unknown(
        "months_to_return", 8.0, 3.0, 18.0, "months",
        "Mean time until who returns is back.",
    ),
    _lever(
        "person_month", 1000.0, 100.0, 5000.0, "pounds a month",
        "Service of a person in a month; it says how many people there are and decides nothing.",
        source="No UK figure found; a scale",
    ),
)  # fmt: skip

ALLIANCE_ENTRIES: Final = (*_CHOICE, *_TERM, *_SHARING, *_DECIDING, *_LEARNING)
