"""What would make a wrong sum, and is refused: other units, amounts cut at a comma, halves."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.columns import BY_HAND, Meaning
from scenarios.sources.content import content_of
from scenarios.sources.dates import MONTHS, read_dates
from scenarios.sources.fields import MONEY
from scenarios.sources.headings import Headings, names_money
from scenarios.sources.masking import safe_remark, safe_text
from scenarios.sources.money import pence_of
from scenarios.sources.refusals import refuse
from scenarios.sources.sheet import Column, Sheet
from scenarios.sources.signs import spread_over

_UNITS = (
    (
        "thousands",
        r"£ ?(?:0{3}|k|thousand|m\b|million)|[('’ ]0{3}'?s?\b|\bthousands?\b|\bmillions?\b",
    ),
    ("pence", r"\bpence\b|\(p\)"),
    ("another currency", r"€|\$|\b(?:eur|euros?|usd|us dollars?|dollars?)\b"),
)
_UNITS_ABOVE = re.compile(
    r"\b(?:figures?|amounts?|values?|all|shown|expressed|stated|units?)\b.{0,20}"
    r"(?:£ ?(?:0{3}|k\b|m\b|million)|\bthousands\b|\bmillions\b)|^\W*£ ?(?:0{3}'?s?|k|m)\W*$",
    re.IGNORECASE,
)
"""What a line above the headings says of all amounts."""

_DECIMAL_COMMA = re.compile(r"[-(]?[£€]? ?-?(?:[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+),[0-9]{2}\)?-?")
_QUARTER = re.compile(r"(?:q|qtr|quarter|p|period|month) ?0?[0-9]{1,2}\b.{0,10}", re.IGNORECASE)
ACROSS = 3
"""So many months side by side are amounts by month."""

COMMAS = 0.1
"""Share of the filled cells of a column that have a decimal comma."""

DEEPEST = 60
_FRONT = re.compile(r"[(-]?£?-?[0-9]{1,3}")
_REST = re.compile(r"[0-9]{3}(?:\.[0-9]{1,2})?[)-]?")
_REST_PENCE = re.compile(r"[0-9]{3}\.[0-9]{2}[)-]?")
SHOWN = 12
THOUSAND = 100_000
"""Pence."""


def check_sum(path: str, sheet: Sheet, headings: Headings, meaning: Meaning) -> None:
    """Refuse a sheet of which the sum would be wrong.

    Raises
    ------
    RefusedError
        When amounts are in other units, cut in two by a comma, or spread over two columns.
    """
    at = meaning.position(meaning.used) or 0
    found = next(one for one in meaning.columns if one.position == at + 1)
    line = sheet.line(headings.row) if headings.row >= 0 else None
    for unit, pattern in _UNITS:
        if found.reason != BY_HAND and re.search(pattern, headings.names[at], re.IGNORECASE):
            raise refuse(
                path, f"amounts in {unit} (“{headings.names[at]}”)", "amounts in pounds",
                "Turn them into pounds first; if they are pounds, say so with "
                f'--map "#{at + 1}={meaning.used}".', cause="other unit", line=line,
            )  # fmt: skip
    first = max(headings.first, 0)
    above = [cell for row in range(max(headings.row, 0)) for cell in sheet.row(row)]
    if found.reason != BY_HAND and any(_UNITS_ABOVE.search(cell) for cell in above):
        raise refuse(
            path, "a line above the headings that says amounts are in thousands or millions",
            "amounts in pounds", "Turn them into pounds first; if they are pounds, say so with "
            f'--map "#{at + 1}={meaning.used}".', cause="other unit",
        )  # fmt: skip
    check_commas(path, sheet, headings, at)
    cut = np.flatnonzero(_cut_amounts(sheet.columns, at, headings, meaning)) + first
    if cut.size:
        rows = ", ".join(str(sheet.line(row)) for row in cut[:SHOWN])
        raise refuse(
            path, f"amounts that a comma cuts in two, as 1,234.50 becomes 1 and 234.50, in "
            f"{cut.size:,} rows ({rows})", "amounts with quotation marks around them",
            "Ask for the list with quotation marks, or as a workbook.", cause="cut amounts",
        )  # fmt: skip
    other = spread_over(sheet.columns, first, meaning)
    if other is not None and found.reason != BY_HAND:
        raise refuse(
            path, f"amounts in “{headings.names[at]}” or, where that is blank, in "
            f"“{other.heading}” (#{other.position})", "all amounts in one column",
            f'Put them into one, or leave one out with --map "#{other.position}=ignore".',
            cause="spread amounts", line=line,
        )  # fmt: skip


def check_commas(path: str, sheet: Sheet, headings: Headings, at: int) -> None:
    """Refuse a column of amounts with decimal commas, of which points would part thousands.

    Raises
    ------
    RefusedError
        When more than a few are written so.
    """
    column = sheet.columns[at].below(max(headings.first, 0))
    commas = _matching(column, _DECIMAL_COMMA)
    if commas.sum() <= COMMAS * column.filled.sum():
        return
    shown = column.cell(int(np.flatnonzero(commas)[0]))
    name = safe_text(headings.names[at])
    raise refuse(
        path, f"amounts with decimal commas (“{shown}” under “{name}”)",
        "points before the pence, as in 1,234.50",
        "Change them where the list was made, or in a spreadsheet set to that language.",
        cause="decimal commas",
    )  # fmt: skip


def check_shape(path: str, sheet: Sheet, headings: Headings) -> None:
    """Refuse a sheet without an amount for a reason that says more than that.

    Raises
    ------
    RefusedError
        When a column has decimal commas, or months stand side by side.
    """
    for at in range(len(sheet.columns)):
        check_commas(path, sheet, headings, at)
    for row in range(min(sheet.rows, DEEPEST)):
        cells = [cell for cell in sheet.row(row) if cell]
        months = [cell for cell in cells if _names_month(cell)]
        if len(months) >= ACROSS or 1 < len(months) >= len(cells) - 2:
            raise refuse(
                path, f"amounts by month in columns side by side ({', '.join(months)[:60]})",
                "one row a payment, with its date and its amount",
                "Ask for the payments themselves; a total beside them is read if it is set with "
                '--map "HEADING=amount".', cause="months across", line=sheet.line(row),
            )  # fmt: skip


def told_unread(sheet: Sheet, headings: Headings) -> str:
    """Say what stands under a heading for amounts that cannot be read."""
    for name, column in zip(headings.names, sheet.columns, strict=True):
        cells = column.below(max(headings.first, 0)).counts
        if name and cells and names_money(name):
            return f"; under “{name}” stands “{safe_remark(next(iter(cells)))[:40]}”"
    return ""


def _names_month(cell: str) -> bool:
    """Say whether a heading is a month, a period or a quarter."""
    if cell.casefold().strip(". ") in MONTHS or _QUARTER.fullmatch(cell):
        return True
    dates = read_dates({cell: 1})
    return bool(dates.days) and dates.month_only


def _cut_amounts(
    columns: Sequence[Column], at: int, headings: Headings, meaning: Meaning
) -> NDArray[np.bool_]:
    """Where an amount of up to three digits goes on in the next cell.

    None are, unless no amount reaches a thousand, and cells stand right of the last heading or the
    next column holds the pence.
    """
    first = max(headings.first, 0)
    amount = columns[at].below(first)
    none = np.zeros(amount.codes.size, bool)
    known = {one.position - 1 for one in meaning.columns if one.field in MONEY}
    if headings.row < 0 or at + 1 >= len(columns) or at + 1 in known:
        return none
    front = _matching(amount, _FRONT)
    after = columns[at + 1].below(first)
    last = max((k for k, name in enumerate(headings.names) if name), default=0)
    beyond = columns[last + 1].below(first).filled if last + 1 < len(columns) else none
    cut = front & ((_matching(after, _REST) & beyond) | _matching(after, _REST_PENCE))
    large = abs(pence_of(amount).pence) >= THOUSAND
    usual = content_of(after).money > 0.9 and not beyond.any() and bool(headings.names[at + 1])
    return none if (large & ~cut).any() or usual or cut.sum() < 2 else cut


def _matching(column: Column, pattern: re.Pattern[str]) -> NDArray[np.bool_]:
    hits = np.array([bool(pattern.fullmatch(text)) for text in column.texts])
    return np.asarray(hits[column.codes], bool)
