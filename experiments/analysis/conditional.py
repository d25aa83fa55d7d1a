"""How the expected answer moves with one assumption, the others left as uncertain as they are.

A curve in Legendre polynomials of the assumption's rank, so that every value of it is as likely as
any other whatever its distribution. How bent the curve may be is settled by cross-validation over
whole groups of points, since the points of a Saltelli group share values (Hastie, Tibshirani and
Friedman 2009, sec. 7.10; ranks as in Ratto, Pagano and Young 2007). A straight line of no slope is
among the curves: where the points show nothing, nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
"""Part of the largest direction of the points below which one settles nothing."""
TAIL = 0.05
"""Share of an assumption's values beyond each end of a swing."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What the expected answer is near both ends of an assumption's range.

    Attributes
    ----------
    factor : str
    at_low, at_high : float
        Expected answer where a twentieth of the assumption's values lie below, and above.
    low, high : float
        Ends of the interval that holds 95 % of the resampled `at_high - at_low`.
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


def fits(at: Float64, answers: Float64, groups: NDArray[np.int64], counts: Float64) -> Float64:
    """Fit curves by least squares, once for each way to count the groups of points.

    Parameters
    ----------
    at : float64[n, n_terms]
        From `basis`.
    answers : float64[n, n_answers]
    groups : int64[n]
        Group of each point, from 0, none without a point.
    counts : float64[n_ways, n_groups]
        How often each group counts.

    Returns
    -------
    float64[n_ways, n_terms, n_answers]
        Coefficients; where the points do not settle them, the shortest.
    """
    order = np.argsort(groups, kind="stable")
    first = np.searchsorted(groups[order], np.arange(counts.shape[1]))
    left, right = (
        np.tensordot(counts, np.add.reduceat(one[order], first), 1)
        for one in (at[:, :, None] * at[:, None, :], at[:, :, None] * answers[:, None, :])
    )
    found: Float64 = np.linalg.pinv(left, rcond=TINY, hermitian=True) @ right
    return found


def bend(shares: Float64, answer: Float64, groups: NDArray[np.int64]) -> int:
    """The degree whose curves tell groups that they were not fitted to best.

    Parameters
    ----------
    shares : float64[n]
        Of the assumption, from `shares_of`.
    answer : float64[n]
    groups : int64[n]
        Group of each point, from 0.

    Returns
    -------
    int
        At most `BENT`, and less than the values that the assumption takes; of equals the lowest.
    """
    many = int(groups.max()) + 1
    fold = np.arange(many) % min(FOLDS, many)
    counts = (fold != np.arange(fold.max() + 1)[:, None]).astype(np.float64)
    missed = []
    for degree in range(min(BENT, np.unique(shares).size - 1) + 1):
        at = basis(shares, degree)
        told = (at * fits(at, answer[:, None], groups, counts)[fold[groups], :, 0]).sum(axis=1)
        missed.append(((answer - told) ** 2).sum())
    return int(np.argmin(missed))


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
        shares = shares_of(points[:, column])
        degree = bend(shares, answer, groups)
        found = fits(basis(shares, degree), answer[:, None], groups, counts)[:, :, 0]
        ends = found @ basis(np.array([TAIL, 1.0 - TAIL]), degree).T
        lengths = ends[1:, 1] - ends[1:, 0]
        least, most = np.quantile(lengths, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
        low, high = ends[0].tolist()
        told.append(Swing(name, low, high, float(least), float(most), degree))
    return sorted(told, key=lambda one: (-one.size, one.factor))
