"""The question that is asked: the place's scenario with the policies and ranges of the case.

What the place's file says besides stays as it is, comments included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomlkit

from experiments.runner.reading import with_content
from experiments.web.case import Case
from experiments.web.chosen import Choice, Made, Policies, Uncertain
from experiments.web.place_here import PlaceHere, place_here, read_place
from experiments.web.told import Told, officers_words
from simulation.model.check import registry_faults

Rules = tuple[tuple[str, ...], ...]


class NotAskedError(Exception):
    """Raised when a case holds no question that can be asked; says why, for the officer."""

    def __init__(self, faults: list[Told]) -> None:
        super().__init__(" ".join(one.text for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Parts:
    """What a question says in place of its place's file, by key, and whose each rule is."""

    content: dict[str, Any]
    rules: Mapping[str, Rules]


def parts(here: PlaceHere, policies: Policies, uncertain: Uncertain | None = None) -> Parts:
    """Say in the language of scenarios what was chosen.

    Parameters
    ----------
    here : PlaceHere
    policies : Policies
    uncertain : Uncertain, optional
        By default the register's ranges.
    """
    said, rules = {}, {}
    for made in policies.policies:
        said[made.key], rules[made.key] = _policy(here, made, policies.base)
    content: dict[str, Any] = {"policies": said}
    content["compare"] = {
        **here.draft.data["compare"],
        "regimes": [made.key for made in policies.policies],
        "baseline": policies.base.key,
    }
    if policies.what_if and not here.scenario.counterfactual:
        content["counterfactual"] = True
    if uncertain is not None and uncertain.ranges:
        held = here.draft.data.get("assumptions", {})
        content["assumptions"] = {k: v for k, v in held.items() if k not in uncertain.ranges}
        content["ranges"] = {
            name: one.model_dump() for name, one in sorted(uncertain.ranges.items())
        }
    return Parts(content, rules)


def compose(here: PlaceHere, policies: Policies, uncertain: Uncertain | None = None) -> str:
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
    str
        Text of a scenario for `poundflow compare`.
    """
    content = parts(here, policies, uncertain).content
    document = tomlkit.parse(here.text)
    table = tomlkit.table()
    for made in policies.policies:
        table.add(made.key, _written(content["policies"][made.key]))
    document.pop("policies", None)
    document["policies"] = table
    compare: Any = document["compare"]
    for key in ("regimes", "baseline"):
        compare[key] = content["compare"][key]
    if "counterfactual" in content:
        document["counterfactual"] = True
    if "ranges" in content:
        _say_ranges(document, content["ranges"])
    return tomlkit.dumps(document)


def _policy(here: PlaceHere, made: Made, base: Made) -> tuple[dict[str, Any], Rules]:
    """Say a policy, and name the categories of each of its rules."""
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
    said: dict[str, Any] = {"title": made.name, "regime": here.rest.way}
    if here.rest.settings:
        said["parameters"] = dict(here.rest.settings)
    if rules:
        said["rules"] = [rule for _, rule in rules]
    levers = {lever: amount for lever, amount in made.pillars.items() if amount}
    if levers:
        said["pillars"] = levers
    if made.adopters != "all":
        said["adopters"] = made.adopters
    return said, tuple(tuple(names) for names, _ in rules)


def _join(groups: list[tuple[Choice, list[str]]], choice: Choice, name: str) -> None:
    """Put a category to those that are bought in the same way."""
    for one, names in groups:
        if one == choice:
            names.append(name)
            return
    groups.append((choice, [name]))


def _rule(here: PlaceHere, choice: Choice, names: list[str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"categories": list(names), "regime": choice.way}
    if choice.settings:
        rule["parameters"] = dict(choice.settings)
    if choice.begins:
        serial = here.scenario.start.serial + choice.begins
        rule["from"] = {"year": serial // 12, "month": serial % 12 + 1}
    return rule


def _written(value: Any) -> Any:
    """Write tables in one line, and each rule of a policy on a line of its own."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, one in value.items():
            table[key] = _written(one)
        return table
    if isinstance(value, list):
        listed = tomlkit.array()
        for one in value:
            listed.append(_written(one))
        return listed.multiline(any(isinstance(one, dict) for one in value))
    return value


def _say_ranges(document: Any, said: Mapping[str, Any]) -> None:
    """Write ranges; what the place held of these by hand gives way to them."""
    held, ranges = document.get("assumptions", {}), tomlkit.table()
    for name, one in said.items():
        held.pop(name, None)
        ranges.add(name, _written(one))
    document.pop("ranges", None)
    document["ranges"] = ranges


def faults_of(
    here: PlaceHere, policies: Policies, uncertain: Uncertain | None = None
) -> list[Told]:
    """Hold a question against language, registry and law; every fault in the officer's words."""
    said = parts(here, policies, uncertain)
    draft = with_content(here.draft, {**here.draft.data, **said.content})
    found = [*draft.faults, *registry_faults(draft)]
    lacking = [
        Told(
            "policies",
            f"{made.name}: say how {line.category.name.lower()} is bought.",
            policy=made.key,
            categories=(line.category.id,),
        )
        for made in policies.policies
        for line in here.lines
        if line.category.id not in made.choices
    ]
    return lacking + [officers_words(fault, here, policies, said.rules) for fault in found]


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
    uncertain = case.read(Uncertain) or Uncertain()
    chosen = policies.model_dump_json(), uncertain.model_dump_json()
    return _question(case.place_file, here.text, *chosen)


@lru_cache(maxsize=32)
def _question(path: Path, place: str, policies: str, uncertain: str) -> str:
    """Compose from texts, so that a page that only looks at a question need not do it again."""
    here = read_place(place, path)
    chosen = Policies.model_validate_json(policies), Uncertain.model_validate_json(uncertain)
    faults = faults_of(here, *chosen)
    if faults:
        raise NotAskedError(faults)
    return compose(here, *chosen)


def settled(here: PlaceHere, policies: Policies, *, allowed: bool) -> Policies:
    """Say of policies whether they are a what-if: some is outside the law, and that is allowed."""
    lawful = policies.model_copy(update={"what_if": False})
    outside = any(one.outside for one in faults_of(here, lawful))
    return policies.model_copy(update={"what_if": allowed and outside})
