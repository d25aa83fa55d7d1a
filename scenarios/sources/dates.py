"""Dates of a whole column in one format: a list that mixes two is told of, never guessed at.

A reader that takes each cell by itself reads 03/04/2025 as April and 04/13/2025 as 13 April in the
same column, without a word. Here each known format is tried on all cells, the one that reads
most of them is the column's, days come before months where both would do, and cells that the format
does not read have no date.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

YEARS = range(1990, 2100)
"""What is outside is no date of a payment."""

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_TIME = (
    r"(?:[T ]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp][Mm])?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_DAYNAME = (
    r"(?:w/c |w/e |week (?:commencing|ending) )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +)?"
)
_MARK = r" ?[-/. ,] ?"
SERIALS = (25_569, 73_050)
"""Excel's numbers of the days from 1970 to 2099."""

_EPOCH = date(1899, 12, 30)


class Format(NamedTuple):
    """One way to write a date.

    Attributes
    ----------
    name : str
        As a person would write it.
    pattern : re.Pattern
        Of the whole cell.
    take : callable
        From the groups to year, month and day (0: only the month is known).
    """

    name: str
    pattern: re.Pattern[str]
    take: Callable[[re.Match[str]], tuple[int, int, int]]


class Dates(NamedTuple):
    """A column's dates.

    Attributes
    ----------
    format : str
        Its name; empty where no cell was read.
    days : mapping of str to date
        Cell -> its date, for cells that the format reads; where only a month is known, its first.
    ambiguous : bool
        Whether month before day would have read every cell as well.
    month_only : bool
        Whether the format names no day.
    """

    format: str
    days: Mapping[str, date]
    ambiguous: bool = False
    month_only: bool = False


def _year(text: str) -> int:
    """Take a year; one of two digits is of this century up to 79."""
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 80 else 1900)


def _word(text: str) -> int:
    return MONTHS.get(text.lower().rstrip("."), 0)


def _format(name: str, pattern: str, order: str) -> Format:
    """Make a format from a pattern with a group for each letter of `order` (y, m, d, w)."""

    def take(found: re.Match[str]) -> tuple[int, int, int]:
        parts = dict(zip(order, found.groups(), strict=True))
        month = _word(parts["w"]) if "w" in parts else int(parts["m"])
        return _year(parts["y"]), month, int(parts.get("d", 0))

    return Format(name, re.compile(_DAYNAME + pattern + _TIME, re.IGNORECASE), take)


def _serial_date(found: re.Match[str]) -> tuple[int, int, int]:
    number = int(found[1])
    if not SERIALS[0] <= number < SERIALS[1]:
        return 0, 0, 0
    day = _EPOCH + timedelta(days=number)
    return day.year, day.month, day.day


_D, _Y, _W = "([0-9]{1,2})", "([0-9]{4}|[0-9]{2})", r"([a-z]{3,9}\.?)"
DAY_FIRST = "day/month/year"
MONTH_FIRST = "month/day/year"
FORMATS = (
    _format(DAY_FIRST, _D + r"[-/. ]" + _D + r"[-/. ]" + _Y, "dmy"),
    _format("year-month-day", r"([0-9]{4})[-/. ]" + _D + r"[-/. ]" + _D, "ymd"),
    _format("day month-name year", _D + "(?:st|nd|rd|th)?(?: of)?(?:" + _MARK + ")?" + _W
            + "(?:" + _MARK + ")?" + _Y, "dwy"),
    _format("month-name day year", _W + _MARK + _D + "(?:st|nd|rd|th)?" + _MARK + "([0-9]{4})",
            "wdy"),
    _format("yearmonthday", "([0-9]{4})([0-9]{2})([0-9]{2})", "ymd"),
    _format("daymonthyear", "([0-9]{2})([0-9]{2})([0-9]{4})", "dmy"),
    Format("Excel's number of a day", re.compile(r"([0-9]{5})(?:\.[0-9]+)?"), _serial_date),
    _format(MONTH_FIRST, _D + r"[-/. ]" + _D + r"[-/. ]" + _Y, "mdy"),
    _format("month-name year", _W + r"(?:" + _MARK + r"|['’])?" + _Y, "wy"),
    _format("year month-name", "([0-9]{4})" + _MARK + _W, "yw"),
    _format("year-month", r"([0-9]{4})[-/]?(0[1-9]|1[0-2]|(?<=[-/])[1-9])", "ym"),
    _format("month/year", r"([0-9]{1,2})[-/]([0-9]{4})", "my"),
)  # fmt: skip
"""In the order of preference among those that read as many cells."""

MONTHLY = frozenset({"month-name year", "year month-name", "year-month", "month/year"})
"""Formats that name no day."""

NUMBERED = frozenset({"year-month", "month/year"})
"""Those in which a month is a number."""


def read_dates(cells: Mapping[str, int]) -> Dates:
    """Find the one format of a column and read its cells.

    Parameters
    ----------
    cells : mapping of str to int
        Cell -> how often it stands in the column; blank ones left out.

    Returns
    -------
    Dates
        What was read.
    """
    best, read, found = 0, {}, None
    counts: dict[str, int] = {}
    for one in FORMATS:
        days = {cell: day for cell in cells if (day := _day(one, cell)) is not None}
        counts[one.name] = sum(cells[cell] for cell in days)
        if counts[one.name] > best:
            best, read, found = counts[one.name], days, one
    if found is None:
        return Dates("", {})
    other = counts[MONTH_FIRST] == best and found.name == DAY_FIRST
    told = other and any(day.day != day.month for day in read.values())
    return Dates(found.name, read, told, found.name in MONTHLY)


def _day(one: Format, cell: str) -> date | None:
    if len(cell) > 60:
        return None
    found = one.pattern.fullmatch(cell.strip())
    if found is None:
        return None
    try:
        year, month, day = one.take(found)
        return date(year, month, day or 1) if year in YEARS else None
    except ValueError:
        return None
