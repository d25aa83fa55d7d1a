"""Amounts as councils write them, to the penny, never through a floating-point number.

Read are pound signs (also broken ones), thousands commas and spaces, brackets, a minus before or
after, CR and DR, and a lone dash for nothing. A credit (CR) and brackets are negative. An amount
in another currency, with a percent sign or with commas that group nothing is no amount.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

MOST_PENCE = 10**12
"""Ten thousand million pounds; what is larger is a number of something else."""

_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f]+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-"})
_POUND = re.compile("^(?:Â£|Ł|£|œ|\ufffd|(?i:GBP))|(?:£|(?i:GBP))$")
_DIGITS = re.compile(
    r"(?:(?P<whole>[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]*))?|\.(?P<only>[0-9]+))"
    r"(?:[eE](?P<power>[+-][0-9]{1,2}))?"
)
_LAKH = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})+\.[0-9]{2}")
"""Commas at other places; the point and two digits say that they are no decimal commas."""

_PLAIN = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")
NOTHING = {"-", "--", "nil"}
_MARK = re.compile(
    r"^(?:(?P<front>CR|DR)\.?)?(?P<rest>.*?)"
    r"(?:\((?P<inside>CR|DR)\.?\)|(?P<back>CR|DR)\.?)?$",
    re.IGNORECASE,
)


class Amount(NamedTuple):
    """An amount that was read.

    Attributes
    ----------
    pence : int
        Rounded half to even where a part of a penny is written.
    rounded : bool
        Whether it was, by more than the noise of a spreadsheet.
    """

    pence: int
    rounded: bool = False


def read_amount(text: str) -> Amount | None:
    """Read one cell.

    Parameters
    ----------
    text : str
        As it stands in the file.

    Returns
    -------
    Amount or None
        None where it is no amount.
    """
    if _PLAIN.fullmatch(text):
        whole, _, part = text.partition(".")
        pence = int(whole.lstrip("-")) * 100 + int(part.ljust(2, "0") if part else 0)
        return Amount(-pence if text[0] == "-" else pence)
    if len(text) > 60:
        return None
    cell = _SPACES.sub(" ", text.translate(_MINUS)).strip()
    if cell.lower().strip("£ ") in NOTHING:
        return Amount(0)
    return _signed(cell)


def _signed(cell: str) -> Amount | None:
    """Take off what says the sign, then read digits."""
    found = _MARK.match(cell)
    front, back = (found["front"], found["back"] or found["inside"]) if found else (None, None)
    if front and back:
        return None
    cell = found["rest"].strip() if found else cell
    negative = (front or back or "").upper() == "CR"
    signs = int(negative)
    for _ in range(3):
        if cell.startswith("(") and cell.endswith(")"):
            cell, signs, negative = cell[1:-1].strip(), signs + 1, True
        elif cell.startswith("-"):
            cell, signs, negative = cell[1:].strip(), signs + 1, True
        elif cell.endswith("-"):
            cell, signs, negative = cell[:-1].strip(), signs + 1, True
        elif cell.startswith("+"):
            cell = cell[1:].strip()
        cell = _POUND.sub("", cell).strip()
    if signs > 1:
        return None
    return _digits(cell, negative)


def _digits(cell: str, negative: bool) -> Amount | None:
    if _LAKH.fullmatch(cell):
        cell = cell.replace(",", "")
    found = _DIGITS.fullmatch(cell)
    if found is None:
        return None
    power = int(found["power"] or 0)
    whole = (found["whole"] or "0").replace(",", "").replace(" ", "")
    if len(whole) + max(power, 0) > 15:
        return None
    exact = Decimal(f"{whole}.{found['part'] or found['only'] or '0'}").scaleb(power + 2)
    rounded = exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    pence = int(rounded)
    if pence > MOST_PENCE:
        return None
    noise = abs(exact - rounded) < Decimal("0.0001")
    return Amount(-pence if negative else pence, not noise)
