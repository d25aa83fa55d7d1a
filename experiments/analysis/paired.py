"""How far each way of buying differs from the baseline, how sure that is, and what would be surer.

A difference is taken within a block, so shared luck and shared assumptions cancel. Two spreads are
kept apart. *Luck*: every point of a sweep meets the same luck, so a replicate is averaged over all
futures first, and the 95 % interval is the bootstrap over replicates; more replicates narrow it.
*Futures*: the central 95 % of the futures' own means; more replicates leave it as it is.

In a plan that is not paired every run has luck of its own. A difference is then that of two means,
each over replicates averaged over all futures, and the interval of luck is Welch's.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.best import best_shares
from experiments.analysis.bootstrap import mean_interval
from experiments.analysis.futures import Futures
from experiments.analysis.spread import Spread, own_spread, shared_spread
from experiments.analysis.uncertainty import RANGE
from experiments.analysis.values import Float64


def paired(
    futures: Futures,
    baseline: str,
    direction: str,
    half_width: float | None = None,
    *,
    shared: bool = True,
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
    shared : bool
        Whether the policies of a block met the same luck.

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
        luck = luck_between(futures.value[k], futures.value[base], shared=shared or k == base)
        rows.append(
            {
                "policy": policy,
                "measure": futures.measure,
                "tier": futures.tier,
                "unit": futures.unit,
                "level": _mean(means[k]),
                "mean": _mean(np.nanmean(gap, axis=1)) if gap.shape[0] else None,
                "luck": {"low": luck.low, "high": luck.high, "half_width": luck.half, "n": luck.n},
                "futures": _range(np.nanmean(gap, axis=1) if gap.shape[0] else np.empty(0)),
                "better_share": None
                if signed is None or k == base or not means.shape[1]
                else _better(signed[k], signed[base]),
                "best_share": None if best is None else float(best[k]),
                "replicates": luck.n,
                "replicates_needed": None
                if half_width is None or k == base or luck.spread is None
                else luck.spread.replicates_needed(half_width),
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


@dataclass(frozen=True, slots=True)
class Luck:
    """How far luck leaves a mean difference open.

    Attributes
    ----------
    low, high : float or None
        Ends of the 95 % interval; None where there are fewer than two replicates.
    n : int
        Replicates that count.
    spread : Spread or None
        What more replicates would make of it.
    """

    low: float | None
    high: float | None
    n: int
    spread: Spread | None

    @property
    def half(self) -> float | None:
        """Half of the interval's width."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def luck_between(mine: Float64, other: Float64, *, shared: bool) -> Luck:
    """Find out how far luck leaves the difference of two policies open.

    Parameters
    ----------
    mine, other : float64[n_futures, n_replicates]
        Of the one and the other; nan in both where a block is left out.
    shared : bool
        Whether both met the same luck. Then the interval is the bootstrap of the differences by
        replicate; otherwise Welch's, of two samples that have nothing to do with each other.

    Returns
    -------
    Luck
    """
    if shared:
        gap = over_luck(mine - other)
        spread, n = shared_spread(gap), int(gap.size)
        if spread is None:
            return Luck(None, None, n, None)
        _, low, high = mean_interval(gap)
        return Luck(low, high, n, spread)
    one, two = over_luck(mine), over_luck(other)
    spread, n = own_spread(one, two), int(one.size)
    if spread is None:
        return Luck(None, None, n, None)
    mean, half = float(one.mean() - two.mean()), spread.half_width(n)
    return Luck(mean - half, mean + half, n, spread)


def _range(means: Float64) -> dict[str, Any]:
    if means.size < 2:
        return {"low": None, "high": None, "n": int(means.size)}
    low, high = np.quantile(means, RANGE)
    return {"low": float(low), "high": float(high), "n": int(means.size)}


def _mean(values: Float64) -> float | None:
    return float(values.mean()) if values.size else None


def _better(mine: Float64, other: Float64) -> float:
    return float((mine > other).mean() + 0.5 * (mine == other).mean())
