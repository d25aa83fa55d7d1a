"""The numbers and legal routes of insourcing, each with its range and source."""

from functools import partial
from typing import Final

from simulation.procurement.entries import entry
from simulation.procurement.routes import (
    COUNCILS,
    GENERAL_COMPETENCE,
    NO_COUNCILS,
    OWN_POWERS,
    Route,
)

_NO_CONTRACT: Final = (
    "No contract is let, so no procurement law applies; staff who go over are protected by the "
    "transfer of undertakings regulations of "
)

INSOURCING_ROUTES: Final = (
    Route(
        power="Local Government Act 1972, s. 111 and s. 112 (own staff); Local Government Act "
        "1999, s. 3 (best value)",
        since=(2000, 4),
        until=(2012, 3),
        note=f"{_NO_CONTRACT}1981 and 2006.",
        buyers=COUNCILS,
    ),
    Route(
        power=f"{GENERAL_COMPETENCE}, with Local Government Act "
        "1972, s. 112 (own staff); Local Government Act 1999, s. 3 (best value)",
        since=(2012, 3),
        note=f"{_NO_CONTRACT}2006.",
        buyers=COUNCILS,
    ),
    Route(
        power=f"{OWN_POWERS}: own staff",
        since=(2000, 4),
        note=f"{_NO_CONTRACT}1981 and 2006.",
        buyers=NO_COUNCILS,
    ),
)

_entry = partial(entry, "insourcing", null=0.0)
_lever = partial(_entry, fixed=True, source="A lever of the policy; no UK figure found")

INSOURCING_ENTRIES: Final = (
    _entry(
        "transfer", 1.0, 0.0, 1.0, "share",
        "Part of the old supplier's staff for this work who go over to the council at the pay they"
        " have (the TUPE rules). As many go back where the service does.", fixed=True,
        source="Transfer of Undertakings (Protection of Employment) Regulations 2006: all who "
        "are assigned to the work, but those who object",
    ),
    _entry(
        "premium", 0.05, 0.0, 0.15, "share of pay",
        "How much more the council pays newcomers for the work than those who came over are paid.",
        source="Judgement; like for like, public pay was 3.5 % below private with size of "
        "employer counted (ONS 2015), and low-paid work is paid better in councils",
    ),
    _lever(
        "harmonise", 0.0, 0.0, 1.0, "share",
        "How far the pay of those who came over is raised to the council's pay at once; with none "
        "there are two pay scales.",
    ),
    _entry(
        "pension", 0.15, 0.1, 0.2, "share of pay",
        "What the council pays into pensions above what a firm pays (the Local Government Pension "
        "Scheme).",
        source="Judgement, from memory: employer rates near a fifth of pay, set fund by fund; no "
        "figure found",
    ),
    _entry(
        "overhead", 0.05, 0.0, 0.12, "share of unit cost",
        "Cost of managers and support in the council, beyond what a firm spends.",
    ),
    _entry(
        "setup_cost", 0.03, 0.0, 0.08, "share of a year's cost",
        "Systems, equipment, hiring and advice before own staff begin; paid once.",
    ),
    _lever(
        "setup_months", 3.0, 0.0, 12.0, "months",
        "Months from the choice until own staff begin; who serves now is kept on at the old price.",
    ),
    _lever(
        "appraisal_hours", 120.0, 0.0, 400.0, "hours",
        "Hours of the buyer's staff to write the case for doing the work itself.",
    ),
    _entry(
        "learning", 0.1, 0.0, 0.25, "share of staff",
        "Extra staff that a new team takes at first, beyond those it takes once it has learned.",
    ),
    _entry(
        "learning_months", 18.0, 6.0, 36.0, "months",
        "Months of practice after which a team has no more to learn.", null=None,
    ),
    _entry(
        "soft_budget", 0.01, 0.0, 0.03, "share a year",
        "How fast staff and other costs of the work creep up while nobody competes for it.",
    ),
    _lever(
        "overspend_met", 1.0, 0.0, 1.0, "share",
        "Part of the creep in cost of own staff that the council pays; the rest cuts what is "
        "bought.",
    ),
    _lever(
        "review_months", 36.0, 0.0, 120.0, "months",
        "Months between looks at what the market would ask (market tests), after which the service"
        " may go back. At 0 it never does.",
    ),
    _lever(
        "review_hours", 60.0, 0.0, 300.0, "hours",
        "Hours of the buyer's staff to see what the market would ask (a market test).",
    ),
    _lever(
        "tolerance", 0.1, 0.0, 0.5, "share",
        "How much dearer than a tender, as far as the council knows, own staff may be before the "
        "work goes back.",
        null=None,
    ),
    _entry(
        "redundancy_months", 2.0, 0.0, 6.0, "months of pay",
        "What each of the council's staff is paid who has to go for want of work.",
    ),
    _lever(
        "agreed_quality", 1.0, 0.0, 1.4, "quality, 1 usual",
        "The quality that staff work to.", null=None,
    ),
    _lever(
        "open_months", 600.0, 0.0, 600.0, "months",
        "Months after which the council decides again, whatever its tests have said.", null=None,
    ),
)  # fmt: skip
