"""What each council plans to spend on each service, from the returns that councils make yearly."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from scenarios.tables.derive.figures import KEYS, ages
from scenarios.tables.derive.parts import area_id, councils
from scenarios.tables.derive.published import document

RETURNS = "council-budgets/categories.json"


def by_council(folder: Path) -> Iterable[Mapping[str, object]]:
    """One row a council: the 296 lower-tier ones, then the 21 county councils.

    Yields
    ------
    mapping of str to object
        ONS code and services [GBP 1,000 a year, net]; a service that the file does not give for a
        council is empty. The file's own total is left out: it adds up only what costs money, and
        forgets what earns it.
    """
    returns = {
        category["cat"]: {row["slug"]: round(row["amount"]) for row in category["councils"]}
        for category in document(folder, RETURNS)["categories"]
    }
    for code, name in _councils(folder).items():
        key = KEYS.get(area_id(name), area_id(name))
        yield {"code": code} | {name: row.get(key, "") for name, row in returns.items()}


def _councils(folder: Path) -> dict[str, str]:
    """Names of all councils by ONS code."""
    out = {row["code"]: row["name"] for row in ages(folder)}
    out |= {
        row["gss-code"]: row["nice-name"]
        for row in sorted(councils(folder), key=lambda row: row["gss-code"])
        if row["local-authority-type"] == "CTY" and row["current-authority"] == "True"
    }
    return out
