"""How far people travel between areas that stand for many: the mean of the pull, not of the places.

The centre of a region lies in its middle, where the focus may lie too, and nobody lives there. So
an account is as far from a place as one spot would be that draws as many people as its districts
do together, by the gravity model of commuting (simulation/economy/commuting.py). It is as far from
itself as its districts are from themselves and one another, by the same rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, pi, sqrt
from typing import Any

from scenarios.assumptions import register

LEAST_KM = 0.1
"""No two areas are nearer to each other."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One district as it draws people.

    Attributes
    ----------
    east_km, north_km : float
        Centre.
    own_km : float or None
        How far people travel within it: half the radius of a circle of its land; None where it is
        no single place.
    weight : int
        Jobs and residents in work.
    """

    east_km: float
    north_km: float
    own_km: float | None
    weight: int

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Spot":
        """Take a spot from a row of [[areas]]."""
        land = row.get("area_km2")
        own = None if land is None else sqrt(land / pi) / 2
        return cls(row["easting_km"], row["northing_km"], own, row["jobs"] + row["workers"])

    def km_to(self, other: "Spot") -> float | None:
        """Distance to another spot or to itself; None within what is no single place."""
        if self is other:
            return self.own_km
        return sqrt((self.east_km - other.east_km) ** 2 + (self.north_km - other.north_km) ** 2)


def apart_km(here: Sequence[Spot], there: Sequence[Spot]) -> float | None:
    """Distance at which one spot draws as many people as many do.

    Parameters
    ----------
    here, there : sequence of Spot
        Two areas, or one and the same.

    Returns
    -------
    float or None
        d with (d + o)^-p the mean of (d_ij + o)^-p over all pairs, weighed by both ends; p and o
        are `commuting.power` and `commuting.offset_km` at their central values [km, to a tenth].
        None where it is not known, as within what is no single place.
    """
    power = register()["commuting.power"].value
    offset = register()["commuting.offset_km"].value
    pull, weight = [], 0
    for one in here:
        for other in there:
            km = one.km_to(other)
            if km is not None:
                both = one.weight * other.weight
                pull.append(both * (km + offset) ** -power)
                weight += both
    if not weight:
        return None
    mean: float = fsum(pull) / weight
    apart: float = mean ** (-1.0 / power) - offset
    return round(max(apart, LEAST_KM), 1)
