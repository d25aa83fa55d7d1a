"""Which rows are payments, and why each of the others is set aside; every row has one fate.

The sum of the amount column is that of all rows. A total at the foot of a list is in it, as it
would be in a spreadsheet, and is set aside with its pence: what is used is the sum without it.
"""

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scenarios.sources.columns import Meaning
from scenarios.sources.currencies import other_currencies
from scenarios.sources.fields import heading_weights
from scenarios.sources.headings import Headings, heads_again, names_money
from scenarios.sources.money import Pence, pence_of
from scenarios.sources.sheet import Column, Sheet

Mask = NDArray[np.bool_]

USUAL = 0.6
"""A column filled in this share of the rows is one that payments fill."""

STRAY = 0.05
"""A column without heading filled in less than this share of the rows holds cells astray."""

FEW = 2
"""One row in a short list may have cells astray, too."""

LONG = 5
"""So many, where no row has a date and nothing calls the last one a total."""

MOST_READ = 500
"""Rows without an amount that are looked at for headings."""

MOST_CHECKED = 10_000
"""Rows without payee and date that are held against the sum of those above."""


SUMMED = 2
"""So many rows that an undated amount with a payee is the sum of make it a subtotal."""


class Fate(IntEnum):
    """What becomes of a row: it is used, or set aside for a reason."""

    USED = 0
    BLANK = 1
    HEADING = 2
    PREAMBLE = 3
    TOTAL = 4
    PIVOT = 5
    NO_PAYEE_OR_DATE = 6
    TOO_MANY_CELLS = 7
    NO_AMOUNT = 8
    UNREADABLE_AMOUNT = 9
    NOTE = 10
    OTHER_SHEET = 11
    OTHER_CURRENCY = 12

    @property
    def reason(self) -> str:
        """As it is written in files."""
        return self.name.lower()


class Sorted(NamedTuple):
    """The rows of a sheet, those above its headings too.

    Attributes
    ----------
    fate : int8[rows]
        As of `Fate`.
    amount : Pence
        Of the column that is summed.
    others : sequence of int
        Rows that are the headings of another table, from 0.
    """

    fate: NDArray[np.int8]
    amount: Pence
    others: Sequence[int]


_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|column|page|report|monthly|month|net|gross)[ -]*)?totals?"
    r"(?: (?:spend|expenditure|amounts?|payments?|paid|value|net|gross|sum|for|of|to|in|this|per)"
    r"\b.*)?"
    r"[:=. ]*(?:[£0-9.,() -]*)|sum(?: total)?:?|.{1,80} (?:sub-?|grand )?total:?(?: ?\([0-9]+\))?"
    r"|(?:overall )?results?:?|(?:(?:opening|closing) balance|balance)?(?:^| )?(?:[bc]/f(?:wd)?"
    r"|(?:brought|carried) forward)\b.{0,20}|(?:opening|closing) balance.{0,20}",
    re.IGNORECASE,
)


LIKE_TOTAL = "(?i)total|sum|result|balance|forward|[bc]/f"
"""What one of these words has in it."""

_DAY = re.compile("[0-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)

_ALL = re.compile(
    r"(?:overall|aggregate|altogether|combined|cumulative|(?:in )?all)"
    r"(?: (?:spend|spending|expenditure|payments?|suppliers?|amounts?|figures?))?[:. ]*"
    r"|(?:whole|all) (?:of )?(?:the )?council[:. ]*",
    re.IGNORECASE,
)
"""Words for a total that could be the name of a payee: they need the sum as well."""


def sort_rows(sheet: Sheet, headings: Headings, meaning: Meaning) -> Sorted:
    """Give each row its fate.

    Parameters
    ----------
    sheet, headings, meaning
        A sheet and what is known of it; the payee and the amount have columns.

    Returns
    -------
    Sorted
        A row each.
    """
    columns = sheet.columns
    fields = {one.field: columns[one.position - 1] for one in meaning.columns if one.field}
    amount_column = fields[meaning.used]
    amount = pence_of(amount_column)
    below = np.arange(sheet.rows) >= headings.first
    fate = np.zeros(sheet.rows, np.int8)
    open_rows = np.ones(sheet.rows, bool)

    def settle(mask: Mask, what: Fate) -> None:
        fate[mask & open_rows] = what
        open_rows[mask] = False

    filled = _count_filled(columns, sheet.rows)
    settle(filled == 0, Fate.BLANK)
    if headings.row >= 0:
        at = np.arange(sheet.rows)
        settle((at >= headings.row) & ~below, Fate.HEADING)
        settle(_repeats(sheet, headings, fields, meaning.used), Fate.HEADING)
        settle(~below, Fate.PREAMBLE)
    again = _head_again(sheet, below & open_rows & ~amount.read, fields, meaning.used)
    settle(np.isin(np.arange(sheet.rows), [row for row, same in again if same]), Fate.HEADING)
    settle(_strays(columns, headings, meaning, below & (filled > 0)), Fate.TOO_MANY_CELLS)
    has = {name: _where(fields, name, sheet.rows) for name in ("payee", "date", "transaction")}
    if "date" in fields:
        has["date"] &= _matching(fields["date"], _DAY)
    total = _says_total(fields, columns, sheet.rows) & ~has["date"] & ~has["transaction"]
    bare = ~has["payee"] & ~has["date"]
    settle(total & (amount.read | ~amount_column.filled), Fate.TOTAL)
    nobody = ~has["payee"] & open_rows & amount.read
    settle(_sums(amount, nobody, open_rows, np.where(bare, 0, LONG)), Fate.TOTAL)
    undated = ~has["date"] & ~has["transaction"]
    dated = _dated(has["date"], open_rows & amount.read)
    named = _names_total(fields["payee"])
    foot = np.zeros(sheet.rows, bool) if dated else _foot(fields["payee"], open_rows & amount.read)
    may_sum = (named | (undated & (foot | dated))) & open_rows & amount.read
    least = np.where(named, 0, np.where(dated | _says_all(fields["payee"]), SUMMED, LONG))
    settle(_sums(amount, may_sum, open_rows, least), Fate.TOTAL)
    settle(_at_head(amount, fields["payee"], open_rows & amount.read, dated), Fate.TOTAL)
    settle(other_currencies(columns, meaning) & amount.read, Fate.OTHER_CURRENCY)
    settle(_sums(amount, bare & open_rows & amount.read, open_rows), Fate.TOTAL)
    settle(_pivots(fields, filled, open_rows & amount.read), Fate.PIVOT)
    settle(bare & amount.read, Fate.NO_PAYEE_OR_DATE)
    settle(~amount.read & (filled == 1), Fate.NOTE)
    settle(~amount_column.filled, Fate.NO_AMOUNT)
    settle(~amount.read, Fate.UNREADABLE_AMOUNT)
    return Sorted(fate, amount, [row for row, same in again if not same])


def _count_filled(columns: Sequence[Column], rows: int) -> NDArray[np.int32]:
    filled = np.zeros(rows, np.int32)
    for column in columns:
        filled += column.filled
    return filled


def _where(fields: Mapping[str, Column], name: str, rows: int) -> Mask:
    """Where a field is filled, but by a word for a total; nowhere, if it has no column."""
    if name not in fields:
        return np.zeros(rows, bool)
    return fields[name].filled & ~_names_total(fields[name])


def _matching(column: Column, pattern: re.Pattern[str]) -> Mask:
    hits = np.array([bool(pattern.search(text)) for text in column.texts])
    return np.asarray(hits[column.codes], bool)


def _names_total(column: Column) -> Mask:
    near = pc.match_substring_regex(pa.array(column.texts, pa.string()), LIKE_TOTAL)
    hits = near.to_numpy(zero_copy_only=False).copy()
    for code in np.flatnonzero(hits).tolist():
        hits[code] = bool(_TOTAL.fullmatch(column.texts[code]))
    return np.asarray(hits[column.codes], bool)


def _head_again(
    sheet: Sheet, rows: Mask, fields: Mapping[str, Column], used: str
) -> list[tuple[int, bool]]:
    """Rows that are headings in other words, and whether payee and amount stand as above."""
    found = []
    for row in np.flatnonzero(rows)[:MOST_READ].tolist():
        if heads_again(sheet.row(row)):
            payee = "payee" in heading_weights(fields["payee"].cell(row))
            found.append((row, payee and names_money(fields[used].cell(row))))
    return found


def _at_head(amount: Pence, payee: Column, rows: Mask, dated: bool) -> Mask:
    """Where the first row is the sum of all below, and says so or no row of the list has a date."""
    found = np.zeros(rows.size, bool)
    at = np.flatnonzero(rows)
    if at.size > SUMMED:
        named = bool((_says_all(payee) | _names_total(payee))[at[0]])
        rest = int(amount.pence[at[1:]].sum())
        found[at[0]] = amount.pence[at[0]] == rest != 0 and (
            named or (not dated and at.size > LONG)
        )
    return found


def _foot(payee: Column, rows: Mask) -> Mask:
    """Where the foot of a list without dates may stand: its last row, and words for all."""
    foot = _says_all(payee)
    at = np.flatnonzero(rows)
    if at.size:
        foot[at[-1]] = True
    return foot


def _says_all(payee: Column) -> Mask:
    said = np.array([bool(_ALL.fullmatch(text)) for text in payee.texts])
    return np.asarray(said[payee.codes], bool)


def _repeats(sheet: Sheet, headings: Headings, fields: Mapping[str, Column], used: str) -> Mask:
    """Where the headings come again, as in lists glued together."""
    same = np.ones(sheet.rows, bool)
    for name in ("payee", used):
        heading = fields[name].cell(headings.row).casefold()
        equal = np.array([text.casefold() == heading for text in fields[name].texts])
        same &= equal[fields[name].codes] & bool(heading)
    return same


def _strays(columns: Sequence[Column], headings: Headings, meaning: Meaning, rows: Mask) -> Mask:
    """Where cells stand right of the last heading, as after a comma that no quotation mark kept in.

    A table of its own further right, behind a blank column, is not meant.
    """
    none = np.zeros(rows.size, bool)
    last = max((k for k, name in enumerate(headings.names) if name), default=-1)
    known = max(one.position - 1 for one in meaning.columns if one.field)
    last = max(last, known)
    if headings.row < 0 or last + 1 >= len(columns):
        return none
    after = columns[last + 1].filled & rows
    few = max(FEW, STRAY * rows.sum())
    return after if after.sum() < few <= rows.sum() else none


def _says_total(fields: Mapping[str, Column], columns: Sequence[Column], rows: int) -> Mask:
    """Where the payee is a word for a total, or is blank and another cell is one."""
    payee = fields["payee"]
    said = np.zeros(rows, bool)
    for column in columns:
        if column is not payee:
            said |= _names_total(column)
    return _names_total(payee) | (said & ~payee.filled)


def _dated(date: Mask, rows: Mask) -> bool:
    """Say whether payments have dates here, as a rule."""
    return bool(rows.any() and date[rows].mean() >= USUAL)


def _sums(
    amount: Pence, candidates: Mask, payments: Mask, least: NDArray[np.int64] | None = None
) -> Mask:
    """Where a candidate is the sum of all above or since the last one, of `least` rows or more.

    One that is the sum of all may follow the sum of a part at once.
    """
    many = np.cumsum(payments & ~candidates & (amount.pence != 0))
    found = np.zeros(candidates.size, bool)
    sums = np.cumsum(np.where(payments & ~candidates, amount.pence, 0))
    since, rows = 0, 0
    for row in np.flatnonzero(candidates)[:MOST_CHECKED]:
        above = int(sums[row])
        need = 0 if least is None else int(least[row])
        part = amount.pence[row] == above - since != 0 and many[row] - rows >= need
        if part or (amount.pence[row] == above != 0 and many[row] >= max(need, rows and SUMMED)):
            found[row], since, rows = True, above, int(many[row])
    return found


def _pivots(fields: Mapping[str, Column], filled: NDArray[np.int32], rows: Mask) -> Mask:
    """Where hardly more than a label and an amount stands, in a list of dated payments."""
    none = np.zeros(rows.size, bool)
    usual = int(np.median(filled[rows])) if rows.any() else 0
    if usual < 5 or "date" not in fields:
        return none
    lacks = none
    for name in ("date", "transaction"):
        if name in fields:
            if fields[name].filled[rows].mean() < USUAL:
                return none
            lacks = (
                (lacks | ~fields[name].filled) if name == "date" else lacks & ~fields[name].filled
            )
    return lacks & fields["payee"].filled & (2 * filled <= usual) & rows
