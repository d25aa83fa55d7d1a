"""The label on the folder of a sweep: which plan, of which places, by which version, since when.

Two sessions may share a folder only where every run has the same place in both plans and the same
identity. What a run may cost, the comments of the plan and the number of replicates may differ:
those that come later stand behind those that were there.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from experiments.runner.label import code_fingerprint, machine, now, packages_of, versions
from experiments.runner.sweep_plan import Sweep
from experiments.store.manifest import SWEEP


def sweep_label(sweep: Sweep) -> dict[str, Any]:
    """Write the label.

    Parameters
    ----------
    sweep : Sweep

    Returns
    -------
    dict
    """
    plan = sweep.plan
    policies = dict.fromkeys(name for place in sweep.places for name in place.plan.regimes)
    packages = {
        one["name"]: one
        for place in sweep.places
        for one in packages_of(place.scenario, place.plan.regimes)
    }
    return {
        "made_by": "poundflow",
        "command": SWEEP,
        "name": plan.name,
        "plan_sha256": deciding_digest(sweep),
        "runs": sweep.blocks.n_runs,
        "places": [place.name for place in sweep.places],
        "policies": list(policies),
        "points": len(sweep.points),
        "replicates": sweep.blocks.replicates,
        "stages": list(sweep.stages),
        "seed": plan.seed,
        "paired": plan.paired,
        "scenarios": [
            {
                "place": place.name,
                "scenario": place.scenario.name,
                "sha256": place.scenario.digest,
                "sets": list(place.scenario.sets),
                "text": place.scenario.source,
                "baseline": place.plan.baseline,
                "months": place.plan.months,
            }
            for place in sweep.places
        ],
        "packages": [packages[name] for name in sorted(packages)],
        "code": code_fingerprint(),
        "versions": versions(),
        "machine": machine(),
        "status": "under way",
        "started": now(),
    }


def deciding_digest(sweep: Sweep, made_by: Mapping[str, Any] | None = None) -> str:
    """SHA-256 of all that decides which runs there are, what they are called and what is kept.

    Of the replicates it holds those that the folder was begun with: they fix the place of every
    run, and of every stage behind them.

    Parameters
    ----------
    sweep : Sweep
    made_by : mapping or None
        A label whose versions of code and packages are to stand for ours.
    """
    plan, points = sweep.plan, sweep.points
    decides: Mapping[str, Any] = {
        "grounds": [
            {
                "name": one.name,
                "policies": one.policies,
                "decides": _as_made_by(one.decides, made_by or {}),
            }
            for one in sweep.blocks.grounds
        ],
        "names": points.names,
        "values": sha256(points.values.astype("<f8").tobytes()).hexdigest(),
        "replicates": sweep.stages[0],
        "seed": plan.seed,
        "paired": plan.paired,
        "others": plan.design.others,
        "keep": plan.keep.model_dump(mode="json"),
    }
    text = json.dumps(decides, sort_keys=True, allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _as_made_by(decides: Mapping[str, Any], made_by: Mapping[str, Any]) -> dict[str, Any]:
    theirs = {one["name"]: one for one in made_by.get("packages", [])}
    return {
        **decides,
        "code": made_by.get("code", decides["code"]),
        "packages": [theirs.get(one["name"], one) for one in decides["packages"]],
    }
