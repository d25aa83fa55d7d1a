"""What each way of buying came to, and how far it differs from the baseline in the same futures."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.analysis.bootstrap import mean_interval
from experiments.analysis.values import Float64, Measured

Table = Mapping[tuple[str, str], Measured]

UNDEFINED = "undefined in every replicate"
NO_PAIR = "undefined for this policy or for the baseline in every replicate"


def outcomes(table: Table, regimes: Sequence[str]) -> list[dict[str, Any]]:
    """Mean and 95 % interval of every measure for every policy.

    Returns
    -------
    list of dict
        `{regime, measure, tier, unit, mean, low, high, n, why}`, where `n` counts the replicates in
        which the number is defined; where there is none, the numbers are null and `why` says so.
    """
    return [
        {
            "regime": regime,
            "measure": one.measure,
            "tier": one.tier,
            "unit": one.unit,
            **_estimate(one.value[policy], one.why.get(policy, UNDEFINED)),
        }
        for one in table.values()
        for policy, regime in enumerate(regimes)
    ]


def differences(table: Table, regimes: Sequence[str], baseline: str) -> list[dict[str, Any]]:
    """Mean and 95 % interval of the paired difference from the baseline.

    A difference is taken within each replicate, so shared luck and shared ignorance cancel; a
    replicate in which either number is undefined has none.

    Returns
    -------
    list of dict
        As `outcomes`, with `baseline` and `paired` (always true); the baseline itself is left out.
    """
    base = list(regimes).index(baseline)
    return [
        {
            "regime": regime,
            "baseline": baseline,
            "paired": True,
            "measure": one.measure,
            "tier": one.tier,
            "unit": one.unit,
            **_estimate(
                one.value[policy] - one.value[base],
                one.why.get(policy, one.why.get(base, NO_PAIR)),
            ),
        }
        for one in table.values()
        for policy, regime in enumerate(regimes)
        if policy != base
    ]


def _estimate(values: Float64, why: str) -> dict[str, Any]:
    defined = values[~np.isnan(values)]
    if defined.size == 0:
        return {"mean": None, "low": None, "high": None, "n": 0, "why": why}
    mean, low, high = mean_interval(defined)
    return {"mean": mean, "low": low, "high": high, "n": int(defined.size), "why": None}
