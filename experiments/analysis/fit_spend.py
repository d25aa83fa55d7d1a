"""What a year of buying looks like, measured alike of payments and of a built economy.

A side is a matrix of suppliers by categories, with what is known of each supplier as a least and a
most: who may be local or small counts in the most alone. Shares, concentration and sizes are taken
from it under weights, so that suppliers can be drawn anew (Efron and Tibshirani 1993, ch. 6): how
far a figure would move with other suppliers of the same sort is its sampling tolerance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.resolved import net_of

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

TOP = (1, 5, 10, 20)
"""How many of the largest suppliers have their share told."""
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
DRAWS = 200
"""How often suppliers are drawn anew; the ends of 95 % then rest on five draws each."""
LEVEL = 0.95
HHI_WHOLE = 10_000.0


@dataclass(frozen=True)
class Side:
    """Purchases net of refunds of so many months, by supplier and category.

    Attributes
    ----------
    categories : sequence of str
        Ids, C of them.
    pence : float64[S, C + 1]
        What each supplier was paid; the last column has no known category.
    named : bool[S]
        Whether a row is one supplier; a row that stands for several counts in sums alone.
    traits : sequence of str
        What suppliers may be, T of them: kinds, and tiers in which they are based or owned.
    least, most : float64[S, T]
        Part of a supplier that surely, and that possibly, is so.
    months : sequence of (str, int)
        Name of each month and its purchases [pence].
    """

    categories: Sequence[str]
    pence: Float64
    named: Bool
    traits: Sequence[str]
    least: Float64
    most: Float64
    months: Sequence[tuple[str, int]]

    @cached_property
    def ranked(self) -> list[tuple[Int64, Float64]]:
        """Suppliers of each category, then of all, with what they were paid, the largest first."""
        columns = [*self.pence.T[:-1], self.pence.sum(axis=1)]
        found = []
        for paid in columns:
            some = np.flatnonzero(self.named & (paid > 0.0))
            order = some[np.argsort(-paid[some], kind="stable")]
            found.append((order, paid[order]))
        return found

    @property
    def unknown_category(self) -> float:
        """Share of purchases without a known category."""
        return _share(float(self.pence[:, -1].sum()), float(self.pence.sum()))

    @property
    def unnamed(self) -> float:
        """Share of purchases from rows that are no single supplier."""
        return _share(float(self.pence[~self.named].sum()), float(self.pence.sum()))


@dataclass(frozen=True, slots=True)
class Key:
    """What one figure is: its measure, and the category or trait that it is of ("" for all)."""

    measure: str
    of: str = ""


def keys(side: Side) -> list[Key]:
    """Name the figures that `figures` gives, in their order."""
    named = [Key("pounds"), *(Key("pounds", one) for one in side.categories)]
    named += [Key("category_share", one) for one in side.categories]
    named += [Key("trait_share", one) for one in side.traits]
    named += [Key("supplier_pounds", f"{q:g}") for q in QUANTILES]
    for category in (*side.categories, ""):
        named += [Key(name, category) for name in ("suppliers", "hhi", *(f"top{k}" for k in TOP))]
    return named


def figures(side: Side, weight: Float64) -> Float64:
    """Measure a side.

    Parameters
    ----------
    side : Side
    weight : float64[S]
        How often each supplier counts; ones for the side as it is.

    Returns
    -------
    float64[K, 2]
        Least and most of each of `keys`; nan where there is none. Pounds are of the side's months.
    """
    paid = side.pence * weight[:, None]
    by_category, whole = paid.sum(axis=0), float(paid.sum())
    known, unknown = by_category[:-1], by_category[-1]
    more, less = max(unknown, 0.0), min(unknown, 0.0)
    rows = [(whole / 100.0, whole / 100.0)]
    rows += [((one + less) / 100.0, (one + more) / 100.0) for one in known]
    rows += [(_share(one + less, whole), _share(one + more, whole)) for one in known]
    of_supplier = net_of(paid.sum(axis=1)).paid
    everyone_paid = float(of_supplier.sum())
    rows += [
        (_share(float(low), everyone_paid), _share(float(high), everyone_paid))
        for low, high in zip(of_supplier @ side.least, of_supplier @ side.most, strict=True)
    ]
    everyone, sums = side.ranked[-1]
    rows += [(one, one) for one in _quantiles(sums[::-1] / 100.0, weight[everyone][::-1])]
    homeless = float(weight[side.named & (side.pence[:, -1] > 0.0)].sum())
    for at, (order, sums) in enumerate(side.ranked):
        more = homeless if at < len(side.categories) else 0.0
        rows += _concentration(sums, weight[order], more)
    return np.array(rows, dtype=np.float64)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else float("nan")


def _quantiles(rising: Float64, weight: Float64) -> list[float]:
    """Quantiles of suppliers' sums, each supplier counted as often as it weighs."""
    if not weight.sum():
        return [float("nan")] * len(QUANTILES)
    reached = np.cumsum(weight)
    at = np.searchsorted(reached, np.array(QUANTILES) * reached[-1])
    return [float(one) for one in rising[np.minimum(at, rising.size - 1)]]


def _concentration(falling: Float64, weight: Float64, more: float) -> list[tuple[float, float]]:
    """Number of suppliers, Herfindahl-Hirschman index, and shares of the largest."""
    count = float(weight.sum())
    whole = float(weight @ falling)
    if whole <= 0.0:
        return [(0.0, more), *[(float("nan"), float("nan"))] * (1 + len(TOP))]
    hhi = HHI_WHOLE * float(weight @ falling**2) / whole**2
    before = np.cumsum(weight) - weight
    rows = [(count, count + more), (hhi, hhi)]
    for k in TOP:
        share = float(np.clip(k - before, 0.0, weight) @ falling) / whole
        rows.append((share, share))
    return rows


def drawn(side: Side, seed: int, stream: int) -> Float64:
    """Measure a side with its suppliers drawn anew, with replacement.

    Parameters
    ----------
    side : Side
    seed, stream : int
        Decide the draws.

    Returns
    -------
    float64[DRAWS, K, 2]
        As of `figures`.
    """
    generator = np.random.Generator(np.random.Philox(key=[seed, stream]))
    many = side.named.size
    out = np.empty((DRAWS, len(keys(side)), 2))
    for k in range(DRAWS):
        taken = np.bincount(generator.integers(0, max(many, 1), many), minlength=many)
        out[k] = figures(side, taken.astype(np.float64))
    return out


def lorenz(side: Side, points: int = 50) -> tuple[list[float], float]:
    """Cumulated share of purchases from the smallest supplier up, and the Gini coefficient.

    Parameters
    ----------
    side : Side
    points : int
        Parts into which suppliers are cut.

    Returns
    -------
    tuple of (list of float, float)
        `points` + 1 shares from 0 to 1, and Gini's coefficient; empty and nan without suppliers.

    References
    ----------
    Lorenz, M. O. (1905), Methods of measuring the concentration of wealth.
    """
    sums = side.ranked[-1][1][::-1]
    if sums.size == 0:
        return [], float("nan")
    reached = np.concatenate([[0.0], np.cumsum(sums)]) / sums.sum()
    gini = 1.0 - float((reached[1:] + reached[:-1]).sum()) / sums.size
    at = np.linspace(0.0, 1.0, points + 1)
    curve = np.interp(at, np.linspace(0.0, 1.0, reached.size), reached)
    return [float(one) for one in curve], gini
