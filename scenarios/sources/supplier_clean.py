"""Names of suppliers without what the same supplier is spelt with once and not the next time.

Case, accents, points, "The", "&", forms of law, branches and "trading as" are taken off; what is
left tells one supplier from another. Figures stay: Project 1 is not Project 2.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

FORMS = {
    "ltd": "ltd", "limited": "ltd", "lmtd": "ltd", "limted": "ltd", "limite": "ltd", "limi": "ltd",
    "lim": "ltd", "limit": "ltd",
    "plc": "plc", "llp": "llp", "cic": "cic", "cio": "cio", "lp": "lp", "unltd": "unltd",
    "gmbh": "gmbh", "inc": "inc", "bv": "bv", "nv": "nv", "sarl": "sarl",
    "srl": "srl", "corp": "inc", "llc": "inc",
}  # fmt: skip
"""Word for a form of law -> the form."""

FOREIGN = frozenset({"gmbh", "inc", "bv", "nv", "sarl", "srl"})

SAME_WORDS = {
    "co": "company", "intl": "international", "grp": "group", "assoc": "association",
    "svcs": "services", "servs": "services", "serv": "services", "mgmt": "management",
    "mgt": "management", "dept": "department", "univ": "university", "coop": "cooperative",
    "bros": "brothers", "hosp": "hospital", "comm": "community",
    "childrens": "children", "mbc": "metropolitan borough council", "bc": "borough council",
    "mdc": "metropolitan district council", "dc": "district council", "lb": "london borough",
    "lbc": "london borough council", "ft": "foundation trust", "gtr": "greater",
}  # fmt: skip
"""Short word -> the long one. Forms of councils only stand last, a London borough first."""

_LAST_ONLY = frozenset({"mbc", "bc", "mdc", "dc", "lbc", "ft"})
_PHRASES = (
    (re.compile(r"\bpublic limited company\b"), "plc"),
    (re.compile(r"\bcommunity interest company\b|\bc ?i ?c\b"), "cic"),
    (re.compile(r"\bcharitable incorporated organisation\b|\bc ?i ?o\b"), "cio"),
    (re.compile(r"\blimited liability partnership\b|\bl ?l ?p\b"), "llp"),
    (re.compile(r"\bp ?l ?c\b"), "plc"),
    (re.compile(r"\bl ?t ?d\b"), "ltd"),
    (re.compile(r"\bco[ -]op(?:erative)?s?\b"), "cooperative"),
)
_TRADING = re.compile(r"[\s(](?:t/a\.?|t\\a|ta|trading as|trading style|dba)\b\s*:?\s*", re.I)
_BRANCH = re.compile(r"(?:\b(?:store|stores|branch|shop|site|no|unit)\s+|#\s*|\s)#?(\d{3,6})$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SINGLES = re.compile(r"\b(?:[a-z0-9] ){1,}[a-z0-9]\b")
_JUNK = re.compile(r"\(?\b(?:sales|purchase ledger|a/c|account|do not use|old|new a/c|bacs)\)?$")


class Clean(NamedTuple):
    """A name as it is compared.

    Attributes
    ----------
    core : str
        Its words, in order; empty where nothing is left.
    form : str
        Form of law; empty where none is said.
    trade : str
        The other name of "A trading as B", cleaned; empty where there is none.
    """

    core: str
    form: str
    trade: str = ""

    @property
    def key(self) -> str:
        """As the review list names it."""
        return f"name {self.core}{f' ({self.form})' if self.form else ''}"


@lru_cache(200_000)
def clean_name(name: str) -> Clean:
    """Clean a name.

    Parameters
    ----------
    name : str
        As a list spells it.

    Returns
    -------
    Clean
        Of "A trading as B", the one that has a form of law, else the first.
    """
    parts = _TRADING.split(name, maxsplit=1)
    if len(parts) == 1:
        return Clean(*_words(name))
    first, second = _words(parts[0]), _words(parts[1])
    if not first[0] or (second[1] and not first[1]):
        first, second = second, first
    return Clean(*first, second[0])


def _words(name: str) -> tuple[str, str]:
    """Words of a name without its form of law, and that form."""
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = text.replace("'", "").replace("’", "").replace("`", "")
    text = _JUNK.sub("", text.strip()).strip()
    text = re.sub(r"[&+]", " and ", text)
    branch = _BRANCH.search(re.sub(r"[^\w#]+", " ", text).strip())
    text = re.sub(r"[^\w]+|_", " ", text).strip()
    if branch and text.endswith(branch[1]) and not _YEAR.fullmatch(branch[1]):
        shorter = re.sub(
            rf"\s*\b(?:store|stores|branch|shop|site|no|unit)?\s*{branch[1]}$", "", text
        )
        text = shorter if re.search(r"[a-z]{2}", shorter) else text
    for pattern, short in _PHRASES:
        text = pattern.sub(short, text)
    text = _SINGLES.sub(lambda found: found[0].replace(" ", ""), text)
    said = text.split()
    if said and said[0] == "the" and len(said) > 1:
        said = said[1:]
    if said and said[-1] == "the" and len(said) > 1:
        said = said[:-1]
    forms = [FORMS[word] for word in said[1:] if word in FORMS]
    kept = said[:1] + [word for word in said[1:] if word not in FORMS]
    last = len(kept) - 1
    long = [
        SAME_WORDS.get(word, word) if (word not in _LAST_ONLY or 0 < k == last) else word
        for k, word in enumerate(kept)
    ]
    if long and long[-1] == "company" and len(long) > 2:
        long = long[:-1]
        long = long[:-1] if long[-1] == "and" and len(long) > 2 else long
    return " ".join(long), forms[-1] if forms else ""
