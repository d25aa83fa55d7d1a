"""Price and quality: marks for both, weighted; the most marks win.

The most economically advantageous tender of the Public Contracts Regulations, since 2025 the most
advantageous tender. Weight 0 on quality is lowest price exactly.
"""

from typing import ClassVar

from scenarios.assumptions import Entry
from simulation.procurement.entries import quality_weight
from simulation.procurement.interface import Route
from simulation.procurement.tender import Tendered

MOST_ADVANTAGEOUS = (
    Route(
        power="Public Contracts Regulations 2006, reg. 30: most economically advantageous tender",
        since=(2006, 1),
        until=(2015, 3),
    ),
    Route(
        power="Public Contracts Regulations 2015, reg. 67: best price-quality ratio",
        since=(2015, 3),
        until=(2025, 3),
    ),
    Route(
        power="Procurement Act 2023, s. 19 and s. 23: most advantageous tender",
        since=(2025, 3),
    ),
)
"""The legal routes of weighted award criteria."""


class PriceQuality(Tendered):
    """Weighted price and quality above a quality floor."""

    name: ClassVar[str] = "price_quality"
    title: ClassVar[str] = "Price and quality"
    summary: ClassVar[str] = (
        "Bids earn marks for a low price and for promised quality, by weights in the notice. "
        "The bid with the most marks wins the whole."
    )
    family: ClassVar[str] = "quality"
    categories: ClassVar[tuple[str, ...]] = ()
    lawful: ClassVar[tuple[Route, ...]] = MOST_ADVANTAGEOUS
    parameters: ClassVar[tuple[Entry, ...]] = (quality_weight("price_quality"),)
