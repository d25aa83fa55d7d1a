"""The numbers and the legal routes of public-commons partnerships, each with range and source."""

from functools import partial
from typing import Final

from simulation.procurement.enterprise_entries import enterprise_entries, given_and_lent
from simulation.procurement.entries import entry
from simulation.procurement.life_entries import life_entries
from simulation.procurement.routes import (
    SOCIETIES,
    SOCIETIES_BEFORE,
    SOCIETIES_SINCE,
    competent,
)

NAME: Final = "public_commons"
PARTNERSHIP: Final = "No figure found; the mechanism after public-commons partnerships (Abundance)"

_TECKAL: Final = (
    "Whether the council controls it as its own department, as the Teckal rule asks, is contested "
    "where an association holds votes."
)

COMMONS_ROUTES: Final = (
    *competent(
        f", with a society under the {SOCIETIES_BEFORE}",
        since=(2012, 3), until=SOCIETIES_SINCE, contested=True, note=_TECKAL,
    ),
    *competent(
        f", with a society under the {SOCIETIES}",
        since=SOCIETIES_SINCE, until=(2015, 3), contested=True, note=_TECKAL,
    ),
    *competent(
        ", with Public Contracts Regulations 2015, reg. 12 (controlled persons)",
        since=(2015, 3),
        until=(2025, 3),
        contested=True,
        note="Decisive influence of the council is contested where an association holds votes.",
    ),
    *competent(
        ", with Procurement Act 2023, Sch. 2 para. 2 (vertical arrangements)",
        since=(2025, 3),
        contested=True,
        note="Control by the council is contested where an association holds votes.",
    ),
)  # fmt: skip


_own = partial(entry, NAME, null=0.0, fixed=True, source=PARTNERSHIP)

COMMONS_ENTRIES: Final = (
    *enterprise_entries(NAME),
    *given_and_lent(NAME, PARTNERSHIP, "commons", 0.5),
    *life_entries(NAME),
    _own("reserve_share", 0.3, 0.0, 1.0, "share of surplus",
         "Part that is kept before any vote and belongs to nobody (the reserve)."),
    _own("votes_council", 0.25, 0.0, 1.0, "share",
         "The council's part of the votes; it wants its part back for its budget."),
    _own("votes_association", 0.5, 0.0, 1.0, "share",
         "The votes of the association of all who have a stake."),
    _own("votes_workers", 0.25, 0.0, 1.0, "share",
         "The workers' part of the votes; they want it paid out."),
    _own("proportional", 1.0, 0.0, 1.0, "switch",
         "1: each side decides on its own part of the surplus. 0: whoever has the most votes "
         "decides on all."),
    _own("asset_lock", 1.0, 0.0, 1.0, "switch",
         "1: what is left at the end goes to the fund for the next enterprise of this kind. 0: to "
         "the council."),
    _own("for_the_next", 0.7, 0.0, 1.0, "share",
         "Part of what all vote on that sets up the next enterprise. The rest goes to a charity or"
         " group of the place."),
)  # fmt: skip
