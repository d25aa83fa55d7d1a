"""In how many futures preferring local gains nothing, once losses next door and cost are counted.

The honest null. No policy is known here by name: one *prefers local*
in a future if it placed a larger share of the spending with local suppliers than the baseline did.
Its gain is the measure `net_gain_after_cost`: net local income, which counts displacement, and the
change in services delivered for the same budget.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.outcomes import Table
from experiments.analysis.values import Float64

LOCAL_SHARE = "local_share_based"
NET_GAIN = "net_gain_after_cost"


def local_preference(table: Table, regimes: Sequence[str], baseline: str) -> list[dict[str, Any]]:
    """Share of the futures that prefer local in which doing so gains nothing.

    Parameters
    ----------
    table : mapping
        The measured values.
    regimes : sequence of str
        The policies, in the order of the table's rows.
    baseline : str
        The policy that the others are measured from.

    Returns
    -------
    list of dict
        `{regime, tier, unit, prefers_local, gains_nothing, mean_gain, n, why}` for each policy but
        the baseline and each tier, and a line with regime null for all of them together: the share
        of futures in which no policy that preferred local gained. `prefers_local` is the share of
        the n futures in which the policy did; `gains_nothing` the share of those without a gain and
        `mean_gain` the mean gain in them, null (with `why`) where there are none.
    """
    base = list(regimes).index(baseline)
    others = [number for number in range(len(regimes)) if number != base]
    rows: list[dict[str, Any]] = []
    for (measure, tier), gained in table.items():
        share = table.get((LOCAL_SHARE, tier))
        if measure != NET_GAIN or share is None or not others:
            continue
        more = share.value - share.value[base]
        lines: list[tuple[str | None, Float64, Float64]] = [
            (regimes[p], more[[p]], gained.value[[p]]) for p in others
        ]
        lines.append((None, more[others], gained.value[others]))
        rows += [
            {"regime": regime, "tier": tier, "unit": gained.unit, **_shares(regime, extra, gain)}
            for regime, extra, gain in lines
        ]
    return rows


def _shares(regime: str | None, more_local: Float64, gain: Float64) -> dict[str, Any]:
    """Count futures, where one or several policies (rows) placed more or less with locals."""
    known = ~np.isnan(more_local) & ~np.isnan(gain)
    tried = known & (np.nan_to_num(more_local) > 0)
    futures, preferring = np.any(known, axis=0), np.any(tried, axis=0)
    gained: NDArray[np.bool_] = np.any(tried & (np.nan_to_num(gain) > 0), axis=0)
    n = int(futures.sum())
    if not preferring.any():
        why = "no future in which it preferred local" if n else "undefined in every future"
        share = 0.0 if n else None
        return {"prefers_local": share, "gains_nothing": None, "mean_gain": None, "n": n,
                "why": why}  # fmt: skip
    return {
        "prefers_local": int(preferring.sum()) / n,
        "gains_nothing": float((~gained[preferring]).mean()),
        "mean_gain": None if regime is None else float(gain[tried].mean()),
        "n": n,
        "why": None,
    }
