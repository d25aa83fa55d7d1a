"""Which districts lie in which tier around the focus, as ONS codes: local is never a flag."""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.from_tables.extent import extent
from scenarios.spec import Area, Scenario
from scenarios.tables import below, parents, uk_former_districts
from scenarios.vocabulary import ABROAD


@dataclass(frozen=True, slots=True)
class Ring:
    """A tier around the focus.

    Attributes
    ----------
    tier, name : str
        District, county, region or uk; and the name of the area there.
    areas : frozenset of str
        Ids of the scenario's areas inside.
    codes : frozenset of str or None
        ONS codes of districts inside; None for the whole country, where all but abroad is inside.
    """

    tier: str
    name: str
    areas: frozenset[str]
    codes: frozenset[str] | None

    def holds(self, based: Sequence[str] | None) -> tuple[float, float]:
        """Say whether a supplier surely, and possibly, is inside.

        Parameters
        ----------
        based : sequence of str or None
            All districts that it may be in; None where unknown.

        Returns
        -------
        (float, float)
            Each 0 or 1.
        """
        if not based:
            return 0.0, 1.0
        inside = [one != ABROAD if self.codes is None else _now(one) in self.codes for one in based]
        return float(all(inside)), float(any(inside))


def rings(scenario: Scenario) -> list[Ring]:
    """Tiers around the focus, from the smallest; one without any known code is left out.

    Parameters
    ----------
    scenario : Scenario
        Its areas name ONS codes; a county or region holds the districts that the shipped tables
        put there, whether or not the scenario tells them apart.
    """
    by_id = {area.id: area for area in scenario.areas}
    found, here = [], by_id.get(scenario.focus)
    while here is not None and here.tier != "world":
        inside = _below(scenario.areas, here)
        codes = None if here.tier == "uk" else _codes(inside)
        if codes is None or codes:
            ids = frozenset(area.id for area in inside)
            found.append(Ring(here.tier, here.name, ids, codes))
        here = by_id.get(here.parent) if here.parent else None
    return found


def _below(areas: Sequence[Area], top: Area) -> list[Area]:
    """The area and all that lie in it."""
    inside = {top.id}
    while True:
        more = {area.id for area in areas if area.parent in inside} - inside
        if not more:
            return [area for area in areas if area.id in inside]
        inside |= more


def _codes(inside: Sequence[Area]) -> frozenset[str]:
    own = {area.code for area in inside if area.code}
    reach = extent("uk")
    told = {one.code for code in own & parents().keys() for one in below(code)}
    for upper in (*reach.counties, *reach.regions):
        told |= {one.code for one in upper.districts if upper.code in own}
    return frozenset(told | {area.code for area in inside if area.code and area.tier == "district"})


def _now(code: str) -> str:
    """The district of today's tables that a former one lies in."""
    former = uk_former_districts().get(code)
    return code if former is None else former.district
