"""How far each way of buying differs from the baseline, how sure that is, and what would be surer.

A difference is taken within a block, so shared luck and shared assumptions cancel. Two spreads are
kept apart. *Luck*: every point of a sweep meets the same luck, so a replicate is averaged over all
futures first, and the 95 % interval is the bootstrap over replicates; more replicates narrow it.
*Futures*: the central 95 % of the futures' own means; more replicates leave it as it is.
"""

import math
from typing import Any

import numpy as np

from experiments.analysis.best import best_shares
from experiments.analysis.bootstrap import LEVEL, mean_interval
from experiments.analysis.futures import Futures
from experiments.analysis.uncertainty import RANGE
from experiments.analysis.values import Float64

MOST = 1_000_000
"""Replicates above which an answer is that no sensible number will do."""


def paired(
    futures: Futures, baseline: str, direction: str, half_width: float | None = None
) -> list[dict[str, Any]]:
    """Compare every policy with the baseline.

    Parameters
    ----------
    futures : Futures
        One measure; the baseline is among its policies.
    baseline : str
        What is compared with.
    direction : {"up", "down", "none"}
        Which way is better; with neither, no policy is better or best.
    half_width : float, optional
        Wished half-width of the interval of luck, in the unit of the measure.

    Returns
    -------
    list of dict
        By policy, the baseline first in it with a difference of zero: `{policy, level, mean, luck,
        futures, better_share, best_share, replicates, replicates_needed}`. `luck` is `{low, high,
        half_width, n}`, `futures` is `{low, high, n}`; numbers are null where there are too few.
        `better_share` counts futures, a tie as half.
    """
    base = futures.policies.index(baseline)
    means = futures.means
    signed = {"up": means, "down": -means}.get(direction)
    best = None if signed is None or means.shape[1] == 0 else best_shares(signed)
    rows = []
    for k, policy in enumerate(futures.policies):
        gap = futures.value[k] - futures.value[base]
        by_luck = over_luck(gap)
        rows.append(
            {
                "policy": policy,
                "measure": futures.measure,
                "tier": futures.tier,
                "unit": futures.unit,
                "level": _mean(means[k]),
                "mean": _mean(np.nanmean(gap, axis=1)) if gap.shape[0] else None,
                "luck": _luck(by_luck),
                "futures": _range(np.nanmean(gap, axis=1) if gap.shape[0] else np.empty(0)),
                "better_share": None
                if signed is None or k == base or not means.shape[1]
                else _better(signed[k], signed[base]),
                "best_share": None if best is None else float(best[k]),
                "replicates": int(by_luck.size),
                "replicates_needed": None
                if half_width is None or k == base
                else replicates_needed(by_luck, half_width),
            }
        )
    return rows


def over_luck(gap: Float64) -> Float64:
    """Average each replicate over the futures.

    Parameters
    ----------
    gap : float64[n_futures, n_replicates]
        nan where a block is left out.

    Returns
    -------
    float64[n]
        One number for each replicate with a block. Where all blocks count it is the plain mean of
        the replicate; where some are left out, the mean of its distances from each future's own
        mean is added to the mean of all, so that a replicate that missed a good future does not
        look a bad one.
    """
    some = np.isfinite(gap).any(axis=0)
    gap = gap[:, some]
    if not gap.size:
        return np.empty(0)
    centre = np.nanmean(gap, axis=1)
    around: Float64 = centre.mean() + np.nanmean(gap - centre[:, None], axis=0)
    return around


def replicates_needed(values: Float64, half_width: float) -> int | None:
    """How many replicates give an interval of a wished half-width.

    The least n with t(n - 1) * s / sqrt(n) at most the half-width, where s is the standard
    deviation seen so far (Law 2015, *Simulation Modeling and Analysis*, sec. 9.4.1).

    Parameters
    ----------
    values : float64[n]
        Differences by replicate.
    half_width : float
        In their unit, above zero.

    Returns
    -------
    int or None
        Replicates in all, those that there are included, at least 2. None where there are fewer
        than two to learn the spread from, or more than a million would be needed.
    """
    if values.size < 2:
        return None
    from scipy.stats import t

    spread = float(np.std(values, ddof=1))

    def wide(n: int) -> bool:
        return bool(t.ppf((1 + LEVEL) / 2, n - 1) * spread / math.sqrt(n) > half_width)

    high = 2
    while wide(high):
        high *= 2
        if high > MOST:
            return None
    low = high // 2
    while high - low > 1 and high > 2:
        middle = (low + high) // 2
        low, high = (middle, high) if wide(middle) else (low, middle)
    return high


def _luck(values: Float64) -> dict[str, Any]:
    if values.size < 2:
        return {"low": None, "high": None, "half_width": None, "n": int(values.size)}
    _, low, high = mean_interval(values)
    return {"low": low, "high": high, "half_width": (high - low) / 2, "n": int(values.size)}


def _range(means: Float64) -> dict[str, Any]:
    if means.size < 2:
        return {"low": None, "high": None, "n": int(means.size)}
    low, high = np.quantile(means, RANGE)
    return {"low": float(low), "high": float(high), "n": int(means.size)}


def _mean(values: Float64) -> float | None:
    return float(values.mean()) if values.size else None


def _better(mine: Float64, other: Float64) -> float:
    return float((mine > other).mean() + 0.5 * (mine == other).mean())
