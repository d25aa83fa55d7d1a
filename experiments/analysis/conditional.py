"""How the expected answer moves with one assumption, the others left as uncertain as they are.

A curve in Legendre polynomials of the assumption's rank, so that every value of it is as likely as
any other whatever its distribution. How bent the curve may be is settled by cross-validation over
whole groups of points, since the points of a Saltelli group share values (Hastie, Tibshirani and
Friedman 2009, sec. 7.10; ranks as in Ratto, Pagano and Young 2007). A straight line of no slope is
among the curves: where the points show nothing, nothing is told. Each resample of groups chooses
its own bend, so that an interval knows of the choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from experiments.analysis.bootstrap import LEVEL, resamples
from experiments.analysis.values import Float64

BENT = 3
"""Highest degree of a curve."""
FOLDS = 8
"""Parts of the groups that are left out in turn."""
RESAMPLED = 400
"""Resamples of groups behind an interval."""
TINY = 1e-10
"""Part of a term that the lower ones do not tell, below which the points settle nothing of it."""
EQUAL = 1e-12
"""Part of the spread of an answer by which two curves may differ and tell it equally well."""
TAIL = 0.05
"""Share of an assumption's values beyond each end of a swing."""
_KEY = 0x666F6C6473


@dataclass(frozen=True, slots=True)
class Swing:
    """What the expected answer is near both ends of an assumption's range.

    Attributes
    ----------
    factor : str
    at_low, at_high : float
        Expected answer where a twentieth of the assumption's values lie below, and above.
    low, high : float
        Ends of the interval that holds 95 % of the resampled `at_high - at_low`, each of a curve
        that is bent anew, and the found one.
    degree : int
        Of the curve; 0 where the answer is not seen to move.
    """

    factor: str
    at_low: float
    at_high: float
    low: float
    high: float
    degree: int

    @property
    def size(self) -> float:
        """How far apart the two ends are."""
        return abs(self.at_high - self.at_low)


def shares_of(values: Float64) -> Float64:
    """The share of all values that lie below each, equals in the middle of their own.

    Parameters
    ----------
    values : float64[n]

    Returns
    -------
    float64[n]
        Within (0, 1).
    """
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle: Float64 = ((np.cumsum(counts) - counts / 2.0) / values.size)[where]
    return middle


def basis(shares: Float64, degree: int) -> Float64:
    """Legendre polynomials up to a degree over [0, 1], float64[n, degree + 1]."""
    return np.asarray(legendre.legvander(2.0 * shares - 1.0, degree), dtype=np.float64)


def curves(
    shares: Float64, answer: Float64, groups: NDArray[np.int64], counts: Float64
) -> tuple[Float64, NDArray[np.int64]]:
    """Fit a curve for each way to count the groups of points, each as bent as that way asks.

    Parameters
    ----------
    shares : float64[n]
        Of the assumption, from `shares_of`.
    answer : float64[n]
    groups : int64[n]
        Group of each point, from 0, none without a point.
    counts : float64[n_ways, n_groups]
        How often each group counts.

    Returns
    -------
    tuple of (float64[n_ways, BENT + 1], int64[n_ways])
        Coefficients of `basis(..., BENT)`, zero where the points do not settle them, and the
        degree: that whose curves tell groups that they were not fitted to best, of equals the
        lowest. It is less than the number of values that the assumption takes.
    """
    most = min(BENT, np.unique(shares).size - 1)
    middle = answer.mean()
    sides = np.column_stack([basis(shares, most), answer - middle])
    order = np.argsort(groups, kind="stable")
    first = np.searchsorted(groups[order], np.arange(counts.shape[1]))
    sums = np.add.reduceat((sides[:, :, None] * sides[:, None, :])[order], first)
    fold = _folds(counts.shape[1])
    parts = [
        np.tensordot(counts[:, fold == one], sums[fold == one], 1) for one in range(fold.max() + 1)
    ]
    whole = np.sum(parts, axis=0)
    missed = np.sum([_missed(_fitted(whole - part), part) for part in parts], axis=0)
    degrees = np.argmax(missed <= missed.min(axis=0) + EQUAL * whole[:, -1, -1], axis=0)
    told = np.zeros((degrees.size, BENT + 1))
    told[:, : most + 1] = _fitted(whole)[degrees, np.arange(degrees.size)]
    told[:, 0] += middle
    return told, degrees


@cache
def _folds(many: int) -> NDArray[np.int64]:
    """Part of each group; shuffled, for a part of Sobol' points in their order is no sample."""
    generator = np.random.Generator(np.random.Philox(key=_KEY))
    return generator.permutation(np.arange(many) % min(FOLDS, many))


def _fitted(sums: Float64) -> Float64:
    """Coefficients of the best curve of each degree, from sums of products.

    Parameters
    ----------
    sums : float64[n_ways, n_terms + 1, n_terms + 1]
        Of each term, and last of the answer, with each.

    Returns
    -------
    float64[n_terms, n_ways, n_terms]
        By degree; by Gauss and Jordan, so that each degree goes on from the one below.
    """
    left = sums[:, :-1]
    ways, terms = left.shape[:2]
    least = TINY * np.diagonal(left, axis1=1, axis2=2)
    told = np.zeros((terms, ways, terms))
    for term in range(terms):
        pivot = left[:, term, term]
        settled = pivot > least[:, term]
        row = left[:, term] * (settled / np.where(settled, pivot, 1.0))[:, None]
        left = left - left[:, :, term, None] * row[:, None, :]
        left[:, term] = row
        told[term, :, : term + 1] = left[:, : term + 1, -1]
    return told


def _missed(found: Float64, sums: Float64) -> Float64:
    """Squares of what curves of each degree miss the answer by, float64[n_degrees, n_ways]."""
    by = np.concatenate([found, np.full((*found.shape[:2], 1), -1.0)], axis=2)
    told: Float64 = ((by[:, :, None, :] @ sums)[:, :, 0, :] * by).sum(axis=2)
    return told


def resampled(groups: NDArray[np.int64]) -> Float64:
    """How often each group is drawn, with replacement; the same draws for every assumption.

    Returns
    -------
    float64[RESAMPLED, n_groups]
    """
    many = int(groups.max()) + 1
    return np.array(
        [np.bincount(row, minlength=many) for row in resamples(many)[:RESAMPLED]], np.float64
    )


def swings(
    names: Sequence[str], points: Float64, answer: Float64, groups: NDArray[np.int64]
) -> list[Swing]:
    """Tell how far each assumption moves the expected answer, the farthest first.

    Parameters
    ----------
    names : sequence of str
        Assumptions.
    points : float64[n, n_names]
        Their values, each drawn from its distribution.
    answer : float64[n]
        Mean over luck; none nan.
    groups : int64[n]
        Points that share values, from 0; of independent points each its own.

    Returns
    -------
    list of Swing
    """
    again = resampled(groups)
    counts = np.vstack([np.ones(again.shape[1]), again])
    told = []
    for column, name in enumerate(names):
        found, degrees = curves(shares_of(points[:, column]), answer, groups, counts)
        ends = found @ basis(np.array([TAIL, 1.0 - TAIL]), BENT).T
        lengths = ends[:, 1] - ends[:, 0]
        least, most = np.quantile(lengths[1:], [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
        low, high = ends[0].tolist()
        told.append(
            Swing(name, low, high, float(min(least, lengths[0])), float(max(most, lengths[0])),
                  int(degrees[0]))
        )  # fmt: skip
    return sorted(told, key=lambda one: (-one.size, one.factor))
