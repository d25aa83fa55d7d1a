"""The places around a council, each within the next: its own, its county, its region, the country.

The county of a district is that of its county council, where it has one, else its statistical area
(ITL2). What lies in one of them and not in the one before is a ring; abroad is the last ring.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.from_tables.extent import extent
from scenarios.from_tables.one_place import county_of
from scenarios.tables import (
    UNITED_KINGDOM,
    AnyDistrict,
    nations,
    uk_district,
    uk_former_districts,
    wide_area,
)
from scenarios.vocabulary import ABROAD, Tier

ENGLAND = "england"
TIERS = {
    "region": Tier.REGION,
    "greater_london": Tier.REGION,
    "nation": Tier.REGION,
    "uk": Tier.UK,
}
"""Kinds of areas that are no counties."""


@dataclass(frozen=True, slots=True)
class Level:
    """One of the places.

    Attributes
    ----------
    tier : Tier
        Which.
    code, name : str
        ONS code (ITL code of a statistical county) and name.
    districts : frozenset of str
        ONS codes of the districts in it; empty for the country, which holds every district.
    """

    tier: Tier
    code: str
    name: str
    districts: frozenset[str]

    def holds(self, code: str) -> bool:
        """Say whether a district lies in it."""
        return code in self.districts or self.tier == Tier.UK


COUNTRY = Level(Tier.UK, UNITED_KINGDOM, "United Kingdom", frozenset())


@dataclass(frozen=True, slots=True)
class Around:
    """A council's place and those around it, smallest first."""

    levels: tuple[Level, ...]

    def ring(self, code: str) -> int:
        """Say in which ring a district lies; the last is abroad.

        Parameters
        ----------
        code : str
            ONS code of a district, also one that has ended, or `abroad`.
        """
        if code == ABROAD:
            return len(self.levels)
        former = uk_former_districts().get(code)
        now = code if former is None else former.district
        return next(k for k, one in enumerate(self.levels) if one.holds(now))

    def between(self, codes: Sequence[str] | None) -> tuple[int, int]:
        """Say between which rings somebody is who may be in any of some districts.

        Parameters
        ----------
        codes : sequence of str or None
            As of `ring`; None or empty where nothing is known.

        Returns
        -------
        first, last : int
            Within a place for sure where the last ring is; perhaps, where the first one is.
        """
        if not codes:
            return 0, len(self.levels)
        rings = [self.ring(code) for code in codes]
        return min(rings), max(rings)


def around(code: str) -> Around:
    """Give the places around an area.

    Parameters
    ----------
    code : str
        Of a district or of whatever holds districts: a county council, a statistical county
        (ITL2), a combined authority, a region, a nation, the United Kingdom. Beyond England the
        nation is the region; England is none, and is refused.

    Returns
    -------
    Around
        Of a county and a region with the same districts the region is kept; neither, where it
        holds no more than the place itself.

    Raises
    ------
    UnknownRowError or FormerDistrictError
        Where nothing is called so, or it is no more.
    """
    wanted = code.strip()
    above = wide_area(wanted)
    if above is None or wanted == nations()[ENGLAND].code:
        one = uk_district(wanted)
        county = county_of(one, "council", extent("uk"))
        levels = [
            Level(Tier.DISTRICT, one.code, one.name, frozenset({one.code})),
            Level(Tier.COUNTY, county.code, county.name, _codes(county.districts)),
        ]
    else:
        one, tier = above.districts[0], TIERS.get(above.kind, Tier.COUNTY)
        if tier == Tier.UK:
            return Around((COUNTRY,))
        levels = [Level(tier, wanted, above.name, _codes(above.districts))]
    levels += [_region(one), COUNTRY]
    kept = [levels[0]]
    for level in levels[1:]:
        if level.districts != kept[-1].districts:
            kept.append(level)
        elif len(kept) > 1:
            kept[-1] = level
    return Around(tuple(kept))


def _codes(districts: Sequence[AnyDistrict]) -> frozenset[str]:
    return frozenset(one.code for one in districts)


def _region(one: AnyDistrict) -> Level:
    """Give a district's region; beyond England the nation stands for it."""
    region = next(area for area in extent("uk").regions if one in area.districts)
    return Level(Tier.REGION, region.code, region.name, _codes(region.districts))
