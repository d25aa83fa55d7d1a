"""What the labels of an input-output table mean, whoever wrote them.

Codes are those of SIC 2007, CPA 2008, NACE Rev. 2 and ISIC Rev. 4, which share their divisions of
two digits. Items are those of the System of National Accounts 2008 (ch. 14 and 28), in words or in
the codes of Eurostat and the OECD (P3 S14, GFCF, VALU).
"""

import re
from collections.abc import Sequence

SUBJECT = re.compile(r"^[A-Z]{3,5}_(?=\w)")
"""What stands before a code to say what is counted: CPA_A01, DOM_01T02, TTL_C10T12."""

SECTION = re.compile(r"^[A-U](?=\d)")
PIECE = re.compile(
    r"(?<![\d.])[A-U]?(\d{1,4})((?:\.\d+)*)[A-WYZ]*?"
    r"(?:\s*(?:-|–|T|TO|_)\s*[A-U]?(\d{1,4})(?![\d]))?"
)
WITHOUT = re.compile(r"X[A-Z]?\d.*$")
"""What is left out of a code: L68BXL683 is 68B without 68.3."""

TOTAL = re.compile(r"\btotals?\b|^TTL_(?![A-U]?\d)|\bsum of|^_?T$|^TU$|^TFU$", re.IGNORECASE)
PART = re.compile(r"^\W*of which\b", re.IGNORECASE)
OWN_HOMES = re.compile(r"imputed|owner.?occup", re.IGNORECASE)
MANY = 4
"""Digits of a class; two of them are the division."""

ROWS = (
    (
        "output",
        r"^output|\btotal (?:industry )?output\b|\boutput at\b|^TOUT\b|^OUT$|\bgross output\b",
    ),
    ("taxes_production", r"(?:tax|subsid).*\bproduction\b"),
    ("taxes_products", r"\btax|subsid|\bduty|\bduties|\bVAT\b|^TXS|^TLS\b"),
    ("imports_nation", r"\bimport.*rest of\s+(?:the\s+)?(?:uk|united kingdom|nation|country)\b"),
    ("imports", r"\bimport|^IMP_"),
    ("compensation", r"compensation of employees|\bwages\b|\bsalaries\b|labour cost"),
    ("surplus", r"operating surplus|mixed income|\bprofits?\b|consumption of fixed capital"),
    ("value_added", r"value added|\bGVA\b|^VALU\b|^VA$"),
)
COLUMNS = (
    ("exports", r"export|\bEXPO\b|non.?resident|NONRES|rest of\s+(?:the\s+)?(?:uk|world)|^P6"),
    ("imports", r"\bimport|^IMPO\b"),
    ("npish", r"npish|non.?profit|\bS\.?15\b"),
    (
        "household",
        r"household|\bHFCE\b|\bS\.?14\b|private consumption|abroad by residents|^DPABR|^CONS_ABR",
    ),
    ("government", r"government|\bGGFC\b|\bS\.?13\b|public consumption"),
    ("inventories_valuables", r"inventor|\bstocks?\b|valuables|^INVNT|^P\.?5[23]\b"),
    ("capital_formation", r"fixed capital|capital formation|^GFCF|^P\.?51"),
)
FINAL = tuple(dict.fromkeys(name for name, _ in COLUMNS if name != "imports"))
KNOWN_ROWS = [(name, re.compile(words, re.IGNORECASE)) for name, words in ROWS]
KNOWN_COLUMNS = [(name, re.compile(words, re.IGNORECASE)) for name, words in COLUMNS]

UNITS = (
    ("GBP", r"£|\bGBP\b|pounds? sterling|\bpounds\b"),
    ("USD", r"US\s?\$|\bUSD\b|us dollar"),
    ("EUR", r"€|\bEUR\b|\beuros?\b"),
)
SCALES = (("billion", 1000.0), ("million", 1.0), ("thousand", 0.001))
MILLIONS = re.compile(r"(?:£|\$|€|GBP|USD|EUR)\s?m\b|\bmn\b", re.IGNORECASE)


def key_of(label: str) -> str:
    """Bring a label to what rows and columns share: the code before a colon, without its subject.

    Parameters
    ----------
    label : str
        As a cell has it, for example "DOM_01T02: Agriculture" or "D01T02: Agriculture".

    Returns
    -------
    str
        "01t02" for both; empty for an empty label.
    """
    text = " ".join(label.replace("\xa0", " ").split()).partition(":")[0].strip()
    text = SUBJECT.sub("", text)
    return SECTION.sub("", text).casefold()


def row_item(labels: Sequence[str]) -> str | None:
    """Say what a row below the industries holds: an item of the accounts, "total" or None.

    A row that says it is part of another ("of which") counts as a total: it is in already.
    """
    if any(PART.search(label) for label in labels):
        return "total"
    for name, words in KNOWN_ROWS:
        if any(words.search(label) for label in labels):
            return name
    return "total" if any(is_total(label) for label in labels) else None


def column_item(label: str, group: str = "") -> str | None:
    """Say what a column beside the industries holds.

    Parameters
    ----------
    label, group : str
        Its own heading, and the heading that spans it and others.

    Returns
    -------
    str or None
        An item of final use, "imports", "total", or None where no word is known.
    """
    if is_total(label):
        return "total"
    for text in (label, f"{group} {label}"):
        for name, words in KNOWN_COLUMNS:
            if words.search(text):
                return name
    return None


def is_total(label: str) -> bool:
    """Whether a label names a sum."""
    return any(TOTAL.search(part) for part in (label, key_of(label).upper()))


def divisions(code: str) -> tuple[int, ...]:
    """Divisions of SIC 2007 that the code of an industry names.

    Parameters
    ----------
    code : str
        Like A01, 06-08, "F41, F42 & F43", C1101T1106, 10.2-3, 23OTHER, 45T47, B05_06.

    Returns
    -------
    tuple of int
        In order, each once; empty where there is no digit.
    """
    found: list[int] = []
    text = WITHOUT.sub("", SUBJECT.sub("", code.strip().upper()))
    for first, point, last in PIECE.findall(text):
        start = _division(first)
        fine = bool(point) or len(first) > len("01")
        end = start
        if last and not fine and len(last) == len("01"):
            end = int(last)
        elif last and not point and len(last) == len(first):
            end = _division(last)
        found += range(start, max(start, end) + 1)
    return tuple(dict.fromkeys(found))


def _division(digits: str) -> int:
    return int(digits[:2])


def unit_of(texts: list[str]) -> tuple[str, float]:
    """Find the money of a table and how many millions of it one unit is.

    Parameters
    ----------
    texts : list of str
        Titles and notes of the sheet.

    Returns
    -------
    currency : str
        ISO 4217; empty where nothing says it.
    millions : float
        1 for millions; NaN where nothing says it.
    """
    for text in texts:
        for currency, words in UNITS:
            if not re.search(words, text, re.IGNORECASE):
                continue
            for name, millions in SCALES:
                if re.search(name, text, re.IGNORECASE):
                    return currency, millions
            if MILLIONS.search(text):
                return currency, 1.0
    return "", float("nan")


def kind_of(texts: list[str]) -> str:
    """Say whether a table is industry by industry or product by product; else "not stated"."""
    for text in texts:
        plain = text.casefold().replace("commodity", "product")
        if re.search(r"industry\s*(?:by|x)\s*industry|\bixi\b|^(?:from|to) industry", plain):
            return "industry by industry"
        if re.search(r"product\s*(?:by|x)\s*product|\bpxp\b|^(?:from|to) product", plain):
            return "product by product"
    return "not stated"
