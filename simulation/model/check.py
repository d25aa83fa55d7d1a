"""A scenario held against the registry of ways of buying, and against law and date.

It is asked of a draft, whose other faults need not be mended first: what has the right shape is
judged, the rest is passed over, since the draft already says what is wrong with it. So a reader
sees every fault of a file at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import Any, NamedTuple

from pydantic import ValidationError

from scenarios.checks.amounts import amount_problems, range_problems
from scenarios.checks.loose import number, rows, table, word, words
from scenarios.errors import Fault, Problem
from scenarios.locate import dotted
from scenarios.nearest import did_you_mean
from scenarios.read import Draft
from scenarios.regime_files import KEY
from scenarios.spec import Pillars, Policy
from scenarios.spec.base import Month
from simulation.model.lawful import Place, intent_problems, law_problems
from simulation.model.policies import (
    all_categories,
    may_be_joint,
    policy_named,
    reach,
    treated_by_all,
)
from simulation.model.powers import power_problems
from simulation.procurement.registry import get, names, packaged, take_files

Path = tuple[str | int, ...]

TYPED: Path = ()
"""Stands for a name that was typed, not written in the file."""


class Asked(NamedTuple):
    """Name of a policy that is to be compared, and where it was asked for."""

    name: str
    path: Path


def registry_faults(
    draft: Draft,
    regimes: Sequence[str] | None = None,
    baseline: str | None = None,
    also: Sequence[str] = (),
) -> list[Fault]:
    """Find unknown ways of buying and parameters, and routes that the law does not know.

    The files of code that the draft names are run, to see what ways of buying they hold.

    Parameters
    ----------
    draft : Draft
        As read; it may be faulty.
    regimes : sequence of str, optional
        Policies to compare, as typed; default those of the file.
    baseline : str, optional
        The one that the others are compared with, as typed; default the file's.
    also : sequence of str
        Policies typed that are compared with the file's own.

    Returns
    -------
    list of Fault
        For `Draft.require`; none of a place that the draft already finds fault with.
    """
    data = draft.data
    asked = _asked(data, regimes, baseline, also)
    problems = list(_file_problems(draft))
    problems += [*_policy_problems(data), *_name_problems(data, asked)]
    problems += intent_problems(data, _sound_policies(data))
    written = word(table(data, "compare"), "baseline")
    problems += _reach_problems(data, asked, written if baseline is None else baseline)
    problems += _baseline_problems(data, baseline)
    problems += [*_pillar_problems(data, _sound_policies(data)), *_assumption_problems(data)]
    found = [
        draft.fault(*one)
        if one.path != TYPED
        else Fault("the command line", None, None, "", *one[1:])
        for one in problems
    ]
    told = {fault.path for fault in draft.faults}
    return [fault for fault in found if not fault.path or fault.path not in told]


def _asked(
    data: Mapping[str, Any],
    regimes: Sequence[str] | None,
    baseline: str | None,
    also: Sequence[str],
) -> list[Asked]:
    """Every policy compared, each once, where it is first asked for."""
    compare = table(data, "compare")
    if regimes is None:
        wanted = [Asked(name, ("compare", "regimes", k)) for k, name in words(compare, "regimes")]
    else:
        wanted = [Asked(name, TYPED) for name in regimes]
    written = word(compare, "baseline")
    if baseline is not None:
        wanted.append(Asked(baseline, TYPED))
    elif written is not None:
        wanted.append(Asked(written, ("compare", "baseline")))
    wanted += [Asked(name, TYPED) for name in also]
    return list({one.name: one for one in reversed(wanted)}.values())[::-1]


def _file_problems(draft: Draft) -> Iterator[Problem]:
    """Run the files of code that a draft names, and say what of them cannot be used."""
    named = [name for _, name in words(draft.data, KEY)]
    for file, misfit in take_files(draft.regime_files):
        path = (KEY, named.index(file.name))
        yield Problem(path, f'in "{file.name}" {misfit.found}', misfit.wanted, misfit.hint)


def _unknown(path: Path, name: str, known: Sequence[str], wanted: str) -> Problem:
    """Refuse a name that nothing is known by; a package may offer it and fail to give it."""
    misfits = packaged().misfits.get(name)
    if misfits:
        origin = packaged().origins[name]
        found = "; ".join(f"{one.found}, wanted {one.wanted}" for one in misfits)
        hint = "Mend that package or remove it."
        return Problem(
            path, f'"{name}", which {origin} offers and cannot give: {found}', wanted, hint
        )
    return Problem(path, f'"{name}"', wanted, did_you_mean(name, known))


def _policy_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    for path, row in rows(data, "objectives"):
        for k, way in words(row, "ways"):
            if way not in names():
                yield _unknown((*path, "ways", k), way, names(), "a registered way of buying")
    for name, policy in table(data, "policies").items():
        top: Path = ("policies", name)
        if name in names():
            found = f"a policy with the name of the way of buying `{name}`"
            yield Problem(top, found, "a name of its own", f"Call it `my-{name}`, say.")
        if isinstance(policy, Mapping):
            yield from _ways_problems(top, policy)
        for path, rule in rows(policy, "rules", top):
            yield from _ways_problems(path, rule)
            yield from _joint_problems(path, rule)


def _joint_problems(path: Path, rule: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse to let jointly what is no contract for one lot at a time."""
    regime = word(rule, "regime")
    if rule.get("joint") is True and regime in names() and not may_be_joint(get(regime)):
        yield Problem(
            (*path, "joint"),
            f"lots that several buyers let jointly by `{regime}`",
            "a way of buying that signs contracts lot by lot",
            "Leave `joint` out: each buyer then founds, joins or employs for itself.",
        )


def _ways_problems(top: Path, row: Mapping[str, Any]) -> Iterator[Problem]:
    """Check a way of buying and those assessed beside it."""
    yield from _regime_problems(top, row)
    for path, option in rows(row, "options", top):
        yield from _regime_problems(path, option)


def _regime_problems(top: Path, row: Mapping[str, Any]) -> Iterator[Problem]:
    regime = word(row, "regime")
    if regime is None:
        return
    if regime not in names():
        yield _unknown((*top, "regime"), regime, names(), "a registered way of buying")
        return
    entries = {entry.name[len(regime) + 1 :]: entry for entry in get(regime).parameters}
    for key, value in table(row, "parameters").items():
        path = (*top, "parameters", key)
        if key not in entries:
            hint = did_you_mean(key, entries)
            wanted = f"a parameter of `{regime}`"
            yield Problem(path, f"the unknown parameter `{key}`", wanted, hint)
            continue
        yield from amount_problems(path, value, entries[key])


def _assumption_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Check the amounts and ranges of assumptions that ways of buying carry."""
    entries = {entry.name: entry for name in names() for entry in get(name).parameters}
    for key, problems in (("assumptions", amount_problems), ("ranges", range_problems)):
        for name, value in table(data, key).items():
            if name in entries:
                yield from problems((key, name), value, entries[name])


def _name_problems(data: Mapping[str, Any], asked: Sequence[Asked]) -> Iterator[Problem]:
    known = (*table(data, "policies"), *names())
    for name, path in asked:
        if name not in known:
            wanted = "a policy of the scenario or a registered way of buying"
            yield _unknown(path, name, known, wanted)


def _sound_policies(data: Mapping[str, Any]) -> dict[str, Policy]:
    """Policies that can be read and name only ways of buying that are registered."""
    sound = {}
    for name, row in table(data, "policies").items():
        try:
            policy = Policy.model_validate(row)
        except ValidationError:
            continue
        if all(way in names() for way in policy.ways):
            sound[name] = policy
    return sound


def _reach_problems(
    data: Mapping[str, Any], asked: Sequence[Asked], baseline: str | None
) -> Iterator[Problem]:
    """Find what the compared policies cannot buy together, or not by the law of the date.

    Where some policy cannot be judged yet, the others share at least what all of them share; only
    what is wrong with every category of it is certain, and said.
    """
    written, policies = table(data, "policies"), _sound_policies(data)
    judged = [
        one
        for one in asked
        if one.name in policies or (one.name not in written and one.name in names())
    ]
    if not judged:
        return
    treated = treated_by_all(policies, [one.name for one in judged])
    if not treated:
        each = "; ".join(f"{name}: {len(reach(policies, name))} categories" for name, _ in judged)
        yield Problem(
            ("compare", "regimes"),
            f"no spending category that all of them may buy ({each})",
            "policies that share at least one category",
            "Compare fewer policies, or give them rules for the same categories.",
        )
    certain = len(judged) == len(asked)
    yield from law_problems(data, judged, policies, treated, baseline, certain=certain)


def _baseline_problems(data: Mapping[str, Any], typed: str | None) -> Iterator[Problem]:
    """Find spending that the baseline leaves without a way of buying: it buys what no rule does."""
    name = typed or word(table(data, "compare"), "baseline")
    policies = _sound_policies(data)
    if name is None or (name not in policies and name not in names()):
        return
    offered = _always_offered(policy_named(policies, name))
    lines: dict[str, Path] = {}
    for path, buyer in rows(data, "buyers"):
        for category, pounds in table(buyer, "budget").items():
            if category not in offered and number(pounds):
                lines.setdefault(category, (*path, "budget", category))
    known = [category for category in all_categories() if category in lines]
    if known:
        yield Problem(
            ("compare", "baseline") if typed is None else TYPED,
            f'"{name}", which leaves {", ".join(known)} without a way of buying, as in '
            f"{dotted(lines[known[0]], data)}",
            "a baseline that may buy every category in the budgets",
            "Choose another, or a policy with a rule for each of them.",
        )


def _always_offered(policy: Policy) -> frozenset[str]:
    """Return the categories that a policy buys in some way whoever, whatever and whenever it is."""
    everything = frozenset(all_categories())
    offered = frozenset(get(policy.regime).eligible(policy.parameters) or everything)
    for rule in policy.rules:
        bounds = (rule.buyers, rule.from_value, rule.to_value, rule.from_month, rule.until)
        if not any(bounds):
            eligible = frozenset(get(rule.regime).eligible(rule.parameters) or everything)
            offered |= eligible & frozenset(rule.categories or eligible)
    return offered


def levers_refused(data: Mapping[str, Any]) -> dict[str, Problem]:
    """Return the levers that no policy of a place can have, by key, each with what it wants.

    Parameters
    ----------
    data : mapping
        The scenario as read, without a fault.
    """
    alone = {
        lever: Policy(regime=names()[0], pillars={lever: 0.01}) for lever in Pillars.model_fields
    }
    start, nation = Month.model_validate(data["start"]), Place.of(data).nation
    found = [*_pillar_problems(data, alone), *power_problems(data, alone, start, nation)]
    return {str(one.path[-1]): one for one in found if one.path[-1] in alone}


def _pillar_problems(data: Mapping[str, Any], policies: Mapping[str, Policy]) -> Iterator[Problem]:
    """Find levers that would take more than the councils of the focus have for their services."""
    focus = word(data, "focus")
    budgets = [
        (path, table(buyer, "budget")) for path, buyer in rows(data, "buyers")
        if word(buyer, "area") == focus
    ]  # fmt: skip
    trust, money = could_hold_land(data, focus), word(data, "currency")
    income = fsum(number(pounds) or 0.0 for _, budget in budgets for pounds in budget.values())
    for name, policy in policies.items():
        if policy.pillars.total > income:
            lines = ", ".join(dotted((*path, "budget"), data) for path, _ in budgets)
            yield Problem(
                ("policies", name, "pillars"),
                f"levers of {money} {policy.pillars.total:,.0f} a year",
                f"at most {money} {income:,.0f}, what the buyers seated in the focus have "
                f"({lines})",
                "Lower the sums, or raise those budgets.",
            )
        if policy.pillars.land_assets and not trust:
            yield Problem(
                ("policies", name, "pillars", "land_assets"),
                f"land to be held in trust, and no voluntary organisation in {focus}",
                "somebody who could hold it",
                "Give the area `vcse`, name a firm whose owner_kind is vcse, or leave it out.",
            )


def could_hold_land(data: Mapping[str, Any], focus: str | None) -> bool:
    """Say whether the file tells of a non-distributing organisation in the focus."""
    firms = [row for _, row in rows(data, "firms")]
    if firms:
        return any(
            word(row, "area") == focus and word(row, "owner_kind") == "vcse" for row in firms
        )
    return any(
        word(row, "id") == focus and number(row.get("vcse")) for _, row in rows(data, "areas")
    )
