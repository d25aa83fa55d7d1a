"""The years before the story: of the pasts that luck could give a place, one that leads to it.

Where the start was published, a past that ends elsewhere is not the place's own. So a tender of the
burn-in whose outcome leaves the shares in force further off than its own size is drawn again, and
the draw that comes nearest stands. Every draw is a whole tender on the same terms; bids, marks and
awards are never bent, and from month 1 on nothing is drawn twice.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulation import streams
from simulation.economy.town import Town
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.model.lots import Lot
from simulation.procurement.commissioning import Commission
from simulation.procurement.interface import Arrangement
from simulation.procurement.luck import KeyedLuck, luck_of
from simulation.procurement.places import Places

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]


def draw_past(
    town: Town,
    lot: Lot,
    published: Mapping[str, float],
    places: Places,
    first: Commission,
    draw: Callable[[Sequence[KeyedLuck]], Sequence[Commission]],
) -> Commission:
    """Draw the tender of a lot in the years before the story.

    Parameters
    ----------
    town : Town
        `burn_in.pasts` says how many draws are tried at most; 1 takes the first as it falls.
    lot : Lot
        Vacant.
    published : mapping of str to float
        Area id to the share of all buyers' spending with suppliers there; may be empty.
    places : Places
        What else is in force.
    first : Commission
        How the tender went on the lot's own luck.
    draw : callable
        Runs the tender on each of some other lucks, with what has been signed by now; changes
        nothing.

    Returns
    -------
    Commission
        The first draw that leaves every share within the lot's own size of what was published,
        else the nearest. A first draw that fails stands, and no other that fails is taken, so that
        failures are as frequent as luck makes them.
    """
    best, made = first, first.arrangement
    if not published or made is None:
        return best
    inside = _areas_of(town, published)
    share = np.array(list(published.values()))
    pence = _pence(places.units_month * places.share * places.unit_price)
    standing = _sums(town, inside, places.supplier, pence)
    close = lot.units_month * PENCE_A_UNIT
    least = _distance(standing + _awarded(town, inside, made), share)
    more = round(town.a["burn_in.pasts"]) - 1
    if least <= close or more < 1:
        return best
    keys = [streams.key("past", lot.key, 1 + number) for number in range(more)]
    for other in draw([luck_of(town.seed, key, town.month) for key in keys]):
        if least <= close:
            break
        made = other.arrangement
        if made is None:
            continue
        distance = _distance(standing + _awarded(town, inside, made), share)
        if distance < least:
            best, least = other, distance
    return best


def _areas_of(town: Town, published: Mapping[str, float]) -> Bool:
    """Say which areas lie in each published one, in all of them last: bool[k + 1, n_areas]."""
    areas = town.economy.areas
    at = np.array([areas.ids.index(name) for name in published])
    inside = (areas.ancestor[None, :, :] == at[:, None, None]).any(axis=2)
    inside[np.arange(at.size), at] = True
    return np.vstack([inside, np.ones((1, inside.shape[1]), dtype=np.bool_)])


def _awarded(town: Town, inside: Bool, made: Arrangement) -> Int64:
    """Money that an award adds to each published area and to the whole [pence a month]."""
    pence = _pence(made.need.units_month * made.shares * made.unit_prices)
    return _sums(town, inside, made.suppliers, pence)


def _sums(town: Town, inside: Bool, supplier: NDArray[np.int32], pence: Int64) -> Int64:
    there = inside[:, town.economy.parties.area[supplier]]
    sums: Int64 = np.where(there, pence, 0).sum(axis=1, dtype=np.int64)
    return sums


def _pence(units: NDArray[np.float64]) -> Int64:
    return np.rint(units * PENCE_A_UNIT).astype(np.int64)


def _distance(sums: Int64, share: NDArray[np.float64]) -> float:
    """Return how far the worst share is off, in pence a month."""
    return float(np.abs(sums[:-1] - share * sums[-1]).max())
