"""Names of persons are not shown: what looks like one, and shows no organisation, is masked.

Councils publish sole traders, foster carers and claimants by name. The rule errs on masking: two
or three words that could be a name, with no form of law, institution, trade or number of a company
beside them, are taken for a person. That also masks some firms; a list of names to keep undoes it.
The words stand in masking.toml.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

REDACTED = "redacted"
NOT_STATED = "not stated"
MASKED_TEXT = "masked"

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w])|[&+@]")
_TRADING = re.compile(r"\s\(?(?:t/a\.?|t\\a|ta|trading as|dba)\b\s*:?\s*", re.IGNORECASE)
_WEB = re.compile(r"(?:\bwww\.|\b[\w-]+\.(?:com|co\.uk|org|net|gov|uk|eu|io)\b)", re.IGNORECASE)
_HEIR = re.compile(
    r"\b(?:exors?|executors?|estate of|the late|deceased|dec'?d|parents? of|guardian)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_LEGAL = re.compile(r"\b(?:ltd|limited|plc|llp|cic|cio)\b", re.IGNORECASE)
_ADDRESSED = {"mr", "mrs", "miss", "messrs"}
_JOINED = re.compile(r"(?:&|\+|\band\b)", re.IGNORECASE)
JOINING = {"and", "&", "+"}
FULL_NAME = 3
"""Words of a name with all its parts."""

LEAST_GLUED = 5
"""Letters; a word with more may be a surname with an initial written to it."""

MOST_WORDS = 5
"""A longer text without a word of an organisation is no name alone."""


class Words(NamedTuple):
    """Words by what they show."""

    institutions: frozenset[str]
    trades: frozenset[str]
    other: frozenset[str]
    also_surnames: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    titles: frozenset[str]
    withheld: re.Pattern[str]


@cache
def words() -> Words:
    """The lists of masking.toml."""
    told = tomllib.loads((files("scenarios.sources") / "masking.toml").read_text("utf-8"))
    withheld = re.compile(told.pop("withheld"), re.IGNORECASE)
    return Words(
        **{name: frozenset(text.split()) for name, text in told.items()}, withheld=withheld
    )


@cache
def _firm_words() -> frozenset[str]:
    """Words that are no part of a person's name, or hardly ever."""
    return words().institutions | words().trades | words().other


class Payee(NamedTuple):
    """What a name of a payee is taken for.

    Attributes
    ----------
    kind : str
        `organisation`, `person`, `redacted` or `not stated`.
    shown : str
        What may be shown of it; empty for a person.
    """

    kind: str
    shown: str


def judge(name: str, *, registered: bool = False, kept: Collection[str] = ()) -> Payee:
    """Say whether a payee is a person.

    Parameters
    ----------
    name : str
        As it stands in the file, without space around it.
    registered : bool
        Whether a number of a company or charity stands beside it.
    kept : collection of str
        Names, in lower case, that are organisations whatever they look like.

    Returns
    -------
    Payee
        Its kind, and what may be shown.
    """
    if not name:
        return Payee(NOT_STATED, NOT_STATED)
    if name.casefold() in kept:
        return Payee("organisation", name)
    if words().withheld.search(name):
        return Payee(REDACTED, REDACTED)
    hidden = _half_hidden(name) or _lone_surname(name)
    bare = _without_person(name)
    if not hidden and (bare == name or " " in bare) and not _is_person(bare):
        return Payee("organisation", bare)
    if registered:
        return Payee("organisation", name)
    _, _, trade = _split_trading(name)
    if trade and not _is_person(trade):
        return Payee("organisation", trade)
    return Payee("person", "")


def _half_hidden(name: str) -> bool:
    """Say whether initials or a first name and a surname stand beside brackets, or underscored."""
    outside = _BRACKETS.sub(lambda found: found[0] if _LEGAL.search(found[1]) else "", name)
    outside = outside.replace("_", " ").strip()
    said = [word.casefold() for word in _WORD.findall(outside)]
    if outside == name or not 1 < len(said) <= FULL_NAME or _TRADING.search(name):
        return False
    told = any(len(word) <= 2 or word in words().given for word in said)
    return told and _is_person(outside)


def _lone_surname(name: str) -> bool:
    """Say whether a name is a common surname alone, or one with an initial written to it."""
    word, common = name.casefold(), words().surnames
    glued = word[1:] in common or (word[-1] != "s" and word[:-1] in common)
    return word in common or (len(word) > LEAST_GLUED and glued)


def _without_person(name: str) -> str:
    """Take out of the name of an organisation a person who stands behind it or in brackets."""
    before, sign, after = _split_trading(name)
    if sign and (not after or _is_person(after)):
        name = before
    return _BRACKETS.sub(lambda found: "" if _is_person(found[1]) else found[0], name).strip()


def _split_trading(name: str) -> tuple[str, str, str]:
    found = _TRADING.search(name)
    return (
        (name, "", "") if found is None else (name[: found.start()], found[0], name[found.end() :])
    )


@lru_cache(65_536)
def _is_person(name: str) -> bool:
    """Say whether a name is a person's, a title, an initial or a first name before all."""
    known = words()
    before, _, after = _split_trading(name)
    if after and _is_person(before):
        return True
    said = [word.casefold() for word in _WORD.findall(name)]
    if "@" in said:
        return True
    if not said:
        return False
    if _HEIR.search(name):
        return True
    if any(word in _ADDRESSED for word in said) and not _LEGAL.search(name):
        return True
    institution = known.institutions - known.also_surnames
    if any(word in institution for word in said) or _WEB.search(name):
        return False
    if said[0] in known.titles or said[-1] in known.titles:
        return True
    return _like_a_name(name, [word for word in said if word not in JOINING])


def _like_a_name(name: str, said: list[str]) -> bool:
    """Say whether words without title and institution are those of a name."""
    known = words()
    firm = _firm_words()
    long = [word for word in said if not _initials(word)]
    strange = [word for word in long if word not in firm and word not in known.given]
    if len(said) == 1 or not long:
        return said[0] in known.given
    first_name = said[-1] in known.given and said[-1] not in known.surnames
    if first_name and len(said) <= FULL_NAME and said[0] in known.also_surnames:
        return True  # surname first
    family = {*strange, *(word for word in long if word in known.also_surnames | known.given)}
    if any(one in known.given and two in family for one, two in pairwise(long)):
        return True
    may_be = known.also_surnames | (known.other - known.trades - known.institutions)
    if said[0] in known.given:
        beside = any(word in strange for word in long[1:3])
        surname = len(said) <= 3 and any(word in may_be for word in long[1:])
        return beside or surname or (len(said) <= 3 and len(long) == 1)
    if len(long) < len(said):  # with initials
        surname = len(long) == 1 and long[0] in may_be
        return bool(strange) or surname or any(word in known.given for word in long)
    if len(said) <= 3 and said[-1] in known.given and said[0] in strange:
        return True
    if any(word in firm for word in said) or len(said) > MOST_WORDS:
        return False
    return not _JOINED.search(name)


def _initials(word: str) -> bool:
    """Say whether a word is an initial or a few of them written together."""
    return len(word) == 1 or (len(word) == 2 and not set(word) & set("aeiouyáéíóúäöü"))


_TITLED = re.compile(
    r"\b(?:mr|mrs|miss|mx|dr|cllr|councillor|rev|sir|lady)\b\.?\s+[^\W\d_]+", re.IGNORECASE
)


_TWO_WORDS = re.compile(r"[^\W\d_][\W_]+[^\W\d_]")


def safe_text(text: str) -> str:
    """Give a text of a ledger as it may be shown: with a person's name in it, as `masked`.

    Parameters
    ----------
    text : str
        Of a code list: a service, a category, a reference. Free words are never shown at all.

    Returns
    -------
    str
        The text, or `masked`.
    """
    if "@" in text:
        return MASKED_TEXT
    if not _TWO_WORDS.search(text):
        return text
    if _TITLED.search(text):
        return MASKED_TEXT
    given, firm = words().given, _firm_words()
    said = [word.casefold() for word in _WORD.findall(text)]
    if len(said) == 2 and said[1] in given and said[0] not in firm:  # surname first
        return MASKED_TEXT
    for first, second in pairwise(said):
        if first in given and second not in firm and not _initials(second):
            return MASKED_TEXT
    return text


_TOTAL_WORDS = re.compile(
    r"^\W*(?:(?:grand|sub)[ -]*)?totals?\b(?: (?:for|of|to))?|\b(?:(?:grand|sub)[ -]*)?totals?\W*$",
    re.IGNORECASE,
)


def safe_remark(text: str) -> str:
    """Give a text that is no name of a payment's payee: a total's label, a note, a cell astray.

    Parameters
    ----------
    text : str
        As it stands; the words for a total are looked past.

    Returns
    -------
    str
        The text, or `masked` where what is left could be, or holds, a person's name.
    """
    bare = _TOTAL_WORDS.sub("", text).strip(" :-")
    if sum(letter.isalpha() for letter in bare) < 4:
        return text
    named = bare if _TWO_WORDS.search(bare) else ""
    return MASKED_TEXT if judge(named).kind == "person" else safe_text(text)


class Masks:
    """Names as they are shown in one import; each person has a number, in order of appearance.

    Parameters
    ----------
    kept : iterable of str
        Names that are organisations whatever they look like.
    registered : collection of str
        Names that a number of a company or charity stands beside.
    """

    def __init__(self, kept: Iterable[str] = (), registered: Collection[str] = ()) -> None:
        self.kept = frozenset(name.casefold().strip() for name in kept)
        self._registered = registered
        self._persons: dict[str, int] = {}
        self.masked = 0

    def show(self, name: str) -> Payee:
        """Give what may be shown of a payee; the same person always has the same number."""
        payee = judge(name, registered=name in self._registered, kept=self.kept)
        if payee.kind != "person":
            return payee
        number = self._persons.setdefault(name.casefold(), len(self._persons) + 1)
        return Payee("person", f"person {number}")

    @property
    def persons(self) -> int:
        """How many different persons were masked."""
        return len(self._persons)

    def all_shown(self, names: Iterable[str]) -> Mapping[str, Payee]:
        """Give what may be shown of each name."""
        return {name: self.show(name) for name in names}
