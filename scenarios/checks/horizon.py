"""Objectives, policies, window and dates must fit together; assumptions are known and allowed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scenarios.assumptions import register
from scenarios.checks.amounts import amount_problems, range_problems
from scenarios.checks.loose import (
    Path,
    number,
    rows,
    shares_problem,
    table,
    total,
    unknown,
    word,
    words,
)
from scenarios.checks.names import Names
from scenarios.checks.organisations import CATEGORY
from scenarios.errors import Problem
from scenarios.nearest import did_you_mean
from scenarios.spec.words import category_ids

REGIME_PARAMETER = re.compile(r"([a-z0-9_]+)\.[a-z0-9_]+")


def horizon_problems(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    """Check objectives, policies, comparison and measurement window."""
    yield from _objectives(data)
    for name, policy in table(data, "policies").items():
        for path, rule in rows(policy, "rules", ("policies", name)):
            yield from _rule(path, rule, names)
    seen: set[str] = set()
    for k, name in words(table(data, "compare"), "regimes"):
        if name in seen:
            yield Problem(("compare", "regimes", k), f'"{name}" a second time', "each name once")
        seen.add(name)
    yield from _window(data, names)


def assumption_problems(
    data: Mapping[str, Any], known_extra: Callable[[], Iterable[str]] | None
) -> Iterator[Problem]:
    """Check names and amounts in [assumptions] and [ranges]; what a regime carries by name only."""
    entries = register()
    groups = {name.partition(".")[0] for name in entries}
    extra = None if known_extra is None else frozenset(known_extra())
    told = [
        (key, name, value)
        for key in ("assumptions", "ranges")
        for name, value in table(data, key).items()
    ]
    for key, name, value in told:
        path = (key, name)
        if key == "ranges" and name in table(data, "assumptions"):
            hint = "Leave one of them out: what is held is not drawn."
            yield Problem(path, f"a range of `{name}`, which [assumptions] holds", "one", hint)
        if name in entries:
            problems = amount_problems if key == "assumptions" else range_problems
            yield from problems(path, value, entries[name])
            continue
        if extra is not None and name in extra:
            continue
        parameter = REGIME_PARAMETER.fullmatch(name)
        if extra is None and parameter and parameter.group(1) not in groups:
            continue
        hint = did_you_mean(name, [*entries, *(extra or ())])
        if isinstance(value, Mapping) and "." not in name:
            hint = 'Put the whole name in quotes, as "household.propensity".'
        yield Problem(path, f"the name `{name}`", "a name in the register", hint)


def _objectives(data: Mapping[str, Any]) -> Iterator[Problem]:
    weights, seen, say = [], set(), table(data, "say")
    given: dict[str, list[Any]] = {voice: [] for voice in say}
    for path, row in rows(data, "objectives"):
        weights.append(row.get("weight"))
        name = word(row, "id")
        if name is not None and name in seen:
            yield Problem((*path, "id"), f'"{name}" a second time', "each objective once")
        seen.add(name)
        for k, category in words(row, "categories"):
            yield from unknown((*path, "categories", k), category, category_ids(), CATEGORY)
        for voice, weight in table(row, "weights").items():
            if voice in given:
                given[voice].append(weight)
            else:
                yield from unknown((*path, "weights", voice), voice, say, "a voice of [say]")
    if weights:
        yield from shares_problem(("objectives",), weights)
    for voice, each in given.items():
        yield from shares_problem(("say", voice), each)
    whole = total(say.values())
    if whole is not None and whole > 1.0:
        yield Problem(
            ("say",), f"shares that sum to {whole:g}", "at most 1, the council's left out"
        )


def _rule(path: Path, rule: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    for k, category in words(rule, "categories"):
        yield from unknown((*path, "categories", k), category, category_ids(), CATEGORY)
    for k, buyer in words(rule, "buyers"):
        yield from unknown((*path, "buyers", k), buyer, names.buyers, "the id of a buyer")
    low, high = number(rule.get("from_value", 0)), number(rule.get("to_value"))
    if low is not None and high is not None and low >= high:
        yield Problem((*path, "to_value"), f"{high:g}", f"more than from_value, {low:g}")
    first, last = _serial(rule.get("from")), _serial(rule.get("until"))
    if first is not None and last is not None and first > last:
        yield Problem((*path, "until"), "a month before `from`", "the same month or a later one")


def _serial(month: Any) -> int | None:
    if not isinstance(month, Mapping):
        return None
    year, number_ = month.get("year"), month.get("month")
    return year * 12 + number_ if isinstance(year, int) and isinstance(number_, int) else None


def _window(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    measure, compare = table(data, "measure"), table(data, "compare")
    months = number(compare.get("months", 120))
    first, last = number(measure.get("from", 1)), number(measure.get("to"))
    if months is not None and months >= 1:
        for key, value in (("from", first), ("to", last)):
            if value is not None and value > months:
                wanted = f"at most compare.months, {months:g}"
                yield Problem(("measure", key), f"{value:g}", wanted)
        dyed = measure.get("dye_months")
        for k, value in enumerate(dyed if isinstance(dyed, list) else ()):
            if number(value) is not None and value > months:
                wanted = f"at most compare.months, {months:g}"
                yield Problem(("measure", "dye_months", k), f"{value}", wanted)
    if first is not None and last is not None and last < first:
        yield Problem(("measure", "to"), f"{last:g}", f"at least `from`, {first:g}")
    for k, name in words(measure, "dye_buyers"):
        yield from unknown(("measure", "dye_buyers", k), name, names.buyers, "the id of a buyer")
