"""The map must hold together: one world, a sound tree, a focus, known neighbours and commuters."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.checks.loose import Path, number, rows, shares_problem, table, unknown, word, words
from scenarios.checks.names import Names
from scenarios.errors import Problem
from scenarios.spec.words import sector_ids, table_column

TIERS = ("district", "county", "region", "uk", "world")
LEAF_KEYS = ("resolution", "population", "households", "enterprises", "jobs", "workers")
GENERATED = {"firms": ("enterprises", "sector_mix"), "households": ("income", "tenure")}
NEEDED = {
    "agents": ("population", "households", "jobs", "workers"),
    "suppliers": ("population", "households", "jobs", "workers", "enterprises"),
    "accounts": ("households", "jobs"),
}


def place_problems(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    """Check areas, focus, neighbours and commuting."""
    yield from _tree(data, names)
    for path, row in rows(data, "areas"):
        yield from _area(path, row, data, names)
    yield from _focus(data, names)
    yield from _commuting(data, names)


def _tree(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    worlds = [path for path, row in rows(data, "areas") if row.get("tier") == "world"]
    if not worlds and names.areas:
        yield Problem(("areas",), "no area of tier world", "one", 'Add id = "world".')
    for path in worlds[1:]:
        yield Problem((*path, "tier"), "a second world", "one area of tier world")
    for path, row in rows(data, "areas"):
        parent = word(row, "parent")
        if row.get("tier") == "world":
            if parent is not None:
                yield Problem((*path, "parent"), f'"{parent}"', "no parent: the world has none")
            continue
        if "parent" not in row:
            yield Problem((*path, "parent"), "nothing", "the id of the area that it lies in")
        yield from unknown((*path, "parent"), parent, names.areas, "the id of an area")
        yield from _tier_order(path, row, names)
        yield from _ancestors(path, row, names)


def _tier_order(path: Path, row: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    above = names.areas.get(word(row, "parent") or "", {})
    tier, higher = row.get("tier"), above.get("tier")
    if tier not in TIERS or higher not in TIERS:
        return
    step = TIERS.index(higher) - TIERS.index(tier)
    leaf = word(row, "id") in names.leaves
    if step < 0 or (step == 0 and not leaf):
        found = f'"{row["parent"]}", of tier {higher}'
        yield Problem((*path, "parent"), found, f"an area of a higher tier than {tier}")


def _ancestors(path: Path, row: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    """A leaf needs an area of every tier above it, so that each measure has its tiers."""
    name = word(row, "id")
    if name not in names.leaves or row.get("tier") not in TIERS:
        return
    seen: list[str] = []
    here: str | None = name
    while here is not None and here in names.areas:
        if here in seen:
            found = " > ".join([*seen, here])
            yield Problem((*path, "parent"), f"a circle, {found}", "a path that ends at the world")
            return
        seen.append(here)
        here = word(names.areas[here], "parent")
    if here is not None:
        return
    tiers = {names.areas[one].get("tier") for one in seen}
    if not tiers.issubset(TIERS):
        return
    lacking = [tier for tier in TIERS[TIERS.index(row["tier"]) :] if tier not in tiers]
    if lacking and "world" not in lacking:
        found = f"no {' and no '.join(lacking)} above it ({' > '.join(seen)})"
        yield Problem((*path, "parent"), found, "an area of every higher tier above each leaf")


def _area(
    path: Path, row: Mapping[str, Any], data: Mapping[str, Any], names: Names
) -> Iterator[Problem]:
    leaf = word(row, "id") in names.leaves
    if row.get("tier") != "world":
        resolution = row.get("resolution")
        for key in LEAF_KEYS if not leaf else ():
            if key in row:
                wanted = "figures in its leaves only, of which it is the sum"
                yield Problem((*path, key), f"{key} of an area with areas below it", wanted)
        if leaf and resolution is None:
            yield Problem((*path, "resolution"), "nothing", "agents, suppliers or accounts")
        for key in _needed(row, data) if leaf else ():
            if key not in row:
                yield Problem((*path, key), "nothing", f"this key, as resolution is {resolution}")
    if isinstance(row.get("tenure"), Mapping):
        yield from shares_problem((*path, "tenure"), row["tenure"].values())
    for name in table(row, "apart_km"):
        what = "the id of an area without areas below it"
        yield from unknown((*path, "apart_km", name), name, names.leaves, what)
    yield from _sector_mix((*path, "sector_mix"), row.get("sector_mix"))
    people, homes = number(row.get("population")), number(row.get("households"))
    if people is not None and homes is not None and homes > people:
        found = f"{homes:g} households for {people:g} people"
        yield Problem((*path, "households"), found, "no more households than people")


def _needed(row: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    """Figures that a leaf must bring, less where its firms or households stand in the file."""
    resolution = word(row, "resolution") or ""
    yield from NEEDED.get(resolution, ())
    if resolution == "agents":
        for part, keys in GENERATED.items():
            if not any(one.get("area") == row.get("id") for _, one in rows(data, part)):
                yield from keys


def _sector_mix(path: Path, mix: Any) -> Iterator[Problem]:
    if isinstance(mix, str):
        known = table_column("sector_mix", "area")
        yield from unknown(path, mix, known, "a row set of scenarios/tables/sector_mix.csv")
    elif isinstance(mix, Mapping):
        for sector in mix:
            yield from unknown((*path, sector), sector, sector_ids(), "the id of a sector")
        yield from shares_problem(path, mix.values())


def _focus(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    focus = word(data, "focus")
    yield from unknown(("focus",), focus, names.leaves, "the id of an area without areas below it")
    if focus in names.leaves and names.areas[focus].get("resolution") in ("accounts", "suppliers"):
        found = f'"{focus}", of resolution {names.areas[focus]["resolution"]}'
        yield Problem(("focus",), found, "an area of resolution agents")
    seen: set[str] = set()
    for k, name in words(data, "neighbours"):
        path: Path = ("neighbours", k)
        yield from unknown(path, name, names.leaves, "the id of an area without areas below it")
        if name == focus:
            yield Problem(path, f'"{name}", the focus itself', "areas around the focus")
        if name in seen:
            yield Problem(path, f'"{name}" a second time', "each neighbour once")
        seen.add(name)


def _commuting(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    seen: set[tuple[str | None, str | None]] = set()
    for path, row in rows(data, "commuting"):
        pair = (word(row, "home"), word(row, "work"))
        for key, name in zip(("home", "work"), pair, strict=True):
            yield from unknown((*path, key), name, names.leaves, "the id of a leaf area")
        if None not in pair and pair in seen:
            yield Problem(path, f"{pair[0]} to {pair[1]} a second time", "each pair once")
        seen.add(pair)
    for name in table(table(data, "contracts"), "share_in"):
        path = ("contracts", "share_in", name)
        yield from unknown(path, name, names.areas, "the id of an area")
