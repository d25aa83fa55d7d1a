"""Joint venture: the council founds a company together with a private partner.

The partner is a private firm that served the work before. Both pay for shares and have dividends by
them; who controls the company decides how much it adds to its cost; at a review the council may buy
the partner out at its part of what the company is worth.
"""

from collections.abc import Iterator
from typing import ClassVar

from scenarios.assumptions import Assumptions, Entry
from scenarios.errors import Problem
from scenarios.vocabulary import OwnerKind
from simulation.procurement.enterprising import Enterprising
from simulation.procurement.founding import Charter, Split, Stack
from simulation.procurement.interface import Intent, Need, Route
from simulation.procurement.venture_entries import VENTURE_ENTRIES, VENTURE_ROUTES


class JointVenture(Enterprising):
    """A company of the council and a private partner."""

    name: ClassVar[str] = "joint_venture"
    title: ClassVar[str] = "Joint venture"
    summary: ClassVar[str] = (
        "The council founds a company with a private firm that served it before. Both hold shares "
        "and have dividends by them; the company has part of the work for some years, and the "
        "council may buy the partner out."
    )
    founds: ClassVar[OwnerKind | None] = OwnerKind.LOCAL
    categories: ClassVar[tuple[str, ...]] = (
        "construction_works",
        "building_maintenance",
        "highways",
        "facilities_management",
        "catering",
        "waste_services",
        "passenger_transport",
        "vehicles_fuel",
        "ict",
        "digital_networks",
        "professional_services",
        "energy_utilities",
        "property_insurance",
        "homecare",
    )
    lawful: ClassVar[tuple[Route, ...]] = VENTURE_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = VENTURE_ENTRIES

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find a company in which the council has no share."""
        yield from super().problems(intent)
        if intent.parameters.get("council_shares", 1.0) == 0.0:
            yield Problem(
                ("parameters", "council_shares"),
                "a joint venture in which the council has no share",
                "a share above 0",
                "What a council does for a commercial purpose it does through a company (Localism "
                "Act 2011, s. 4); work for a company of the partner's alone is bought: use a "
                "tender.",
            )

    def margin(self) -> float:
        """Return the margin that both sides settle on, by the council's control."""
        control = self["control"]
        return control * self["margin"] + (1.0 - control) * self["partner_margin"]

    def stack(self) -> Stack:
        """Let both owners pay for shares; the council lends part of the rest, and a bank."""
        owners, council = self["equity_part"], self["council_shares"]
        return super().stack()._replace(partner=owners * (1.0 - council), equity=owners * council)

    def split(self) -> Split:
        """Pay dividends to owners by their shares."""
        council = self["council_shares"]
        return Split(
            council=self["payout"] * council,
            partner=self["payout"] * (1.0 - council),
        )

    def charter(self, need: Need, a: Assumptions) -> Charter | None:
        """Write the review into the founding document; there is no asset lock."""
        document = super().charter(need, a)
        if document is None:
            return None
        return document._replace(buy_out_months=self["buy_out_months"], asset_lock=False)
