"""The label of a folder: what was asked, by which version, on what kind of machine, and when."""

import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from experiments.design.plan import Plan
from experiments.runner.replicate import all_entries
from scenarios.spec import Policy, Scenario
from scenarios.tables import category_names

LIBRARIES = ("mesa", "numba", "numpy", "scipy", "pyarrow", "pydantic", "distributed")
CODE = ("scenarios", "simulation")
SOURCES = (".py", ".toml", ".csv")
NOT_CODE = frozenset({"library", "__pycache__"})


def label(
    command: str, scenario: Scenario, plan: Plan, workers: int, **more: Any
) -> dict[str, Any]:
    """Write the manifest of a folder.

    Parameters
    ----------
    command : str
        `compare` or `run`.
    scenario : Scenario
        The scenario as read, overrides applied.
    plan : Plan
        What is asked of it.
    workers : int
        Processes used; they change no number.
    **more
        What the command adds.
    """
    return {
        "made_by": "poundflow",
        "command": command,
        "scenario": scenario.name,
        "title": scenario.title,
        "scenario_sha256": scenario.digest,
        "scenario_text": scenario.source,
        "sets": list(scenario.sets),
        "counterfactual": scenario.counterfactual,
        "closure": scenario.closure.model_dump(),
        "shocks": [one.model_dump(mode="json") for one in scenario.shocks if one.strikes],
        "seed": plan.seed,
        "months": plan.months,
        "regimes": list(plan.regimes),
        "baseline": plan.baseline,
        "replicates": plan.replicates,
        "luck_replicates": plan.luck_runs_needed,
        "twin_replicates": plan.twin_replicates,
        "fixed": plan.fixed,
        "window": list(plan.window),
        "tiers": list(plan.tiers),
        "areas": around_focus(scenario),
        "policies": policies(scenario, plan.regimes),
        "levers": levers_used(scenario, plan.regimes),
        "regime_files": [
            {"name": file.name, "sha256": file.digest, "text": file.text} for file in scenario.code
        ],
        **_technology_file(scenario),
        "packages": packages_of(scenario, plan.regimes),
        "assumptions": listed_assumptions(scenario),
        "code": code_fingerprint(),
        "versions": versions(),
        "machine": machine(),
        "workers": workers,
        "time": now(),
        **more,
    }


def _technology_file(scenario: Scenario) -> dict[str, Any]:
    """The technology file with its text, where the scenario names one."""
    file = scenario.technology_file
    if file is None:
        return {}
    return {"technology_file": {"name": file.name, "sha256": file.digest, "text": file.text}}


def around_focus(scenario: Scenario) -> list[dict[str, str]]:
    """The focus and the areas that it lies in by name, also where tables made them."""
    by_id = {area.id: area for area in scenario.areas}
    listed, here = [], by_id.get(scenario.focus)
    while here is not None:
        one = {"id": here.id, "name": here.name, "tier": str(here.tier)}
        listed.append({**one, **({"parent": here.parent} if here.parent else {})})
        here = by_id.get(here.parent) if here.parent else None
    return listed


def policies(scenario: Scenario, regimes: Iterable[str]) -> list[dict[str, str]]:
    """The policies compared: the way of buying each rests on, its title, and a sentence on it."""
    from simulation.procurement.registry import get

    listed = []
    for name in regimes:
        policy = scenario.policies.get(name)
        regime = policy.regime if policy else name
        title = get(regime).title if policy is None else title_of(name, policy)
        summary = _sentence(name) if policy is None else _of_policy(policy)
        listed.append({"name": name, "regime": regime, "title": title, "summary": summary})
    return listed


def title_of(name: str, policy: Policy) -> str:
    """What a policy of a scenario is called for readers: its title, else its name in words."""
    return policy.title or name.replace("_", " ").replace("-", " ").capitalize()


def levers_used(scenario: Scenario, regimes: Iterable[str]) -> dict[str, list[str]]:
    """The levers beside buying that each policy pays for; policies without any are left out."""
    named = [(name, scenario.policies[name]) for name in regimes if name in scenario.policies]
    return {
        name: [lever for lever, pounds in policy.pillars if pounds > 0.0]
        for name, policy in named
        if policy.pillars.total > 0.0
    }


def _sentence(regime: str) -> str:
    """The first sentence of what a way of buying says of itself."""
    from simulation.procurement.registry import get

    first, _, _ = get(regime).summary.partition(". ")
    return f"{first.rstrip('.')}."


def _of_policy(policy: Policy) -> str:
    """Say what a policy is made of: its rules in turn, then how it buys the rest."""
    from simulation.procurement.registry import get

    own, called = get(policy.regime).title, category_names()
    told = [
        f"{', '.join(called.get(one, one) for one in rule.categories) or 'what it may buy'} by "
        f"“{get(rule.regime).title}”"
        for rule in policy.rules
    ]
    if told:
        text = "; ".join([*told, f"the rest by “{own}”"])
        return f"{text[0].upper()}{text[1:]}. {_sentence(policy.rules[0].regime)}"
    chosen = ", ".join(f"{key} {value}" for key, value in policy.parameters.items())
    return f"“{own}”{f' with {chosen}' if chosen else ''}. {_sentence(policy.regime)}"


def packages_of(scenario: Scenario, regimes: Iterable[str]) -> list[dict[str, str]]:
    """Ways of buying that policies take from other packages, each with the hash of its code.

    What a scenario's own files hold is in its digest; what an installed package holds is not.
    """
    from simulation.procurement.registry import packaged

    offered = packaged()
    listed = []
    for name in sorted(ways_of(scenario, regimes) & set(offered.regimes)):
        package = offered.regimes[name].__module__.partition(".")[0]
        listed.append(
            {"name": name, "package": offered.origins[name], "sha256": fingerprint(package)}
        )
    return listed


def ways_of(scenario: Scenario, regimes: Iterable[str]) -> set[str]:
    """Names of the ways of buying that some policies use, by rules and as options too."""
    ways: set[str] = set()
    for name in regimes:
        policy = scenario.policies.get(name)
        ways |= policy.ways if policy else {name}
    return ways


def listed_assumptions(scenario: Scenario) -> list[dict[str, Any]]:
    """The whole register as this scenario has it; what it sets by hand has no range left."""
    listed = []
    for entry in sorted(all_entries(scenario).values(), key=lambda entry: entry.name):
        line = asdict(entry)
        if entry.name in scenario.assumptions:
            held = scenario.assumptions[entry.name]
            line |= {"value": held, "low": held, "high": held, "source": "set in the scenario"}
        listed.append(line)
    return listed


def now() -> str:
    """The time, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> dict[str, str]:
    """The versions that a number may depend on."""
    found = {"python": platform.python_version()}
    for name in ("poundflow", *LIBRARIES):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed as a package"
    return found


def machine() -> dict[str, Any]:
    """The kind of machine; nothing that says whose it is."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
    }


@cache
def code_fingerprint() -> str:
    """SHA-256 of everything that decides a number besides the scenario: code, tables, register.

    Results of two versions of the code are never mixed in one folder.
    """
    return fingerprint(*CODE)


def fingerprint(*packages: str) -> str:
    """SHA-256 of the sources of some packages; a package may be one file."""
    sha = sha256()
    for package in packages:
        for name, source in _sources_of(package):
            sha.update(f"{name}\n".encode())
            sha.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return sha.hexdigest()


def _sources_of(package: str) -> Iterable[tuple[str, Traversable]]:
    spec = find_spec(package)
    if spec is not None and spec.submodule_search_locations is None and spec.origin:
        return [(package, Path(spec.origin))]
    return _sources(files(package), package)


def _sources(folder: Traversable, name: str) -> Iterable[tuple[str, Traversable]]:
    for child in sorted(folder.iterdir(), key=lambda child: child.name):
        path = f"{name}/{child.name}"
        if child.is_dir() and child.name not in NOT_CODE:
            yield from _sources(child, path)
        elif child.name.endswith(SOURCES):
            yield path, child
