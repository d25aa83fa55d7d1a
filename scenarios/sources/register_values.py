"""A cell of a contracts register that holds a value: a sum, a range, an upper limit, or nothing.

Registers are filled by hand. "Up to £50,000" is no £50,000, "£20k a year" is no total, and a dash
is not zero: each is kept as what it says.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from scenarios.sources.contract_schema import NOMINAL, NONE, RANGE, STATED, UP_TO
from scenarios.sources.notice_values import MOST_PENCE, NOMINAL_PENCE, pence

UNREADABLE = "unreadable"

FLAGS = {
    "yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False,
    "0": False,
}  # fmt: skip
"""Words for yes and no."""

SME_WORDS = {
    "sme": True, "micro": True, "small": True, "medium": True, "small or medium": True,
    "large": False, "non sme": False, "non-sme": False, "not sme": False, "neither": False,
    "sme and vcse": True, "sme/vcse": True, "both": True, "vcse": None,
}  # fmt: skip
VCSE_WORDS = {
    "vcse": True, "vcs": True, "charity": True, "voluntary": True, "social enterprise": True,
    "third sector": True, "sme and vcse": True, "sme/vcse": True, "both": True, "neither": False,
    "non vcse": False, "non-vcse": False, "private": False, "sme": None,
}  # fmt: skip

BLANK = re.compile(
    r"[-–—.?/*\s]*|n/?a|nil|none|tb[cad]|to be (?:confirmed|agreed|determined|advised)|various|"
    r"varies|variable|un(?:known|specified)|not (?:known|applicable|stated|available|specified)|"
    r"confidential|commercial(?:ly)? (?:in confidence|sensitive)|withheld|redacted|exempt|"
    r"see (?:notes?|comments?|description)|rolling|ongoing|call[- ]?off|as required|framework|"
    r"spot purchase|demand led",
    re.IGNORECASE,
)
"""What stands in a cell for "not known"."""

_SUM = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?\s*"
    r"(?P<size>k|thousand|m|mn|mill|million|bn|billion)?(?![a-z\d])",
    re.IGNORECASE,
)
_SIZES = {"k": 1000, "t": 1000, "m": 10**6, "b": 10**9}
_YEARLY = re.compile(
    r"\bper annum\b|\bp\.?\s?a\b\.?|\b(?:a|per|each|every) year\b|\bannual(?:ly)?\b|\byearly\b"
    r"|/\s?(?:yr|year|annum)\b|(?<=[\dkm])\s?p\.?a\b\.?",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:up ?to|max(?:imum)?|not? (?:more than|exceeding|greater than)|under|below|less than"
    r"|capped at|limit(?:ed to)?|ceiling)\b|^\s*[<≤]",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:over|above|more than|min(?:imum)?|at least|in excess of|exceed(?:s|ing)?"
    r"|greater than)\b|^\s*[>≥]|[\dkmn]\s*\+\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\d[^\d]*?(?:-|–|—|\bto\b|\band\b)\s*£?\s*\d", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"£|gbp|pounds?|sterling|approx(?:imate(?:ly)?|\.)?|circa|c\.|about|around|estimated?|est\.?|"
    r"total|value|ex(?:c|cl|cluding|clusive of)?\.?\s*vat|plus vat|\+\s*vat|net|of vat|in all|"
    r"between|from|to|and|per contract|contract|[-–—+=<>≤≥~():;,.\s]",
    re.IGNORECASE,
)


class Value(NamedTuple):
    """What a cell says.

    Attributes
    ----------
    kind : str
        As of `contract_schema`, or `UNREADABLE`.
    low, high : int or None
        Equal for one sum [pence].
    yearly : bool
        Whether it says that this is for one year.
    """

    kind: str
    low: int | None = None
    high: int | None = None
    yearly: bool = False


def value_of(cell: str) -> Value:
    """Read a cell.

    Parameters
    ----------
    cell : str
        As it stands, without space around it.

    Returns
    -------
    Value
        `UNREADABLE` where it says something that is none of the four.
    """
    if BLANK.fullmatch(cell):
        return Value(NONE)
    if len(cell) > 120:
        return Value(UNREADABLE)
    text = cell.replace("\u00a0", " ").replace("Â£", "£")
    yearly = bool(_YEARLY.search(text))
    text = _YEARLY.sub(" ", text)
    sums = list(_SUM.finditer(text))
    up_to, least, between = _UP_TO.search(text), _AT_LEAST.search(text), _BETWEEN.search(text)
    rest = _AT_LEAST.sub(" ", _UP_TO.sub(" ", _SUM.sub(" ", text)))
    if not sums or len(sums) > 2 or _LEFT_OVER.sub("", rest):
        return Value(UNREADABLE)
    last = sums[-1]["size"]
    found = [_pence(each, last if len(sums) == 2 else None) for each in sums]
    if None in found or (len(found) == 1 and re.match(r"\s*[-(−]", text)):
        return Value(UNREADABLE)
    if len(found) == 2:
        low, high = found
        if not between or low is None or high is None or low > high:
            return Value(UNREADABLE)
        return Value(RANGE if low < high else STATED, low, high, yearly)
    [sum_] = found
    if sum_ is not None and sum_ <= NOMINAL_PENCE:
        return Value(NOMINAL, yearly=yearly)
    if up_to:
        return Value(UP_TO, None, sum_, yearly)
    if least:
        return Value(RANGE, sum_, None, yearly)
    return Value(STATED, sum_, sum_, yearly)


def _pence(found: re.Match[str], last: str | None) -> int | None:
    """Read a number with its size; in "10-20k" the size of the last is that of the first, too."""
    size = found["size"] or last
    factor = _SIZES[size[0].lower()] if size else 1
    exact = pence(found["whole"] + (found["part"] or ""))
    whole = exact * factor if exact is not None else None
    return whole if whole is not None and whole <= MOST_PENCE else None


def flag_of(cell: str, words: Mapping[str, bool | None]) -> bool | None:
    """Read a yes or a no, or a word that says which; None where it says neither."""
    plain = cell.casefold().strip(" .")
    return FLAGS.get(plain, words.get(plain))
