"""How an answer moves with one factor, all others allowed for, and how sure that is.

Least squares on all factors, each from 0 to 1 over its range, so a slope is the change from the
low end of a factor to its high end. The interval holds 95 % of the slopes of resampled settings
(pairs bootstrap; Efron and Tibshirani 1993, ch. 9).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.bootstrap import LEVEL, resamples

Float64 = NDArray[np.float64]

FEWEST = 3
"""Settings for each factor without which no slope is told."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope with its interval, or why there is none.

    Attributes
    ----------
    mean : float or None
        Mean of the answer over the settings.
    slope, low, high : float or None
        Change over the whole range of the factor, and its 95 % interval.
    n : int
        Settings with an answer.
    at_low : float or None
        Fitted answer at the low end of the factor, the others at their mean.
    """

    mean: float | None
    slope: float | None
    low: float | None
    high: float | None
    n: int
    at_low: float | None = None

    @property
    def verdict(self) -> str:
        """`found`, `not found`, or why it cannot be told."""
        if self.slope is None or self.low is None or self.high is None:
            return "not found: no answer in enough settings"
        if self.low > 0.0 or self.high < 0.0:
            return "found"
        return "not found"


def slope_of(where: Float64, answers: Float64, factor: int) -> Slope:
    """Fit an answer on all factors; return its slope against one.

    Parameters
    ----------
    where : float64[n, k]
        Place of each setting in the range of each factor, from 0 to 1.
    answers : float64[n]
        One a setting; nan where the run had none.
    factor : int
        Column of `where`.

    Returns
    -------
    Slope
    """
    known = np.isfinite(answers)
    n = int(np.count_nonzero(known))
    if n < FEWEST * where.shape[1]:
        mean = float(answers[known].mean()) if n else None
        return Slope(mean, None, None, None, n)
    spread, told = where[known] - where[known].mean(axis=0), answers[known]
    own = _fit(spread, told)
    drawn = np.array([_fit(spread[row], told[row])[factor] for row in resamples(n)[:RESAMPLED]])
    low, high = np.quantile(drawn, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    mean = float(told.mean())
    at_low = mean - own[factor] * float(where[known][:, factor].mean())
    return Slope(mean, float(own[factor]), float(low), float(high), n, float(at_low))


RESAMPLED = 1_000
"""Resamples that make an interval."""


def _fit(spread: Float64, told: Float64) -> Float64:
    design = np.column_stack([spread, np.ones(told.size)])
    return np.asarray(np.linalg.lstsq(design, told, rcond=None)[0][:-1], dtype=np.float64)
