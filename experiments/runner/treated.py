"""What a comparison treats: the categories, what is spent on them, and whose way acts on them."""

from typing import Any

from experiments.analysis.reach import reach
from experiments.design.plan import Plan
from experiments.store.records import ReplicateResult
from scenarios import tables
from scenarios.spec import Scenario


def treated_spending(scenario: Scenario, plan: Plan) -> dict[str, Any]:
    """List the treated categories with what all buyers' budgets hold for them at the start.

    Returns
    -------
    dict
        `{categories, pounds_a_year, share}`; each category `{id, name, pounds_a_year, share}`, the
        largest first; shares are of all that buyers spend on goods, works and services.
    """
    from simulation.model.policies import treated_of

    everyone = tuple(dict.fromkeys((*plan.regimes, plan.baseline)))
    treated = treated_of(scenario.policies, everyone, plan.baseline)
    whole = sum(sum(buyer.budget.values()) for buyer in scenario.buyers)
    lines = []
    for category in tables.categories():
        pounds = sum(buyer.budget.get(category.id, 0.0) for buyer in scenario.buyers)
        if category.id in treated and pounds > 0.0:
            lines.append(_line(category.id, category.name, pounds, whole))
    lines.sort(key=lambda line: (-line["pounds_a_year"], line["id"]))
    sums = sum(line["pounds_a_year"] for line in lines)
    return {"categories": lines, "pounds_a_year": sums, "share": sums / whole if whole else None}


def _line(name: str, title: str, pounds: float, whole: float) -> dict[str, Any]:
    return {
        "id": name,
        "name": title,
        "pounds_a_year": pounds,
        "share": pounds / whole,
    }


def reached(scenario: Scenario, plan: Plan, futures: list[ReplicateResult]) -> list[dict[str, Any]]:
    """Say how far each policy's own ways of buying reached, by their titles; see `reach`."""
    from simulation.model.policies import policy_named
    from simulation.procurement.registry import get

    named = {name: policy_named(scenario.policies, name) for name in plan.regimes}
    base = policy_named(scenario.policies, plan.baseline)
    usual = {base.regime, *(rule.regime for rule in base.rules)}
    own = {}
    for name, policy in named.items():
        ways = dict.fromkeys((policy.regime, *(rule.regime for rule in policy.rules)))
        mine = [way for way in ways if way not in usual] or list(ways)
        own[name] = [get(way).title for way in mine]
    return reach(futures, plan.regimes, own)
