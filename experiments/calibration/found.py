"""What a calibration came to, as one document and two tables.

`accepted.parquet` holds equally weighted rows, which a sweep takes as its points; it is written
only where the last generation was held to every tolerance. `particles.parquet` holds the last
generation as it is, with weights, distances and what each target came to.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from experiments.calibration.misfit import (
    Floats,
    conflicts,
    correlation,
    distance,
    equal_weights,
    misses,
    weighted_quantiles,
)
from experiments.calibration.particles import Particle
from experiments.calibration.ready import Calibration
from experiments.calibration.searching import Population
from experiments.design.seeds import keyed_uniform
from scenarios.assumptions import Entry, quantile

SCHEMA_VERSION = 1
RANGE = (0.05, 0.5, 0.95)
"""Ends and middle of the ranges that are told."""
PARTS = 10
"""Equal parts of a range in which the weight is told."""
FINE = 2000
"""Quantiles by which a prior is parted."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finished calibration.

    Attributes
    ----------
    document : dict
        What `calibration.json` holds.
    particles, accepted : pyarrow.Table
        See the module; `accepted` is None where the tolerances were not reached.
    """

    document: dict[str, Any]
    particles: pa.Table
    accepted: pa.Table | None

    @property
    def reached(self) -> bool:
        """Whether every target was reached."""
        return self.accepted is not None


def found_of(
    calibration: Calibration,
    population: Population,
    lived: Mapping[tuple[float, ...], Particle],
) -> Found:
    """Add up what a search has found.

    Parameters
    ----------
    calibration : Calibration
    population : Population
        The last generation.
    lived : mapping of tuple of float to Particle
        All particles, that at the central values among them.
    """
    targets = calibration.targets
    rows = [calibration.values_at(point) for point in population.points.tolist()]
    values = np.array(rows)
    particles = [lived[row] for row in rows]
    reached = np.array([one.means for one in particles])
    weights = population.weights
    everything = np.array([
        misses(one.means, targets.targets) for one in lived.values() if not one.error
    ])  # fmt: skip
    last = pa.table({
        "weight": weights,
        "distance": [distance(one, targets) for one in reached.tolist()],
        **{f"reached_{k + 1}": column for k, column in enumerate(reached.T)},
        **dict(zip(calibration.names, values.T, strict=True)),
    })  # fmt: skip
    accepted = None
    if population.within:
        start = keyed_uniform("poundflow accepted", targets.seed)
        taken = equal_weights(weights, len(rows), start)
        accepted = pa.table(dict(zip(calibration.names, values[taken].T, strict=True)))
    document = {
        "schema_version": SCHEMA_VERSION,
        "name": targets.name,
        "scenario": calibration.scenario.name,
        "scenario_sha256": calibration.scenario.digest,
        "sets": list(calibration.scenario.sets),
        "targets_sha256": calibration.digest,
        "seed": targets.seed,
        "months": calibration.plan.months,
        "window": list(calibration.plan.window),
        "policies": list(calibration.plan.regimes),
        "baseline": calibration.plan.baseline,
        "reached": population.within,
        "cost": _cost(calibration, lived),
        "generations": [
            {
                "generation": one.number,
                "threshold": one.threshold if one.number else None,
                "proposals": one.proposals,
                "accepted": targets.population,
                "acceptance": targets.population / one.proposals,
            }
            for one in population.generations
        ],
        "effective_particles": float(1.0 / (weights**2).sum()),
        "targets": [
            _target(calibration, k, reached[:, k], weights, particles, everything[:, k], lived)
            for k in range(len(targets.targets))
        ],
        "within_all": int((np.abs(everything).max(axis=1) <= 1.0).sum()),
        "nearest": float(min(distance(p.means, targets) for p in lived.values() if not p.error)),
        "inputs": [one.model_dump(mode="json") for one in targets.inputs],
        "fitted": [
            _fitted(entry, values[:, k], weights, population.points[:, k])
            for k, entry in enumerate(calibration.fitted)
        ],
        "correlations": _correlations(calibration.names, values, weights),
        "conflicts": list(conflicts(everything)),
    }
    return Found(document, last, accepted)


def _cost(calibration: Calibration, lived: Mapping[tuple[float, ...], Particle]) -> dict[str, Any]:
    errors = Counter(one.error for one in lived.values() if one.error)
    each = calibration.plan.replicates * len(calibration.plan.regimes)
    return {
        "particles": len(lived),
        "failed": sum(errors.values()),
        "runs": len(lived) * each,
        "failures": [
            {"reason": reason, "particles": many} for reason, many in errors.most_common()
        ],
    }


def _target(
    calibration: Calibration, k: int, reached: Floats, weights: Floats,
    particles: Sequence[Particle], missed: Floats, lived: Mapping[tuple[float, ...], Particle],
) -> dict[str, Any]:  # fmt: skip
    target, wanted = calibration.targets.targets[k], calibration.wanted[k]
    low, middle, high = weighted_quantiles(reached, weights, RANGE)
    inside = np.abs(reached - target.value) <= target.tolerance
    best = missed[np.argmin(np.abs(missed))]
    return {
        **target.model_dump(mode="json"),
        "policy": wanted.policy,
        "tier": wanted.tier,
        "central": lived[calibration.centre].means[k],
        "reached": {
            "mean": float(weights @ reached), "low": low, "median": middle, "high": high,
            "least": float(reached.min()), "most": float(reached.max()),
        },
        "within": float(weights @ inside),
        "best_miss": float(best),
        "luck": _luck([one.reached for one in particles], k),
    }  # fmt: skip


def _luck(reached: Sequence[Sequence[Sequence[float]]], k: int) -> float | None:
    """Standard error of a particle's mean over lucks, the root mean square over particles."""
    lucks = np.array([[luck[k] for luck in one] for one in reached])
    many = lucks.shape[1]
    if many < 2:
        return None
    return float(np.sqrt(lucks.var(axis=1, ddof=1).mean() / many))


def _fitted(entry: Entry, values: Floats, weights: Floats, shares: Floats) -> dict[str, Any]:
    low, middle, high = weighted_quantiles(values, weights, RANGE)
    from_, _, to = weighted_quantiles(shares, weights, RANGE)
    return {
        "name": entry.name,
        "what": entry.what,
        "unit": entry.unit,
        "prior": {
            "distribution": entry.distribution, "low": float(entry.low), "high": float(entry.high),
            "range": [quantile(entry, RANGE[0]), quantile(entry, RANGE[2])],
            "parts": _parts(entry),
        },
        "accepted": {
            "mean": float(weights @ values), "low": low, "median": middle, "high": high,
            "least": float(values.min()), "most": float(values.max()),
        },
        "share_left": (to - from_) / (RANGE[2] - RANGE[0]),
    }  # fmt: skip


def _parts(entry: Entry) -> list[float]:
    """Share of the prior in each of equal parts of its range."""
    shares = [quantile(entry, (k + 0.5) / FINE) for k in range(FINE)]
    found, _ = np.histogram(shares, np.linspace(entry.low, entry.high, PARTS + 1))
    return [float(one) / FINE for one in found]


def _correlations(names: Sequence[str], values: Floats, weights: Floats) -> list[dict[str, Any]]:
    return [
        {"numbers": [names[a], names[b]],
         "correlation": correlation(values[:, a], values[:, b], weights)}
        for a in range(len(names)) for b in range(a + 1, len(names))
    ]  # fmt: skip
