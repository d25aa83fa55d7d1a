"""Rules of policies that can never decide anything: an earlier one takes all, or its time is not.

Such a rule harms no run, so it is told and not refused: a short trial of a long story is no
mistake.
"""

from collections.abc import Iterator, Mapping

from scenarios.assumptions import register
from scenarios.errors import Problem
from scenarios.spec import Policy, Rule, Scenario
from simulation.model.policies import offered_by

TERM = "market.contract_months"


def idle_rules(scenario: Scenario) -> Iterator[Problem]:
    """Find rules that no lot of a scenario will ever meet.

    Parameters
    ----------
    scenario : Scenario
        Without a fault.

    Yields
    ------
    Problem
        With the path of the rule, why it never applies, and what would.
    """
    for name, policy in scenario.policies.items():
        for k, rule in enumerate(policy.rules):
            for found, wanted in _reasons(scenario, policy, k, rule):
                yield Problem(("policies", name, "rules", k), found, wanted)


def _reasons(scenario: Scenario, policy: Policy, k: int, rule: Rule) -> Iterator[tuple[str, str]]:
    first = scenario.start.serial
    last = first + scenario.compare.months - 1
    if rule.from_month is not None and rule.from_month.serial > last:
        yield (
            f"a rule from {_month(rule.from_month.serial)} on, after the last month",
            f"a month by {_month(last)}, or more compare.months",
        )
    if rule.until is not None and rule.until.serial < first:
        yield (
            f"a rule until {_month(rule.until.serial)}, before the story opens",
            f"a month from {_month(first)} on",
        )
    largest, money = _largest(scenario, rule), scenario.currency
    if rule.from_value > largest:
        found, most = f"{money} {rule.from_value:,.0f}", f"{money} {largest:,.0f}"
        yield (
            f"a rule from {found} on, more than any contract for it can come to",
            f"at most {most}, the largest budget line that it is for over a usual term",
        )
    reached = _categories(rule)
    beyond = sorted(frozenset(rule.categories) - reached)
    if beyond:
        yield (
            f"a rule for {', '.join(beyond)}, which `{rule.regime}` may never buy",
            "categories that it may buy, or another way of buying",
        )
    takers = {one: _taker(policy.rules[:k], rule, one, scenario) for one in reached}
    if reached and None not in takers.values():
        which = sorted({one for one in takers.values() if one is not None})
        rules = ", ".join(f"rules.{one}" for one in which)
        yield (
            f"a rule that never decides: all that it is for goes by {rules} above it",
            "the narrower rule first, since the first that fits decides",
        )


def _taker(earlier: tuple[Rule, ...], rule: Rule, category: str, scenario: Scenario) -> int | None:
    """Return the position of the first earlier rule that takes all that a rule would, if any."""
    everybody = frozenset(buyer.id for buyer in scenario.buyers)
    opens = scenario.start.serial
    closes = opens + scenario.compare.months - 1
    begins = opens if rule.from_month is None else max(rule.from_month.serial, opens)
    ends = closes if rule.until is None else min(rule.until.serial, closes)
    for k, one in enumerate(earlier):
        takes = (
            category in _categories(one)
            and (frozenset(one.buyers) or everybody) >= (frozenset(rule.buyers) or everybody)
            and one.from_value <= rule.from_value
            and (one.to_value or float("inf")) >= (rule.to_value or float("inf"))
            and (one.from_month is None or one.from_month.serial <= begins)
            and (one.until is None or one.until.serial >= ends)
        )
        if takes:
            return k
    return None


def _categories(rule: Rule) -> frozenset[str]:
    eligible = offered_by(rule)
    return eligible & frozenset(rule.categories or eligible)


def _largest(scenario: Scenario, rule: Rule) -> float:
    """Return what the largest budget line that a rule is for comes to over a usual term [GBP]."""
    usual, terms = _held(scenario.assumptions), scenario.contracts
    lines = [
        pounds * terms.months_of(category, usual) / 12.0
        for buyer in scenario.buyers
        if not rule.buyers or buyer.id in rule.buyers
        for category, pounds in buyer.budget.items()
        if category in _categories(rule)
    ]
    return max(lines, default=0.0)


def _held(assumptions: Mapping[str, float]) -> float:
    return assumptions.get(TERM, register()[TERM].value)


def _month(serial: int) -> str:
    return f"{serial // 12}-{serial % 12 + 1:02d}"
