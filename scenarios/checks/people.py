"""Households named one by one must live, work and shop somewhere that exists."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.checks.loose import Path, number, rows, unknown, word
from scenarios.checks.names import Names
from scenarios.checks.organisations import LEAF, links
from scenarios.errors import Problem


def people_problems(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    """Check households, and that no firm has more workers than jobs."""
    staff: Counter[str] = Counter()
    for path, row in rows(data, "households"):
        yield from _household(path, row, names)
        staff.update(word(worker, "employer") or "" for _, worker in rows(row, "workers"))
    for path, row in rows(data, "firms"):
        name, jobs = word(row, "id") or "", number(row.get("jobs"))
        if jobs is not None and staff[name] > jobs:
            found = f"{jobs:g}, but {staff[name]} workers name it as employer"
            yield Problem((*path, "jobs"), found, f"at least {staff[name]}")


def _household(path: Path, row: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    area = word(row, "area")
    yield from unknown((*path, "area"), area, names.leaves, LEAF)
    if area in names.leaves and names.areas[area].get("resolution") in ("accounts", "suppliers"):
        found = f'"{area}", of resolution {names.areas[area]["resolution"]}'
        yield Problem((*path, "area"), found, "an area of resolution agents")
    landlords = {*names.households, *names.firms, *names.buyers}
    landlords |= {"bank", "housing-association", "outside"}
    what = "a household, firm or buyer, or bank, housing-association or outside"
    landlord = word(row, "landlord")
    yield from unknown((*path, "landlord"), landlord, landlords, what)
    if landlord is not None and landlord == word(row, "id"):
        yield Problem((*path, "landlord"), f'"{landlord}", itself', "someone else")
    if row.get("housing") and "landlord" not in row:
        yield Problem((*path, "landlord"), "nothing", "who receives the housing payment")
    employers = {*names.firms, *names.buyers, *names.leaves, "none", "inactive"}
    members = list(rows(row, "workers", path))
    for at, worker in members:
        what = "a firm, buyer or leaf area, or none or inactive"
        employer = word(worker, "employer")
        yield from unknown((*at, "employer"), employer, employers, what)
        wage = number(worker.get("wage", 0))
        if employer in employers and wage is not None:
            works = employer not in ("none", "inactive")
            if works != (wage > 0):
                wanted = "a wage above 0" if works else "0, as nobody pays it"
                yield Problem((*at, "wage"), f"{wage:g}", wanted)
    adults = number(row.get("adults"))
    if adults is not None and len(members) > adults:
        found = f"{len(members)} workers for {adults:g} adults"
        yield Problem((*path, "workers"), found, "no more workers than adults")
    payees = {*names.firms, *names.leaves}
    yield from links(path, row, "shops", payees, "the id of a firm or leaf area")
