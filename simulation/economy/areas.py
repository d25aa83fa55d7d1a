"""The map: a tree of areas from district to world, the distances between them, and the groups.

Agents sit in leaves; every other area is the sum of its leaves. *Local* is never a flag: each
leaf knows the area of every tier that it lies in, so a measure can be taken at any of them.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.spec import Area, Scenario
from scenarios.vocabulary import Institution, Tier
from simulation.economy.columns import Areas, Bool, Classes, Float64, Int8, Int16, Int32

NOWHERE = -1


def build_areas(scenario: Scenario) -> Areas:
    """Read the area tree of a scenario, in the order of the file.

    Parameters
    ----------
    scenario : Scenario
        Checked: parents exist and the tree has no loop.

    Returns
    -------
    Areas
        `ancestor[a, t]` is the outermost area of tier `t` that contains leaf `a`, so a leaf that
        stands for the rest of a region lies in that region. All work where they live, until
        `read_place` says who travels.
    """
    rows = scenario.areas
    ids = tuple(area.id for area in rows)
    index = {name: row for row, name in enumerate(ids)}
    parent = np.array([_parent(area, index) for area in rows], dtype=np.int16)
    tier = np.array([Tier[area.tier.upper()] for area in rows], dtype=np.int8)
    named = {area.parent for area in rows}
    leaf = np.array([area.id not in named or area.tier == "world" for area in rows])
    return Areas(
        ids=ids,
        names=tuple(area.name for area in rows),
        parent=parent,
        tier=tier,
        leaf=leaf,
        neighbour=np.array([name in scenario.neighbours for name in ids], dtype=np.bool_),
        easting_km=_coordinates([area.easting_km for area in rows]),
        northing_km=_coordinates([area.northing_km for area in rows]),
        ancestor=_ancestors(parent, tier, leaf),
        commuting=np.eye(len(ids)),
        focus=index[scenario.focus],
    )


def _parent(area: Area, index: dict[str, int]) -> int:
    return NOWHERE if area.parent is None else index[area.parent]


def _coordinates(values: list[float | None]) -> Float64:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _ancestors(parent: Int16, tier: Int8, leaf: NDArray[np.bool_]) -> Int16:
    out = np.full((parent.size, len(Tier)), NOWHERE, dtype=np.int16)
    for row in np.flatnonzero(leaf):
        here = int(row)
        while here != NOWHERE:
            out[row, tier[here]] = here
            here = int(parent[here])
    return out


def world_of(areas: Areas) -> int:
    """Return the area that stands for the rest of the world (the last area where none does)."""
    found = np.flatnonzero(areas.tier == Tier.WORLD)
    return int(found[0]) if found.size else len(areas.ids) - 1


def distances_km(areas: Areas, a: Assumptions) -> Float64:
    """Measure how far apart areas lie, centre to centre.

    Parameters
    ----------
    areas : Areas
        Coordinates [km]; an area without any is remote from every other.
    a : Assumptions
        `network.own_area_km`, the mean distance within an area, and `network.remote_km`.

    Returns
    -------
    float64[n_areas, n_areas]
        Straight-line distances [km], symmetric.
    """
    east = areas.easting_km[:, None] - areas.easting_km[None, :]
    north = areas.northing_km[:, None] - areas.northing_km[None, :]
    apart = np.sqrt(east * east + north * north)
    apart = np.where(np.isnan(apart), a["network.remote_km"], apart)
    np.fill_diagonal(apart, 0.0)
    return np.maximum(apart, a["network.own_area_km"])


def around_focus(areas: Areas, tier: Tier) -> Bool:
    """Say which areas lie in the focus's area of a tier: bool[n_areas]."""
    over = areas.ancestor[:, tier]
    inside: Bool = over == over[areas.focus]
    return inside


def build_classes(
    institution: Int8, sector: Int16, area: Int16, owner_kind: Int8, detailed: Bool
) -> tuple[Classes, Int32]:
    """Find the groups that flows are summed by: those in use, in sorted order.

    Parameters
    ----------
    institution, sector, area, owner_kind : int[n_parties]
        Codes of each party row; `sector` and `area` may be -1.
    detailed : bool[n_areas]
        Areas whose firms are told apart by sector; elsewhere a class of firms has the sector -1.

    Returns
    -------
    Classes
        One row for each combination in use, sorted by institution, sector, area, owner kind.
    int32[n_parties]
        The class of each party row.
    """
    code = institution.astype(np.int64)
    told = detailed[area] | (institution != Institution.FIRM)
    sector = np.where(told, sector, NOWHERE).astype(np.int16)
    for column, width in ((sector, 4096), (area, 4096), (owner_kind, 64)):
        code = code * width + column.astype(np.int64) + 1
    kinds, klass = np.unique(code, return_inverse=True)
    owner = kinds % 64 - 1
    place = kinds // 64 % 4096 - 1
    trade = kinds // (64 * 4096) % 4096 - 1
    classes = Classes(
        institution=(kinds // (64 * 4096 * 4096)).astype(np.int8),
        sector=trade.astype(np.int16),
        area=place.astype(np.int16),
        owner_kind=owner.astype(np.int8),
    )
    return classes, klass.astype(np.int32)
