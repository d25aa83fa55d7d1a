"""The facts of all runs put together: what each came to, and how far it is from the baseline."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from experiments.analysis.bootstrap import mean_interval
from experiments.analysis.facts import UNITS
from experiments.analysis.values import Float64
from experiments.store.records import ReplicateResult

Fact = tuple[str, str, int]
"""(what, key, year)."""

UNDEFINED = frozenset(
    {"unmet", "moved", "spent_new", "suppliers_new", "days_buyers", "days_bidders"}
)
"""What is not known where a run does not tell it; anything else is then nought."""


def facts_told(
    results: Sequence[ReplicateResult], regimes: Sequence[str], baseline: str
) -> list[dict[str, Any]]:
    """Average each fact over the futures, and take its paired difference from the baseline.

    Parameters
    ----------
    results : sequence of ReplicateResult
    regimes : sequence of str
        Policies.
    baseline : str
        One of them.

    Returns
    -------
    list of dict
        `{what, key, year, unit, regime, mean, low, high, n, gap}`: `year` of the story, 0 for the
        measured window; `gap` is `{mean, low, high, n}` of the difference from the baseline within
        each future, null for the baseline and where no future has both. Intervals as of outcomes.
    """
    told = {
        (run.regime, at): {(row.what, row.key, row.year): row.value for row in run.facts}
        for at, result in enumerate(results)
        for run in result.runs
        if run.facts
    }
    lines = []
    for fact in _order(told.values()):
        base = _values(told, fact, baseline, len(results))
        for regime in regimes:
            mine = _values(told, fact, regime, len(results))
            found = _estimate(mine)
            if found is None:
                continue
            gap = None if regime == baseline else _estimate(mine - base)
            what, key, year = fact
            head = {"what": what, "key": key, "year": year, "unit": UNITS[what]}
            lines.append({**head, "regime": regime, **found, "gap": gap})
    return lines


def _order(told: Iterable[Mapping[Fact, float]]) -> list[Fact]:
    """Every fact that is told at all: by kind in the order of `UNITS`, then as first met."""
    met = dict.fromkeys(fact for one in told for fact in one)
    kinds = list(UNITS)
    return sorted(met, key=lambda fact: (kinds.index(fact[0]), fact[2]))


def _values(
    told: Mapping[tuple[str, int], Mapping[Fact, float]], fact: Fact, regime: str, many: int
) -> Float64:
    """One number a future; nan where the run is missing or the fact not known."""
    missing = np.nan if fact[0] in UNDEFINED else 0.0
    return np.array(
        [
            told[regime, at].get(fact, missing) if (regime, at) in told else np.nan
            for at in range(many)
        ]
    )


def _estimate(values: Float64) -> dict[str, Any] | None:
    known = values[np.isfinite(values)]
    if not known.size:
        return None
    mean, low, high = mean_interval(known)
    return {"mean": mean, "low": low, "high": high, "n": int(known.size)}
