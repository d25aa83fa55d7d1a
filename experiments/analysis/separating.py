"""Which assumption parts the futures in which one policy beats another from those in which not.

Each assumption is held against the gap between two policies by Spearman's rank correlation (1904).
With many assumptions and few futures some always seem to matter, so the strongest is held against
the strongest that chance alone would show: the futures of the gap are shuffled again and again, and
the largest correlation of each shuffle is kept (Westfall and Young 1993, max-T). What passes is
told, with an interval by Fisher's transformation; what does not is told as "cannot say".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.values import Float64

SHUFFLES = 2_000
FEWEST = 10
"""Futures below which no assumption is named: the strongest of some hundred then looks strong by
chance alone. Unit: futures. Grade: judgement."""
CHANCE = 0.05
_KEY = 0x72616E6B
_WIDE = 1.96
_SPEARMAN = 1.06
"""Variance of Fisher's z of a rank correlation, times n - 3 (Fieller, Hartley and Pearson 1957)."""


@dataclass(frozen=True, slots=True)
class Separated:
    """One assumption and how it goes with the gap.

    Attributes
    ----------
    name : str
        Of the assumption.
    correlation, low, high : float
        Rank correlation with the gap and its 95 % interval.
    chance : float
        How often chance alone shows one as strong among all the assumptions tried.
    """

    name: str
    correlation: float
    low: float
    high: float
    chance: float


def separating(gap: Float64, draws: Mapping[str, Sequence[float]]) -> list[Separated]:
    """Order assumptions by how strongly they go with a gap.

    Parameters
    ----------
    gap : float64[n]
        One policy less another in each future, none nan.
    draws : mapping of str to sequence of float
        Value of each assumption in the same futures.

    Returns
    -------
    list of Separated
        The strongest first. Empty with fewer than `FEWEST` futures, a gap that never differs, or
        no assumption that does.
    """
    names = [name for name, values in draws.items() if len(set(values)) > 1]
    if gap.size < FEWEST or np.ptp(gap) == 0.0 or not names:
        return []
    ranks = _ranks(np.array([draws[name] for name in names], dtype=np.float64))
    mine = _ranks(gap[None, :])[0]
    found = ranks @ mine
    top = _strongest(ranks, mine)
    width = _WIDE * np.sqrt(_SPEARMAN / (gap.size - 3))
    told = []
    for name, one in zip(names, found.tolist(), strict=True):
        z = np.arctanh(np.clip(one, -0.9999, 0.9999))
        chance = float((1 + (top >= abs(one) - 1e-12).sum()) / (1 + top.size))
        told.append(
            Separated(name, one, float(np.tanh(z - width)), float(np.tanh(z + width)), chance)
        )
    return sorted(told, key=lambda one: (-abs(one.correlation), one.name))


def _ranks(values: Float64) -> Float64:
    """Ranks along each row, ties sharing their mean, centred and scaled to unit length."""
    from scipy.stats import rankdata

    ranks: Float64 = rankdata(values, axis=1)
    ranks = ranks - ranks.mean(axis=1, keepdims=True)
    scaled: Float64 = ranks / np.sqrt((ranks * ranks).sum(axis=1, keepdims=True))
    return scaled


def _strongest(ranks: Float64, mine: Float64) -> Float64:
    """The largest correlation, either way, in each of many shuffles: float64[SHUFFLES]."""
    generator = np.random.Generator(np.random.Philox(key=_KEY))
    order: NDArray[np.int64] = np.argsort(generator.random((SHUFFLES, mine.size)), axis=1)
    largest: Float64 = np.abs(ranks @ mine[order].T).max(axis=0)
    return largest
