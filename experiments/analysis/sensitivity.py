"""Which assumptions an answer hangs on: Morris' screening and Sobol' indices, by SALib.

Both are told on the mean over replicates at each point, with the variance of luck beside them: an
index is only as good as the answer is apart from its luck. SALib gives zeros for one nan without a
word, so a trajectory or a Saltelli group with a hole is dropped whole before, and counted. (Morris
1991; Campolongo, Cariboni and Saltelli 2007; Saltelli and others 2010.)
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.analysis.values import Float64
from experiments.design.layouts import group_size

SEED = 1
"""Of the bootstrap inside SALib: the same design gives the same intervals."""
RESAMPLES = 500
FEWEST = 4
"""Trajectories or groups without which no index is told."""
ROUNDING = 1e-13
"""Part of an answer that two ways to add it up may differ by."""
SETTLED = 0.05
"""An index that moved less than this from half of the design to all of it has settled: for Sobol'
as it is, for Morris as a part of the largest."""


class UnevenDesignError(ValueError):
    """Raised when points do not come in whole trajectories or groups."""

    def __init__(self, points: int, size: int, kind: str) -> None:
        super().__init__(
            f"{points} points do not come in groups of {size}, as a {kind} design does. "
            "Was the design written by the plan of this sweep?"
        )


def sensitivity(
    kind: str,
    names: Sequence[str],
    points: Float64,
    values: Float64,
    *,
    levels: int = 4,
    second_order: bool = False,
) -> dict[str, Any]:
    """Tell how much each factor moves an answer.

    Parameters
    ----------
    kind : {"morris", "sobol"}
        How the points were laid out.
    names : sequence of str
        Factors.
    points : float64[n_points, n_factors]
        Values of the factors, in SALib's order.
    values : float64[n_points, n_replicates]
        The answer; nan where a run is missing or the answer undefined.
    levels : int
        Of Morris' grid.
    second_order : bool
        Whether the Sobol' design holds second-order points.

    Returns
    -------
    dict
        `kind`, `groups` (that count), `groups_dropped`, `points_dropped`, `luck` (see
        `luck_beside`), `factors` (a dict each: mu, mu_star, mu_star_conf and sigma; or s1, s1_conf,
        st and st_conf, with half-widths of 95 % intervals), largest first, `pairs` of second order,
        `convergence` (`{groups, values}` by factor for growing parts), `settled` and `why` (no
        index is told: reason; else empty).

    Raises
    ------
    UnevenDesignError
        When the number of points is no multiple of a group's.
    """
    size = group_size(kind, len(names), second_order=second_order)
    if points.shape[0] % size:
        raise UnevenDesignError(points.shape[0], size, kind)
    holes = ~np.isfinite(values).all(axis=1)
    whole = np.repeat(~holes.reshape(-1, size).any(axis=1), size)
    answer = values[whole].mean(axis=1)
    where = points[whole]
    groups = answer.size // size
    told: dict[str, Any] = {
        "kind": kind,
        "groups": groups,
        "groups_dropped": points.shape[0] // size - groups,
        "points_dropped": int(holes.sum()),
        "luck": luck_beside(values[whole]),
        "factors": [],
        "pairs": [],
        "convergence": [],
        "settled": None,
        "why": "",
    }
    if groups < FEWEST:
        told["why"] = f"{groups} whole groups of points; at least {FEWEST} are needed"
    elif flat(answer):
        told["why"] = "the answer is the same at every point"
    else:
        parts = [part for part in (groups // 8, groups // 4, groups // 2) if part >= FEWEST]
        found = {}
        for part in [*parts, groups]:
            cut = part * size
            if not flat(answer[:cut]):
                found[part] = _indices(kind, names, where[:cut], answer[:cut], levels, second_order)
        told |= _told(kind, found, groups)
    return told


def flat(answer: Float64) -> bool:
    """Whether an answer is the same at every point, but for how numbers are rounded."""
    return bool(np.ptp(answer) <= ROUNDING * np.abs(answer).max())


def luck_beside(values: Float64) -> dict[str, Any]:
    """The variance that luck gives an answer, beside that over the points.

    Luck that a replicate brings to all points alike moves no index; what is left of it after the
    means of points and of replicates does (two-way layout; Scheffe 1959, ch. 4).

    Parameters
    ----------
    values : float64[n_points, n_replicates]
        None nan.

    Returns
    -------
    dict
        `variance_of_run` (mean over points of the variance over replicates), `variance_unshared`
        (what is left of it), `variance_of_mean` (that, over the replicates),
        `variance_over_points` (of the means) and `share`, the part of the last that the one before
        explains, at most 1. Null with one replicate.
    """
    points, replicates = values.shape
    over = float(values.mean(axis=1).var(ddof=1)) if points > 1 else None
    told: dict[str, Any] = dict.fromkeys(
        ("variance_of_run", "variance_unshared", "variance_of_mean", "share")
    )
    told["variance_over_points"] = over
    if replicates > 1 and points > 1:
        left = values - values.mean(axis=1, keepdims=True)
        run = float((left**2).sum() / (points * (replicates - 1)))
        left = left - left.mean(axis=0)
        unshared = float((left**2).sum() / ((points - 1) * (replicates - 1)))
        told |= {
            "variance_of_run": run,
            "variance_unshared": unshared,
            "variance_of_mean": unshared / replicates,
            "share": min(unshared / replicates / over, 1.0) if over else None,
        }
    return told


def _indices(
    kind: str,
    names: Sequence[str],
    points: Float64,
    answer: Float64,
    levels: int,
    second_order: bool,
) -> dict[str, Any]:
    """Ask SALib."""
    problem = {
        "num_vars": len(names),
        "names": list(names),
        "bounds": [[0.0, 1.0]] * len(names),
        "groups": None,
    }
    if kind == "morris":
        from SALib.analyze import morris

        found = morris.analyze(
            problem, points, answer, num_resamples=RESAMPLES, num_levels=levels, seed=SEED
        )
        keys = {"mu": "mu", "mu_star": "mu_star", "mu_star_conf": "mu_star_conf", "sigma": "sigma"}
    else:
        from SALib.analyze import sobol

        found = sobol.analyze(
            problem, answer, calc_second_order=second_order, num_resamples=RESAMPLES, seed=SEED
        )
        keys = {"s1": "S1", "s1_conf": "S1_conf", "st": "ST", "st_conf": "ST_conf"}
    factors = [
        {"factor": name, **{key: float(found[theirs][k]) for key, theirs in keys.items()}}
        for k, name in enumerate(names)
    ]
    pairs = []
    if kind == "sobol" and second_order:
        pairs = [
            {
                "factors": [names[j], names[k]],
                "s2": float(found["S2"][j, k]),
                "s2_conf": float(found["S2_conf"][j, k]),
            }
            for j in range(len(names))
            for k in range(j + 1, len(names))
        ]
    return {"factors": factors, "pairs": pairs}


def _told(kind: str, found: dict[int, dict[str, Any]], groups: int) -> dict[str, Any]:
    key = "mu_star" if kind == "morris" else "st"
    last = found[groups]
    course = [
        {"groups": part, "values": {one["factor"]: one[key] for one in some["factors"]}}
        for part, some in found.items()
    ]
    settled = None
    if len(course) > 1:
        now, before = (
            {one["factor"]: one[key] for one in found[part]["factors"]}
            for part in (groups, list(found)[-2])
        )
        scale = max(now.values()) if kind == "morris" else 1.0
        settled = all(abs(now[name] - before[name]) < SETTLED * scale for name in now)
    return {
        "factors": sorted(last["factors"], key=lambda one: (-one[key], one["factor"])),
        "pairs": sorted(last["pairs"], key=lambda one: -one["s2"]),
        "convergence": course,
        "settled": settled,
    }
