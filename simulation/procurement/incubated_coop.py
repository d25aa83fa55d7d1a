"""Incubated co-operatives: the council founds worker co-ops and gives them work to start on.

After the Evergreen Cooperatives of Cleveland and Mondragon. Capital comes from a fund of earlier
co-ops, a grant, a loan of the council and a bank; work is guaranteed at first and tapers off;
workers buy in out of pay; surplus goes to a reserve that is nobody's, to members' accounts, to the
place and to the fund for the next co-op; the highest pay is capped; co-ops take on each other's
staff. What it does to existing firms follows from orders that they lose, and is not written here.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from scenarios.assumptions import Assumptions, Entry
from scenarios.errors import Problem
from scenarios.vocabulary import OwnerKind
from simulation.procurement.assembly import life_of
from simulation.procurement.enterprising import Enterprising
from simulation.procurement.founding import Charter, Split, capped_pay
from simulation.procurement.incubation_entries import COOP_ENTRIES, COOP_ROUTES
from simulation.procurement.interface import Intent, Need, Route

PARTS: Final = ("individual_share", "social_share", "intercooperation", "least_reserve")
"""Parts of a surplus that are named; together no more than all of it."""
ROUNDING: Final = 1e-9


class IncubatedCoop(Enterprising):
    """Worker co-operatives founded by their first customer."""

    name: ClassVar[str] = "incubated_coop"
    title: ClassVar[str] = "Incubated co-operative"
    summary: ClassVar[str] = (
        "The council founds a worker co-operative for a service, pays in part of its capital and "
        "guarantees it part of the work for some years. Members buy in out of pay and share the "
        "surplus; part of it founds the next co-op."
    )
    founds: ClassVar[OwnerKind | None] = OwnerKind.COOP
    categories: ClassVar[tuple[str, ...]] = (
        "homecare",
        "complex_needs",
        "building_maintenance",
        "facilities_management",
        "catering",
        "food_supplies",
        "waste_services",
        "passenger_transport",
        "vehicles_fuel",
        "agency_staff",
        "education_training",
        "leisure_culture",
    )
    lawful: ClassVar[tuple[Route, ...]] = COOP_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = COOP_ENTRIES

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find parts of surplus that make up more than the whole of it."""
        yield from super().problems(intent)
        usual = {one.name.partition(".")[2]: one.value for one in cls.parameters}
        parts = {name: intent.parameters.get(name, usual[name]) for name in PARTS}
        whole = sum(parts.values())
        if whole > 1.0 + ROUNDING:
            named = ", ".join(f"{name} {part:g}" for name, part in parts.items())
            yield Problem(
                ("parameters", max(parts, key=lambda name: parts[name])),
                f"parts of a surplus that make up {whole:g} of it ({named})",
                "1 at most, all of them together",
                "Only profit is divided, never capital (Companies Act 2006, s. 830; Co-operative "
                "and Community Benefit Societies Act 2014, s. 119). Lower one; what none of them "
                "names is the reserve.",
            )

    def split(self) -> Split:
        """Divide by Mondragon's kinds of use; the rest is an indivisible reserve.

        Members have what the place and the next co-op leave, where drawn parts would be too many.
        """
        named = self["social_share"] + self["intercooperation"]
        return Split(
            individual=min(self["individual_share"], 1.0 - named),
            social=self["social_share"],
            fund=self["intercooperation"],
        )

    def charter(self, need: Need, a: Assumptions) -> Charter | None:
        """Write pay, membership, redeployment and members' rules into the founding document."""
        document = super().charter(need, a)
        if document is None:
            return None
        saved, quality = capped_pay(
            self["pay_ratio"], self["usual_pay_ratio"], self["managers_pay"],
            self["manager_effect"],
        )  # fmt: skip
        life = life_of(self.__getitem__, sale="demutualise")
        return document._replace(
            pay=saved * (1.0 + self["wage_premium"]),
            quality=quality,
            stake_months=self["stake_months"],
            buy_in=self["buy_in"],
            redeployment=self["redeployment"],
            life=life,
            asset_lock=not life.demutualise,
            owned=0.0,
        )
