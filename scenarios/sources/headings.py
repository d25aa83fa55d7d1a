"""Where the headings of a sheet stand: below a preamble, over two lines, or nowhere."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from scenarios.sources.amounts import read_amount
from scenarios.sources.dates import read_dates
from scenarios.sources.fields import AMOUNTS, MONEY, fields_named, heading_weights
from scenarios.sources.sheet import Sheet

DEEPEST = 60
"""Rows looked at for headings."""

LEAST = 2
"""So many fields make a row one of headings, if the payee or the amount is among them."""

SURE = 0.7
"""A heading below the headings has to be as sure as this."""

_DIGIT = re.compile("[0-9]")
PIVOT = re.compile(r"^(row labels|column labels|sum of .+|count of .+)$", re.IGNORECASE)


class Headings(NamedTuple):
    """The headings of a sheet.

    Attributes
    ----------
    names : sequence of str
        One a column, as they stand; those over two lines joined.
    row : int
        Where they stand, from 0; -1 where there are none.
    lines : int
        Rows that they take.
    pivot : bool
        Whether they are those of a pivot table.
    """

    names: Sequence[str]
    row: int
    lines: int
    pivot: bool = False

    @property
    def first(self) -> int:
        """The first row below."""
        return self.row + self.lines


def find_headings(sheet: Sheet) -> Headings:
    """Find the row that names the most fields of a payment, the first among equals.

    Parameters
    ----------
    sheet : Sheet
        A table of cells.

    Returns
    -------
    Headings
        With `row` -1 and blank names where no row is one of headings.
    """
    best, at, pivot = 0, -1, False
    for row in range(min(sheet.rows, DEEPEST)):
        cells = sheet.row(row)
        pivot = pivot or sum(bool(PIVOT.match(cell)) for cell in cells) > 1
        named = fields_named(cells)
        if named > best and named >= LEAST and _may_head(cells):
            best, at = named, row
    if at < 0:
        return Headings([""] * len(sheet.columns), -1, 1, pivot)
    names = sheet.row(at)
    if at + 1 < sheet.rows and _goes_on(names, below := sheet.row(at + 1)):
        joined = [
            " ".join(part for part in pair if part) for pair in zip(names, below, strict=True)
        ]
        return Headings(joined, at, 2, pivot)
    return Headings(names, at, 1, pivot)


def _may_head(cells: Sequence[str]) -> bool:
    """Say whether a row can be one of headings: a payee or an amount, and hardly a figure."""
    weights = [heading_weights(cell) for cell in cells if cell]
    told = any(field in one for one in weights for field in ("payee", *AMOUNTS))
    filled = [cell for cell in cells if cell]
    figures = sum(read_amount(cell) is not None or _is_date(cell) for cell in filled)
    return told and 3 * figures < len(filled)


def heads_again(cells: Sequence[str]) -> bool:
    """Say whether a row below the headings is one of headings again, of this table or another."""
    filled = [cell for cell in cells if cell]
    if len(filled) <= LEAST or any(_DIGIT.search(cell) for cell in filled):
        return False
    payee = any(heading_weights(cell).get("payee", 0.0) >= SURE for cell in filled)
    money = any(names_money(cell) for cell in filled)
    return payee and money and fields_named(filled) > LEAST


def names_money(cell: str) -> bool:
    """Say whether a heading surely names an amount."""
    weights = heading_weights(cell)
    return any(weights.get(field, 0.0) >= SURE for field in AMOUNTS)


def _goes_on(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Say whether a row is a second line of headings: words for money, under blanks or amounts."""
    filled = [(top, cell) for top, cell in zip(above, cells, strict=True) if cell]
    if not filled or any(_DIGIT.search(cell) for _, cell in filled):
        return False
    under = all(not top or set(heading_weights(top)) & set(MONEY) for top, _ in filled)
    money = any(set(heading_weights(cell)) & set(MONEY) for _, cell in filled)
    joined = [f"{top} {cell}".strip() for top, cell in zip(above, cells, strict=True)]
    again = any(top.casefold() == cell.casefold() for top, cell in filled)
    more = fields_named(joined) >= fields_named(above) and fields_named(cells) >= LEAST
    return money and (under or (more and not again))


def _is_date(cell: str) -> bool:
    return bool(read_dates({cell: 1}).days)
