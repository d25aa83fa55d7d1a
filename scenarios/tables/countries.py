"""The nations whose law the tables hold: their money, their names, and what they call things.

A scenario names its nation (`nation`, default uk). What is written for one nation is said in the
words of another here, at the last step before a reader sees it, and nowhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from scenarios.tables.reading import UnknownRowError, rows

HOME = "uk"
"""The nation in whose words and money everything is written to begin with."""

MINOR = re.compile(r"(?<=\d)p\b")
"""A price below one of the currency's units, as 43p."""

DATA_URI = re.compile(r"(data:[\w/+.;=-]+,[^\"'\s)]*)")


@dataclass(frozen=True)
class Country:
    """A nation as the tables know it.

    Attributes
    ----------
    id, name, called : str
        Key in a scenario, full name, and name within a sentence.
    currency, symbol, minor : str
        ISO 4217 code, sign before an amount, sign after an amount below one unit.
    buying : str
        The law that governs public buying where no way of buying has a route of its own; empty
        where the ways of buying name their routes themselves.
    """

    id: str
    name: str
    called: str
    currency: str
    symbol: str
    minor: str
    buying: str

    @cached_property
    def _words(self) -> Mapping[str, str]:
        mine = (row for row in rows("country_words") if row["country"] == self.id)
        return MappingProxyType({row["word"]: row["said"] for row in mine})

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        told = (
            rf"(?<![\w-]){re.escape(word)}(?![\w-])" if word[-1].isalpha() else re.escape(word)
            for word in sorted(self._words, key=len, reverse=True)
        )
        return re.compile("|".join(told))

    def tier(self, name: str) -> str:
        """Name a tier of the area tree; that of the whole nation is told by the nation."""
        return self.id if name == HOME else name

    def say(self, text: str) -> str:
        """Say a text that was written for the home nation in this nation's money and words.

        Files that stand within the text as data are left as they are.
        """
        if not self._words:
            return text
        parts = DATA_URI.split(text)
        parts[::2] = [self._said(part) for part in parts[::2]]
        return "".join(parts)

    def _said(self, text: str) -> str:
        text = MINOR.sub(self.minor, text)
        return self._pattern.sub(lambda found: self._words[found.group()], text)


@cache
def countries() -> Mapping[str, Country]:
    """Read the nations of the table, by id; read-only."""
    return MappingProxyType({row["id"]: Country(**row) for row in rows("countries")})


def country(name: str) -> Country:
    """Find a nation.

    Raises
    ------
    UnknownRowError
        When the table has no such nation.
    """
    known = countries()
    if name not in known:
        raise UnknownRowError(name, "countries.csv", known)
    return known[name]


@cache
def symbol_of(unit: str) -> str:
    """Return the sign of the money that a unit is in (`USD a year`: $); empty where it is none."""
    code = unit.partition(" ")[0]
    return next((one.symbol for one in countries().values() if one.currency == code), "")
