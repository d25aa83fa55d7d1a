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
            "1: for charities and groups of volunteers alone; 0: for any supplier."),
    _choice("agreed_quality", 1.0, 0.8, 1.2, "index",
            "The quality that the agreement asks for and the sum pays for.", null=None),
    _choice("record_weight", 0.5, 0.0, 1.0, "share",
            "How much past work for this council counts against the quality that is promised."),
    _fact("application_days", 4.0, 0.0, 10.0, "days", "Days of work for a body that applies."),
    _fact("programme_hours", 60.0, 0.0, 150.0, "hours",
          "Hours of the council's staff for one round of grants."),
    _fact("hours_per_application", 5.0, 0.0, 12.0, "hours",
          "Hours of the council's staff to read one request for a grant."),
    _fact("match", 0.1, 0.0, 0.25, "share of cost",
          "Part of the cost that volunteers and gifts of goods and time meet."),
    _choice("advance", 1.0, 0.0, 1.0, "switch",
            "1: the month's part is paid before the work; 0: on the council's usual terms."),
    _choice("report", 0.7, 0.0, 1.0, "share",
            "Part of the council's usual checks that a written report stands in for."),
    _choice("most_grants", MOST_GRANTS, 1.0, 20.0, "grants",
            "The most grants that one need is parted into, so that each stays small in law.",
            null=1.0),
    _choice("above_small", ABOVE_SMALL, 0.0, 1.0, "switch",
            "1: what is too much for small grants is given as one grant, after the law's check (an"
            " assessment)."),
    _choice("entrusted", 0.0, 0.0, 1.0, "switch",
            "1: help for people is handed over as a service for the good of all (public economic "
            "interest). The law then counts more as small.",
            source="A lever; Subsidy Control Act 2022 s. 38"),
)  # fmt: skip
