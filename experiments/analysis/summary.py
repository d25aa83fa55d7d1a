"""Everything that a comparison found, as one document: `summary.json`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from experiments.analysis.best import best
from experiments.analysis.budget import capital_by_year
from experiments.analysis.facts_told import facts_told
from experiments.analysis.local_preference import local_preference
from experiments.analysis.outcomes import differences, outcomes
from experiments.analysis.uncertainty import uncertainty
from experiments.analysis.values import measured_values
from experiments.design.plan import Plan
from experiments.store.records import ReplicateResult, RunRecord, Status

SCHEMA_VERSION = 1


def summarise(
    scenario: str,
    plan: Plan,
    futures: Sequence[ReplicateResult],
    luck: Sequence[ReplicateResult],
    directions: Mapping[str, str],
) -> dict[str, Any]:
    """Put together what a comparison found.

    Parameters
    ----------
    scenario : str
        Its name.
    plan : Plan
        What was asked.
    futures, luck : sequence of ReplicateResult
        The replicates that draw the uncertain assumptions, and those that hold them.
    directions : mapping of str to str
        Measure to `up` or `down`: which way is better, where either is.

    Returns
    -------
    dict
        A JSON document without NaN; undefined numbers are null with `why`.
    """
    table = measured_values(futures, plan.regimes)
    by_luck = measured_values(luck, plan.regimes)
    runs = [run for result in futures for run in result.runs]
    luck_runs = [run for result in luck for run in result.runs]
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": scenario,
        "seed": plan.seed,
        "months": plan.months,
        "replicates": plan.replicates,
        "tiers": list(plan.tiers),
        "regimes": list(plan.regimes),
        "baseline": plan.baseline,
        "fixed": plan.fixed,
        "window": list(plan.window),
        "treated_pence": treated_pence(runs, plan.regimes),
        "outcomes": outcomes(table, plan.regimes),
        "differences": differences(table, plan.regimes, plan.baseline),
        "best": best(table, plan.regimes, directions),
        "local_preference": local_preference(table, plan.regimes, plan.baseline),
        "uncertainty": uncertainty(table, by_luck, plan.regimes, fixed=plan.fixed),
        "capital": capital_by_year(futures, plan.regimes),
        "facts": facts_told(futures, plan.regimes, plan.baseline),
        "accounts": added_accounts([*runs, *luck_runs]),
        "runs": [run_line(run) for run in runs],
        "luck_runs": [run_line(run) for run in luck_runs],
        "failures": failures([*runs, *luck_runs]),
    }


def run_line(run: RunRecord) -> dict[str, Any]:
    """A run as `summary.json` lists it."""
    return {
        "run": run.run,
        "regime": run.regime,
        "replicate": run.replicate,
        "seed": run.seed,
        "status": run.status,
        "digest": run.digest,
    }


def failures(runs: Iterable[RunRecord]) -> list[dict[str, Any]]:
    """The runs that failed, and why."""
    return [
        {
            "run": run.run,
            "regime": run.regime,
            "replicate": run.replicate,
            "seed": run.seed,
            "error": run.error,
        }
        for run in runs
        if run.status is Status.FAILED
    ]


def added_accounts(runs: Iterable[RunRecord]) -> dict[str, int]:
    """Payments and pence moved in all runs, and both residuals, which are zero."""
    kept = [run.accounts for run in runs if run.accounts is not None]
    return {
        "payments": sum(one.payments for one in kept),
        "pence_moved": sum(one.pence_moved for one in kept),
        "residual_pence": sum(one.residual_pence for one in kept),
        "dye_residual": sum(one.dye_residual for one in kept),
    }


def treated_pence(runs: Iterable[RunRecord], regimes: Sequence[str]) -> dict[str, int | None]:
    """Mean pence treated in a run of each policy; null where none was finished."""
    runs = list(runs)
    treated: dict[str, int | None] = {}
    for regime in regimes:
        pence = [
            r.treated_pence for r in runs if r.regime == regime and r.treated_pence is not None
        ]
        treated[regime] = round(sum(pence) / len(pence)) if pence else None
    return treated
