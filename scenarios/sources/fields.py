"""What a heading says its column is. The words stand in fields.toml; none names a publisher."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

AMOUNTS = ("net", "amount", "gross")
"""Fields that can be what is summed, in the order of preference."""

MONEY = (*AMOUNTS, "vat", "irrecoverable_vat")

ENOUGH_LIKE = 86.0
"""Of 100 (rapidfuzz's ratio): a misspelt word of a heading is taken for the known one."""

SHORTEST = 6
"""Letters of a word that may be misspelt."""

LONGEST_HEADING = 120
"""Letters; a longer cell is prose."""

KEPT = 4096
"""Headings remembered."""

_MARKS = re.compile(r"[^a-z0-9£#&]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GLUED = re.compile(
    r"\b(supplier|vendor|payee|beneficiary|merchant|creditor|pay(?:ment)?|paid|invoice|posting"
    r"|trans(?:action)?|net|gross|vat|total|document|company|charity|cost|service)"
    r"(name|id|no|number|date|amount|amt|value|ref|type|area|centre|code)\b"
)
_WORD = re.compile(r"[a-z]{6,}")
_CODE_NAMED = re.compile(r"\bcode (?=(?:description|desc|name|label|text|t)\b)")

_AND_NUMBER = re.compile(r"\bname (?:& |and )?(?:number|no|id|code)\b")


@dataclass(frozen=True)
class FieldRule:
    """How a field is recognised by its heading.

    Attributes
    ----------
    name, what : str
        The field, and what it is.
    never : re.Pattern
        A heading that it fits is none of this field.
    patterns : sequence of (re.Pattern, float)
        Tried in order; each with how sure it makes us, 0 to 1.
    """

    name: str
    what: str
    never: re.Pattern[str]
    patterns: Sequence[tuple[re.Pattern[str], float]]

    def weight(self, heading: str) -> float:
        """How sure a plain heading makes us, 0 to 1."""
        if self.never.search(heading):
            return 0.0
        return next((sure for pattern, sure in self.patterns if pattern.search(heading)), 0.0)


@cache
def rules() -> Mapping[str, FieldRule]:
    """Field -> its rule, in the order of the file."""
    text = (files("scenarios.sources") / "fields.toml").read_text("utf-8")
    return {
        name: FieldRule(
            name,
            told["what"],
            re.compile(told["never"]),
            [(re.compile(pattern), float(sure)) for pattern, sure in told["patterns"]],
        )
        for name, told in tomllib.loads(text).items()
    }


@cache
def _known_words() -> frozenset[str]:
    told = [p.pattern for rule in rules().values() for p, _ in rule.patterns]
    bare = [re.sub(r"\\.", " ", pattern) for pattern in told]
    return frozenset(word for pattern in bare for word in _WORD.findall(pattern))


@lru_cache(KEPT)
def plain(heading: str) -> str:
    """Write a heading in lower case with single spaces, its misspelt words mended."""
    text = _HUMP.sub(" ", heading[:LONGEST_HEADING]).lower().replace("£", " gbp ")
    text = _GLUED.sub(r"\1 \2", text)
    words = _MARKS.sub(" ", text.replace("’", "").replace("'", "")).split()
    words = ["date" if word == "dt" else _mended(word) for word in words]
    return _AND_NUMBER.sub("name", _CODE_NAMED.sub("", " ".join(words)))


@lru_cache(KEPT)
def _mended(word: str) -> str:
    from rapidfuzz import fuzz

    if len(word) < SHORTEST or word in _known_words() or not word.isalpha():
        return word
    scores = sorted((-fuzz.ratio(word, known), known) for known in _known_words())
    return scores[0][1] if scores and -scores[0][0] >= ENOUGH_LIKE else word


@lru_cache(KEPT)
def heading_weights(heading: str) -> Mapping[str, float]:
    """Field -> how sure a heading makes us; fields that it does not name are left out."""
    if len(heading) > LONGEST_HEADING:
        return {}
    text = plain(heading)
    found = {name: rule.weight(text) for name, rule in rules().items()}
    return {name: sure for name, sure in found.items() if sure}


def fields_named(cells: Iterable[str]) -> int:
    """Count the different fields that a row names, each cell by what it most surely is."""
    named = set()
    for cell in cells:
        weights = heading_weights(cell.strip()) if cell and len(cell) <= LONGEST_HEADING else {}
        if weights:
            named.add(max(weights, key=lambda name: weights[name]))
    return len(named)
