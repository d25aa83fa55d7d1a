"""By what legal route each policy may buy each treated category, over the months compared.

The registry's ways of buying say their own routes, the tables those of other nations and every
threshold; nothing is written twice here. This is a model's reading of the law, not advice.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from experiments.design.plan import Plan
from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Policy, Rule, Scenario

MONTHS = 12
BELOW, ABOVE = "below", "above"


class _Way(NamedTuple):
    """A way of buying within a policy, and for which of its buyers and values."""

    said: Policy | Rule
    buyers: tuple[str, ...]
    words: str


def legal_routes(scenario: Scenario, plan: Plan, assumptions: Assumptions) -> list[dict[str, Any]]:
    """Say for each policy, treated category and side of the threshold what the law allows.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    assumptions : Assumptions
        Central values.

    Returns
    -------
    list of dict
        `{regime, category, name, threshold_class, way, title, when, kinds, side, from, until,
        lawful, contested, power, reason}`: a line for each stretch of months in which the verdict
        is the same, `from` and `until` as YYYY-MM, both included; `when` says for which contracts
        a policy buys so; `kinds` are the sorts of buyers that the verdict is for.
    """
    from simulation.model.policies import policy_named, treated_of

    everyone = tuple(dict.fromkeys((*plan.regimes, plan.baseline)))
    treated = treated_of(scenario.policies, everyone, plan.baseline)
    bought = {name for buyer in scenario.buyers for name, pounds in buyer.budget.items() if pounds}
    lines: list[dict[str, Any]] = []
    for name in plan.regimes:
        policy = policy_named(scenario.policies, name)
        for category in tables.categories():
            if category.id in treated & bought:
                for way in _ways(scenario, policy, category.id):
                    lines += _of_way(scenario, plan, assumptions, (name, category, way))
    return lines


def _ways(scenario: Scenario, policy: Policy, category: str) -> Iterator[_Way]:
    """Yield the ways in which a policy may buy a category, in the order in which it asks."""
    from simulation.procurement.registry import get

    everyone = tuple(buyer.id for buyer in scenario.buyers)
    said: list[Policy | Rule] = [*policy.rules, policy]
    for one in said:
        named = one.categories if isinstance(one, Rule) else ()
        offered = get(one.regime).eligible(one.parameters)
        if (not named or category in named) and (not offered or category in offered):
            buyers = one.buyers if isinstance(one, Rule) and one.buyers else everyone
            yield _Way(one, buyers, _when(one) if isinstance(one, Rule) else "")
            if isinstance(one, Rule) and not _when(one) and buyers == everyone:
                return


def _when(rule: Rule) -> str:
    """Say for which contracts a rule is meant; empty where for all."""
    words = []
    if rule.buyers:
        words.append(f"bought by {len(rule.buyers)} of the buyers")
    if rule.from_value:
        words.append(f"of £{rule.from_value:,.0f} and more")
    if rule.to_value is not None:
        words.append(f"below £{rule.to_value:,.0f}")
    if rule.from_month is not None:
        words.append(f"from {_month(rule.from_month.serial)}")
    if rule.until is not None:
        words.append(f"until {_month(rule.until.serial)}")
    return ", ".join(words)


def _of_way(
    scenario: Scenario, plan: Plan, assumptions: Assumptions,
    asked: tuple[str, tables.Category, _Way],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    from simulation.procurement.law import legality
    from simulation.procurement.registry import get

    policy, category, way = asked
    regime = get(way.said.regime)(way.said.parameters, assumptions)
    first = scenario.start.serial
    sorts = sorted({buyer.kind for buyer in scenario.buyers if buyer.id in way.buyers})
    for side in (BELOW, ABOVE):
        found: dict[tuple[Any, ...], list[str]] = {}
        for kind in sorts:
            verdicts = [
                legality(
                    regime, category.id, category.threshold_class, side == ABOVE,
                    *divided(first + month), scenario.nation, kind,
                )
                for month in range(plan.months)
            ]  # fmt: skip
            found.setdefault(tuple(_stretches(verdicts)), []).append(kind)
        for stretches, kinds in found.items():
            for begin, end, verdict in stretches:
                yield {
                    "regime": policy,
                    "category": category.id,
                    "name": category.name,
                    "threshold_class": category.threshold_class,
                    "way": regime.name,
                    "title": regime.title,
                    "when": way.words,
                    "kinds": kinds,
                    "side": side,
                    "from": _month(first + begin),
                    "until": _month(first + end),
                    "lawful": verdict.lawful,
                    "contested": verdict.contested,
                    "power": verdict.power,
                    "reason": verdict.reason,
                }


def _stretches(verdicts: Sequence[Any]) -> Iterator[tuple[int, int, Any]]:
    """Yield the runs of months that share a verdict: first, last and what it is."""
    begin = 0
    for month in range(1, len(verdicts) + 1):
        if month == len(verdicts) or verdicts[month] != verdicts[begin]:
            yield begin, month - 1, verdicts[begin]
            begin = month


def limits_told(scenario: Scenario, plan: Plan) -> list[dict[str, Any]]:
    """List the thresholds in force in the months compared.

    Returns
    -------
    list of dict
        `{threshold_class, from, until, law, pounds, source}`: without VAT, in the money of the
        place; a line for each stretch of months.
    """
    from simulation.economy.tax_law import law_of

    first, lines = scenario.start.serial, []
    for kind in dict.fromkeys(one.threshold_class for one in tables.categories()):
        found = []
        for month in range(plan.months):
            law = tables.thresholds(*divided(first + month), scenario.nation)
            vat = law_of(first + month, scenario.nation)["vat_standard_rate"]
            found.append((law.law, law.of(kind, round(vat * 100.0)) / 100.0, law.source))
        for begin, end, (law_name, pounds, source) in _stretches(found):
            lines.append(
                {
                    "threshold_class": kind,
                    "from": _month(first + begin),
                    "until": _month(first + end),
                    "law": law_name,
                    "pounds": pounds,
                    "source": source,
                }
            )
    return lines


def divided(serial: int) -> tuple[int, int]:
    """Return year and month of a calendar month counted since year 0."""
    return serial // MONTHS, serial % MONTHS + 1


def _month(serial: int) -> str:
    year, month = divided(serial)
    return f"{year}-{month:02d}"
