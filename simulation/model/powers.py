"""Levers of a policy held against the powers of their date, before anything runs.

What a council may do beside buying rests on a power, and a power on a date: general competence and
its limits (Localism Act 2011 ss. 1 to 4), before it well-being (Local Government Act 2000 s. 2).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.assumptions import register
from scenarios.checks.loose import number, table
from scenarios.errors import Problem
from scenarios.spec import Policy
from scenarios.spec.base import Month
from scenarios.tables import Power, powers

Path = tuple[str | int, ...]


def power_problems(
    data: Mapping[str, Any], policies: Mapping[str, Policy], start: Month | None, nation: str
) -> Iterator[Problem]:
    """Find levers, and settings of them, for which councils have no power as the place begins.

    Parameters
    ----------
    data : mapping
        The scenario as read; it may be faulty.
    policies : mapping of str to Policy
        Those of it that can be read.
    start : Month or None
    nation : str

    Yields
    ------
    Problem
        None where the scenario is counterfactual.
    """
    if start is None or data.get("counterfactual", False) is not False:
        return
    date, told = (start.year, start.month), set[str]()
    for name, policy in policies.items():
        for (lever, setting), rests_on in powers(nation).items():
            used = getattr(policy.pillars, lever) > 0.0
            if any(one.open_in(date) for one in rests_on) or not used:
                continue
            if not setting:
                yield _refused(("policies", name, "pillars", lever), f"`{lever}`", date, rests_on)
            elif _value(data, setting) > 0.0 and setting not in told:
                told.add(setting)
                yield _refused(("assumptions", setting), f"`{setting}`", date, rests_on)


def _value(data: Mapping[str, Any], setting: str) -> float:
    """Return what the file sets or draws at most, else what the register says."""
    told = number(table(data, "assumptions").get(setting))
    if told is None:
        told = number(table(table(data, "ranges"), setting).get("high"))
    return register()[setting].value if told is None else told


def _refused(path: Path, what: str, date: tuple[int, int], rests_on: list[Power]) -> Problem:
    first = min(rests_on, key=lambda one: one.since)
    return Problem(
        path,
        f"{what} in {date[0]}-{date[1]:02d}, for which councils have no power yet",
        f"{first.since[0]}-{first.since[1]:02d} or later: {first.text}",
        "Begin later, leave it out, or write counterfactual = true at the top of the file.",
    )
