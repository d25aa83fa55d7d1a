"""From what was typed to a question that can be answered, or to every reason why it cannot."""

import os
from collections.abc import Sequence
from dataclasses import replace

from experiments.design.plan import Plan, PlanError, plan_comparison
from experiments.runner.reading import read_with_ways
from scenarios.spec import Scenario


def read_question(
    name_or_path: str,
    sets: Sequence[str],
    *,
    regimes: Sequence[str] | None = None,
    baseline: str | None = None,
    also: Sequence[str] = (),
) -> Scenario:
    """Read a scenario, and hold it against the registry of ways of buying, law and date.

    Parameters
    ----------
    name_or_path : str
        A name on the shelf, or a path.
    sets : sequence of str
        Overrides, each `key.path=value`.
    regimes, baseline : optional
        Policies typed in place of those of the file.
    also : sequence of str
        Policies typed that join those of the file.

    Raises
    ------
    ScenarioError
        With every fault of the file, the overrides and the policies, in order of place.
    """
    from simulation.model.check import registry_faults

    draft = read_with_ways(name_or_path, sets)
    return draft.require(registry_faults(draft, regimes, baseline, also))


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


def side_by_side(option: str, asked: int | None) -> int:
    """How many processes or threads to use: as asked, else one for each core at hand.

    Parameters
    ----------
    option : str
        What was typed, such as "--workers".
    asked : int, optional

    Raises
    ------
    PlanError
        When fewer than one is asked for.
    """
    if asked is not None and asked < 1:
        raise PlanError(f"{option} is {asked}; wanted 1 or more.")
    if asked is not None:
        return asked
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


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
