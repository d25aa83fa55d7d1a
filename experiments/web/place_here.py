"""The place of a case as the pages of policies need it: what is bought, by whom, by which law."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from experiments.report.words import pounds
from experiments.runner.reading import text_with_ways
from experiments.web.case import Case, DamagedCaseError
from experiments.web.chosen import Choice
from scenarios.errors import Problem, ScenarioError
from scenarios.read import Draft
from scenarios.spec import Policy, Scenario
from scenarios.spec.policies import Rule
from scenarios.tables import Category, categories, country
from simulation.model.check import levers_refused
from simulation.model.lawful import Place
from simulation.model.policies import offered_by, policy_named


@dataclass(frozen=True, slots=True)
class Line:
    """A category of spending, and what all buyers spend on it [GBP a year]."""

    category: Category
    pounds: float


@dataclass(frozen=True, slots=True)
class PlaceHere:
    """What the place's scenario says.

    Attributes
    ----------
    text : str
        The file as it stands.
    draft : Draft
        The file as read, without fault.
    scenario : Scenario
    lines : tuple of Line
        Categories with any spending, the largest first.
    kinds : tuple of str
        Sorts of buyers, as the law knows them.
    levers : mapping of str to Problem
        Levers that no policy of the place can have, each with the reason.
    rest : Choice
        How the place's own baseline buys what none of its rules is about.
    """

    text: str
    draft: Draft
    scenario: Scenario
    lines: tuple[Line, ...]
    kinds: tuple[str, ...]
    levers: Mapping[str, Problem]
    rest: Choice

    @property
    def start(self) -> tuple[int, int]:
        """Year and month in which the story begins."""
        return self.scenario.start.year, self.scenario.start.month

    @property
    def spent(self) -> dict[str, float]:
        """Category -> what is spent on it [GBP a year]."""
        return {line.category.id: line.pounds for line in self.lines}

    def money(self, amount: float) -> str:
        """Write an amount in the money of the place."""
        return country(self.scenario.nation).say(pounds(amount))

    def month(self, after: int) -> str:
        """Write the month that comes so many months after the start."""
        serial = self.scenario.start.serial + after
        return f"{MONTHS[serial % 12]} {serial // 12}"

    def own_policies(self) -> dict[str, dict[str, Choice]]:
        """Give the policies that the place's file holds and a page can show, by name."""
        found = {}
        for name in self.scenario.compare.regimes:
            policy = policy_named(self.scenario.policies, name)
            if name in self.scenario.policies and name != self.scenario.compare.baseline:
                found[name] = self._choices(policy)
        return {name: choices for name, choices in found.items() if choices}

    def as_now(self) -> dict[str, Choice]:
        """Say how each category is bought under the place's own baseline."""
        compare, policies = self.scenario.compare, self.scenario.policies
        found = self._choices(policy_named(policies, compare.baseline))
        return found or {line.category.id: self.rest for line in self.lines}

    def _choices(self, policy: Policy) -> dict[str, Choice]:
        """Read a policy as one choice for each category; empty where it is more than that."""
        said: list[Policy | Rule] = [*policy.rules, policy]
        if any(one.options for one in said) or any(map(_bounded, policy.rules)):
            return {}
        found = {}
        for line in self.lines:
            name = line.category.id
            for one in said:
                about = one.categories if isinstance(one, Rule) else ()
                if name in offered_by(one) and (not about or name in about):
                    found[name] = Choice(way=one.regime, settings=dict(one.parameters))
                    break
            else:
                found[name] = self.rest
        return found


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _bounded(rule: Rule) -> bool:
    """Say whether a rule is for some buyers, values or dates only."""
    return bool(
        rule.buyers or rule.joint or rule.from_value or rule.to_value is not None
        or rule.from_month or rule.until
    )  # fmt: skip


def place_here(case: Case) -> PlaceHere | None:
    """Read the place of a case; None where none is chosen yet.

    Raises
    ------
    DamagedCaseError
        When its file cannot be read as a scenario.
    """
    path = case.place_file
    try:
        return read_place(path.read_text("utf-8"), path)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, ScenarioError) as fault:
        raise DamagedCaseError(path, str(fault)) from fault


@lru_cache(maxsize=32)
def read_place(text: str, path: Path) -> PlaceHere:
    """Read the text of a place's file, as if it stood at a path.

    Raises
    ------
    ScenarioError
        With every fault.
    """
    draft = text_with_ways(text, str(path))
    scenario = draft.require()
    spent: dict[str, float] = {}
    for buyer in scenario.buyers:
        for name, amount in buyer.budget.items():
            spent[name] = spent.get(name, 0.0) + amount
    known: dict[str, Any] = {one.id: one for one in categories()}
    lines = [Line(known[name], amount) for name, amount in spent.items() if amount > 0.0]
    base = policy_named(scenario.policies, scenario.compare.baseline)
    return PlaceHere(
        text=text,
        draft=draft,
        scenario=scenario,
        lines=tuple(sorted(lines, key=lambda line: (-line.pounds, line.category.code))),
        kinds=tuple(Place.of(draft.data).kinds(())),
        levers=levers_refused(draft.data),
        rest=Choice(way=base.regime, settings=dict(base.parameters)),
    )
