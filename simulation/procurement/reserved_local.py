"""Reserved for local suppliers: below the threshold only those based near may bid.

After the Procurement Act 2023 and SI 2026/94, in force on 4 February 2026: English councils may
keep a small contract for suppliers of the United Kingdom, of their county, or of it and the
counties around it, and for small firms or voluntary bodies. It is still a competition.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

import numpy as np

from scenarios.assumptions import Entry
from scenarios.errors import Problem
from scenarios.vocabulary import OwnerKind, SizeBand, Tier
from simulation.procurement.docket import Docket
from simulation.procurement.interface import (
    Bids,
    Bool,
    Float64,
    Intent,
    Need,
    Route,
)
from simulation.procurement.judging import equal_shares
from simulation.procurement.reservation import Reserved
from simulation.procurement.reserved_entries import LOCAL_ENTRIES, LOCAL_ROUTES

WITHIN: Final = (Tier.WORLD, Tier.UK, Tier.REGION, Tier.COUNTY)
"""The widest tier around the buyer in which a bidder may be based, by code of `area`.

The tree of areas knows no borders: the counties around are read as the others of the region.
"""

WORDS: Final = (
    "",
    "suppliers based in the United Kingdom",
    "suppliers based in the county and those around it",
    "suppliers based in the county",
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
    def places(self) -> int:
        """Lots, each with room for one supplier."""
        return max(int(self["lots"]), 1)

    def minimum_share(self, need: Need) -> float:
        """Return a lot's part of the volume."""
        return 1.0 / self.places

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
        near: Bool = market.tier_buyer <= WITHIN[int(self["area"])]
        small: Bool = market.size_band <= SizeBand.MEDIUM
        voluntary: Bool = market.owner_kind == OwnerKind.VCSE
        if self["sme_only"] > 0.0 and self["vcse_only"] > 0.0:
            return near & (small | voluntary)
        if self["sme_only"] > 0.0:
            return near & small
        return near & voluntary if self["vcse_only"] > 0.0 else near

    def shares(self, docket: Docket, index: int, winners: Bids) -> Float64:
        """Give each winner a lot, and those left over, best first, to winners that can carry more.

        What nobody can carry is not let, and the shares sum to less than 1.
        """
        lots, need = self.places, docket.needs[index]
        if winners.size in (0, lots):
            return equal_shares(winners.size)
        market = docket.market.take(docket.begins[index] + winners.position)
        room = docket.room(market) / need.units_month
        held = np.ones(winners.size, dtype=np.int64)
        for _ in range(lots - winners.size):
            able = (held + 1) / lots <= room * (1.0 + 1e-12)
            if not able.any():
                break
            fewest = held[able].min()
            held[np.flatnonzero(able & (held == fewest))[0]] += 1
        return held / lots

    def reason(self, admitted: int, stood: int) -> str:
        """Say how many lots found a supplier of their own."""
        if self.places == 1:
            return super().reason(admitted, stood)
        return f"highest scores: {admitted} suppliers for {self.places} lots"

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find a value above every threshold, and areas that the order does not know."""
        yield from super().problems(intent)
        area = intent.parameters.get("area", 0.0)
        if area not in range(len(WITHIN)):
            yield Problem(
                ("parameters", "area"),
                f"{area:g}",
                "0 (anywhere), 1 (United Kingdom), 2 (county and those around) or 3 (county)",
                "SI 2026/94 knows no other area.",
            )
