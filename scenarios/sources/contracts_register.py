"""Contracts registers as councils publish them, read into the columns of contracts.parquet.

Encoding, delimiter, headings and dates are found in the file, as for payments; nothing here knows a
publisher. A JSON file with a list of flat objects is a register, too. Every row has its fate.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.sources.by_hand import set_by_hand
from scenarios.sources.columns import Found
from scenarios.sources.dates import read_dates
from scenarios.sources.masking import Masks
from scenarios.sources.refusals import RefusedError, refuse
from scenarios.sources.register_columns import find_columns, heading_row, rules
from scenarios.sources.register_files import MAP_HINT, WANTED, read_sheets
from scenarios.sources.register_rows import Row, contract_row, registered_suppliers
from scenarios.sources.sheet import Column, Sheet

BLANK = "blank row"
PREAMBLE = "above the headings"
HEADING = "headings again"
NOTE = "note or total: one cell alone"
NOTHING = "no title, supplier or reference"
OTHER_SHEET = "sheet without a register"

_PAID = re.compile(r"\b(?:payment|paid|invoice|clearing|transaction)\b", re.IGNORECASE)


@dataclass
class RegisterFile:
    """One file and its rows: rows = used + set aside.

    Attributes
    ----------
    path, encoding : str
        As it was named; as it was read.
    columns : list of (str, Found)
        Sheet and column, with the field that it is taken for.
    used : int
    set_aside : Counter
        Reason -> rows.
    aside : list of (str, str)
        Place and reason of each row that is set aside.
    unreadable : Counter
        Field -> cells that say something which cannot be read.
    again : int
        Rows with a reference that an earlier row has: extensions and lots, each of them kept.
    names : list of sequence of str
        Headings of each sheet.
    """

    path: str
    encoding: str = ""
    columns: list[tuple[str, Found]] = field(default_factory=list)
    used: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    aside: list[tuple[str, str]] = field(default_factory=list)
    unreadable: Counter[str] = field(default_factory=Counter)
    again: int = 0
    names: list[Sequence[str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """As the JSON of an import has it."""
        return {
            "path": self.path,
            "encoding": self.encoding,
            "rows": self.used + self.set_aside.total(),
            "used": self.used,
            "set_aside": dict(sorted(self.set_aside.items())),
            "unreadable": dict(sorted((+self.unreadable).items())),
            "same_reference": self.again,
            "columns": [
                {"sheet": sheet, **{name: getattr(found, name) for name in Found.__slots__}}
                for sheet, found in self.columns
            ],
        }


def read_register(
    path: Path, by_hand: Sequence[str], masks: Masks
) -> tuple[RegisterFile, list[Row]]:
    """Read one contracts register.

    Parameters
    ----------
    path : Path
        CSV or another text with delimiters, a workbook, or JSON with a list of flat objects.
    by_hand : sequence of str
        `HEADING=FIELD` or `#POSITION=FIELD`; what the file does not have is passed over.
    masks : Masks
        Numbers the persons among suppliers; shared by the files of an import.

    Returns
    -------
    tuple of (RegisterFile, list of dict)
        What came of the file, and its contracts.

    Raises
    ------
    RefusedError
        When it cannot be understood.
    """
    told = RegisterFile(str(path))
    sheets, told.encoding = read_sheets(path)
    rows: list[Row] = []
    refused: list[RefusedError] = []
    for sheet in sheets:
        try:
            rows += _read_sheet(sheet, told, by_hand, masks)
        except RefusedError as fault:
            refused.append(fault)
            where = sheet.name or "whole sheet"
            told.set_aside[OTHER_SHEET] += sheet.rows
            told.aside.append((f"{where}, {sheet.rows:,} rows", OTHER_SHEET))
    if not told.names:
        raise refused[0] if refused else _nothing(told.path)
    return told, rows


def _read_sheet(
    sheet: Sheet, told: RegisterFile, by_hand: Sequence[str], masks: Masks
) -> Iterator[Row]:
    """Understand one sheet, and give its contracts."""
    at = heading_row(sheet, by_hand)
    names = sheet.row(at) if at >= 0 else [""] * len(sheet.columns)
    below = [column.below(at + 1) for column in sheet.columns]
    columns = find_columns(below, names, set_by_hand(by_hand, names))
    fields = {found.field: below[found.position - 1] for found in columns if found.field}
    if not {"title", "end"} & fields.keys() and any(
        _PAID.search(name.replace("_", " ")) for name in names
    ):
        hint = "A list of payments goes to `poundflow import payments`."
        raise refuse(told.path, "the headings of payments", WANTED, hint, cause="payments")
    worth = {"supplier", "total_value", "annual_value", "value_low", "value_high"} & fields.keys()
    if not {"title", "description"} & fields.keys() or not worth:
        shown = names if at >= 0 else _without_figures(sheet)
        seen = ", ".join(f"#{k} “{name[:40]}”" for k, name in enumerate(shown, 1) if name)
        found = f"the headings {seen[:600]}" if seen else f"no headings in {sheet.rows:,} rows"
        hint = f"{MAP_HINT} Fields: {', '.join(rules())}."
        raise refuse(told.path, found, WANTED, hint, cause="no register")
    told.names.append(names)
    told.columns += [(sheet.name, found) for found in columns]
    place = f"{sheet.name}, row" if sheet.name else "row"
    for row in range(max(at, 0)):
        blank = not any(sheet.row(row))
        _set_aside(told, f"{place} {sheet.line(row):,}", BLANK if blank else PREAMBLE)
    return _contracts(below, names, fields, sheet.line(at + 1), place, told, masks)


def _without_figures(sheet: Sheet) -> Sequence[str]:
    """Give the first row where it may be one of headings unknown to us; no row of data."""
    cells = sheet.row(0) if sheet.rows else []
    return [] if any(mark.isdigit() for cell in cells for mark in cell) else cells


def _set_aside(told: RegisterFile, place: str, reason: str) -> None:
    told.set_aside[reason] += 1
    told.aside.append((place, reason))


def _contracts(
    below: Sequence[Column],
    names: Sequence[str],
    fields: Mapping[str, Column],
    first: int,
    place: str,
    told: RegisterFile,
    masks: Masks,
) -> Iterator[Row]:
    """Give the rows that are contracts; set the others aside."""
    days = {
        name: read_dates(fields[name].counts).days
        for name in ("start", "end", "extension_end")
        if name in fields
    }
    heads = {name: found.field for _, found in told.columns if (name := found.heading)}
    known: set[str] = set()
    registered = registered_suppliers(fields)
    for row in range(len(below[0].codes) if below else 0):
        cells = {name: column.cell(row) for name, column in fields.items()}
        filled = sum(bool(column.codes[row]) for column in below)
        if not filled:
            reason = BLANK
        elif sum(cells[of] == name for name, of in heads.items() if of) >= max(2, len(cells) // 2):
            reason = HEADING
        elif filled == 1 and len(names) > 2:
            reason = NOTE
        elif not any(cells.get(name) for name in ("title", "description", "supplier", "reference")):
            reason = NOTHING
        else:
            told.used += 1
            contract = contract_row(cells, days, told.unreadable, masks, registered)
            reference = contract["reference"]
            told.again += reference in known
            known |= {reference} if reference else set()
            yield {**contract, "file": told.path, "row": row + first}
            continue
        _set_aside(told, f"{place} {row + first:,}", reason)


def _nothing(path: str) -> RefusedError:
    return refuse(path, "an empty file", WANTED, "Download it again.", cause="empty")
