"""What would make a wrong sum, and is refused: other units, amounts cut at a comma, halves."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.columns import BY_HAND, Meaning
from scenarios.sources.content import content_of
from scenarios.sources.fields import MONEY
from scenarios.sources.headings import Headings
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
    line = headings.row + 1 if headings.row >= 0 else None
    for unit, pattern in _UNITS:
        if found.reason != BY_HAND and re.search(pattern, headings.names[at], re.IGNORECASE):
            raise refuse(
                path, f"amounts in {unit} (“{headings.names[at]}”)", "amounts in pounds",
                "Turn them into pounds first; if they are pounds, say so with "
                f'--map "#{at + 1}={meaning.used}".', cause="other unit", line=line,
            )  # fmt: skip
    first = max(headings.first, 0)
    cut = np.flatnonzero(_cut_amounts(sheet.columns, at, headings, meaning)) + first
    if cut.size:
        rows = ", ".join(str(row + 1) for row in cut[:SHOWN])
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
