"""The nations whose law the tables hold: their money, their names, and what they call things.

A scenario names its nation (`nation`, default uk). What is written for one nation is said in the
words of another here, at the last step before a reader sees it, and nowhere else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from types import MappingProxyType

from scenarios.tables.reading import UnknownRowError, rows

HOME = "uk"
"""The nation in whose words and money everything is written to begin with."""

MINOR = re.compile(r"(?<=\d)p\b")
"""A price below one of the currency's units, as 43p."""

AS_DATA = r"data:[\w/+.;=-]+,[^\"'\s)]*|\b(?:id|class|href|aria-labelledby)=\"[^\"]*\""
"""Files that stand within a page, and names by which its parts find one another."""


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
        words = sorted(self._words, key=len, reverse=True)
        return re.compile("|".join(_anywhere(word) for word in words))

    def tier(self, name: str) -> str:
        """Name a tier of the area tree; that of the whole nation is told by the nation."""
        return self.id if name == HOME else name

    def say(self, text: str, kept: Iterable[str] = ()) -> str:
        """Say a text that was written for the home nation in this nation's money and words.

        Parameters
        ----------
        text : str
            Plain, or a page or picture with its markup: names of its parts and files that stand
            within it are left as they are.
        kept : iterable of str
            What others wrote (titles, names of places): left as it is wherever it stands whole,
            in markup too.

        Notes
        -----
        Words are replaced by how they are written, not by what they mean. What others wrote is
        changed where it is not `kept`, or broken over the lines of a picture; and where a name is
        itself one of the words (a firm called "The council"), our own word is left as well.
        """
        if not self._words:
            return text
        theirs = {one for one in kept if self._said(one) != one}
        written = {form for one in theirs for form in (one, escape(one, quote=False), _marked(one))}
        whole = [_anywhere(one) for one in sorted(written, key=len, reverse=True)]
        parts = re.split(f"({'|'.join([AS_DATA, *whole])})", text)
        parts[::2] = [self._said(part) for part in parts[::2]]
        return "".join(parts)

    def _said(self, text: str) -> str:
        text = MINOR.sub(self.minor, text)
        return self._pattern.sub(lambda found: self._words[" ".join(found.group().split())], text)


def _anywhere(words: str) -> str:
    """Match some words wherever they stand by themselves, over the end of a line too."""
    first, last = (r"[\w-]" if one.isalnum() else r"(?!)" for one in (words[0], words[-1]))
    return rf"(?<!{first})" + r"\s+".join(map(re.escape, words.split())) + rf"(?!{last})"


def _marked(text: str) -> str:
    """Escape a text as the templates of a page do."""
    return escape(text, quote=False).replace('"', "&#34;").replace("'", "&#39;")


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
