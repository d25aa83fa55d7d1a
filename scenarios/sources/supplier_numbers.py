"""Numbers of companies and of charities as their registers write them; anything else is none."""

import re

from scenarios.tables.companies import CompanyPrefix, company_prefixes

_COMPANY = re.compile(r"(?:gb-?coh-?)?([A-Z]{2}|R0)?(\d{1,8})(?:\.0)?", re.IGNORECASE)
_SOCIETY = re.compile(r"(?:IP)?(\d{1,5})R")
_CHARITY = re.compile(
    r"(?:(?:gb-?)?(?:chc|reg(?:istered)?\.? (?:charity )?(?:no|number)|charity(?: no\.?"
    r"| number)?|no)[-.: ]*)?(\d{6,7})(?:-\d{1,3})?(?:\.0)?",
    re.IGNORECASE,
)
_SCOTTISH = re.compile(r"(?:gb-?sc-?)?SC\s?(\d{5,6})", re.IGNORECASE)
_IRISH = re.compile(r"(?:gb-?nic-?)?NIC\s?(\d{6})|(?:gb-nic-)(\d{6})", re.IGNORECASE)


def company_number(stated: object) -> str | None:
    """Write a company's number with all of its eight places.

    Parameters
    ----------
    stated : object
        A text or a whole number as it stands: zeros may be lost; a society's may be `12345R` alone.

    Returns
    -------
    str or None
        None where it is no such number.
    """
    bare = _line(stated).replace(" ", "").upper()
    society = _SOCIETY.fullmatch(bare)
    if society:
        return f"IP{int(society[1]):05d}R"
    found = _COMPANY.fullmatch(bare)
    if found is None or not int(found[2]):
        return None
    letters, digits = found[1] or "", found[2].lstrip("0")
    room = 8 - len(letters)
    if len(digits) > room or (letters and letters not in company_prefixes()):
        return None
    if not letters and len(found[2]) < 5:  # a number of the council's own
        return None
    return letters + digits.zfill(room)


def charity_number(stated: object) -> str | None:
    """Write a charity's number: of England and Wales, `SC012345` of Scotland, `NIC100123`.

    Parameters
    ----------
    stated : object
        A text or a whole number as it stands, maybe behind the letters that tell its register
        (`GB-CHC-`).

    Returns
    -------
    str or None
        None where it is no such number; numbers of schools and of care regulators are none.
    """
    bare = _line(stated)
    if found := _SCOTTISH.fullmatch(bare):
        return f"SC{int(found[1]):06d}"
    if found := _IRISH.fullmatch(bare):
        return f"NIC{found[1] or found[2]}"
    found = _CHARITY.fullmatch(bare)
    return found[1] if found and int(found[1]) else None


def prefix_of(number: str | None) -> CompanyPrefix | None:
    """Give what the letters of a company's number say; None where it has none."""
    return company_prefixes().get((number or "")[:2])


def _line(stated: object) -> str:
    """Write a text or a whole number in one line; anything else is none."""
    return " ".join(str(stated).split()) if isinstance(stated, str | int) else ""
