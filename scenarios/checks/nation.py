"""Whose law applies must be known, and the money must be that nation's."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.checks.loose import table, unknown, word
from scenarios.errors import Problem
from scenarios.spec.words import nation_money


def nation_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Check the nation, its currency, and that made areas lie in it."""
    known = nation_money()
    nation = word(data, "nation") or "uk"
    yield from unknown(("nation",), nation, known, "a nation of scenarios/tables/countries.csv")
    if nation not in known:
        return
    currency = word(data, "currency")
    if currency is not None and currency.isupper() and currency != known[nation]:
        wanted = f"{known[nation]}, the money of nation {nation}, in which its law is written"
        yield Problem(("currency",), f'"{currency}"', wanted, "Change currency, or nation.")
    if table(data, "tables").get("districts") in ("england", "uk") and nation != "uk":
        wanted = 'nation "uk", where the districts of the tables lie'
        yield Problem(("nation",), f'"{nation}"', wanted, "Write the areas down, or leave it out.")
