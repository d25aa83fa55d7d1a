"""Accounts for co-operatives of buyers and suppliers, one for each buyer and spending category.

The rows stand after the households and hold nothing until a co-op is founded, so a comparison
without one is not touched by them.
"""

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, OwnerKind
from simulation import streams
from simulation.economy.columns import Classes, Economy

NO_SECTOR = -1


def add_clubs(economy: Economy) -> dict[tuple[int, int], int]:
    """Append an account for each buyer and category that the buyer spends on.

    Parameters
    ----------
    economy : Economy, updated
        Its parties and classes grow.

    Returns
    -------
    dict of (buyer index, category) to int
        Party rows.
    """
    buyers, parties = economy.buyers, economy.parties
    pairs = [(int(b), int(c)) for b, c in np.argwhere(buyers.budget_month > 0)]
    if not pairs:
        return {}
    areas = parties.area[buyers.row[[b for b, _ in pairs]]]
    uid = [streams.key("club", int(parties.uid[buyers.row[b]]), category) for b, category in pairs]
    return dict(zip(pairs, add_mutuals(economy, uid, areas), strict=True))


def add_mutuals(economy: Economy, uid: list[int], areas: NDArray[np.int16]) -> range:
    """Append accounts of organisations that belong to their members.

    Parameters
    ----------
    economy : Economy, updated
        Its parties and classes grow.
    uid : list of int
        Stable identities.
    areas : int16[m]
        Where each is.

    Returns
    -------
    range
        Their party rows.
    """
    parties = economy.parties
    n = parties.uid.size
    klass = _classes_of(economy, areas)
    new = {
        "uid": uid,
        "institution": int(Institution.CLUB),
        "sector": NO_SECTOR,
        "area": areas,
        "owner_kind": int(OwnerKind.COOP),
        "owner_area": areas,
        "klass": klass,
    }
    for column in fields(parties):
        old = getattr(parties, column.name)
        value = np.broadcast_to(np.asarray(new.get(column.name, 0)), len(uid))
        setattr(parties, column.name, _longer(old, value, economy.households.first))
    return range(n, n + len(uid))


def _longer(old: NDArray[Any], value: NDArray[Any], first_home: int) -> NDArray[Any]:
    """Append to a column; where all homes have nothing in it, their part takes no memory."""
    new = np.zeros(old.size + value.size, dtype=old.dtype)
    copied = old.size if old[first_home:].any() else first_home
    new[:copied] = old[:copied]
    new[old.size :] = value
    return new


def _classes_of(economy: Economy, areas: np.ndarray) -> np.ndarray:
    """Append one class for each area with a club, and return the class of each."""
    old = economy.classes
    places = np.unique(areas)
    economy.classes = Classes(
        institution=_extended(old.institution, int(Institution.CLUB), places.size),
        sector=_extended(old.sector, NO_SECTOR, places.size),
        area=np.concatenate([old.area, places.astype(old.area.dtype)]),
        owner_kind=_extended(old.owner_kind, int(OwnerKind.COOP), places.size),
    )
    return old.area.size + np.searchsorted(places, areas)


def _extended(column: np.ndarray, value: int, size: int) -> np.ndarray:
    return np.concatenate([column, np.full(size, value, dtype=column.dtype)])
