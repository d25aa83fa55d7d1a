"""In which region of the assumptions a way of buying fails, or wins: the patient rule induction.

PRIM (Friedman and Fisher 1999), as scenario discovery uses it (Lempert, Groves, Popper and Bankes
2006; Bryant and Lempert 2010). A box begins as the whole space; a thin slice at one face is peeled
off again and again, each time the one that leaves the densest box; the box that best joins coverage
with density is taken, and what was peeled too much is pasted back. Coverage is the part of all
finds that a box holds, density the part of the box that are finds, mass the part of all futures in
it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.values import Float64

PEEL = 0.05
"""Part of the futures in a box that one peel takes off, at least one."""
LEAST_MASS = 0.05
"""Part of all futures that a box holds at least."""
BOXES = 3
CHANCE = 0.05
"""A limit whose quasi-p-value is above this may be chance."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Box:
    """One interval a factor, open where infinite: `low[k] < x[k] < high[k]`."""

    low: Float64
    high: Float64

    @classmethod
    def whole(cls, factors: int) -> "Box":
        """The box without any limit."""
        return cls(np.full(factors, -np.inf), np.full(factors, np.inf))

    def holds(self, points: Float64, without: int | None = None) -> Bools:
        """Say which points lie inside; `without` leaves one factor's limits out."""
        inside = (points > self.low) & (points < self.high)
        if without is not None:
            inside[:, without] = True
        return np.asarray(inside.all(axis=1))

    def limited(self) -> list[int]:
        """Factors with a limit."""
        return [int(k) for k in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high))]

    def moved(self, factor: int, side: int, limit: float) -> "Box":
        """The box with one limit moved: side 0 the lower, 1 the upper."""
        ends = [self.low.copy(), self.high.copy()]
        ends[side][factor] = limit
        return Box(*ends)


def prim(
    points: Float64,
    found: Bools,
    names: Sequence[str],
    *,
    peel: float = PEEL,
    least_mass: float = LEAST_MASS,
    boxes: int = BOXES,
) -> list[dict[str, Any]]:
    """Find boxes that hold many of the finds and little else.

    Parameters
    ----------
    points : float64[n, n_factors]
        Values of the factors in each future.
    found : bool[n]
        Where what is looked for happens.
    names : sequence of str
        Factors.
    peel, least_mass : float
        Parts in (0, 1).
    boxes : int
        At most so many, each found in what those before it leave.

    Returns
    -------
    list of dict
        `{limits, coverage, density, mass, cases, hits, trajectory}`: `limits` as a list of
        `{factor, low, high, quasi_p}`, null for an open side, the surest first; `trajectory` as a
        list of `{coverage, density, mass, limits}` from the whole space inwards, where `limits`
        counts the factors with one. Shares are of all futures and all finds. Only boxes denser
        than all futures and than what they were looked for in are told; none where it happens
        everywhere or nowhere.
    """
    told: list[dict[str, Any]] = []
    left = np.ones(found.size, dtype=np.bool_)
    finds = int(found.sum())
    while len(told) < boxes and found[left].any() and not found[left].all():
        way = peeled(points[left], found[left], peel, least_mass * found.size / left.sum())
        box = pasted(points[left], found[left], _chosen(way, points[left], found[left]))
        inside = left & box.holds(points)
        hits, cases = int(found[inside].sum()), int(inside.sum())
        if not box.limited() or hits / cases <= max(found[left].mean(), found.mean()):
            break
        told.append(
            {
                "limits": _limits(box, points[left], found[left], names),
                "coverage": hits / finds,
                "density": hits / cases,
                "mass": cases / found.size,
                "cases": cases,
                "hits": hits,
                "trajectory": [_step(one, points, found, left) for one in way],
            }
        )
        left &= ~inside
    return told


def peeled(points: Float64, found: Bools, peel: float, least_mass: float) -> list[Box]:
    """Peel slice after slice; return every box on the way, the whole space first.

    Of all slices the one that leaves the highest density is taken; of equals the thinner one, then
    the first factor, then its lower side. It ends where a further peel would leave less than
    `least_mass` of the points, or nothing but finds are left.
    """
    box = Box.whole(points.shape[1])
    way = [box]
    inside = np.ones(found.size, dtype=np.bool_)
    while not found[inside].all():
        best: tuple[float, int, Box, Bools] | None = None
        for factor in range(points.shape[1]):
            for side in (0, 1):
                limit = _slice(points[inside, factor], side, peel)
                if limit is None:
                    continue
                kept = inside & _beyond(points[:, factor], side, limit)
                many = int(kept.sum())
                density = float(found[kept].mean())
                if many >= least_mass * found.size and (best is None or (density, many) > best[:2]):
                    best = density, many, box.moved(factor, side, limit), kept
        if best is None:
            break
        _, _, box, inside = best
        way.append(box)
    return way


def pasted(points: Float64, found: Bools, box: Box) -> Box:
    """Give back what was peeled too much: move limits outwards while the density does not fall.

    Each time the nearest points beyond one limit are taken in (those that share a value together);
    of all limits the one that leaves the highest density, of equals the one that takes in most.
    """
    while True:
        inside = box.holds(points)
        now = float(found[inside].mean())
        best: tuple[float, int, Box] | None = None
        for factor in box.limited():
            for side, end in ((0, box.low[factor]), (1, box.high[factor])):
                if not np.isfinite(end):
                    continue
                wider = box.moved(factor, side, _further(points, box, factor, side))
                held = wider.holds(points)
                density, many = float(found[held].mean()), int(held.sum())
                if density >= now and (best is None or (density, many) > best[:2]):
                    best = density, many, wider
        if best is None:
            return box
        box = best[2]


def quasi_p(points: Float64, found: Bools, box: Box, factor: int) -> float:
    """How likely the box would hold so many finds if one factor's limits did nothing.

    The limits are taken away; the chance of a find is then H'/T'. Of the T points in the box, the
    chance of at least the H finds seen, by the binomial distribution (Bryant and Lempert 2010).
    """
    from scipy.stats import binom

    inside, without = box.holds(points), box.holds(points, factor)
    cases, hits = int(inside.sum()), int(found[inside].sum())
    return float(binom.sf(hits - 1, cases, found[without].mean()))


def _slice(values: Float64, side: int, peel: float) -> float | None:
    """The limit that takes a slice off one side; None where all values are the same."""
    ordered = np.sort(values) if side == 0 else -np.sort(-values)
    many = max(int(peel * values.size), 1)
    edge = ordered[many - 1]
    kept = ordered[ordered > edge] if side == 0 else ordered[ordered < edge]
    if not kept.size:  # the slice would take all: only values equal to the first go
        edge = ordered[0]
        kept = ordered[ordered > edge] if side == 0 else ordered[ordered < edge]
    return float((edge + kept[0]) / 2) if kept.size else None


def _beyond(values: Float64, side: int, limit: float) -> Bools:
    return values > limit if side == 0 else values < limit


def _further(points: Float64, box: Box, factor: int, side: int) -> float:
    """The limit moved outwards past the nearest value beyond it; open where that is the last."""
    open_end = -np.inf if side == 0 else np.inf
    wide = box.moved(factor, side, open_end)
    end = (box.low, box.high)[side][factor]
    beyond = points[wide.holds(points), factor]
    beyond = np.unique(beyond[beyond < end] if side == 0 else beyond[beyond > end])
    if beyond.size < 2:
        return open_end
    near, next_ = (beyond[-1], beyond[-2]) if side == 0 else (beyond[0], beyond[1])
    return float((near + next_) / 2)


def _chosen(way: Sequence[Box], points: Float64, found: Bools) -> Box:
    """The box with the highest harmonic mean of coverage and density; of equals the first."""

    def joined(box: Box) -> float:
        inside = box.holds(points)
        hits = float(found[inside].sum())
        return 2.0 * hits / (float(inside.sum()) + float(found.sum()))

    return max(way, key=joined)


def _limits(box: Box, points: Float64, found: Bools, names: Sequence[str]) -> list[dict[str, Any]]:
    rows = [
        {
            "factor": names[k],
            "low": float(box.low[k]) if np.isfinite(box.low[k]) else None,
            "high": float(box.high[k]) if np.isfinite(box.high[k]) else None,
            "quasi_p": quasi_p(points, found, box, k),
        }
        for k in box.limited()
    ]
    return sorted(rows, key=lambda row: (row["quasi_p"], row["factor"]))


def _step(box: Box, points: Float64, found: Bools, left: Bools) -> dict[str, Any]:
    inside = left & box.holds(points)
    hits = int(found[inside].sum())
    return {
        "coverage": hits / int(found.sum()),
        "density": hits / int(inside.sum()),
        "mass": float(inside.mean()),
        "limits": len(box.limited()),
    }
