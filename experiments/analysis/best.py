"""In how many of the futures we tried each way of buying comes out best, zero included."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.analysis.outcomes import Table
from experiments.analysis.values import Float64

UP, DOWN = "up", "down"


def best(
    table: Table, regimes: Sequence[str], directions: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Share of futures in which each policy is best.

    Parameters
    ----------
    table : mapping
        The measured values.
    regimes : sequence of str
        The policies, in the order of the table's rows.
    directions : mapping of str to str
        Measure to `up` or `down`, which is better; measures with neither have no best.

    Returns
    -------
    list of dict
        `{regime, measure, tier, share}`. A future counts where at least two policies are defined;
        policies that tie share it equally, so the shares sum to 1. Null where no future counts,
        and for a policy that is undefined in all futures.
    """
    rows = []
    for one in table.values():
        direction = directions.get(one.measure)
        if direction not in (UP, DOWN):
            continue
        shares = best_shares(one.value if direction == UP else -one.value)
        known = np.isfinite(one.value).sum(axis=1)
        rows += [
            {
                "regime": regime,
                "measure": one.measure,
                "tier": one.tier,
                "share": float(shares[policy]) if shares is not None and known[policy] else None,
            }
            for policy, regime in enumerate(regimes)
        ]
    return rows


def best_shares(score: Float64) -> Float64 | None:
    """Share of the columns in which each row holds the greatest number; ties are split.

    Parameters
    ----------
    score : float64[policies, futures]
        Greater is better; nan where undefined.

    Returns
    -------
    float64[policies] or None
        Sums to 1; None where no column has two numbers to compare.
    """
    counts = score[:, (~np.isnan(score)).sum(axis=0) >= 2]
    if counts.shape[1] == 0:
        return None
    wins = counts == np.nanmax(counts, axis=0)
    shares: Float64 = (wins / wins.sum(axis=0)).mean(axis=1)
    return shares
