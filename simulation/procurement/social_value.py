"""Social value: marks also for what bidders claim to add for the place, with checks afterwards.

After the Public Services (Social Value) Act 2012 (a duty to consider, so weight 0 is lawful), PPN
06/20 and 002, and the National TOMs. Claims are scored at the award; what was delivered is known
only as far as it is monitored, and a gap closes only through a remedy.
"""

from functools import partial
from typing import ClassVar

from scenarios.assumptions import Entry
from simulation.procurement.entries import entry, quality_weight
from simulation.procurement.interface import Route
from simulation.procurement.tender import Tendered

_entry = partial(entry, "social_value", null=0.0)


class SocialValue(Tendered):
    """Price and quality, plus claimed social value at weight w; at w = 0 price and quality."""

    name: ClassVar[str] = "social_value"
    title: ClassVar[str] = "Social value weighting"
    summary: ClassVar[str] = (
        "As price and quality, but a share of the marks goes to the social value that bidders "
        "claim. Part of the claims is checked, and part of a shortfall found is paid back."
    )
    family: ClassVar[str] = "social"
    categories: ClassVar[tuple[str, ...]] = ()
    lawful: ClassVar[tuple[Route, ...]] = (
        Route(
            power="Public Contracts Regulations 2006, reg. 30: criteria linked to the contract",
            since=(2006, 1),
            until=(2013, 1),
            contested=True,
            note="Before the Social Value Act wider benefits could be scored only where linked to "
            "the subject of the contract.",
        ),
        Route(
            power="Public Services (Social Value) Act 2012, s. 1, with reg. 30 of the 2006 "
            "Regulations",
            since=(2013, 1),
            until=(2015, 3),
        ),
        Route(
            power="Public Services (Social Value) Act 2012, s. 1, with reg. 67 of the 2015 "
            "Regulations",
            since=(2015, 3),
            until=(2025, 3),
        ),
        Route(
            power="Procurement Act 2023, s. 12 and s. 19, National Procurement Policy Statement",
            since=(2025, 3),
        ),
    )
    parameters: ClassVar[tuple[Entry, ...]] = (
        quality_weight("social_value"),
        _entry(
            "weight", 0.1, 0.0, 0.3, "share",
            "How much claimed social value (good beyond the service) counts when bids are judged. "
            "Price and quality share the rest.",
            fixed=True, grade="official",
            source="PPN 06/20: at least 10%; councils 5 to 30%",
        ),
        _entry(
            "monitoring_extra", 0.2, 0.0, 0.5, "share",
            "Part of promises checked beyond the usual, when social value (good beyond the "
            "service) counts in full.",
            fixed=True, source="No UK figure found; a lever of the policy",
        ),
        _entry(
            "remedy_rate", 0.3, 0.0, 1.0, "share",
            "Part of what a supplier was found not to have done that it pays back.",
            source="No UK figure found",
        ),
    )  # fmt: skip
