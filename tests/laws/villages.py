"""The village told otherwise: its file as a tree that a test may change before it is read."""

from collections.abc import Callable
from typing import Any

import tomlkit

from scenarios import shelf
from scenarios.read import draft_from_text
from scenarios.spec import Scenario

Tree = dict[str, Any]


def village(change: Callable[[Tree], None]) -> Scenario:
    """Read the village after a change to its tree."""
    tree = tomlkit.parse(shelf.find("village").read_text(encoding="utf-8")).unwrap()
    change(tree)
    return draft_from_text(tomlkit.dumps(tree), "village.toml").require()


def named(rows: list[Tree], name: str) -> Tree:
    """Pick the row of a name."""
    return next(row for row in rows if row["id"] == name)


def commute(tree: Tree, **people: int) -> None:
    """Set commuters, `home__work=people` with hyphens as underscores, and the jobs they fill."""
    tree["commuting"] = [
        {"home": home.replace("_", "-"), "work": work.replace("_", "-"), "people": count}
        for key, count in people.items()
        for home, work in [key.split("__")]
    ]
    for area in tree["areas"]:
        if "jobs" in area:
            rows = tree["commuting"]
            area["jobs"] = sum(row["people"] for row in rows if row["work"] == area["id"])
            area["workers"] = sum(row["people"] for row in rows if row["home"] == area["id"])


def contract(tree: Tree, **shares: dict[str, float]) -> None:
    """Let each category's contracts be with these suppliers for as long as any test lasts."""
    tree["contracts"]["standing"] = [
        {
            "buyer": "village-council",
            "category": category,
            "supplier": supplier,
            "share": share,
            "months_left": 120,
        }
        for category, suppliers in shares.items()
        for supplier, share in suppliers.items()
    ]
