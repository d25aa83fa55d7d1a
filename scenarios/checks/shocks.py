"""A shock must strike within the story, and somebody who is there."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.checks.loose import Path, number, rows, table, unknown, word
from scenarios.checks.names import Names
from scenarios.checks.organisations import CATEGORY
from scenarios.errors import Problem
from scenarios.spec.words import category_ids, sector_ids


def shock_problems(data: Mapping[str, Any], names: Names) -> Iterator[Problem]:
    """Check months, buyers, categories and sectors of shocks."""
    months = number(table(data, "compare").get("months", 120))
    for path, row in rows(data, "shocks"):
        month = number(row.get("month"))
        if months is not None and month is not None and month > months >= 1:
            wanted = f"at most compare.months, {months:g}"
            yield Problem((*path, "month"), f"{month:g}", wanted)
        buyer = word(row, "buyer")
        yield from unknown((*path, "buyer"), buyer, names.buyers, "the id of a buyer")
        yield from unknown((*path, "area"), word(row, "area"), names.areas, "the id of an area")
        yield from unknown((*path, "sector"), word(row, "sector"), sector_ids(), "a sector id")
        yield from _category(path, word(row, "category"), buyer, names)


def _category(
    path: Path, category: str | None, buyer: str | None, names: Names
) -> Iterator[Problem]:
    """Refuse a category that does not exist, or that nobody concerned spends anything on."""
    if category is None:
        return
    yield from unknown((*path, "category"), category, category_ids(), CATEGORY)
    if category not in category_ids() or not (buyer is None or buyer in names.buyers):
        return
    asked = names.buyers.values() if buyer is None else [names.buyers[buyer]]
    spent = {name for one in asked for name in table(one, "budget")}
    if category not in spent:
        whose = "no buyer has any" if buyer is None else f"{buyer} has none"
        found = f'"{category}", for which {whose}'
        yield Problem((*path, "category"), found, "a category of its budget")
