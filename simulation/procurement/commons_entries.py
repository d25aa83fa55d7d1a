"""The numbers and the legal routes of public-commons partnerships, each with range and source."""

from functools import partial
from typing import Final

from simulation.procurement.enterprise_entries import enterprise_entries, given_and_lent
from simulation.procurement.entries import entry
from simulation.procurement.life_entries import life_entries
from simulation.procurement.routes import Route

NAME: Final = "public_commons"
PARTNERSHIP: Final = "No figure found; the mechanism after public-commons partnerships (Abundance)"

COMMONS_ROUTES: Final = (
    Route(
        power="Localism Act 2011, s. 1 (general power of competence), with a society under the "
        "Co-operative and Community Benefit Societies Act 2014",
        since=(2012, 3),
        until=(2015, 3),
        contested=True,
        note="Whether the council controls it as its own department, as the Teckal rule asks, is "
        "contested where an association holds votes.",
    ),
    Route(
        power="Localism Act 2011, s. 1, with Public Contracts Regulations 2015, reg. 12 "
        "(controlled persons)",
        since=(2015, 3),
        until=(2025, 3),
        contested=True,
        note="Decisive influence of the council is contested where an association holds votes.",
    ),
    Route(
        power="Localism Act 2011, s. 1, with Procurement Act 2023, Sch. 2 para. 2 (vertical "
        "arrangements)",
        since=(2025, 3),
        contested=True,
        note="Control by the council is contested where an association holds votes.",
    ),
)


_own = partial(entry, NAME, null=0.0, fixed=True, source=PARTNERSHIP)

COMMONS_ENTRIES: Final = (
    *enterprise_entries(NAME),
    *given_and_lent(NAME, PARTNERSHIP, "commons", 0.5),
    *life_entries(NAME),
    _own("reserve_share", 0.3, 0.0, 1.0, "share of surplus",
         "Kept as a reserve that is nobody's, before any vote."),
    _own("votes_council", 0.25, 0.0, 1.0, "share",
         "The council's part of the votes; it wants its part back for its budget."),
    _own("votes_association", 0.5, 0.0, 1.0, "share",
         "The common association's part of the votes."),
    _own("votes_workers", 0.25, 0.0, 1.0, "share",
         "The workers' part of the votes; they want it paid out."),
    _own("proportional", 1.0, 0.0, 1.0, "switch",
         "1: each side decides on its part of the surplus. 0: whoever has most votes on all."),
    _own("asset_lock", 1.0, 0.0, 1.0, "switch",
         "1: what is left at the end goes to the fund for the next commons. 0: to the council."),
    _own("for_the_next", 0.7, 0.0, 1.0, "share",
         "Part of what the association decides on that founds the next commons; the rest goes to "
         "a voluntary organisation of the place."),
)  # fmt: skip
