"""From what was typed to a question that can be answered, or to every reason why it cannot."""

from dataclasses import replace

from experiments.design.plan import Plan, PlanError, plan_comparison
from experiments.runner.reading import read_question
from experiments.runner.room import side_by_side
from scenarios.spec import Scenario

__all__ = ["comma_list", "read_question", "side_by_side", "single_run_plan"]


def comma_list(option: str, text: str | None) -> tuple[str, ...] | None:
    """`a,b` of an option as a tuple; None stays None.

    Raises
    ------
    PlanError
        When a name between commas is missing.
    """
    if text is None:
        return None
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        found = "is empty" if not text.strip() else f"{text!r} has an empty name"
        raise PlanError(f"{option} {found}; wanted names with commas between, as in {option} a,b.")
    return names


def single_run_plan(
    scenario: Scenario,
    regime: str,
    months: int | None,
    seed: int,
    fixed: bool,
    *,
    beside: tuple[str, ...] | None = None,
    baseline: str | None = None,
) -> Plan:
    """The comparison that one run is a part of.

    Which spending a policy treats depends on what it is compared with, so the run is lived as a
    part of a comparison, the scenario's own if none is named, which it joins where it is not in it.
    """
    compared = scenario.compare.regimes if beside is None else beside
    named = compared if regime in compared else (*compared, regime)
    plan = plan_comparison(
        scenario, regimes=named, baseline=baseline, months=months, seed=seed, fixed=fixed
    )
    return replace(plan, replicates=1, luck_replicates=0, twin_replicates=0)
