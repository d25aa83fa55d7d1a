"""How far luck spreads a difference between two ways of buying, and what would narrow it.

Where both meet the same luck, what counts is the spread of their difference, replicate by
replicate (the paired t interval; Law 2015, sec. 9.4.1 and 10.2.1). Where each has luck of its own,
the spreads of both add up, and the degrees of freedom are those of Welch (1947).
"""

import math
from dataclasses import dataclass

import numpy as np

from experiments.analysis.bootstrap import LEVEL
from experiments.analysis.values import Float64

MOST = 1_000_000
"""Replicates above which an answer is that no sensible number will do."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of a difference, as seen so far.

    Attributes
    ----------
    one : float
        Standard deviation of the difference in one replicate.
    freedom : float
        Degrees of freedom that each replicate after the first brings: 1 where luck is shared; from
        1 to 2 where each policy has its own, 2 where both spread alike.
    """

    one: float
    freedom: float = 1.0

    def half_width(self, replicates: int) -> float:
        """Half-width of the 95 % interval that so many replicates give, two at least."""
        from scipy.stats import t

        times = float(t.ppf((1 + LEVEL) / 2, self.freedom * (replicates - 1)))
        return times * self.one / math.sqrt(replicates)

    def replicates_needed(self, half_width: float) -> int | None:
        """The least number of replicates, two at least, that gives an interval no wider.

        Parameters
        ----------
        half_width : float
            In the unit of the difference, above zero.

        Returns
        -------
        int or None
            None where more than a million would be needed.
        """
        high = 2
        while self.half_width(high) > half_width:
            high *= 2
            if high > MOST:
                return None
        low = high // 2
        while high - low > 1 and high > 2:
            middle = (low + high) // 2
            wide = self.half_width(middle) > half_width
            low, high = (middle, high) if wide else (low, middle)
        return high


def shared_spread(gap: Float64) -> Spread | None:
    """The spread of differences that are taken within shared luck.

    Parameters
    ----------
    gap : float64[n]
        By replicate.

    Returns
    -------
    Spread or None
        None where there are fewer than two to learn it from.
    """
    return Spread(float(np.std(gap, ddof=1))) if gap.size > 1 else None


def own_spread(mine: Float64, other: Float64) -> Spread | None:
    """The spread of the difference of two policies that have each its own luck.

    Parameters
    ----------
    mine, other : float64[n]
        Levels by replicate.

    Returns
    -------
    Spread or None
        s = sqrt(s1^2 + s2^2), with (n - 1) (s1^2 + s2^2)^2 / (s1^4 + s2^4) degrees of freedom
        (Welch 1947, of two samples of the same size). None where there are fewer than two.
    """
    if mine.size < 2:
        return None
    first, second = float(np.var(mine, ddof=1)), float(np.var(other, ddof=1))
    if first + second == 0.0:
        return Spread(0.0)
    freedom = (first + second) ** 2 / (first**2 + second**2)
    return Spread(math.sqrt(first + second), freedom)
