"""Made-up replicates for tests of what stands above the model. No number here comes from it."""

import os
from dataclasses import replace
from pathlib import Path

from experiments.design.plan import Plan
from experiments.design.seeds import replicate_seed
from experiments.runner.replicate import ReplicateTask
from experiments.store.records import (
    Accounts,
    BudgetRow,
    OutcomeRow,
    Part,
    ReplicateResult,
    RunRecord,
    Status,
    run_name,
)

REGIMES = ("lowest_price", "social_value")
PLAN = Plan(
    regimes=REGIMES,
    baseline="lowest_price",
    months=12,
    replicates=4,
    luck_replicates=2,
    twin_replicates=4,
    seed=7,
    fixed=False,
    window=(1, 12),
    tiers=("district", "all"),
)
MANIFEST = {
    "command": "compare",
    "scenario_sha256": "ab" * 32,
    "seed": 7,
    "months": 12,
    "regimes": list(REGIMES),
    "baseline": "lowest_price",
    "fixed": False,
    "code": "cd" * 32,
}

LIVED_IN = "POUNDFLOW_TEST_LIVED_IN"
"""Names a folder in which each made-up replicate leaves a file, so that lives can be counted."""


def outcome(
    regime: str, measure: str, value: float | None, *, tier: str = "all", month: int = 0
) -> OutcomeRow:
    """One outcome with a reason where it has no value."""
    return OutcomeRow(
        regime, month, measure, tier, value, "share", None if value is not None else "no bids"
    )


def result(
    replicate: int,
    rows: tuple[OutcomeRow, ...] = (),
    *,
    part: Part = Part.FUTURE,
    regimes: tuple[str, ...] = REGIMES,
    budget: tuple[BudgetRow, ...] = (),
) -> ReplicateResult:
    """A replicate in which every run is done."""
    seed = replicate_seed(PLAN.seed, replicate)
    runs = tuple(
        RunRecord(
            run=run_name(part, regime, replicate),
            regime=regime,
            replicate=replicate,
            seed=seed,
            status=Status.DONE,
            digest=f"{replicate:064x}",
            accounts=Accounts(10, 1000, 0, 0),
            treated_pence=5000,
        )
        for regime in regimes
    )
    return ReplicateResult(part, replicate, seed, runs, rows, {"a.b": 0.5}, budget)


def made_up_replicate(task: ReplicateTask) -> ReplicateResult:
    """Stand in for a lived replicate: numbers that depend on seed and policy alone."""
    if LIVED_IN in os.environ:
        with (Path(os.environ[LIVED_IN]) / f"{task.part}-{task.replicate}").open("a") as file:
            file.write("lived\n")
    luck = (replicate_seed(task.plan.seed, task.replicate) % 1000) / 1000
    rows = tuple(
        outcome(regime, measure, luck + step * number)
        for number, regime in enumerate(task.plan.regimes)
        for measure, step in (("quality", 0.1), ("unmet_need", -0.01))
    )
    return result(task.replicate, rows, part=task.part, regimes=task.plan.regimes)


def dies_in_the_third(task: ReplicateTask) -> ReplicateResult:
    """Kill the worker process in replicate 2 of the futures."""
    if (task.part, task.replicate) == (Part.FUTURE, 2):
        os._exit(1)
    return made_up_replicate(task)


def second_policy_fails(task: ReplicateTask) -> ReplicateResult:
    """Fail the second policy in replicate 1 of the futures."""
    lived = made_up_replicate(task)
    if (task.part, task.replicate) != (Part.FUTURE, 1):
        return lived
    failed = replace(
        lived.runs[1], status=Status.FAILED, digest=None, accounts=None, error="no bread"
    )
    rows = tuple(row for row in lived.rows if row.regime == lived.runs[0].regime)
    return replace(lived, runs=(lived.runs[0], failed), rows=rows)
