"""Which way of buying applies to which lot: a policy's rules, and the set that all compared share.

A comparison treats the categories eligible under every policy that it compares, where some buys
them in another way than the baseline, and leaves the rest on the baseline, so that differences come
from the way of buying and not from its reach. The baseline may itself be a mix; who does not adopt
a policy stays on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from scenarios.assumptions import Assumptions
from scenarios.spec import Pillars, Policy, Rule, Scenario
from scenarios.tables import categories
from simulation.procurement.interface import Form, Regime
from simulation.procurement.registry import get, require_files


def may_be_joint(regime: type[Regime]) -> bool:
    """Say whether a way of buying signs contracts lot by lot, so that buyers may let together."""
    return regime.by_area and regime.founds is None and regime.form is Form.CONTRACT


class Asked(NamedTuple):
    """A lot as rules see it: who buys, what, for how much over the term [GBP], in which month."""

    buyer: int
    category: str
    value_pounds: float
    calendar: int


@dataclass(frozen=True, slots=True)
class Fitting:
    """One rule of a policy with its way of buying made ready; `buyers` None stands for all.

    `others` are the same with the other ways that are assessed beside it.
    """

    rule: Rule | None
    categories: frozenset[str]
    buyers: frozenset[int] | None
    regime: Regime
    others: tuple["Fitting", ...] = ()

    @property
    def ways(self) -> tuple["Fitting", ...]:
        """Itself and the others, in the order of the file."""
        return (self, *self.others)

    @property
    def joint(self) -> bool:
        """Whether the buyers let their lots together."""
        return self.rule is not None and self.rule.joint and may_be_joint(type(self.regime))

    def fits(self, asked: Asked) -> bool:
        """Say whether a lot is bought this way."""
        if asked.category not in self.categories:
            return False
        if self.buyers is not None and asked.buyer not in self.buyers:
            return False
        rule = self.rule
        if rule is None:
            return True
        if asked.value_pounds < rule.from_value:
            return False
        if rule.to_value is not None and asked.value_pounds >= rule.to_value:
            return False
        if rule.from_month is not None and asked.calendar < rule.from_month.serial:
            return False
        return rule.until is None or asked.calendar <= rule.until.serial


class Ways(NamedTuple):
    """How a lot may be bought: in the `wanted` way, or in the baseline's `usual` for such a lot.

    `own` is the baseline's last way, which buys what a rule of the baseline may not.
    """

    wanted: Regime
    usual: Regime
    own: Regime


@dataclass(frozen=True, slots=True)
class ResolvedPolicy:
    """A policy that can be asked, for any lot, how it is bought.

    `usual` are the fittings of the baseline, the last of which is its own way of buying;
    `adopters` the positions of the buyers that have taken the policy up.
    """

    name: str
    index: int
    fittings: tuple[Fitting, ...]
    usual: tuple[Fitting, ...]
    adopters: frozenset[int]
    treated: frozenset[str]
    pillars: Pillars

    def fitting_for(self, asked: Asked) -> Fitting:
        """Return how a lot is bought: by the first rule that fits, else as under the baseline."""
        if asked.category in self.treated and asked.buyer in self.adopters:
            for fitting in self.fittings:
                if fitting.fits(asked):
                    return fitting
        return self.usual_for(asked)

    def usual_for(self, asked: Asked) -> Fitting:
        """Return how the baseline buys a lot."""
        for fitting in self.usual:
            if fitting.fits(asked):
                return fitting
        return self.usual[-1]


def policy_named(policies: Mapping[str, Policy], name: str) -> Policy:
    """Return `[policies.NAME]`, else the registered way of buying of that name alone."""
    if name in policies:
        return policies[name]
    get(name)
    return Policy(regime=name)


def all_categories() -> tuple[str, ...]:
    """Ids of all spending categories, in order of code."""
    return tuple(category.id for category in categories())


def reach(policies: Mapping[str, Policy], name: str) -> frozenset[str]:
    """Return the categories that a policy may buy in its own way."""
    policy = policy_named(policies, name)
    declared = set(offered_by(policy))
    for rule in policy.rules:
        eligible = offered_by(rule)
        declared |= eligible & set(rule.categories or eligible)
    return frozenset(declared)


def offered_by(said: Policy | Rule) -> frozenset[str]:
    """Return the categories for which a way of buying, or an option beside it, is offered."""
    offered = (
        get(one.regime).eligible(one.parameters) or all_categories()
        for one in (said, *said.options)
    )
    return frozenset().union(*offered)


def treated_by_all(policies: Mapping[str, Policy], names: Sequence[str]) -> frozenset[str]:
    """Return the categories that every compared policy may buy in its own way."""
    shared = frozenset(all_categories())
    for name in names:
        shared &= reach(policies, name)
    return shared


def treated_of(
    policies: Mapping[str, Policy], names: Sequence[str], baseline: str
) -> frozenset[str]:
    """Return the categories that a comparison treats.

    Of those that every policy may buy in its own way the ones that some policy buys in another way
    than the baseline; all of them where policies differ in something else, as in who adopts them.
    """
    shared = treated_by_all(policies, (*names, baseline))
    usual = policy_named(policies, baseline)
    differ = frozenset(
        category
        for category in shared
        if any(_said(policy_named(policies, name), category) != _said(usual, category)
               for name in names)
    )  # fmt: skip
    return differ or shared


def _said(policy: Policy, category: str) -> list[dict[str, Any]]:
    """Return all that a policy says of one category, in order."""
    said = []
    for rule in policy.rules:
        if category in offered_by(rule) and (not rule.categories or category in rule.categories):
            said.append(rule.model_dump(exclude={"categories"}))
    return [*said, policy.model_dump(include={"regime", "parameters", "options"})]


def resolve(
    scenario: Scenario, names: Sequence[str], baseline: str, a: Assumptions
) -> Mapping[str, ResolvedPolicy]:
    """Make every compared policy ready.

    Parameters
    ----------
    scenario : Scenario
        Its `[policies]` are looked up first, then the registry, its own files of code included.
    names : sequence of str
        Policies compared, the baseline among them or not.
    baseline : str
        Buys what a policy does not treat.
    a : Assumptions
        Register values, the regimes' own among them.

    Returns
    -------
    Mapping of str to ResolvedPolicy
    """
    require_files(scenario.code)
    everyone = tuple(dict.fromkeys((*names, baseline)))
    treated = treated_of(scenario.policies, everyone, baseline)
    policies = {name: policy_named(scenario.policies, name) for name in sorted(everyone)}
    fittings = {name: _fittings(scenario, policy, a) for name, policy in policies.items()}
    # of its own, also for the policy that is the baseline: what falls back goes on its own docket
    usual = _fittings(scenario, policies[baseline], a)
    return {
        name: ResolvedPolicy(
            name=name,
            index=index,
            fittings=fittings[name],
            usual=usual,
            adopters=adopters_of(scenario, policy),
            treated=treated,
            pillars=policy.pillars,
        )
        for index, (name, policy) in enumerate(policies.items())
    }


def lends(scenario: Scenario, names: Sequence[str], baseline: str) -> bool:
    """Say whether any of some policies has money for a community lender."""
    everyone = (*names, baseline)
    return any(
        policy_named(scenario.policies, name).pillars.inclusive_finance > 0 for name in everyone
    )


def adopters_of(scenario: Scenario, policy: Policy) -> frozenset[int]:
    """Return the positions of the buyers that take a policy up."""
    seats = {
        "one": {scenario.focus},
        "neighbours": {scenario.focus, *scenario.neighbours},
        "all": {buyer.area for buyer in scenario.buyers},
    }[policy.adopters]
    return frozenset(k for k, buyer in enumerate(scenario.buyers) if buyer.area in seats)


def _fittings(scenario: Scenario, policy: Policy, a: Assumptions) -> tuple[Fitting, ...]:
    positions = {buyer.id: k for k, buyer in enumerate(scenario.buyers)}
    made = []
    for rule in policy.rules:
        eligible = offered_by(rule)
        reachable = frozenset(rule.categories or eligible) & eligible
        buyers = frozenset(positions[name] for name in rule.buyers) if rule.buyers else None
        made.append(_ready(rule, rule, reachable, buyers, a))
    made.append(_ready(policy, None, offered_by(policy), None, a))
    return tuple(made)


def _ready(
    said: Policy | Rule, rule: Rule | None, reachable: frozenset[str],
    buyers: frozenset[int] | None, a: Assumptions,
) -> Fitting:  # fmt: skip
    """Make the ways of one rule ready, the first of which stands for them."""
    first, *others = (
        Fitting(rule, reachable, buyers, get(one.regime)(one.parameters, a))
        for one in (said, *said.options)
    )
    return replace(first, others=tuple(others))
