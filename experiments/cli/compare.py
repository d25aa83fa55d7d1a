"""`poundflow compare`: the whole path from a scenario on file to an answer an officer can read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from experiments.cli import question, screen
from experiments.cli.tables import print_comparison
from experiments.cli.wording import futures
from experiments.design.plan import Plan, PlanError, plan_comparison
from experiments.runner.comparison import Comparison
from experiments.runner.label import label, now
from experiments.runner.room import GIB, room_of_machine, room_of_worker
from experiments.store.aside import refusal
from experiments.store.folder import ResultFolder
from scenarios.errors import ExitCode
from scenarios.spec import Scenario
from scenarios.tables import country


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """What was typed."""

    scenario: str
    regimes: str | None
    baseline: str | None
    months: int | None
    replicates: int | None
    seed: int
    fixed: bool
    sets: tuple[str, ...]
    workers: int | None
    out: Path
    as_json: bool
    quiet: bool


def compare_command(options: CompareOptions) -> int:
    """Compare, write the folder, and print the answer.

    Returns
    -------
    int
        0 done; 3 some runs failed, which are named on stderr; 130 stopped, what was finished is
        kept.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, before anything is lived, or the disk gives out.
    """
    workers = question.side_by_side("--workers", options.workers)
    regimes = question.comma_list("--regimes", options.regimes)
    scenario = question.read_question(
        options.scenario, options.sets, regimes=regimes, baseline=options.baseline
    )
    plan = plan_comparison(
        scenario,
        regimes=regimes,
        baseline=options.baseline,
        months=options.months,
        replicates=options.replicates,
        seed=options.seed,
        fixed=options.fixed,
    )
    workers = workers_with_room(scenario, workers)
    manifest = label("compare", scenario, plan, workers, status="under way")
    folder = ResultFolder(options.out, manifest)
    return _live_and_tell(Comparison(scenario, plan, folder), workers, options)


def workers_with_room(scenario: Scenario, wanted: int) -> int:
    """Return how many workers the machine has memory for, and tell where that is fewer."""
    each, machine = room_of_worker(scenario), room_of_machine()
    room = machine // each if machine else wanted
    if room < 1:
        raise PlanError(
            f"{scenario.name}: to compare ways of buying takes some {each / GIB:.0f} GiB, "
            f"this machine has {machine / GIB:.1f}. Live one way of buying at a time, in half of "
            f"that: poundflow run {scenario.name} --regime NAME --out DIR."
        )
    if room < wanted:
        screen.stderr().print(
            f"{room} of {wanted} workers: each takes some {each / GIB:.1f} GiB of memory, this "
            f"machine has {machine / GIB:.1f}."
        )
    return min(room, wanted)


def _live_and_tell(comparison: Comparison, workers: int, options: CompareOptions) -> int:
    folder, plan = comparison.folder, comparison.plan
    try:
        summary, seconds = conduct(comparison, workers, quiet=options.quiet)
        report = _report(folder.path) if finished_runs(summary) else None
    except KeyboardInterrupt:
        say_stopped(comparison)
        return ExitCode.STOPPED
    if options.as_json:
        screen.stdout().file.write(json.dumps(summary, indent=2, allow_nan=False) + "\n")
    elif not options.quiet and finished_runs(summary):
        nation = country(comparison.scenario.nation)
        print_comparison(summary, notes(comparison.scenario, plan), nation)
        _say_where(report or folder.path, seconds)
    return say_failures(summary)


def conduct(comparison: Comparison, workers: int, *, quiet: bool) -> tuple[dict[str, Any], float]:
    """Live what is missing and add up; return the summary, and how long it took [s]."""
    began = monotonic()
    with screen.progress(comparison.scenario.name, quiet=quiet) as told:
        lost = comparison.live(workers, told)
    summary = comparison.conclude(lost, directions())
    seconds = round(monotonic() - began, 1)
    comparison.folder.update_manifest(seconds=seconds)
    return summary, seconds


def directions() -> dict[str, str]:
    """Which way is better for each measure of the catalogue that has a better way."""
    from simulation.measures.catalogue import CATALOGUE

    return {measure.name: measure.direction for measure in CATALOGUE}


def finished_runs(summary: Mapping[str, Any]) -> int:
    """How many runs have something to report."""
    return sum(run["status"] == "done" for run in summary["runs"])


def notes(scenario: Scenario, plan: Plan) -> list[str]:
    """What a reader of the table has to know."""
    closure = scenario.closure
    said = [
        f"{futures(plan.replicates)} of {plan.months} months, seed {plan.seed}; differences are "
        f"taken from {plan.baseline} within each future.",
        "Assumptions held at their central values: the intervals show luck alone."
        if plan.fixed
        else "Each future draws the uncertain assumptions, shared by all policies.",
        f"Savings: {closure.savings}; need "
        + ("fixed, the budget gives way." if closure.need_fixed else "gives way, budgets fixed."),
    ]
    shocks = [one for one in scenario.shocks if one.strikes and one.month <= plan.months]
    if shocks:
        told = ", ".join(f"{one.kind} in month {one.month}" for one in shocks)
        said.append(f"Every way of buying meets the same shocks: {told}.")
    if scenario.counterfactual:
        said.append("Counterfactual: some ways of buying run outside the law or date of the place.")
    if scenario.code:
        named = ", ".join(file.name for file in scenario.code)
        said.append(f"Ways of buying of the scenario's own: code in {named}.")
    if plan.replicates == 1:
        said.append("One future shows no spread: the intervals are empty.")
    return said


def _report(folder: Path) -> Path:
    from experiments.report.page import write_report

    try:
        return write_report(folder)
    except OSError as fault:
        raise refusal(fault, folder / "report.html", 0) from fault


def _say_where(path: Path, seconds: float) -> None:
    screen.stderr().print(f"{int(seconds) // 60}:{int(seconds) % 60:02d} minutes. Read {path}")


def say_stopped(comparison: Comparison) -> None:
    """Note in the manifest that it was stopped, and say what is left."""
    comparison.folder.update_manifest(status="stopped", finished=now())
    left = len(comparison.tasks())
    screen.stderr().print(
        f"stopped. What was finished is kept in {comparison.folder.path}; {left} replicates are "
        "left. Give the same command to go on."
    )


def say_failures(summary: Mapping[str, Any]) -> int:
    """Name the runs that failed; return the exit code."""
    failures = summary["failures"]
    if not failures:
        return ExitCode.DONE
    console = screen.stderr()
    console.print(f"{len(failures)} runs failed and are left out of every number:")
    by_reason: dict[str, list[str]] = {}
    for one in failures:
        by_reason.setdefault(one["error"], []).append(one["run"])
    for reason, runs in by_reason.items():
        console.print(f"  {reason}: {', '.join(runs)}", markup=False)
    console.print("Give the same command to try them again.")
    return ExitCode.SOME_RUNS_FAILED
