"""What was bought, in the tool's categories: by words of the ledger, by industry, by the name.

A distinct set of words is read once. Each field's words are tried from the surest field down; what
no rule fits stays unknown. Only purchases and refunds have a category.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

ENOUGH = 0.5
"""Below this nothing is said. Grade: judgement: as likely right as wrong."""

TRUST = {"procurement_category": 1.0, "merchant_category": 1.0, "detail": 0.95, "category": 0.95}
"""How far each field's words are trusted, the surest field first. Grade: judgement."""

TRUST_NAME = 0.75
"""How far a supplier's name is trusted. Grade: judgement."""

TRUST_SIC = 0.6
"""How far a supplier's industry is trusted: firms sell more than their first code. Grade:
judgement."""

_MARKS = re.compile(r"[^a-z0-9&]+")
_EDGE = re.compile(r"^(?:exp|expenditure)\b\s*(?:purchase of goods services)?\s*(?:other)?\s*")


class Read(NamedTuple):
    """What words were read as.

    Attributes
    ----------
    category : str or None
        Id of categories.csv; None is unknown.
    confidence : float
        0 to 1.
    reason : str
    """

    category: str | None
    confidence: float
    reason: str


NOTHING = Read(None, 0.0, "no word that tells")


@dataclass(frozen=True, slots=True)
class _Rule:
    category: str
    sure: float
    words: re.Pattern[str]
    service: re.Pattern[str] | None


@dataclass(frozen=True)
class _Rules:
    broad: re.Pattern[str]
    words: Sequence[_Rule]
    sic: Mapping[str, str | None]


@cache
def _rules() -> _Rules:
    text = (files("scenarios.sources") / "spend_categories.toml").read_text("utf-8")
    told = tomllib.loads(text)
    sic: dict[str, str | None] = {
        code: category for category, codes in told.pop("sic").items() for code in codes.split()
    }
    sic |= dict.fromkeys(told.pop("not_sic")["none"].split())
    broad = re.compile(told.pop("too_broad"))
    rules = [
        _Rule(category, sure, re.compile(pattern), re.compile(service[0]) if service else None)
        for category, lines in told.items()
        for sure, pattern, *service in lines
    ]
    return _Rules(broad, sorted(rules, key=lambda one: -one.sure), sic)


def plain(text: str) -> str:
    """Write words in small letters, parted by single blanks."""
    return _EDGE.sub("", _MARKS.sub(" ", text.lower().replace("'", "").replace("’", "")).strip())


def read_words(texts: Mapping[str, str | None]) -> Read:
    """Say what a set of words means.

    Parameters
    ----------
    texts : mapping of str to str or None
        Field of a payment -> its text.

    Returns
    -------
    Read
        Of the surest field that tells anything; a service alone tells nothing, since it buys all
        sorts of things.
    """
    service = plain(texts.get("service") or "")
    for name, trust in TRUST.items():
        text = texts.get(name)
        found = _read(plain(text), service, trust) if text else NOTHING
        if found.category and found.confidence >= ENOUGH:
            return found._replace(reason=f"{name.replace('_', ' ')}: {found.reason}")
    return NOTHING


@lru_cache(100_000)
def _read(text: str, service: str, trust: float) -> Read:
    """The first rule that fits, from the surest down."""
    if _rules().broad.fullmatch(text):
        return NOTHING
    for rule in _rules().words:
        hit = rule.words.search(text)
        if hit is None:
            continue
        if rule.service is None:
            return Read(rule.category, round(rule.sure * trust, 3), f"“{hit[0]}”")
        beside = rule.service.search(service)
        if beside:
            told = f"“{hit[0][:40]}” in “{beside[0]}”"
            return Read(rule.category, round(rule.sure * trust, 3), told)
    return NOTHING


def read_supplier(sic: str | None, names: Sequence[str]) -> Read:
    """Say what a supplier stands for, by its industry or by its name.

    Parameters
    ----------
    sic : str or None
        Code of SIC 2007, or a text that begins with one.
    names : sequence of str
        Cleaned names.

    Returns
    -------
    Read
    """
    by_name = NOTHING
    for name in sorted(set(names)):
        found = _read(name, "", TRUST_NAME)
        if found.category and found.confidence > by_name.confidence:
            by_name = found._replace(reason=f"the supplier’s name: {found.reason}")
    by_industry = read_sic(sic)
    best = max((by_industry, by_name), key=lambda one: one.confidence)
    return best if best.confidence >= ENOUGH else NOTHING


def read_sic(sic: str | None) -> Read:
    """Say what an industry sells, by the longest code that is on the list."""
    code = re.match(r"\d{4,5}\b", (sic or "").strip())
    if code is None:
        return NOTHING
    digits = code[0]
    for length in range(len(digits), 1, -1):
        if digits[:length] in _rules().sic:
            category = _rules().sic[digits[:length]]
            return Read(category, TRUST_SIC, f"industry SIC {digits}") if category else NOTHING
    return NOTHING
