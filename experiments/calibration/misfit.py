"""How far a particle is from its targets, in tolerances, and what can be told of all of them.

A target's miss is |reached - value| / tolerance; the distance is the largest miss where all are at
most 1. Beyond that, what each miss is above 1 counts by its weight, and the largest or the sum of
it is added to 1. So the distance is at most 1 exactly where every target is within its tolerance,
whatever the weights are.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.calibration.targets import Target, Targets

Floats = NDArray[np.float64]

STILL = 1e-12
"""Part of its size by which a number has to move to have moved."""


def misses(reached: Sequence[float], targets: Sequence[Target]) -> list[float]:
    """Each target's miss with its sign, in tolerances."""
    return [
        (value - one.value) / one.tolerance for value, one in zip(reached, targets, strict=True)
    ]


def distance(reached: Sequence[float], targets: Targets) -> float:
    """The distance of a particle from its targets."""
    sizes = [abs(miss) for miss in misses(reached, targets.targets)]
    over = [
        one.weight * max(0.0, size - 1.0) for one, size in zip(targets.targets, sizes, strict=True)
    ]
    if not any(over):
        return max(sizes)
    return 1.0 + (sum(over) if targets.distance == "sum" else max(over))


def unmoved(reached: Floats) -> list[int]:
    """Targets that came to the same in every particle: what is fitted does not move them.

    Parameters
    ----------
    reached : float64[n_particles, n_targets]
    """
    size = np.abs(reached).max(axis=0)
    spread = np.ptp(reached, axis=0)
    return [int(k) for k in np.flatnonzero(spread <= STILL * size)]


def conflicts(missed: Floats) -> Iterator[dict[str, Any]]:
    """Pairs of targets each of which was reached, and never both in the same particle.

    Parameters
    ----------
    missed : float64[n_particles, n_targets]
        With signs, in tolerances, of all that were lived.
    """
    size = np.abs(missed)
    alone = size.min(axis=0)
    for one, other in combinations(range(missed.shape[1]), 2):
        together = float(size[:, [one, other]].max(axis=1).min())
        if alone[one] <= 1.0 and alone[other] <= 1.0 and together > 1.0:
            yield {
                "targets": [one, other],
                "best_together": together,
                "best_alone": [float(alone[one]), float(alone[other])],
                "correlation": correlation(missed[:, one], missed[:, other]),
            }


def correlation(one: Floats, other: Floats, weights: Floats | None = None) -> float | None:
    """Pearson's correlation, weighted; None where one of them does not move."""
    shares = np.full(one.size, 1.0 / one.size) if weights is None else weights
    a, b = one - shares @ one, other - shares @ other
    size = float(np.sqrt((shares @ a**2) * (shares @ b**2)))
    return None if size == 0.0 else float(shares @ (a * b)) / size


def weighted_quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> list[float]:
    """The values below which shares of the weight lie: the smallest with at least that share."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    at = np.searchsorted(below, np.asarray(shares) * below[-1] * (1.0 - STILL))
    return [float(one) for one in values[order][np.minimum(at, values.size - 1)]]


def equal_weights(weights: Floats, many: int, start: float) -> NDArray[np.int64]:
    """Rows that stand for a weighted sample, each with the same weight.

    Systematic resampling (Kitagawa 1996): a row of weight w comes at least floor(many w) times and
    at most once more.

    Parameters
    ----------
    weights : float64[n]
        Sum to 1.
    many : int
        Rows to take.
    start : float
        Uniform in (0, 1).

    Returns
    -------
    int64[many]
        Positions, in rising order.
    """
    below = np.cumsum(weights)
    at = (np.arange(many) + start) / many * below[-1]
    return np.asarray(np.searchsorted(below, at), dtype=np.int64)
