"""Reserved for local suppliers: below the threshold only those based near may bid.

After SI 2026/94, in force on 4 February 2026: English councils may keep a small contract for
suppliers of the United Kingdom, of their own area or county, or of that and the counties around it,
and for small firms or voluntary bodies. It is still a competition.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

import numpy as np

from scenarios.assumptions import Entry
from scenarios.errors import Problem
from scenarios.vocabulary import OwnerKind, SizeBand, Tier
from simulation.procurement.docket import Docket
from simulation.procurement.interface import (
    Bool,
    Intent,
    Need,
    Route,
)
from simulation.procurement.reservation import Reserved
from simulation.procurement.reserved_entries import LOCAL_ENTRIES, LOCAL_ROUTES

WITHIN: Final = (Tier.WORLD, Tier.UK, Tier.REGION, Tier.COUNTY, Tier.DISTRICT)
"""The widest tier around the buyer in which a bidder may be based, by code of `area`.

The tree of areas knows no borders: the counties around are read as the others of the region.
"""

COUNTY_WIDE: Final = ("county_council", "combined_authority", "police", "fire")
"""Kinds of buyer whose own area is more than the district of their office: read as the county."""

WORDS: Final = (
    "",
    "suppliers based in the United Kingdom",
    "suppliers based in the county and those around it",
    "suppliers based in the county",
    "suppliers based in the buyer's own area",
)


class ReservedLocal(Reserved):
    """A competition below the threshold, kept for suppliers by place, size or purpose; in lots."""

    name: ClassVar[str] = "reserved_local"
    title: ClassVar[str] = "Reserved for local suppliers"
    summary: ClassVar[str] = (
        "Below the legal threshold only suppliers based near, or small firms or voluntary bodies, "
        "may bid, and the best of their bids wins. Above it the council buys as before."
    )
    family: ClassVar[str] = "reserved_local"
    categories: ClassVar[tuple[str, ...]] = ()
    lawful: ClassVar[tuple[Route, ...]] = LOCAL_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = LOCAL_ENTRIES

    @property
    def reserved_for(self) -> str:
        """The place, and the kinds of supplier."""
        kinds = [
            kind
            for lever, kind in (("sme_only", "SMEs"), ("vcse_only", "VCSEs"))
            if self[lever] > 0.0
        ]
        parts = [WORDS[int(self["area"])], " or ".join(kinds)]
        return ", ".join(part for part in parts if part)

    def qualifies(self, docket: Docket) -> Bool:
        """Ask where a bidder is based (not who owns it), and what it is."""
        market = docket.market
        within = np.array([self._within(need) for need in docket.needs])
        near: Bool = market.tier_buyer <= within[docket.of]
        small: Bool = market.size_band <= SizeBand.MEDIUM
        voluntary: Bool = market.owner_kind == OwnerKind.VCSE
        if self["sme_only"] > 0.0 and self["vcse_only"] > 0.0:
            return near & (small | voluntary)
        if self["sme_only"] > 0.0:
            return near & small
        return near & voluntary if self["vcse_only"] > 0.0 else near

    def _within(self, need: Need) -> Tier:
        """Return the widest tier for a need."""
        widest = WITHIN[int(self["area"])]
        return max(widest, Tier.COUNTY) if need.buyer_kind in COUNTY_WIDE else widest

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find a value above every threshold, and areas that the order does not know."""
        yield from super().problems(intent)
        area = intent.parameters.get("area", 0.0)
        if area not in range(len(WITHIN)):
            yield Problem(
                ("parameters", "area"),
                f"{area:g}",
                "0 (anywhere), 1 (United Kingdom), 2 (county and those around), 3 (county) or 4 "
                "(the buyer's own area)",
                "SI 2026/94 knows the kingdom, the buyer's own area, its county and what borders.",
            )
