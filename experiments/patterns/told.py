"""From figures by seed to a mean with its interval, the paired ablation, and what is known."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.analysis.bootstrap import mean_interval
from experiments.patterns.lives import Found
from experiments.patterns.pattern import Figure, Measured, Published
from experiments.runner.label import code_fingerprint

SCHEMA_VERSION = 1
INTERVAL = "95 % percentile bootstrap of the mean over seeds, 2,000 draws"
LEAST_SEEDS = 20
"""Fewer seeds are a trial and no measurement."""
INSIDE, OUTSIDE, NONE = "inside", "outside", "no published figure"
CLEAR, NOT_CLEAR = "moves it", "not shown to move it"


def document(found: Found) -> dict[str, Any]:
    """Tell all that was measured.

    Returns
    -------
    dict
        `figures` have mean, interval, number of seeds with an answer, what is published and the
        verdict; `ablations` the same figures without the mechanism and the paired difference,
        without less with. Null where no seed has an answer. `runs` are all that are behind it, and
        `code` is the fingerprint of what lived them.
    """
    pattern = found.pattern
    return {
        "schema_version": SCHEMA_VERSION,
        "pattern": pattern.name,
        "question": pattern.question,
        "scenario": found.scenario,
        "place": found.place,
        "months": pattern.months,
        "seeds": found.seeds,
        "seed": found.seed,
        "trial": found.seeds < LEAST_SEEDS,
        "runs": found.runs,
        "code": code_fingerprint(),
        "interval": INTERVAL,
        "known": pattern.known,
        "source": pattern.source,
        "figures": [_figure(one, found.as_it_is) for one in pattern.figures],
        "ablations": [
            {
                "switches": list(ablation.switches),
                "what": ablation.what,
                "figures": [_without(one, found.as_it_is, off) for one in pattern.figures],
            }
            for ablation, off in found.without
        ],
    }


def verdict(published: Published | None, low: float | None, high: float | None) -> str:
    """Say whether the interval of the mean and what is published have a value in common."""
    if published is None or low is None or high is None:
        return NONE
    return INSIDE if low <= published.high and published.low <= high else OUTSIDE


def _figure(figure: Figure, seeds: Sequence[Measured]) -> dict[str, Any]:
    mean, low, high, n = _interval([one.get(figure.name) for one in seeds])
    known = figure.published
    return {
        "figure": figure.name,
        "what": figure.what,
        "unit": figure.unit,
        "mean": mean,
        "low": low,
        "high": high,
        "n": n,
        "published": None
        if known is None
        else {
            "low": known.low,
            "high": known.high,
            "text": known.text,
            "source": known.source,
            "calibrated": known.calibrated,
        },
        "verdict": verdict(known, low, high),
    }


def _without(figure: Figure, on: Sequence[Measured], off: Sequence[Measured]) -> dict[str, Any]:
    pairs = [(a.get(figure.name), b.get(figure.name)) for a, b in zip(on, off, strict=True)]
    gaps = [b - a for a, b in pairs if a is not None and b is not None]
    mean, low, high, n = _interval(gaps)
    level, *_ = _interval([b for _, b in pairs])
    clear = low is not None and high is not None and not low <= 0.0 <= high
    return {
        "figure": figure.name,
        "unit": figure.unit,
        "mean": level,
        "difference": mean,
        "low": low,
        "high": high,
        "n": n,
        "verdict": CLEAR if clear else NOT_CLEAR,
    }


def _interval(
    values: Sequence[float | None],
) -> tuple[float | None, float | None, float | None, int]:
    known = np.array([one for one in values if one is not None], dtype=np.float64)
    if not known.size:
        return None, None, None, 0
    return *mean_interval(known), int(known.size)
