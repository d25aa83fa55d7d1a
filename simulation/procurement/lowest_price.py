"""Lowest price: whoever asks least wins, if the service meets the minimum.

After compulsory competitive tendering (Local Government Act 1988) and New Public Management
practice. The null of every other tender-based way of buying.
"""

from typing import ClassVar

from scenarios.assumptions import Entry
from simulation.procurement.interface import Route
from simulation.procurement.tender import Tendered


class LowestPrice(Tendered):
    """Open to all; the lowest price above a quality floor."""

    name: ClassVar[str] = "lowest_price"
    title: ClassVar[str] = "Lowest price"
    summary: ClassVar[str] = (
        "Anyone may bid and the cheapest bid that meets the minimum quality wins. "
        "Nothing beyond price is scored."
    )
    family: ClassVar[str] = "price"
    categories: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[tuple[Entry, ...]] = ()
    lawful: ClassVar[tuple[Route, ...]] = (
        Route(
            power="Public Contracts Regulations 2006, reg. 30: lowest price offered",
            since=(2006, 1),
            until=(2015, 3),
        ),
        Route(
            power="Public Contracts Regulations 2015, reg. 67: price or cost as sole criterion",
            since=(2015, 3),
            until=(2025, 3),
        ),
        Route(
            power="Procurement Act 2023, s. 19: most advantageous tender on a price criterion",
            since=(2025, 3),
            note="A price-only criterion is allowed where quality is fixed in the specification; "
            "policy guidance prefers wider criteria.",
        ),
    )
