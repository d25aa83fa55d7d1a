"""Which ways of buying no other one beats on every count at once.

A policy is dominated in a future where another is at least as good on every objective and better on
one (Pareto 1906). No weights are put on income, cost, quality, need and social value: what is not
dominated is a choice for people.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

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


def pareto(
    score: Float64, value: Float64, policies: Sequence[str], objectives: Sequence[str]
) -> dict[str, Any]:
    """Tell the policies that are not dominated, in each future and on average.

    Parameters
    ----------
    score : float64[n_objectives, n_policies, n_futures]
        Means over luck, oriented so that more is better; none nan, at least one future.
    value : float64[n_objectives, n_policies, n_futures]
        The same in the units of the measures.
    policies, objectives : sequence of str
        Names.

    Returns
    -------
    dict
        `futures`, and by policy `{policy, means, share, on_average, dominated_by}`: the mean of
        each objective over the futures, the share of futures in which the policy is not dominated,
        whether it is not dominated on the means, and by each other policy the share of futures in
        which that one dominates it, where there is any.
    """
    over = dominates(score)
    free = np.logical_not(over.any(axis=0))
    average = np.logical_not(dominates(score.mean(axis=2)).any(axis=0))
    means = value.mean(axis=2)
    return {
        "futures": int(score.shape[2]),
        "objectives": list(objectives),
        "policies": [
            {
                "policy": policy,
                "means": {name: float(means[j, k]) for j, name in enumerate(objectives)},
                "share": float(free[k].mean()),
                "on_average": bool(average[k]),
                "dominated_by": {
                    other: float(over[j, k].mean())
                    for j, other in enumerate(policies)
                    if over[j, k].any()
                },
            }
            for k, policy in enumerate(policies)
        ],
    }
