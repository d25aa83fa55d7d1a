"""`poundflow compare`: the whole path from a scenario on file to an answer an officer can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.cli import question, screen
from experiments.cli.tables import print_comparison
from experiments.cli.wording import futures
from experiments.design.plan import Plan
from experiments.library.comparisons import live, prepare
from experiments.runner.comparison import Comparison
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
    comparison, workers = prepare(
        options.scenario,
        options.out,
        regimes=question.comma_list("--regimes", options.regimes),
        baseline=options.baseline,
        months=options.months,
        replicates=options.replicates,
        seed=options.seed,
        fixed=options.fixed,
        sets=options.sets,
        workers=options.workers,
        say=screen.stderr().print,
    )
    try:
        with screen.progress(comparison.scenario.name, quiet=options.quiet) as told:
            compared = live(comparison, workers, told)
    except KeyboardInterrupt:
        say_stopped(comparison)
        return ExitCode.STOPPED
    summary = compared.summary
    if options.as_json:
        screen.print_document(summary)
    elif not options.quiet and compared.report:
        nation = country(compared.scenario.nation)
        print_comparison(summary, notes(compared.scenario, compared.plan), nation)
        _say_where(compared.report, compared.seconds)
    return say_failures(summary)


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


def _say_where(path: Path, seconds: float) -> None:
    screen.stderr().print(f"{int(seconds) // 60}:{int(seconds) % 60:02d} minutes. Read {path}")


def say_stopped(comparison: Comparison) -> None:
    """Say what is left of a comparison that was stopped."""
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
