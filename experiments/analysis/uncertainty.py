"""Two reasons why nobody can be sure, kept apart: luck, and what nobody knows.

Luck is the spread over replicates that share their assumptions. The futures draw the uncertain
assumptions too, so their spread holds both; what luck does not explain is ignorance.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.analysis.outcomes import Table
from experiments.analysis.values import Float64

RANGE = (0.025, 0.975)


def uncertainty(
    futures: Table, luck: Table, regimes: Sequence[str], *, fixed: bool
) -> list[dict[str, Any]]:
    """The range over luck alone, the range over futures, and the share that ignorance explains.

    Parameters
    ----------
    futures, luck : mapping
        Measured values of the futures, and of the replicates at central assumptions.
    regimes : sequence of str
        The policies, in the order of the tables' rows.
    fixed : bool
        Whether the futures hold the assumptions as well; then they show luck alone.

    Returns
    -------
    list of dict
        `{regime, measure, tier, unit, luck, futures, ignorance_share}`, where `luck` and `futures`
        are `{low, high, sd, n}`: the central 95 % and the standard deviation over single
        replicates, null where fewer than two are defined. `ignorance_share` is the part of the
        futures' variance beyond that of luck, within [0, 1].
    """
    by_luck = futures if fixed else luck
    rows = []
    for key, one in futures.items():
        for policy, regime in enumerate(regimes):
            other = by_luck.get(key)
            alone = _spread(other.value[policy]) if other is not None else _spread(np.empty(0))
            both = _spread(np.empty(0) if fixed else one.value[policy])
            rows.append(
                {
                    "regime": regime,
                    "measure": one.measure,
                    "tier": one.tier,
                    "unit": one.unit,
                    "luck": alone,
                    "futures": both,
                    "ignorance_share": _beyond_luck(alone["sd"], both["sd"]),
                }
            )
    return rows


def _spread(values: Float64) -> dict[str, Any]:
    defined = values[~np.isnan(values)]
    if defined.size < 2:
        return {"low": None, "high": None, "sd": None, "n": int(defined.size)}
    low, high = np.quantile(defined, RANGE)
    sd = float(np.std(defined, ddof=1))
    return {"low": float(low), "high": float(high), "sd": sd, "n": int(defined.size)}


def _beyond_luck(luck_sd: float | None, futures_sd: float | None) -> float | None:
    if luck_sd is None or not futures_sd:
        return None
    return max(0.0, 1.0 - (luck_sd / futures_sd) ** 2)
