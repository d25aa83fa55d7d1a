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
    fold = groups % min(FOLDS, int(groups.max()) + 1)
    degrees = range(min(BENT, np.unique(shares).size - 1) + 1)
    missed = np.zeros(len(degrees))
    for part in np.unique(fold):
        out = fold == part
        for degree in degrees:
            at = basis(shares, degree)
            fit = np.linalg.lstsq(at[~out], answer[~out], rcond=None)[0]
            missed[degree] += ((answer[out] - at[out] @ fit) ** 2).sum()
    return int(np.argmin(missed))


def resampled_points(groups: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Points of resampled groups, drawn with replacement; the same for every assumption."""
    order = np.argsort(groups, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(groups))[:-1])
    return [np.concatenate([members[one] for one in row])
            for row in resamples(len(members))[:RESAMPLED]]  # fmt: skip


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
    again = resampled_points(groups)
    told = []
    for column, name in enumerate(names):
        shares = shares_of(points[:, column])
        degree = bend(shares, answer, groups)
        at = basis(shares, degree)
        ends = basis(np.array([TAIL, 1.0 - TAIL]), degree)
        low, high = ends @ np.linalg.lstsq(at, answer, rcond=None)[0]
        step = ends[1] - ends[0]
        drawn = [step @ np.linalg.lstsq(at[rows], answer[rows], rcond=None)[0] for rows in again]
        least, most = np.quantile(drawn, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
        told.append(Swing(name, float(low), float(high), float(least), float(most), degree))
    return sorted(told, key=lambda one: (-one.size, one.factor))
