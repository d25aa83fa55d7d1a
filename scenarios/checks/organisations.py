"""Buyers, chains, firms and contracts must speak of areas, sectors and categories that exist."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from scenarios.checks.loose import Path, rows, shares_problem, table, total, unknown, word, words
from scenarios.checks.names import Names
from scenarios.errors import Problem
from scenarios.spec.words import category_ids, sector_ids

LEAF = "the id of an area without areas below it"
CATEGORY = "the id of a spending category"


def organisation_problems(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    """Check buyers, chains, firms and standing contracts."""
    for path, row in rows(data, "buyers"):
        yield from _buyer(path, row, names)
    for path, row in rows(data, "chains"):
        yield from unknown((*path, "sector"), word(row, "sector"), sector_ids(), "a sector id")
        yield from unknown((*path, "head"), word(row, "head"), names.leaves, LEAF)
        for k, name in words(row, "branches"):
            yield from unknown((*path, "branches", k), name, names.leaves, LEAF)
    for path, row in rows(data, "firms"):
        yield from _firm(path, row, names)
    for key in ("lot_pounds", "months"):
        for category in table(table(data, "contracts"), key):
            yield from unknown(("contracts", key, category), category, category_ids(), CATEGORY)
    yield from _standing(data, names)


def links(
    path: Path, row: Mapping[str, Any], key: str, known: Collection[str], what: str
) -> Iterator[Problem]:
    """Check shares of spending by payee: known payees, shares that sum to 1."""
    shares = []
    for at, link in rows(row, key, path):
        yield from unknown((*at, "id"), word(link, "id"), known, what)
        yield from unknown((*at, "sector"), word(link, "sector"), sector_ids(), "a sector id")
        shares.append(link.get("share"))
    if shares:
        yield from shares_problem((*path, key), shares)


def _buyer(path: Path, row: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    yield from unknown((*path, "area"), word(row, "area"), names.leaves, LEAF)
    for k, name in words(row, "serves"):
        yield from unknown((*path, "serves", k), name, names.leaves, LEAF)
    for key in ("budget", "payroll_by"):
        for category in table(row, key):
            yield from unknown((*path, key, category), category, category_ids(), CATEGORY)
    if table(row, "payroll_by"):
        yield from shares_problem((*path, "payroll_by"), row["payroll_by"].values())


def _firm(path: Path, row: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    area = word(row, "area")
    yield from unknown((*path, "area"), area, names.leaves, LEAF)
    if area in names.leaves and names.areas[area].get("resolution") == "accounts":
        found = f'"{area}", of resolution accounts'
        yield Problem((*path, "area"), found, "an area of resolution agents or suppliers")
    yield from unknown((*path, "sector"), word(row, "sector"), sector_ids(), "a sector id")
    yield from unknown((*path, "head"), word(row, "head"), names.leaves, LEAF)
    yield from _owner(path, row, names)
    payees = {*names.firms, *names.leaves}
    yield from links(path, row, "suppliers", payees, "the id of a firm or leaf area")
    landlords = {*names.households, *names.firms, *names.buyers, "outside"}
    what = "a household, firm or buyer, or outside"
    yield from unknown((*path, "landlord"), word(row, "landlord"), landlords, what)
    if row.get("rent") and "landlord" not in row:
        yield Problem((*path, "landlord"), "nothing", "who receives the rent")


def _owner(path: Path, row: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    owner, kind = word(row, "owner"), word(row, "owner_kind")
    known = {*names.households, "outside", "members", "none"}
    what = "a household id, outside, members or none"
    yield from unknown((*path, "owner"), owner, known, what)
    fitting = {"outside": ("outside",), "members": ("coop",), "none": ("vcse", "public", "coop")}
    kinds = fitting.get(owner or "", ("local",))
    known_kind = kind in ("local", "outside", "coop", "vcse", "public")
    if owner in known and known_kind and kind not in kinds:
        wanted = " or ".join(kinds)
        yield Problem((*path, "owner_kind"), f'"{kind}" with owner "{owner}"', wanted)


def _standing(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    suppliers = {*names.firms, *names.leaves}
    shares: dict[tuple[str, str], list[Any]] = {}
    places: dict[tuple[str, str], Path] = {}
    for path, row in rows(table(data, "contracts"), "standing", ("contracts",)):
        buyer, category = word(row, "buyer"), word(row, "category")
        yield from unknown((*path, "buyer"), buyer, names.buyers, "the id of a buyer")
        supplier = word(row, "supplier")
        yield from unknown((*path, "supplier"), supplier, suppliers, "the id of a firm or leaf")
        yield from unknown((*path, "category"), category, category_ids(), CATEGORY)
        if buyer is None or buyer not in names.buyers or category not in category_ids():
            continue
        budget = table(names.buyers[buyer], "budget")
        if category not in budget and set(budget) <= set(category_ids()):
            wanted = "a category of its budget"
            yield Problem((*path, "category"), f'"{category}", for which {buyer} has none', wanted)
        shares.setdefault((buyer, category), []).append(row.get("share"))
        places.setdefault((buyer, category), (*path, "share"))
    for pair, values in shares.items():
        whole = total(values)
        if whole is not None and abs(whole - 1) > 1e-9:
            found = f"{pair[1]} of {pair[0]} covered to {whole:.6g}"
            yield Problem(places[pair], found, "standing contracts whose shares sum to 1")
