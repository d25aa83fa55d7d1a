"""From a scenario and a file of targets to a calibration that can be lived, or every fault of both.

The scenario is held against the registry of ways of buying, law and date, and the targets against
the register, the catalogue and the scenario. Policies are lived in the scenario's own comparison,
since what is treated depends on it; of its policies only those are lived that targets ask for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from experiments.calibration.checks import Known, targets_problems
from experiments.calibration.targets import Targets, TargetsDraft, TargetsError, read_targets
from experiments.design.plan import Plan, PlanError, as_compared, plan_comparison
from experiments.design.points import ranged
from experiments.runner.reading import read_with_ways
from experiments.runner.replicate import all_entries
from scenarios.assumptions import Entry, quantile
from scenarios.checks.amounts import is_counted
from scenarios.checks.loose import number, rows, table, word
from scenarios.errors import Fault, ScenarioError
from scenarios.read import Draft
from scenarios.spec import Scenario

TYPED = "the command line"
"""What the registry names where a policy was asked for from outside the scenario."""
START, WINDOW = -1, 0
"""Months that the built state and the whole window are told under."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a target's number stands among what a run is measured by."""

    policy: str
    measure: str
    tier: str
    month: int


@dataclass(frozen=True)
class Calibration:
    """A calibration with all that it names read: ready to be lived.

    Attributes
    ----------
    targets : Targets
        As given.
    scenario : Scenario
        As read, with the inputs set; compared as by its own `[compare]`.
    plan : Plan
        What is lived of that comparison.
    fitted : tuple of Entry
        Numbers that are fitted, each with its prior.
    wanted : tuple of Wanted
        One for each target.
    """

    targets: Targets
    scenario: Scenario
    plan: Plan
    fitted: tuple[Entry, ...]
    wanted: tuple[Wanted, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the fitted numbers."""
        return tuple(entry.name for entry in self.fitted)

    @property
    def centre(self) -> tuple[float, ...]:
        """Central values of the fitted numbers."""
        return tuple(float(entry.value) for entry in self.fitted)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the targets file decides; comments may change."""
        decides = self.targets.model_dump(mode="json")
        return sha256(json.dumps(decides, sort_keys=True, allow_nan=False).encode()).hexdigest()

    def values_at(self, point: Sequence[float]) -> tuple[float, ...]:
        """Values of the fitted numbers at a point of the unit cube."""
        found = [quantile(one, share) for one, share in zip(self.fitted, point, strict=True)]
        return tuple(
            float(round(value)) if is_counted(entry) else value
            for entry, value in zip(self.fitted, found, strict=True)
        )


def read_calibration(scenario: str | Path, targets: str | Path, sets: Sequence[str]) -> Calibration:
    """Read a scenario and a file of targets.

    Parameters
    ----------
    scenario : str or Path
        A name on the shelf, or a path.
    targets : str or Path
        The file of targets.
    sets : sequence of str
        Overrides of the scenario, each `key.path=value`.

    Raises
    ------
    TargetsError
        With every fault of the targets and of the scenario.
    """
    from simulation.measures.catalogue import BY_NAME, WRITTEN_IN
    from simulation.model.check import registry_faults

    draft = read_targets(targets)
    try:
        place = read_with_ways(scenario, sets)
    except ScenarioError as refusal:
        draft.require(refusal.faults)
        raise
    policies = [name for _, row in rows(draft.data, "targets") if (name := word(row, "policy"))]
    found = registry_faults(place, None, word(draft.data, "baseline"), policies)
    faults = [*place.faults, *(_placed(draft, fault) for fault in found)]
    known = Known(
        entries=all_entries(),
        measures=BY_NAME,
        written_in=WRITTEN_IN,
        currency=word(place.data, "currency") or WRITTEN_IN,
        held=frozenset(table(place.data, "assumptions")),
        drawn_to=frozenset(_drawn_to(place)),
    )
    told = {fault.path for fault in draft.faults}
    problems = (draft.origin.fault(*one) for one in targets_problems(draft.data, known))
    asked = draft.require([*faults, *(one for one in problems if one.path not in told)])
    return _ready(asked, place.require(), known)


def _placed(draft: TargetsDraft, fault: Fault) -> Fault:
    """Give a fault of a policy that the targets name its line in them."""
    if fault.file != TYPED:
        return fault
    where: list[tuple[tuple[str | int, ...], str | None]]
    where = [((*path, "policy"), word(row, "policy")) for path, row in rows(draft.data, "targets")]
    where.append((("baseline",), word(draft.data, "baseline")))
    named = [path for path, name in where if name and f'"{name}"' in fault.found]
    path = named[0] if named else where[-1][0]
    return draft.origin.fault(path, fault.found, fault.wanted, fault.hint)


def _drawn_to(place: Draft) -> Iterator[str]:
    """Tiers whose local share at the start the scenario gives by itself."""
    tiers = {word(row, "id"): word(row, "tier") for _, row in rows(place.data, "areas")}
    for area, share in table(table(place.data, "contracts"), "share_in").items():
        if number(share) is not None and (tier := tiers.get(area)):
            yield tier


def _ready(targets: Targets, scenario: Scenario, known: Known) -> Calibration:
    try:
        asked = plan_comparison(
            scenario,
            baseline=targets.baseline,
            months=targets.months,
            replicates=targets.replicates,
            seed=targets.seed,
            fixed=True,
        )
    except PlanError as refusal:
        found, _, better = str(refusal).rstrip(".").partition("; wanted ")
        raise TargetsError([targets.origin.fault(("months",), found, better)]) from None
    wanted = tuple(_wanted(one, asked, known.measures) for one in targets.targets)
    if alone := list(_against_itself(targets, wanted, asked, known.measures)):
        raise TargetsError(alone)
    named = list(dict.fromkeys([*asked.regimes, *(one.policy for one in wanted)]))
    lived = dict.fromkeys([asked.baseline, *(one.policy for one in wanted)])
    compared = as_compared(scenario, replace(asked, regimes=tuple(named)))
    inputs = {one.name: one.value for one in targets.inputs}
    assumptions = {**compared.assumptions, **inputs}
    return Calibration(
        targets=targets,
        scenario=compared.model_copy(update={"assumptions": assumptions}),
        plan=replace(asked, regimes=tuple(lived), luck_replicates=0, twin_replicates=0,
                     tiers=tuple(dict.fromkeys([*asked.tiers, *_tiers(wanted)]))),
        fitted=tuple(ranged(known.entries[one.name], one.factor) for one in targets.fitted),
        wanted=wanted,
    )  # fmt: skip


def _wanted(target: Any, plan: Plan, measures: Mapping[str, Any]) -> Wanted:
    month = {"window": WINDOW, "start": START}.get(target.when, target.when)
    tier = target.tier or measures[target.measure].tiers[0]
    return Wanted(target.policy or plan.baseline, target.measure, tier, month)


def _tiers(wanted: Sequence[Wanted]) -> Iterator[str]:
    yield from (one.tier for one in wanted if one.tier != "all")


def _against_itself(
    targets: Targets, wanted: Sequence[Wanted], plan: Plan, measures: Mapping[str, Any]
) -> Iterator[Fault]:
    """Refuse a difference from the baseline that is asked of the baseline itself."""
    for k, one in enumerate(wanted):
        if measures[one.measure].nature == "paired" and one.policy == plan.baseline:
            found = f'"{one.measure}" of "{one.policy}", measured against itself'
            yield targets.origin.fault(("targets", k, "policy"), found, "another policy")
