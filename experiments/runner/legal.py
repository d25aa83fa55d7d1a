"""By what legal route each policy may buy each treated category, over the months compared.

The registry's ways of buying say their own routes, the tables those of other nations and every
threshold; nothing is written twice here. This is a model's reading of the law, not advice.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from experiments.design.plan import Plan
from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Option, Policy, Rule, Scenario

if TYPE_CHECKING:
    from simulation.procurement.law import Legality

T = TypeVar("T")

MONTHS = 12
BELOW, ABOVE = "below", "above"


class _Way(NamedTuple):
    """A way of buying within a policy: for which of its buyers, values and months."""

    said: Policy | Rule | Option
    rule: Rule | None
    buyers: tuple[str, ...]
    words: str

    def first(self, start: int) -> int:
        """Return the first calendar month in which it may buy, from a start on."""
        begins = self.rule.from_month if self.rule else None
        return start if begins is None else max(start, begins.serial)

    def last(self, end: int) -> int:
        """Return the last such month, until an end."""
        until = self.rule.until if self.rule else None
        return end if until is None else min(end, until.serial)


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
        verdict is the same, `from` and `until` as YYYY-MM, both included, among those in which a
        policy may buy so; `when` says for which buyers and contracts it does, and whether it is one
        of several options; `kinds` are the sorts of buyers that the verdict is for; `beyond` marks
        a refusal that no date would change: not even a what-if buys so. Buyers that do not adopt a
        policy have the routes of the baseline.
    """
    from simulation.model.policies import policy_named, treated_of

    everyone = tuple(dict.fromkeys((*plan.regimes, plan.baseline)))
    treated = treated_of(scenario.policies, everyone, plan.baseline)
    base = policy_named(scenario.policies, plan.baseline)
    lines: list[dict[str, Any]] = []
    for name in plan.regimes:
        policy = policy_named(scenario.policies, name)
        for category in tables.categories():
            if category.id in treated:
                asked = _Asked(category.id, _adopting(scenario, plan, name), base)
                for way in _ways(scenario, policy, asked):
                    lines += _of_way(scenario, plan, assumptions, (name, category, way))
    return lines


def adopters_told(scenario: Scenario, plan: Plan) -> list[dict[str, Any]]:
    """Say which buyers take each policy up, and which go on as under the baseline.

    Returns
    -------
    list of dict
        `{regime, adopters, from, buyers, others}`: `from` is the month (YYYY-MM) from which what
        falls due is bought under it; the last two are names of buyers.
    """
    from simulation.model.policies import policy_named

    return [
        {
            "regime": name,
            "adopters": policy_named(scenario.policies, name).adopters,
            "from": _month(scenario.start.serial),
            "buyers": [one.name for one in scenario.buyers if one.id in taking],
            "others": [one.name for one in scenario.buyers if one.id not in taking],
        }
        for name in plan.regimes
        for taking in (_adopting(scenario, plan, name),)
    ]


def _adopting(scenario: Scenario, plan: Plan, name: str) -> frozenset[str]:
    """Ids of the buyers that take a policy up; the baseline is everybody's."""
    from simulation.model.policies import adopters_of, policy_named

    if name == plan.baseline:
        return frozenset(buyer.id for buyer in scenario.buyers)
    positions = adopters_of(scenario, policy_named(scenario.policies, name))
    return frozenset(scenario.buyers[at].id for at in positions)


class _Asked(NamedTuple):
    """A category, the buyers that take a policy up, and what the others buy it under."""

    category: str
    adopting: frozenset[str]
    base: Policy


def _ways(scenario: Scenario, policy: Policy, asked: _Asked) -> Iterator[_Way]:
    """Yield the ways in which a category may be bought, in the order in which a policy asks."""
    spend = [one.id for one in scenario.buyers if one.budget.get(asked.category)]
    taking = tuple(name for name in spend if name in asked.adopting)
    others = tuple(name for name in spend if name not in asked.adopting)
    who = f"for {len(taking)} of {len(spend)} buyers, which take it up" if others else ""
    left = yield from _ways_of(policy, asked.category, taking, who)
    if policy != asked.base:
        words = "for what the policy does not reach, as under the baseline"
        yield from _ways_of(asked.base, asked.category, left, words)
    words = f"for {len(others)} of {len(spend)} buyers, which do not take it up"
    yield from _ways_of(asked.base, asked.category, others, f"{words}, as under the baseline")


def _ways_of(
    policy: Policy, category: str, buyers: tuple[str, ...], who: str
) -> Generator[_Way, None, tuple[str, ...]]:
    """Yield the ways of a policy for some buyers; return those whom it leaves something."""
    from simulation.model.policies import offered_by

    left = buyers
    said: list[Policy | Rule] = [*policy.rules, policy]
    for one in said:
        rule = one if isinstance(one, Rule) else None
        if category not in offered_by(one) or (rule and rule.categories
                                               and category not in rule.categories):  # fmt: skip
            continue
        meant = tuple(name for name in left if not (rule and rule.buyers) or name in rule.buyers)
        ways = [way for way in (one, *one.options) if _offered(way, category)] if meant else []
        options = f"one of {len(ways)} options, assessed each time" if len(ways) > 1 else ""
        words = ", ".join(part for part in (who, _when(rule) if rule else "", options) if part)
        yield from (_Way(way, rule, meant, words) for way in ways)
        if rule is None or not _limited(rule):
            left = tuple(name for name in left if name not in meant)
    return left


def _offered(way: Policy | Rule | Option, category: str) -> bool:
    """Say whether a way of buying, by itself, is offered for a category."""
    from simulation.procurement.registry import get

    offered = get(way.regime).eligible(way.parameters)
    return not offered or category in offered


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
    first = way.first(scenario.start.serial)
    months = way.last(scenario.start.serial + plan.months - 1) - first + 1
    sorts = sorted({buyer.kind for buyer in scenario.buyers if buyer.id in way.buyers})
    for side in (BELOW, ABOVE):
        found: dict[tuple[Any, ...], list[str]] = {}
        for kind in sorts:
            verdicts = [
                legality(
                    regime, category.id, category.threshold_class, side == ABOVE,
                    *divided(first + month), scenario.nation, kind,
                )
                for month in range(months)
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
