"""A few cells of each column, for a person who confirms what it was read as.

They are taken from payments to organisations alone, and what may be a person's name in them is
masked. Free words, such as a purpose, are never shown.
"""

from collections.abc import Collection, Mapping

import numpy as np

from scenarios.sources.columns import Found
from scenarios.sources.masking import judge, safe_remark
from scenarios.sources.payments import PaymentFile, PaymentSheet
from scenarios.sources.sheet import Column

SHOWN = 3
"""Cells of a column."""

LOOKED_AT = 2_000
"""Payments that cells are taken from."""

LETTERS = 40
WORDS = 4
"""A cell of a column that is none of ours has no more; longer ones are free words."""

FREE = "purpose"


def samples_of(
    file: PaymentFile, registered: Collection[str], kept: Collection[str]
) -> Mapping[tuple[str, int], list[str]]:
    """Give cells of each column of a file.

    Parameters
    ----------
    file : PaymentFile
        As it was read.
    registered, kept : collection of str
        Names with a number of a company or charity; names in lower case that are organisations.

    Returns
    -------
    mapping of (str, int) to list of str
        Sheet and position from 1 -> different cells, none where none may be shown.
    """
    found = {}
    for one in file.sheets:
        rows = _rows(one, registered, kept)
        for column in one.meaning.columns:
            cells = _different(one.sheet.columns[column.position - 1], rows)
            found[one.sheet.name, column.position] = _shown(column, cells)
    return found


def _rows(
    one: PaymentSheet, registered: Collection[str], kept: Collection[str]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The first payments to organisations."""
    used = np.flatnonzero(one.used)[:LOOKED_AT]
    payee = one.fields.get("payee")
    if payee is None:
        return used[:0]
    open_to_all = {
        int(code)
        for code in np.unique(payee.codes[used])
        if _organisation(payee.texts[int(code)], registered, kept)
    }
    return used[np.isin(payee.codes[used], list(open_to_all))]


def _organisation(name: str, registered: Collection[str], kept: Collection[str]) -> bool:
    told = judge(name, registered=name in registered, kept=kept)
    return told == ("organisation", name)


def _different(column: Column, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    """Cells in the order of the file, each once."""
    codes, first = np.unique(column.codes[rows], return_index=True)
    return [column.texts[int(code)] for code in codes[np.argsort(first)] if code]


def _shown(column: Found, cells: list[str]) -> list[str]:
    if column.field == FREE:
        return []
    if column.field == "payee":
        return [cell[:LETTERS] for cell in cells[:SHOWN]]
    if not column.field:
        cells = [cell for cell in cells if len(cell.split()) <= WORDS]
    return [safe_remark(cell)[:LETTERS] for cell in cells[:SHOWN]]
