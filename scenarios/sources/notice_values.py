"""Single facts of a notice: money in pence, dates, flags, codes and identifiers, or nothing.

Each reader takes whatever a portal wrote and gives the fact, or None where it cannot be had.
Unknown stays unknown: no reader guesses.
"""

import html
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

MOST_PENCE = 10**15
"""Ten trillion pounds: an amount above is no amount."""

NOMINAL_PENCE = 100
"""A value of a pound or less stands in a field that may not be blank; it is no value."""

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Dates outside stand for "none" or "for ever"."""

TITLE_LETTERS = 300

_PLAIN_NUMBER = re.compile(r"\s*£?\s*\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*|\s*£?\s*\d+(?:\.\d+)?\s*")
_PERCENT = re.compile(r"\s*(\d{1,3}(?:\.\d{1,4})?)\s*%?\s*")
_BLANKS = re.compile(r"\s+")
_CPV = re.compile(r"\s*(\d{8})(?:-\d)?\s*")
_POSTCODE = re.compile(
    r"\b(GIR ?0AA|[A-PR-UWYZ](?:[A-HK-Y]?\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])"
    r" ?\d[ABD-HJLNP-UW-Z]{2})\b"
)
_KEY = re.compile(r"[A-Za-z]{2}-[A-Za-z0-9]+-[A-Za-z0-9./ -]*\d[A-Za-z0-9./ -]*")

SIZES = {
    "micro": True,
    "small": True,
    "medium": True,
    "selfemployed": True,
    "sme": True,
    "large": False,
}
"""Words of the organisation scale extension, and whether they are of an SME."""


def text(value: Any, longest: int = TITLE_LETTERS) -> str | None:
    """Give a text in one line without entities or letters that cannot be printed."""
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        return None
    whole = html.unescape(str(value)[: 8 * longest])
    printable = "".join(letter if letter.isprintable() else " " for letter in whole)
    line = _BLANKS.sub(" ", printable).strip()
    return (line if len(line) <= longest else line[: longest - 1] + "…") or None


def name(value: Any) -> str | None:
    """Give a word of a code list or an id: text of at most 100 letters."""
    return text(value, 100)


def names(value: Any) -> list[str] | None:
    """Give a list of words; one word alone counts as a list."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return None
    return [word for each in value if (word := name(each))]


def flag(value: Any) -> bool | None:
    """Give true or false, also where it is written as a word."""
    if isinstance(value, str):
        return {"true": True, "yes": True, "false": False, "no": False}.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def count(value: Any) -> int | None:
    """Give a number of things."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return int(value) if 0 <= value < 10**9 and value == int(value) else None


def number(value: Any) -> Decimal | None:
    """Give a plain number, also where it is written as text with commas or a pound sign."""
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
        value = Decimal(value.replace(",", "").replace("£", "").strip())
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    return exact if exact.is_finite() else None


def pence(value: Any) -> int | None:
    """Give an amount in pence, halves rounded up; None where it is negative or beyond all sums."""
    exact = number(value)
    if exact is None or not 0 <= exact <= MOST_PENCE // 100:
        return None
    try:
        return int((exact * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        return None


def money(value: Any) -> dict[str, Any] | None:
    """Give a value with its currency, net (`pence`) and with VAT (`gross`), as far as stated."""
    if not isinstance(value, dict):
        return None
    found: dict[str, Any] = {
        "pence": pence(value.get("amount")),
        "gross": pence(value.get("amountGross")),
        "currency": name(value.get("currency")),
    }
    known = {key: fact for key, fact in found.items() if fact is not None}
    return known if known.keys() & {"pence", "gross"} else None


def percent(value: Any) -> float | None:
    """Give a weight in per cent, from a number or from text that is nothing else."""
    if isinstance(value, str):
        found = _PERCENT.fullmatch(value)
        value = Decimal(found.group(1)) if found else None
    exact = number(value)
    return float(exact) if exact is not None and 0 <= exact <= 100 else None


def day(value: Any) -> str | None:
    """Give the day of a date or a time, as it is written in its own zone: `2026-03-31`."""
    if not isinstance(value, str):
        return None
    try:
        found = date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None


def moment(value: Any) -> str | None:
    """Give a time in UTC, so that times of different zones sort; without a zone it is UTC."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        found = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.isoformat(timespec="microseconds")


def period(value: Any) -> dict[str, Any] | None:
    """Give a period: start, end, end with every extension, and length in days where stated."""
    if not isinstance(value, dict):
        return None
    found = {
        "start": day(value.get("startDate")),
        "end": day(value.get("endDate")),
        "longest": day(value.get("maxExtentDate")),
        "days": count(value.get("durationInDays")),
    }
    return {key: fact for key, fact in found.items() if fact is not None} or None


def cpv(value: Any) -> str | None:
    """Give a code of the Common Procurement Vocabulary without its check digit."""
    found = _CPV.fullmatch(str(value)) if isinstance(value, str | int) else None
    return found.group(1) if found else None


def classified(value: Any) -> str | None:
    """Give the CPV code of a classification; None where it is of another scheme."""
    if not isinstance(value, dict) or str(value.get("scheme", "CPV")).strip().upper() != "CPV":
        return None
    return cpv(value.get("id"))


def postcode(value: Any) -> str | None:
    """Give the last UK postcode within a text, written with its blank."""
    if not isinstance(value, str):
        return None
    found = _POSTCODE.findall(_BLANKS.sub(" ", value[:1000]).upper())
    if not found:
        return None
    bare = found[-1].replace(" ", "")
    return f"{bare[:-3]} {bare[-3:]}"


def outward(value: str | None) -> str | None:
    """Give the first half of a postcode, which names a town rather than a door."""
    return value.split()[0] if value else None


def sme(scale: Any) -> bool | None:
    """Tell from its scale whether an organisation is small or medium."""
    return SIZES.get(str(scale).strip().lower()) if isinstance(scale, str) else None


def key(value: Any) -> str | None:
    """Give an id of an organisation that is a scheme and a number; others may hold a name."""
    word = name(value)
    return word if word and _KEY.fullmatch(word) else None


def joined(words: Iterable[str]) -> str | None:
    """Put words into one cell, each once, in order."""
    return "; ".join(sorted(set(words))) or None


def first(mapping: Mapping[str, Any], *keys: str) -> Any:
    """Give the first of some members that is there and not null."""
    return next((mapping[key] for key in keys if mapping.get(key) is not None), None)
