"""Months told in two columns: a year, and a month by name or number or a period of the council's.

The financial year begins in April: period 1 of 2023/24 is April 2023, period 12 March 2024. Where
it is not said whether a number counts from January or from April, the month stays unknown.
"""

import re

import numpy as np

from scenarios.sources.dates import MONTHS, NUMBERED, YEARS, Dates
from scenarios.sources.fields import plain
from scenarios.sources.sheet import Column

_TWO_YEARS = re.compile(r"(?:fy ?)?(?:([0-9]{2})?([0-9]{2})) ?[-/] ?(?:[0-9]{2})?([0-9]{2})", re.I)
_ONE_YEAR = re.compile(r"[0-9]{4}(?:\.0)?")
_NUMBER = re.compile(r"(?:p|pd|period|month|m)?[ .]?0?([1-9]|1[0-2])(?:\.0)?", re.IGNORECASE)
APRIL = 4


def with_years(month: Column, year: Column, headings: tuple[str, str], first: int) -> Column:
    """Put a column of months and one of years together.

    Parameters
    ----------
    month, year : Column
        All rows.
    headings : tuple of str
        Of both.
    first : int
        The first row below the headings.

    Returns
    -------
    Column
        Months as `2023-04`; a cell that is not understood as it stood.
    """
    period, fiscal = (set(plain(heading).split()) for heading in headings)
    counted = bool(period & {"period", "periods"})
    of_council = bool(fiscal & {"financial", "fiscal", "fy", "accounting"})
    pairs = np.unique(np.stack([month.codes[first:], year.codes[first:]]), axis=1).T.tolist()
    known = {text: code for code, text in enumerate(month.texts)}
    codes = month.codes.copy()
    for one, two in pairs:
        told = _month(month.texts[one], year.texts[two], counted=counted, fiscal=of_council)
        if told:
            here = (month.codes == one) & (year.codes == two)
            here[:first] = False
            codes[here] = known.setdefault(told, len(known))
    return Column(list(known), codes)


def _month(month: str, year: str, *, counted: bool, fiscal: bool) -> str:
    """Say `2023-04`, or nothing."""
    name = MONTHS.get(month.lower().rstrip("."), 0)
    found = _NUMBER.fullmatch(month)
    number = int(found[1]) if found else 0
    two = _TWO_YEARS.fullmatch(year)
    if two:
        start = int(two[1] or "20") * 100 + int(two[2])
        if (start + 1) % 100 != int(two[3]):
            return ""
        place = name or ((number + APRIL - 2) % 12 + 1 if counted and number else 0)
        return _written(start + (0 < place < APRIL), place)
    if not _ONE_YEAR.fullmatch(year) or fiscal or (counted and not name):
        return ""
    return _written(int(year[:4]), name or number)


def _written(year: int, month: int) -> str:
    return f"{year}-{month:02d}" if month and year in YEARS else ""


def counts_periods(heading: str, dates: Dates) -> bool:
    """Say whether a column holds the council's periods: 202301 may well be April."""
    words = set(plain(heading).split())
    return bool(words & {"period", "periods"}) and dates.format in NUMBERED and "month" not in words
