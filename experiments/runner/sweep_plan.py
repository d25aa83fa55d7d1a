"""From the file of a plan to a sweep that can be lived, or to every reason why it cannot.

The places are read and held against the registry of ways of buying, law and date; the design
against the register as every place has it. All faults are told at once, those of the plan with
their line in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import tomlkit

from experiments.design.blocks import Block, Blocks, Ground
from experiments.design.ignorance import draw_ignorance
from experiments.design.plan import Plan, PlanError, plan_comparison
from experiments.design.points import Points, points_of
from experiments.design.sweep import SweepDraft, SweepPlan, SweepPlanError, read_sweep_draft
from experiments.design.sweep_checks import Known, size_problems, sweep_problems
from experiments.runner.label import code_fingerprint, packages_of
from experiments.runner.reading import read_with_ways
from experiments.runner.replicate import all_entries
from scenarios import shelf
from scenarios.assumptions import Entry
from scenarios.checks.loose import rows, table, word, words
from scenarios.errors import Fault, ScenarioError
from scenarios.nearest import did_you_mean
from scenarios.read import Draft
from scenarios.spec import Scenario

TYPED = "the command line"
"""What the registry names where a policy was asked for from outside the scenario: by the plan."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a sweep.

    Attributes
    ----------
    name : str
        In results.
    scenario : Scenario
        As read, with what the plan changes.
    plan : Plan
        The comparison that each block lives one replicate of.
    """

    name: str
    scenario: Scenario
    plan: Plan


@dataclass(frozen=True)
class Sweep:
    """A plan with all that it names read: ready to be lived.

    Attributes
    ----------
    plan : SweepPlan
    places : tuple of Place
    points : Points
    stages : tuple of int
        Replicates as a folder has come by them; those of the plan where it has no folder yet.
    """

    plan: SweepPlan
    places: tuple[Place, ...]
    points: Points
    stages: tuple[int, ...]

    @cached_property
    def blocks(self) -> Blocks:
        """The blocks, in the plan's order."""
        plan = self.plan
        return Blocks(
            [_ground(place) for place in self.places],
            self.points,
            stages=self.stages,
            seed=plan.seed,
            paired=plan.paired,
            drawn=plan.design.others == "drawn",
        )

    def draws(self, block: Block) -> dict[str, float]:
        """Register values of a block besides the central ones and those that its place sets.

        Returns
        -------
        dict of str to float
            For `assumptions_of`: the point's values, and what its luck draws.
        """
        given = self.points.values_at(block.point)
        if self.plan.design.others == "central":
            return given
        scenario = self.places[block.place].scenario
        held = {*scenario.assumptions, *given}
        return {**draw_ignorance(all_entries(scenario).values(), block.seed, held), **given}


def plan_sweep(path: str | Path) -> Sweep:
    """Read a plan and everything that it names.

    Parameters
    ----------
    path : str or Path
        The file.

    Raises
    ------
    SweepPlanError
        With every fault of the plan, its places and its design.
    """
    return sweep_of(read_sweep_draft(path))


def sweep_of(draft: SweepDraft) -> Sweep:
    """Do what `plan_sweep` does with a plan as read."""
    from simulation.measures.catalogue import CATALOGUE

    read = [_read_place(draft, path, row) for path, row in rows(draft.data, "places")]
    faults = [fault for one in read for fault in one.faults]
    faults += _same_names(draft, read)
    known = Known(_shared(read), {measure.name for measure in CATALOGUE}, draft.folder)
    told = {fault.path for fault in draft.faults}
    found = (draft.origin.fault(*one) for one in sweep_problems(draft.data, known))
    plan = draft.require(dict.fromkeys([*faults, *(one for one in found if one.path not in told)]))
    places = tuple(_place(plan, one) for one in read)
    held = {name for place in places for name in place.scenario.assumptions}
    more = list(_same_grounds(plan, places))
    more += [plan.origin.fault(*one) for one in size_problems(plan.design, known, held)]
    if more:
        raise SweepPlanError(more)
    points = points_of(plan.design, known.entries, plan.seed, held=held, folder=draft.folder)
    return Sweep(plan, places, points, (plan.replicates,))


@dataclass(frozen=True, slots=True)
class _Read:
    """A place as read: its draft where there is one, what is wrong, its register."""

    path: tuple[str | int, ...]
    name: str
    draft: Draft | None
    faults: tuple[Fault, ...]
    entries: Mapping[str, Entry]


def _read_place(draft: SweepDraft, path: tuple[str | int, ...], row: Mapping[str, Any]) -> _Read:
    from simulation.model.check import registry_faults

    named = word(row, "scenario")
    if named is None:
        return _Read(path, "", None, (), all_entries())
    sets = _sets(draft.data, path, row)
    try:
        place = read_with_ways(_where(draft.folder, named), [text for text, _ in sets])
    except ScenarioError as refusal:
        return _Read(path, "", None, tuple(_of_file(draft, path, named, refusal)), all_entries())
    asked = table(draft.data, "policies")
    names = [name for _, name in words(asked, "names")] or None
    faults = (*place.faults, *registry_faults(place, names, word(asked, "baseline")))
    placed = tuple(_placed(draft, sets, one) for one in faults)
    name = word(row, "name") or word(place.data, "name") or ""
    return _Read(path, name, place, placed, all_entries())


def _sets(
    data: Mapping[str, Any], path: tuple[str | int, ...], row: Mapping[str, Any]
) -> list[tuple[str, tuple[str | int, ...]]]:
    """What the plan changes in a scenario, as `--set` takes it, and where the plan says so."""
    sets = [(text, (*path, "set", k)) for k, text in words(row, "set")]
    if isinstance(data.get("counterfactual"), bool):
        sets.append((f"counterfactual={str(data['counterfactual']).lower()}", ("counterfactual",)))
    tiers = [name for _, name in words(table(data, "keep"), "tiers")]
    if tiers:
        sets.append((f"measure.tiers={tomlkit.item(tiers).as_string()}", ("keep", "tiers")))
    return sets


def _where(folder: Path, named: str) -> str:
    """A name on the shelf as it is; else a path beside the plan."""
    known = {entry.name for entry in shelf.names()}
    return named if named in known else str(folder / named)


def _of_file(
    draft: SweepDraft, path: tuple[str | int, ...], named: str, refusal: ScenarioError
) -> Iterator[Fault]:
    """A file that is not there is a fault of the plan; one that cannot be read is its own."""
    for fault in refusal.faults:
        if fault.file != _where(draft.folder, named) or fault.line is not None:
            yield fault
            continue
        hint = did_you_mean(named.removesuffix(".toml"), [one.name for one in shelf.names()])
        found = f'"{named}", {fault.found}'
        yield draft.origin.fault((*path, "scenario"), found, fault.wanted, hint)


def _placed(
    draft: SweepDraft, sets: Sequence[tuple[str, tuple[str | int, ...]]], fault: Fault
) -> Fault:
    """Give a fault of what the plan asks of a scenario its line in the plan."""
    for text, path in sets:
        if fault.file == f"--set {text}":
            found = f"{fault.found} for `{fault.path}`" if fault.path else fault.found
            return draft.origin.fault(path, found, fault.wanted, fault.hint)
    if fault.file != TYPED:
        return fault
    asked = table(draft.data, "policies")
    where: list[tuple[tuple[str | int, ...], str]]
    where = [(("policies", "names", k), name) for k, name in words(asked, "names")]
    where.append((("policies", "baseline"), word(asked, "baseline") or ""))
    named = [path for path, name in where if name and f'"{name}"' in fault.found]
    path = named[0] if named else where[-1][0][:1]
    return draft.origin.fault(path, fault.found, fault.wanted, fault.hint)


def _same_names(draft: SweepDraft, read: Sequence[_Read]) -> Iterator[Fault]:
    """Refuse two places of one name."""
    seen: set[str] = set()
    for one in read:
        if one.name and one.name in seen:
            hint = "Give one of them a `name` of its own."
            found = f'the place "{one.name}" a second time'
            yield draft.origin.fault((*one.path, "name"), found, "each name once", hint)
        seen.add(one.name)


def _same_grounds(plan: SweepPlan, places: Sequence[Place]) -> Iterator[Fault]:
    """Refuse a place that is another one under a second name: its runs would be the same runs."""
    seen: dict[str, str] = {}
    for k, place in enumerate(places):
        first = seen.setdefault(place.scenario.digest, place.name)
        if first != place.name:
            found = f'the place "{first}" under the name "{place.name}"'
            yield plan.origin.fault(("places", k), found, "a scenario or a `set` that differs")


def _shared(read: Sequence[_Read]) -> dict[str, Entry]:
    """The entries that every place has."""
    shared = dict(read[0].entries) if read else all_entries()
    for one in read[1:]:
        shared = {name: entry for name, entry in shared.items() if name in one.entries}
    return shared


def _place(plan: SweepPlan, read: _Read) -> Place:
    """A place whose draft is without fault.

    Raises
    ------
    SweepPlanError
        Where what is asked of it cannot be computed.
    """
    assert read.draft is not None
    scenario = read.draft.require()
    try:
        asked = plan_comparison(
            scenario,
            regimes=plan.policies.names,
            baseline=plan.policies.baseline,
            months=plan.months,
            replicates=plan.replicates,
            seed=plan.seed,
        )
    except PlanError as refusal:
        found, _, wanted = str(refusal).rstrip(".").partition("; wanted ")
        raise SweepPlanError([plan.origin.fault(read.path, found, wanted)]) from None
    lived = replace(
        asked, luck_replicates=0, twin_replicates=0, fixed=plan.design.others == "central"
    )
    return Place(read.name, scenario, lived)


def _ground(place: Place) -> Ground:
    plan = place.plan
    decides = {
        "code": code_fingerprint(),
        "packages": packages_of(place.scenario, plan.regimes),
        "scenario": place.scenario.digest,
        "policies": list(plan.regimes),
        "baseline": plan.baseline,
        "months": plan.months,
        "window": list(plan.window),
        "tiers": list(plan.tiers),
    }
    return Ground(place.name, plan.regimes, decides)
