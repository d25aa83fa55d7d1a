"""Which ways of buying no other one beats on every count at once.

A policy is dominated in a future where another is at least as good on every objective and better on
one (Pareto 1906). No weights are put on income, cost, quality, need and social value: what is not
dominated is a choice for people.

That one dominates another is a claim on every objective at once, so on average it is made only
where luck leaves room for none of them to be otherwise: on each the 95 % interval of the difference
lies at or above zero, on one above it. A claim that all of its parts have to bear needs no wider
interval for their number (intersection-union test; Berger 1982).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.factorial import FEWEST
from experiments.analysis.paired import luck_between
from experiments.analysis.values import Float64

Bools = NDArray[np.bool_]

OBJECTIVES = (
    "disposable_income",
    "cost_per_delivered_unit",
    "quality",
    "unmet_need",
    "social_value_delivered",
)
"""Local income, cost, quality, unmet need and social value delivered, as the catalogue names them.
Each is a level, so the baseline has one too."""


def dominates(score: Float64) -> Bools:
    """Say who dominates whom.

    Parameters
    ----------
    score : float64[n_objectives, n_policies, ...]
        More is better on each objective; none nan.

    Returns
    -------
    bool[n_policies, n_policies, ...]
        Whether the first dominates the second.
    """
    first, second = score[:, :, None], score[:, None, :]
    return np.asarray((first >= second).all(axis=0) & (first > second).any(axis=0))


def clearly_dominates(score: Float64, *, shared: bool) -> Bools:
    """Say who dominates whom on average, by more than luck could make.

    Parameters
    ----------
    score : float64[n_objectives, n_policies, n_futures, n_replicates]
        More is better on each objective; none nan.
    shared : bool
        Whether the policies met the same luck.

    Returns
    -------
    bool[n_policies, n_policies]
        Whether the first dominates the second: no objective on which the interval of luck of their
        difference reaches below zero, and one on which it lies above. With fewer than six
        replicates nobody.
    """
    many = score.shape[1]
    over = np.zeros((many, many), dtype=np.bool_)
    if score.shape[3] < FEWEST:
        return over
    for j in range(many):
        for k in range(many):
            if j != k:
                lows = [luck_between(one[j], one[k], shared=shared).low or 0.0 for one in score]
                over[j, k] = min(lows) >= 0.0 and max(lows) > 0.0
    return over


def pareto(
    score: Float64,
    sign: Float64,
    policies: Sequence[str],
    objectives: Sequence[str],
    *,
    shared: bool = True,
) -> dict[str, Any]:
    """Tell the policies that are not dominated, in each future and on average.

    Parameters
    ----------
    score : float64[n_objectives, n_policies, n_futures, n_replicates]
        Oriented so that more is better; none nan, at least one future.
    sign : float64[n_objectives]
        What turns a score into the unit of its measure: 1, or -1 where less is better.
    policies, objectives : sequence of str
        Names.
    shared : bool
        Whether the policies met the same luck.

    Returns
    -------
    dict
        `futures`, `replicates`, and by policy `{policy, means, share, on_average, on_average_by,
        unclear_by, dominated_by}`: the mean of each objective over the futures; the share of
        futures in which the policy is not dominated on the means over luck; whether none dominates
        it on average by more than luck could make, and who does; who does on the means alone, which
        luck could make; and by each other policy the share of futures in which that one dominates
        it on the means over luck, where there is any.
    """
    of_futures = score.mean(axis=3)
    over = dominates(of_futures)
    free = np.logical_not(over.any(axis=0))
    clear = clearly_dominates(score, shared=shared)
    unclear = dominates(of_futures.mean(axis=2)) & np.logical_not(clear)
    means = sign[:, None] * of_futures.mean(axis=2)
    return {
        "futures": int(score.shape[2]),
        "replicates": int(score.shape[3]),
        "objectives": list(objectives),
        "policies": [
            {
                "policy": policy,
                "means": {name: float(means[j, k]) for j, name in enumerate(objectives)},
                "share": float(free[k].mean()),
                "on_average": not clear[:, k].any(),
                "on_average_by": _who(clear[:, k], policies),
                "unclear_by": _who(unclear[:, k], policies),
                "dominated_by": {
                    other: float(over[j, k].mean())
                    for j, other in enumerate(policies)
                    if over[j, k].any()
                },
            }
            for k, policy in enumerate(policies)
        ],
    }


def _who(which: Bools, policies: Sequence[str]) -> list[str]:
    return [policy for policy, one in zip(policies, which, strict=True) if one]
