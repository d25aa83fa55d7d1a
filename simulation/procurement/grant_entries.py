"""The numbers and the legal routes of grants, each with its range and source."""

from functools import partial
from typing import Final

from simulation.procurement.entries import entry
from simulation.procurement.routes import COUNCILS, NO_COUNCILS, OWN_POWERS, Route

NAME: Final = "grant"
MOST_GRANTS: Final = 6.0
ABOVE_SMALL: Final = 1.0
BOUGHT: Final = "What a council needs for itself is bought; a grant for it may be held a contract."

GRANT_ROUTES: Final = (
    Route(
        power="Local Government Act 2000, s. 2 (well-being), with EU state aid law: small "
        "aid, above it a block exemption",
        since=(2000, 10),
        until=(2012, 3),
        classes=("light_touch",),
        buyers=COUNCILS,
    ),
    Route(
        power="Localism Act 2011, s. 1 (general power of competence), with EU state aid law: "
        "small aid, above it a block exemption",
        since=(2012, 3),
        until=(2021, 1),
        classes=("light_touch",),
        buyers=COUNCILS,
    ),
    Route(
        power="Localism Act 2011, s. 1 (general power of competence), with Trade and Cooperation "
        "Agreement art. 364(4), above it art. 366 (principles)",
        since=(2021, 1),
        until=(2023, 1),
        classes=("light_touch",),
        buyers=COUNCILS,
    ),
    Route(
        power="Localism Act 2011, s. 1 (general power of competence), with Subsidy Control Act "
        "2022, s. 36 (minimal financial assistance), above it s. 12 (principles)",
        since=(2023, 1),
        classes=("light_touch",),
        buyers=COUNCILS,
    ),
    Route(
        power="Local Government Act 2000, s. 2 (well-being)",
        since=(2000, 10),
        until=(2012, 3),
        contested=True,
        note=BOUGHT,
        buyers=COUNCILS,
    ),
    Route(
        power="Localism Act 2011, s. 1 (general power of competence)",
        since=(2012, 3),
        contested=True,
        note=BOUGHT,
        buyers=COUNCILS,
    ),
    Route(
        power=f"{OWN_POWERS}, with the subsidy control of the date",
        since=(2000, 10),
        contested=True,
        note="Whether its purposes reach to giving money away is contested.",
        buyers=NO_COUNCILS,
    ),
)

_fact = partial(entry, NAME, null=0.0)
_choice = partial(_fact, fixed=True)

GRANT_ENTRIES: Final = (
    _choice("voluntary", 1.0, 0.0, 1.0, "switch",
            "1: for voluntary bodies alone; 0: for any supplier."),
    _choice("agreed_quality", 1.0, 0.8, 1.2, "index",
            "Quality that the agreement asks for and the sum pays.", null=None),
    _choice("record_weight", 0.5, 0.0, 1.0, "share",
            "Weight of the record with this council against promised quality."),
    _fact("application_days", 4.0, 0.0, 10.0, "days", "An applicant's work."),
    _fact("programme_hours", 60.0, 0.0, 150.0, "hours",
          "The council's work of a round of grants."),
    _fact("hours_per_application", 5.0, 0.0, 12.0, "hours",
          "The council's work of reading an application."),
    _fact("match", 0.1, 0.0, 0.25, "share of cost",
          "Part of the cost that volunteers and gifts in kind meet."),
    _choice("advance", 1.0, 0.0, 1.0, "switch",
            "1: the month's part is paid in advance; 0: on the council's usual terms."),
    _choice("report", 0.7, 0.0, 1.0, "share",
            "Part of the council's usual checks that a written report takes the place of."),
    _choice("most_grants", MOST_GRANTS, 1.0, 20.0, "grants",
            "Most grants that one need is divided into, so that each stays small in law.",
            null=1.0),
    _choice("above_small", ABOVE_SMALL, 0.0, 1.0, "switch",
            "1: what is too much for small grants is given as one, after an assessment."),
    _choice("entrusted", 0.0, 0.0, 1.0, "switch",
            "1: services to people are entrusted as services of public economic interest, for "
            "which more is small in law.",
            source="A lever; Subsidy Control Act 2022 s. 38"),
)  # fmt: skip
