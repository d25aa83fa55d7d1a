"""What is wrong in a file of targets that no value shows by itself: names, units, what is what.

Read like a scenario's relations: of data that may be faulty, what is sound is checked.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.design.ignorance import is_uncertain
from experiments.design.sweep_checks import (
    IN_REGISTER,
    bounds_and_values,
    range_problems,
    varies,
)
from scenarios.assumptions import Entry
from scenarios.checks.amounts import amount_problems
from scenarios.checks.loose import Path as KeyPath
from scenarios.checks.loose import number, rows, unknown, word
from scenarios.errors import Problem

if TYPE_CHECKING:
    from simulation.measures.measure import Measure

SHARE_AT_START = "local_share_based"
"""The measure that the built state is drawn to where a scenario has `[contracts] share_in`."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a file of targets is held against.

    Attributes
    ----------
    entries : mapping of str to Entry
        The register, with the entries of ways of buying.
    measures : mapping of str to Measure
        The catalogue.
    written_in, currency : str
        Money of the catalogue's units, and of the scenario.
    held : collection of str
        Assumptions that the scenario sets by hand.
    drawn_to : collection of str
        Tiers whose local share at the start the scenario itself gives.
    """

    entries: Mapping[str, Entry]
    measures: "Mapping[str, Measure]"
    written_in: str
    currency: str
    held: Collection[str]
    drawn_to: Collection[str]


def targets_problems(data: Mapping[str, Any], known: Known) -> list[Problem]:
    """Check the relations within a file of targets, and the names that it uses.

    Parameters
    ----------
    data : mapping
        The whole file; parts of the wrong type are passed over.
    known : Known

    Returns
    -------
    list of Problem
    """
    return [*_targets(data, known), *_inputs(data, known), *_fitted(data, known)]


def _targets(data: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    months, seen = number(data.get("months")), set()
    for path, row in rows(data, "targets"):
        name, tier, when = word(row, "measure"), word(row, "tier"), row.get("when", "window")
        key = (name, tier, word(row, "policy"), str(when))
        if key in seen:
            yield Problem(path, f'the target "{name}" a second time', "each target once")
        seen.add(key)
        if name is None:
            continue
        if name not in known.measures:
            yield from unknown((*path, "measure"), name, known.measures, "a measure")
            continue
        measure = known.measures[name]
        yield from _unit(path, row, measure.unit.replace(known.written_in, known.currency))
        yield from _tier(path, tier, measure)
        if isinstance(when, int) and not isinstance(when, bool):
            if measure.by_month is None:
                hint = f"`{name}` is not told by month."
                yield Problem((*path, "when"), f"{when}", "`window` or `start`", hint)
            elif months is not None and when > months:
                yield Problem((*path, "when"), f"{when}", f"at most months, {months:g}")
        if measure.nature == "paired" and when != "window":
            yield Problem((*path, "when"), f"{when}", "`window`, of a difference between runs")
        if (name, when) == (SHARE_AT_START, "start") and tier in known.drawn_to:
            hint = "The start is drawn to it, so nothing is learnt from reaching it."
            found = f"the {tier} share that the scenario sets in [contracts] share_in"
            yield Problem((*path, "measure"), found, "a number that is no input", hint)


def _tier(path: KeyPath, tier: str | None, measure: "Measure") -> Iterator[Problem]:
    if tier is not None:
        yield from unknown((*path, "tier"), tier, measure.tiers, f"a tier of `{measure.name}`")
    elif len(measure.tiers) > 1:
        yield Problem((*path, "tier"), "nothing", f"one of {', '.join(measure.tiers)}")


def _unit(path: KeyPath, row: Mapping[str, Any], unit: str) -> Iterator[Problem]:
    found = word(row, "unit")
    if found is not None and found != unit:
        hint = "Give the value in that unit."
        yield Problem((*path, "unit"), f'"{found}"', f'"{unit}"', hint)


def _inputs(data: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    yield from _names(data, "inputs", known)
    for path, row, entry in _known_rows(data, "inputs", known):
        yield from _unit(path, row, entry.unit)
        if number(row.get("value")) is not None:
            yield from amount_problems((*path, "value"), row["value"], entry)


def _fitted(data: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    set_here = {word(row, "name") for _, row in rows(data, "inputs")}
    yield from _names(data, "fitted", known)
    for path, row, entry in _known_rows(data, "fitted", known):
        if entry.name in set_here:
            hint = "What is measured is set, what nobody knows is fitted."
            found = f'"{entry.name}", an input too'
            yield Problem((*path, "name"), found, "one of the two", hint)
        elif entry.name in known.held:
            hint = "Take it out of the scenario, or fit another."
            yield Problem((*path, "name"), f'"{entry.name}", set in the scenario', "no input", hint)
        yield from _prior(path, row, entry)


def _names(data: Mapping[str, Any], group: str, known: Known) -> Iterator[Problem]:
    """Names of a group that come twice, or that the register has not."""
    seen: set[str] = set()
    for path, row in rows(data, group):
        name = word(row, "name")
        if name is None:
            continue
        if name in seen:
            yield Problem((*path, "name"), f'"{name}" a second time', "each number once")
        seen.add(name)
        if name not in known.entries:
            yield from unknown((*path, "name"), name, known.entries, IN_REGISTER)


def _known_rows(
    data: Mapping[str, Any], group: str, known: Known
) -> Iterator[tuple[KeyPath, Mapping[str, Any], Entry]]:
    """Rows of a group whose number the register has, with its entry."""
    for path, row in rows(data, group):
        entry = known.entries.get(word(row, "name") or "")
        if entry is not None:
            yield path, row, entry


def _prior(path: KeyPath, row: Mapping[str, Any], entry: Entry) -> Iterator[Problem]:
    low, high = (number(row.get(end)) for end in ("low", "high"))
    yield from _unit(path, row, entry.unit)
    yield from range_problems(path, row, low, high)
    yield from bounds_and_values(path, row, entry)
    if "low" not in row and "high" not in row:
        yield from varies((*path, "name"), entry.name, {entry.name: entry}, "[[fitted]]")
    elif is_uncertain(entry):
        for end, value in (("low", low), ("high", high)):
            if value is not None and not entry.low <= value <= entry.high:
                wanted = f"from {entry.low:g} to {entry.high:g}, the register's range"
                yield Problem((*path, end), f"{value:g}", wanted)
