"""A scenario held against the registry of ways of buying, and against law and date."""

from collections.abc import Iterator, Sequence

from scenarios.errors import Fault, ScenarioError
from scenarios.locate import place_of
from scenarios.nearest import did_you_mean
from scenarios.spec import Scenario
from scenarios.tables import categories
from simulation.model.policies import reach, treated_by_all
from simulation.procurement.law import legality
from simulation.procurement.registry import get, names

Path = tuple[str | int, ...]


def check(scenario: Scenario, regimes: Sequence[str], baseline: str) -> None:
    """Refuse unknown ways of buying and parameters, and routes that the law does not know.

    Parameters
    ----------
    scenario : Scenario
        Read and sound in itself.
    regimes : sequence of str
        Policies that will be compared.
    baseline : str
        The one that the others are compared with.

    Raises
    ------
    ScenarioError
        With every fault found.
    """
    faults = [
        _fault(scenario, *found)
        for found in (
            *_policy_faults(scenario),
            *_name_faults(scenario, (*regimes, baseline)),
        )
    ]
    if not faults:
        faults = [_fault(scenario, *found) for found in _reach_faults(scenario, regimes, baseline)]
    if faults:
        raise ScenarioError(faults)


def _fault(scenario: Scenario, path: Path, found: str, wanted: str, hint: str) -> Fault:
    line, column = place_of(path, scenario.positions) or (None, None)
    dotted = ".".join(str(part) for part in path)
    return Fault(scenario.file, line, column, dotted, found, wanted, hint)


def _policy_faults(scenario: Scenario) -> Iterator[tuple[Path, str, str, str]]:
    for name, policy in scenario.policies.items():
        top: Path = ("policies", name)
        yield from _regime_faults(top, policy.regime, policy.parameters)
        for number, rule in enumerate(policy.rules):
            yield from _regime_faults((*top, "rules", number), rule.regime, rule.parameters)


def _regime_faults(
    top: Path, regime: str, parameters: dict[str, object]
) -> Iterator[tuple[Path, str, str, str]]:
    if regime not in names():
        hint = did_you_mean(regime, names())
        yield (*top, "regime"), f'"{regime}"', "a registered way of buying", hint
        return
    entries = {entry.name[len(regime) + 1 :]: entry for entry in get(regime).parameters}
    for key, value in parameters.items():
        path = (*top, "parameters", key)
        if key not in entries:
            hint = did_you_mean(key, entries)
            yield path, f"the unknown parameter `{key}`", f"a parameter of `{regime}`", hint
        elif isinstance(value, bool) or not isinstance(value, int | float):
            yield path, repr(value), f"a number [{entries[key].unit}]", ""
        elif not _inside(entries[key].unit, float(value)):
            yield path, repr(value), f"a number of at least 0 [{entries[key].unit}]", ""


def _inside(unit: str, value: float) -> bool:
    return 0.0 <= value <= 1.0 if unit == "share" else value >= 0.0


def _name_faults(scenario: Scenario, asked: Sequence[str]) -> Iterator[tuple[Path, str, str, str]]:
    known = (*scenario.policies, *names())
    for name in dict.fromkeys(asked):
        if name not in known:
            hint = did_you_mean(name, known)
            wanted = "a policy of the scenario or a registered way of buying"
            yield ("compare", "regimes"), f'"{name}"', wanted, hint


def _reach_faults(
    scenario: Scenario, regimes: Sequence[str], baseline: str
) -> Iterator[tuple[Path, str, str, str]]:
    everyone = tuple(dict.fromkeys((*regimes, baseline)))
    treated = treated_by_all(scenario, everyone)
    if not treated:
        each = "; ".join(f"{name}: {len(reach(scenario, name))} categories" for name in everyone)
        yield (
            ("compare", "regimes"),
            f"no spending category that all of them may buy ({each})",
            "policies that share at least one category",
            "Compare fewer policies, or give them rules for the same categories.",
        )
    if scenario.counterfactual:
        return
    start = scenario.start
    classes = {category.id: category.threshold_class for category in categories()}
    for name in everyone:
        policy = scenario.policies.get(name)
        regime = get(policy.regime if policy else name)
        for category in sorted(treated):
            verdict = legality(regime, category, classes[category], True, start.year, start.month)
            if not verdict.lawful:
                yield (
                    ("policies", name) if policy else ("compare", "regimes"),
                    f"`{regime.name}` for {category}: {verdict.reason}",
                    f"a way of buying that the law of {start.year}-{start.month:02d} knows",
                    "Choose another, or write counterfactual = true at the top of the file.",
                )
                break
