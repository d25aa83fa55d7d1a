"""What a contract of a register buys: by its class, where that is one of ours, and by its title."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from scenarios.sources.spend_categories import read_words
from scenarios.tables import categories

WORD = re.compile(r"[a-z]+")
FILLERS = frozenset(("and", "services", "supplies"))
"""Words of the names of classes that registers leave out, or write otherwise."""

NARROW = frozenset(("digital_networks",))
"""Categories that a contract of their class is for only where its title says so."""


def category_of(row: Mapping[str, Any]) -> str | None:
    """Read the category of a row of contracts.

    Parameters
    ----------
    row : mapping
        With `category_name` and `title`.

    Returns
    -------
    str or None
        Of a level 1 class of ProClass (categories.csv), the category that it stands for; where it
        stands for several, the one that the title says. Of other words the title's category, else
        that of the words. None where nothing tells.
    """
    named = row["category_name"]
    by_title = read_words({"detail": row["title"]}).category
    of_class = _classes().get(_words(named or ""), ())
    if by_title in of_class:
        return by_title
    if of_class:
        usual = [one for one in of_class if one not in NARROW]
        return usual[0] if len(usual) == 1 else None
    return by_title or read_words({"procurement_category": named}).category


@cache
def _classes() -> Mapping[frozenset[str], tuple[str, ...]]:
    """Categories by the words of their class."""
    out: dict[frozenset[str], tuple[str, ...]] = {}
    for one in categories():
        words = _words(one.proclass)
        out[words] = (*out.get(words, ()), one.id)
    return out


def _words(name: str) -> frozenset[str]:
    return frozenset(WORD.findall(name.lower())) - FILLERS
