"""By what legal route each policy may buy each treated category, over the months compared.

The registry's ways of buying say their own routes, the tables those of other nations and every
threshold; nothing is written twice here. This is a model's reading of the law, not advice.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from experiments.design.plan import Plan
from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Policy, Rule, Scenario

if TYPE_CHECKING:
    from simulation.procurement.law import Legality

T = TypeVar("T")

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
        lawful, contested, beyond, power, reason}`: a line for each stretch of months in which the
        verdict is the same, `from` and `until` as YYYY-MM, both included; `when` says for which
        contracts a policy buys so; `kinds` are the sorts of buyers that the verdict is for;
        `beyond` marks a refusal that no date would change: not even a what-if buys so.
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

    left = tuple(buyer.id for buyer in scenario.buyers)
    said: list[Policy | Rule] = [*policy.rules, policy]
    for one in said:
        named = one.categories if isinstance(one, Rule) else ()
        offered = get(one.regime).eligible(one.parameters)
        if (not named or category in named) and (not offered or category in offered):
            rule = one if isinstance(one, Rule) else None
            meant = rule.buyers if rule and rule.buyers else left
            buyers = tuple(name for name in left if name in meant)
            if buyers:
                yield _Way(one, buyers, _when(rule) if rule else "")
            if rule and not _limited(rule):
                left = tuple(name for name in left if name not in buyers)


def _limited(rule: Rule) -> bool:
    """Say whether a rule leaves some contracts of its buyers to those after it."""
    values = rule.from_value > 0 or rule.to_value is not None
    return values or rule.from_month is not None or rule.until is not None


def _when(rule: Rule) -> str:
    """Say for which contracts a rule is meant; empty where for all."""
    words = []
    if rule.buyers:
        words.append(f"for {len(rule.buyers)} of the buyers")
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
            found.setdefault(tuple(_stretches(verdicts, _unsaid)), []).append(kind)
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
                    "beyond": verdict.beyond,
                    "power": verdict.power,
                    "reason": verdict.reason,
                }


def _unsaid(verdict: "Legality") -> "Legality":
    """Leave out the reason of a refusal, which names its month."""
    return verdict if verdict.lawful else verdict._replace(reason="")


def _stretches(found: Sequence[T], key: Callable[[T], object]) -> Iterator[tuple[int, int, T]]:
    """Yield the runs of months that are alike by a key: first, last and what is found at first."""
    begin = 0
    for month in range(1, len(found) + 1):
        if month == len(found) or key(found[month]) != key(found[begin]):
            yield begin, month - 1, found[begin]
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
        for begin, end, (law_name, pounds, source) in _stretches(found, tuple):
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
