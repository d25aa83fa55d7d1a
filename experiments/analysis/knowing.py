"""What knowing an assumption before choosing is worth: value of partial perfect information.

Who must choose now takes what does best on average. Who first learns one assumption may choose
otherwise, and gains on average the difference (Raiffa and Schlaifer 1961; Howard 1966). The
average gain at each value of the assumption is read off a curve through the points of the design,
as Strong, Oakley and Brennan (Medical Decision Making 34, 2014) do; such an estimate is never
below zero and errs upwards where points are few (Oakley and others 2010), so what an assumption
would show by chance is told beside it: one whose values were shuffled between whole groups of
points, since within a Saltelli group it takes two values only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.bootstrap import LEVEL
from experiments.analysis.conditional import BENT, basis, curves, resampled, shares_of
from experiments.analysis.values import Float64

SHUFFLES = 100
"""Shuffled assumptions behind what chance shows."""
ROUNDING = 1e-12
"""Part of a gain that two ways to add it up may differ by."""
_KEY = 0x6B6E6F77


@dataclass(frozen=True, slots=True)
class Known:
    """The value of knowing one assumption.

    Attributes
    ----------
    factor : str
    value : float
        Expected gain from knowing it before the choice, in the unit of the gains.
    low, high : float
        Interval that holds 95 % of the values of resampled groups of points, each with curves
        that are bent anew, and the found one.
    changes : float
        Share of its values at which another option than the best one on average would be taken.
    """

    factor: str
    value: float
    low: float
    high: float
    changes: float


@dataclass(frozen=True, slots=True)
class Knowing:
    """What the options are worth, and what knowing would add.

    Attributes
    ----------
    expected : tuple of float
        Mean gain of each option.
    best : int
        Option with the highest; of equals the first.
    perfect : float
        Expected gain from knowing every assumption of the design.
    perfect_by_luck : float
        The same where each option is chosen by one half of the luck and paid by the other: what is
        left of it once luck is not mistaken for knowledge. Nan with one replicate.
    chance : float
        What 95 % of assumptions whose values were shuffled between whole groups stay below: less
        than that cannot be told from nothing.
    factors : tuple of Known
        The one most worth knowing first.
    """

    expected: tuple[float, ...]
    best: int
    perfect: float
    perfect_by_luck: float
    chance: float
    factors: tuple[Known, ...]


def value_of_knowing(
    names: Sequence[str], points: Float64, gains: Float64, groups: NDArray[np.int64]
) -> Knowing:
    """Estimate what knowing each assumption would be worth to who chooses by the mean gain.

    Parameters
    ----------
    names : sequence of str
        Assumptions.
    points : float64[n, n_names]
        Their values, each drawn from its distribution.
    gains : float64[n_options, n, n_replicates]
        What each option gains at each point, more being better; none nan.
    groups : int64[n]
        Points that share values, from 0; of independent points each its own.

    Returns
    -------
    Knowing
        In the unit of `gains`.
    """
    mean = gains.mean(axis=2)
    expected = mean.mean(axis=1)
    once = np.ones((1, int(groups.max()) + 1))
    counts = np.vstack([once, resampled(groups)])
    told = []
    for column, name in enumerate(names):
        curves = _curves(shares_of(points[:, column]), mean, groups, counts)
        worth = _worth(curves, counts[:, groups])
        low, high = np.quantile(worth[1:], [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
        other = float((curves[0].argmax(axis=0) != int(expected.argmax())).mean())
        told.append(
            Known(
                name, float(worth[0]), float(min(low, worth[0])), float(max(high, worth[0])), other
            )
        )
    return Knowing(
        expected=tuple(float(one) for one in expected),
        best=int(expected.argmax()),
        perfect=float(mean.max(axis=0).mean() - expected.max()),
        perfect_by_luck=_by_luck(gains),
        chance=_chance(points, mean, groups, once),
        factors=tuple(sorted(told, key=lambda one: (-one.value, one.factor))),
    )


def _curves(shares: Float64, mean: Float64, groups: NDArray[np.int64], counts: Float64) -> Float64:
    """Mean gain of each option at the share of each point, float64[n_ways, n_options, n]."""
    at = basis(shares, BENT).T
    return np.stack([curves(shares, one, groups, counts)[0] @ at for one in mean], axis=1)


def _worth(curves: Float64, weights: Float64) -> Float64:
    """Mean of the best at each point, less the best of the means, float64[n_ways]."""
    weights = weights / weights.sum(axis=1, keepdims=True)
    best = (curves.max(axis=1) * weights).sum(axis=1)
    now = (curves * weights[:, None, :]).sum(axis=2).max(axis=1)
    worth: Float64 = np.maximum(0.0, best - now)
    return np.where(worth > ROUNDING * np.abs(curves).max(), worth, 0.0)


def _by_luck(gains: Float64) -> float:
    """Value of knowing everything, chosen by one half of the replicates and paid by the other."""
    half = gains.shape[2] // 2
    if not half:
        return float("nan")
    halves = gains[:, :, :half].mean(axis=2), gains[:, :, half : 2 * half].mean(axis=2)
    told = 0.0
    for chosen, paid in (halves, halves[::-1]):
        at = chosen.argmax(axis=0)
        told += float(paid[at, np.arange(at.size)].mean()) / 2.0
    return told - float(gains.mean(axis=(1, 2)).max())


def _chance(points: Float64, mean: Float64, groups: NDArray[np.int64], once: Float64) -> float:
    """What 95 % of assumptions that mean nothing would be said to be worth at most.

    Each is an assumption of the design, whose values were dealt anew to whole groups: within a
    group it takes as few values as before.
    """
    generator = np.random.Generator(np.random.Philox(key=_KEY))
    sizes = np.bincount(groups)
    order = np.argsort(groups, kind="stable")
    first = np.cumsum(sizes) - sizes
    place = np.empty_like(groups)
    place[order] = np.arange(groups.size) - np.repeat(first, sizes)
    told = []
    for shuffle in range(SHUFFLES):
        giver = generator.permutation(sizes.size)[groups]
        dealt = order[first[giver] + place % sizes[giver]]
        shares = shares_of(points[dealt, shuffle % points.shape[1]])
        still = _curves(shares, mean, groups, once)
        told.append(float(_worth(still, once[:, groups])[0]))
    return float(np.quantile(told, LEVEL))
