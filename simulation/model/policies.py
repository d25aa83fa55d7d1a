"""Which way of buying applies to which lot: a policy's rules, and the set that all compared share.

A comparison treats the categories eligible under every policy that it compares and leaves the
rest on the baseline, so that differences come from the way of buying and not from its reach.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.assumptions import Assumptions
from scenarios.spec import Policy, Rule, Scenario
from scenarios.tables import categories
from simulation.procurement.interface import Regime
from simulation.procurement.registry import get


@dataclass(frozen=True, slots=True)
class Fitting:
    """One rule of a policy with its way of buying made ready."""

    rule: Rule | None
    categories: frozenset[str]
    regime: Regime

    def fits(self, category: str, value_pounds: float, calendar: int) -> bool:
        """Say whether a lot of this category and value is bought this way in a month."""
        if category not in self.categories:
            return False
        rule = self.rule
        if rule is None:
            return True
        if value_pounds < rule.from_value:
            return False
        if rule.to_value is not None and value_pounds >= rule.to_value:
            return False
        if rule.from_month is not None and calendar < rule.from_month.serial:
            return False
        return rule.until is None or calendar <= rule.until.serial


@dataclass(frozen=True, slots=True)
class ResolvedPolicy:
    """A policy that can be asked, for any lot, how it is bought."""

    name: str
    index: int
    fittings: tuple[Fitting, ...]
    otherwise: Regime
    treated: frozenset[str]

    def regime_for(self, category: str, value_pounds: float, calendar: int) -> Regime:
        """Return the way of buying of a lot: the first rule that fits, else the baseline's."""
        if category in self.treated:
            for fitting in self.fittings:
                if fitting.fits(category, value_pounds, calendar):
                    return fitting.regime
        return self.otherwise


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
    declared = set(get(policy.regime).eligible(policy.parameters) or all_categories())
    for rule in policy.rules:
        eligible = set(get(rule.regime).eligible(rule.parameters) or all_categories())
        declared |= eligible & set(rule.categories or eligible)
    return frozenset(declared)


def treated_by_all(policies: Mapping[str, Policy], names: Sequence[str]) -> frozenset[str]:
    """Return the categories that every compared policy may buy in its own way."""
    shared = frozenset(all_categories())
    for name in names:
        shared &= reach(policies, name)
    return shared


def resolve(
    scenario: Scenario, names: Sequence[str], baseline: str, a: Assumptions
) -> Mapping[str, ResolvedPolicy]:
    """Make every compared policy ready.

    Parameters
    ----------
    scenario : Scenario
        Its `[policies]` are looked up first, then the registry.
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
    everyone = tuple(dict.fromkeys((*names, baseline)))
    treated = treated_by_all(scenario.policies, everyone)
    base = policy_named(scenario.policies, baseline)
    otherwise = get(base.regime)(base.parameters, a)
    ready = {}
    for index, name in enumerate(sorted(everyone)):
        policy = policy_named(scenario.policies, name)
        ready[name] = ResolvedPolicy(name, index, _fittings(policy, a), otherwise, treated)
    return ready


def _fittings(policy: Policy, a: Assumptions) -> tuple[Fitting, ...]:
    whole = frozenset(all_categories())
    made = []
    for rule in policy.rules:
        regime = get(rule.regime)
        eligible = frozenset(regime.eligible(rule.parameters) or whole)
        reachable = frozenset(rule.categories or eligible) & eligible
        made.append(Fitting(rule, reachable, regime(rule.parameters, a)))
    regime = get(policy.regime)
    reachable = frozenset(regime.eligible(policy.parameters) or whole)
    made.append(Fitting(None, reachable, regime(policy.parameters, a)))
    return tuple(made)
