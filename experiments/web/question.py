"""The question that is asked: the place's scenario with the policies and ranges of the case.

What the place's file says besides stays as it is, comments included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit

from experiments.runner.reading import text_with_ways
from experiments.store.aside import write_aside
from experiments.web.case import Case
from experiments.web.chosen import Choice, Made, Policies, Uncertain
from experiments.web.place_here import PlaceHere, place_here
from experiments.web.told import Told, officers_words
from simulation.model.check import registry_faults

Rules = tuple[tuple[str, ...], ...]


class NotAskedError(Exception):
    """Raised when a case holds no question that can be asked; says why, for the officer."""

    def __init__(self, faults: list[Told]) -> None:
        super().__init__(" ".join(one.text for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Composed:
    """A question as text, and of which categories each rule of each policy is."""

    text: str
    rules: Mapping[str, Rules]


def compose(here: PlaceHere, policies: Policies, uncertain: Uncertain | None = None) -> Composed:
    """Write the question.

    Parameters
    ----------
    here : PlaceHere
        Its text is changed only where policies, what is compared, and ranges stand.
    policies : Policies
    uncertain : Uncertain, optional
        By default the register's ranges.

    Returns
    -------
    Composed
        Text of a scenario for `poundflow compare`.
    """
    document = tomlkit.parse(here.text)
    table, rules = tomlkit.table(), {}
    for made in policies.policies:
        row, rules[made.key] = _policy(here, made, policies.base)
        table.add(made.key, row)
    document.pop("policies", None)
    document["policies"] = table
    compare: Any = document["compare"]
    compare["regimes"] = [made.key for made in policies.policies]
    compare["baseline"] = policies.base.key
    if policies.what_if and not here.scenario.counterfactual:
        document["counterfactual"] = True
    if uncertain is not None and uncertain.ranges:
        _say_ranges(document, uncertain)
    return Composed(tomlkit.dumps(document), rules)


def _policy(here: PlaceHere, made: Made, base: Made) -> tuple[Any, Rules]:
    """Write a policy, and name the categories of each of its rules."""
    groups: list[tuple[Choice, list[str]]] = []
    for name, choice in made.choices.items():
        if choice != here.rest and name in here.spent:
            _join(groups, choice, name)
    rules = []
    for choice, names in groups:
        rules.append((names, _rule(here, choice, names)))
        before: list[tuple[Choice, list[str]]] = []
        for name in names if choice.begins else ():
            usual = base.choices.get(name, here.rest)
            if made.key != base.key and usual != here.rest:
                _join(before, usual, name)
        rules += [(some, _rule(here, usual, some)) for usual, some in before]
    row = tomlkit.inline_table()
    row["title"] = made.name
    row["regime"] = here.rest.way
    if here.rest.settings:
        row["parameters"] = _inline(here.rest.settings)
    if rules:
        row["rules"] = tomlkit.array()
        for _, rule in rules:
            row["rules"].append(rule)
        row["rules"].multiline(True)
    levers = {lever: amount for lever, amount in made.pillars.items() if amount}
    if levers:
        row["pillars"] = _inline(levers)
    if made.adopters != "all":
        row["adopters"] = made.adopters
    return row, tuple(tuple(names) for names, _ in rules)


def _join(groups: list[tuple[Choice, list[str]]], choice: Choice, name: str) -> None:
    """Put a category to those that are bought in the same way."""
    for one, names in groups:
        if one == choice:
            names.append(name)
            return
    groups.append((choice, [name]))


def _rule(here: PlaceHere, choice: Choice, names: list[str]) -> Any:
    rule = tomlkit.inline_table()
    rule["categories"] = names
    rule["regime"] = choice.way
    if choice.settings:
        rule["parameters"] = _inline(choice.settings)
    if choice.begins:
        serial = here.scenario.start.serial + choice.begins
        rule["from"] = _inline({"year": serial // 12, "month": serial % 12 + 1})
    return rule


def _inline(values: Mapping[str, float]) -> Any:
    table = tomlkit.inline_table()
    table.update(values)
    return table


def _say_ranges(document: Any, uncertain: Uncertain) -> None:
    """Write ranges; what the place held of these by hand gives way to them."""
    held, ranges = document.get("assumptions", {}), tomlkit.table()
    for name, said in sorted(uncertain.ranges.items()):
        held.pop(name, None)
        ranges.add(name, _inline(said.model_dump()))
    document.pop("ranges", None)
    document["ranges"] = ranges


def faults_of(
    here: PlaceHere, policies: Policies, uncertain: Uncertain | None = None
) -> list[Told]:
    """Hold a question against language, registry and law; every fault in the officer's words."""
    composed = compose(here, policies, uncertain)
    draft = text_with_ways(composed.text, here.scenario.file)
    found = [*draft.faults, *registry_faults(draft)]
    lacking = [
        Told("policies", f"{made.name}: say how {line.category.name.lower()} is bought.",
             policy=made.key, categories=(line.category.id,))
        for made in policies.policies
        for line in here.lines
        if line.category.id not in made.choices
    ]  # fmt: skip
    return lacking + [officers_words(fault, here, policies, composed.rules) for fault in found]


def question_of(case: Case) -> str:
    """Compose the question of a case.

    Returns
    -------
    str
        Text of a scenario that `poundflow compare` takes.

    Raises
    ------
    NotAskedError
        With everything that is missing or wrong, and the page on which it is put right.
    """
    here, policies = place_here(case), case.read(Policies)
    missing = []
    if here is None:
        missing.append(Told("place", "Choose a place first."))
    if policies is None:
        missing.append(Told("policies", "Say which policies to compare first."))
    if here is None or policies is None:
        raise NotAskedError(missing)
    uncertain = case.read(Uncertain)
    faults = faults_of(here, policies, uncertain)
    if faults:
        raise NotAskedError(faults)
    return compose(here, policies, uncertain).text


def write_question(case: Case) -> None:
    """Freeze the question of a case in its `question.toml`.

    Raises
    ------
    NotAskedError
        As `question_of`; nothing is written then.
    """
    write_aside(case.question_file, question_of(case).encode())


def settled(here: PlaceHere, policies: Policies, *, allowed: bool) -> Policies:
    """Say of policies whether they are a what-if: some is outside the law, and that is allowed."""
    lawful = policies.model_copy(update={"what_if": False})
    outside = any(one.outside for one in faults_of(here, lawful))
    return policies.model_copy(update={"what_if": allowed and outside})
