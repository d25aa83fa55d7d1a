"""Public-commons partnership: council and a common association own an enterprise together.

The association, the council and the workers vote on the surplus; what the association wants founds
the next commons. An asset lock keeps the reserve: it is nobody's, and goes to the fund for the next
one when the enterprise is wound up. After the proposal of public-commons partnerships (Russell,
Milburn and Heron, Abundance).
"""

from collections.abc import Iterator
from typing import ClassVar

from scenarios.assumptions import Assumptions, Entry
from scenarios.errors import Problem
from scenarios.vocabulary import OwnerKind
from simulation.procurement.assembly import life_of
from simulation.procurement.commons_entries import COMMONS_ENTRIES, COMMONS_ROUTES
from simulation.procurement.enterprising import Enterprising
from simulation.procurement.founding import Charter, Split
from simulation.procurement.interface import Intent, Need, Route


def decided(votes: tuple[float, ...], proportional: float) -> tuple[float, ...]:
    """Return the part of the surplus that each side decides on.

    Parameters
    ----------
    votes : tuple of float
        Votes of each side, in any unit.
    proportional : float
        1: by votes. 0: all to the side with most, the first of equals. Between: a mixture.

    Returns
    -------
    tuple of float
        Sum 1; nothing where nobody has a vote.
    """
    total = sum(votes)
    if total <= 0.0:
        return tuple(0.0 for _ in votes)
    first = votes.index(max(votes))
    return tuple(
        proportional * vote / total + (1.0 - proportional) * float(side == first)
        for side, vote in enumerate(votes)
    )


class PublicCommons(Enterprising):
    """An enterprise of council, common association and workers, with an asset lock."""

    name: ClassVar[str] = "public_commons"
    title: ClassVar[str] = "Public-commons partnership"
    summary: ClassVar[str] = (
        "Council and a common association own an enterprise together, with its workers. It has "
        "part of the work for some years; they vote on its surplus, part of which founds the next "
        "one. What it has saved belongs to nobody."
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
        "digital_networks",
        "energy_utilities",
        "education_training",
        "leisure_culture",
    )
    lawful: ClassVar[tuple[Route, ...]] = COMMONS_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = COMMONS_ENTRIES

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find a council without a vote, which could not be said to control it."""
        yield from super().problems(intent)
        if intent.parameters.get("votes_council", 1.0) == 0.0:
            yield Problem(
                ("parameters", "votes_council"),
                "a council that gives work without a tender to a partnership in which it has no "
                "vote",
                "votes of the council above 0",
                "An award to a controlled person needs the council's control of it: Procurement "
                "Act 2023, Sch. 2 para. 2; Public Contracts Regulations 2015, reg. 12.",
            )

    def charter(self, need: Need, a: Assumptions) -> Charter | None:
        """Write the asset lock and members' rules into the founding document."""
        document = super().charter(need, a)
        locked, life = self["asset_lock"] > 0.0, life_of(self.__getitem__)
        return document and document._replace(asset_lock=locked, life=life)

    def split(self) -> Split:
        """Divide as the three sides vote, after the reserve."""
        votes = (self["votes_council"], self["votes_association"], self["votes_workers"])
        council, association, workers = decided(votes, self["proportional"])
        voted, following = 1.0 - self["reserve_share"], self["for_the_next"]
        return Split(
            social=voted * association * (1.0 - following),
            fund=voted * association * following,
            council=voted * council,
            workers=voted * workers,
        )
