"""What `[tables]` knows of councils must speak of councils and categories that exist."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.checks.loose import table, unknown
from scenarios.checks.organisations import CATEGORY
from scenarios.errors import Problem
from scenarios.spec.words import category_ids

WHERE = {
    "england": "the id of a council of England",
    "uk": "the id of a council of the United Kingdom",
}


def tables_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Check the budgets that are known; the tables are opened only where there are some."""
    budgets = table(table(data, "tables"), "budgets")
    if not budgets:
        return
    from scenarios.from_tables.councils import council_ids
    from scenarios.from_tables.extent import extent

    reach = table(data, "tables").get("districts")
    if reach not in WHERE:
        return
    for name in budgets:
        path = ("tables", "budgets", name)
        yield from unknown(path, name, council_ids(extent(reach)), WHERE[reach])
        for category in table(budgets, name):
            yield from unknown((*path, category), category, category_ids(), CATEGORY)
