"""Lists of payments that councils publish, read into one tidy shape; every row has its fate.

Each file is read by itself; what is wrong with any is said of all at once. Nothing here knows a
publisher: encoding, delimiter, headings, columns, dates and amounts are found in the file.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.by_hand import set_by_hand
from scenarios.sources.columns import NOT_A_FIELD, Found, Meaning, find_meaning
from scenarios.sources.currencies import currency_note, named
from scenarios.sources.dates import Dates, read_dates
from scenarios.sources.dialect import read_text_sheet
from scenarios.sources.doubts import check_shape, check_sum, told_unread
from scenarios.sources.encoding import decode
from scenarios.sources.fields import fields_named, plain, rules
from scenarios.sources.headings import Headings, find_headings
from scenarios.sources.kinds_of_file import look
from scenarios.sources.masking import safe_remark, safe_text
from scenarios.sources.money import Pence
from scenarios.sources.periods import counts_periods, with_years
from scenarios.sources.refusals import RefusedError, refuse
from scenarios.sources.rows import Fate, sort_rows
from scenarios.sources.sheet import Column, Sheet
from scenarios.sources.signs import signed_amounts
from scenarios.sources.supplier_numbers import charity_number
from scenarios.sources.workbook import is_workbook, read_workbook

READABLE = 0.5
"""Share of the filled cells of the amount column that must be amounts."""

LISTED = 12
MAP_HINT = 'Say which it is with --map "HEADING=FIELD" or --map "#POSITION=FIELD".'


@dataclass(frozen=True)
class PaymentSheet:
    """One sheet with payments.

    Attributes
    ----------
    sheet, headings, meaning, dates
        What was found in it; `dates` of the column of dates, if there is one.
    fate : int8[rows]
        As of `Fate`.
    amount : Pence
        Of the column that is summed, all rows.
    signs : str
        What was done about credits; empty where nothing was.
    """

    sheet: Sheet
    headings: Headings
    meaning: Meaning
    dates: Dates
    fate: NDArray[np.int8]
    amount: Pence
    signs: str = ""

    @cached_property
    def fields(self) -> Mapping[str, Column]:
        """Field -> its column, all rows."""
        return {
            one.field: self.sheet.columns[one.position - 1]
            for one in self.meaning.columns
            if one.field
        }

    @property
    def used(self) -> NDArray[np.bool_]:
        """bool[rows]: where a payment stands."""
        return np.equal(self.fate, Fate.USED)


@dataclass(frozen=True)
class PaymentFile:
    """One file.

    Attributes
    ----------
    path, encoding : str
        As it was named; as it was read.
    sheets : sequence of PaymentSheet
        Those with payments.
    others : mapping of str to int
        Rows of sheets without any, by their names.
    notes : sequence of str
        What a reader has to know.
    """

    path: str
    encoding: str
    sheets: Sequence[PaymentSheet]
    others: Mapping[str, int] = field(default_factory=dict)
    notes: Sequence[str] = ()

    @property
    def rows(self) -> int:
        """Records of all sheets but for one line of headings each."""
        heads = sum(one.headings.row >= 0 for one in self.sheets)
        return sum(one.sheet.rows for one in self.sheets) - heads + sum(self.others.values())

    @property
    def used(self) -> int:
        """Rows that are payments."""
        return sum(int(one.used.sum()) for one in self.sheets)

    @cached_property
    def set_aside(self) -> Mapping[str, int]:
        """Reason -> rows set aside for it."""
        many: Counter[str] = Counter()
        for one in self.sheets:
            for fate, count in enumerate(np.bincount(one.fate)):
                if fate and count:
                    many[Fate(fate).reason] += int(count)
            many[Fate.HEADING.reason] -= one.headings.row >= 0
        many[Fate.OTHER_SHEET.reason] += sum(self.others.values())
        return {reason: count for reason, count in many.items() if count}

    @property
    def pence_in(self) -> int:
        """Sum of the whole amount column [pence], totals in it as well."""
        return sum(int(one.amount.pence.sum()) for one in self.sheets)

    @property
    def pence_used(self) -> int:
        """Sum of the payments [pence]."""
        return sum(int(one.amount.pence[one.used].sum()) for one in self.sheets)

    @property
    def columns(self) -> Sequence[tuple[str, Found]]:
        """Sheet and column, of all sheets with payments."""
        return [(one.sheet.name, found) for one in self.sheets for found in one.meaning.columns]


def read_payments(path: Path, by_hand: Sequence[str] = ()) -> PaymentFile:
    """Read one file of payments.

    Parameters
    ----------
    path : Path
        CSV or another text with delimiters, or a workbook.
    by_hand : sequence of str
        `HEADING=FIELD` or `#POSITION=FIELD`; what the file does not have is passed over.

    Returns
    -------
    PaymentFile
        With at least one payment.

    Raises
    ------
    RefusedError
        When it cannot be understood.
    """
    name = str(path)
    raw_head, size = look(path)
    notes: list[str] = []
    if is_workbook(raw_head):
        sheets, encoding = read_workbook(name), "workbook"
    else:
        decoded = decode(path.read_bytes())
        sheets = [read_text_sheet(name, decoded.text, fields_named)]
        encoding, notes = decoded.encoding, [*decoded.notes, *sheets[0].notes]
    if not size or not any(sheet.rows for sheet in sheets):
        raise refuse(
            name, "an empty file", "a list of payments", "Download it again.", cause="empty"
        )
    found: list[PaymentSheet] = []
    faults: list[RefusedError] = []
    others: dict[str, int] = {}
    for sheet in sheets:
        try:
            found.append(read_sheet(name, sheet, by_hand))
        except RefusedError as fault:
            faults.append(fault)
            others[sheet.name] = sheet.rows
    if not found:
        raise max(faults, key=lambda fault: others_rows(fault, sheets))
    found, left = _no_copies(found)
    for one, why in left:
        others[one.sheet.name] = one.sheet.rows
        notes.append(f"sheet “{one.sheet.name}” {why}: set aside whole")
    if others:
        told = ", ".join(f"“{sheet}” ({rows:,} rows)" for sheet, rows in others.items())
        notes.append(f"sheets without payments: {told}")
    for one in found:
        notes += _notes(one)
    return PaymentFile(name, encoding, found, others, notes)


def _no_copies(
    found: Sequence[PaymentSheet],
) -> tuple[list[PaymentSheet], list[tuple[PaymentSheet, str]]]:
    """Part sheets from those that say again what others do: hidden ones, and sums without dates."""
    left: list[tuple[PaymentSheet, str]] = []
    kept = [one for one in found if not one.sheet.hidden]
    if kept:
        left += [(one, "is hidden") for one in found if one.sheet.hidden]
    kept = kept or list(found)
    sums = [int(one.amount.pence[one.used].sum()) for one in kept if one.dates.days]
    for one in list(kept):
        mine = int(one.amount.pence[one.used].sum())
        if sums and not one.dates.days and mine in (*sums, sum(sums)):
            kept.remove(one)
            left.append((one, "sums up the others"))
    return kept, left


def others_rows(fault: RefusedError, sheets: Sequence[Sheet]) -> int:
    """Rows of the sheet that a fault speaks of: the largest sheet is what was meant."""
    return next(
        (sheet.rows for sheet in sheets if sheet.name and sheet.name == fault.fault.path), 0
    )


def read_sheet(path: str, sheet: Sheet, by_hand: Sequence[str] = ()) -> PaymentSheet:
    """Understand one sheet.

    Raises
    ------
    RefusedError
        When its payee or its amount cannot be told.
    """
    headings = find_headings(sheet)
    first = max(headings.first, 0)
    below = [column.below(first) for column in sheet.columns]
    meaning = find_meaning(below, headings.names, set_by_hand(by_hand, headings.names))
    _check(path, sheet, headings, meaning)
    check_sum(path, sheet, headings, meaning)
    at = meaning.position(meaning.used) or 0
    signed = signed_amounts(sheet.columns, first, meaning)
    columns = [signed.column if k == at else one for k, one in enumerate(sheet.columns)]
    where, years = meaning.position("date"), meaning.position("year")
    dates = read_dates(below[where].counts) if where is not None else Dates("", {})
    if where is not None and years is not None and not dates.days:
        told = headings.names[where], headings.names[years]
        columns[where] = with_years(columns[where], columns[years], told, first)
        dates = read_dates(columns[where].below(first).counts)
    sheet = replace(sheet, columns=columns)
    if where is not None and years is None and counts_periods(headings.names[where], dates):
        dates = Dates("", {})
    fate, amount, second = sort_rows(sheet, headings, meaning)
    if second:
        raise refuse(
            path, "a second table with other headings below the first", "one table in a sheet",
            "Put each into a file of its own.", cause="second table", line=second[0] + 1,
        )  # fmt: skip
    _check_amounts(path, sheet, headings, meaning, amount)
    read = PaymentSheet(sheet, headings, meaning, dates, fate, amount, signed.note)
    if not read.used.any():
        raise _nothing(path, read)
    return read


def _nothing(path: str, one: PaymentSheet) -> RefusedError:
    """Refuse a sheet without any payment."""
    found, cause = f"{one.sheet.rows:,} rows, none of them a payment with an amount", "no payments"
    foreign, hint = np.equal(one.fate, Fate.OTHER_CURRENCY), MAP_HINT
    if foreign.any():
        told = named(one.fields["currency"], foreign)
        found, cause = f"no amount in pounds: beside them stands {told}", "other currency"
        at = (one.meaning.position("currency") or 0) + 1
        hint = f'Turn them into pounds first; if they are pounds, say so: --map "#{at}=ignore".'
    return refuse(path, found, "at least one payment in pounds", hint, cause=cause)


def _check(path: str, sheet: Sheet, headings: Headings, meaning: Meaning) -> None:
    """Refuse a sheet whose payee or amount is not known, or might be either of two columns."""
    row = sheet.line(headings.row) if headings.row >= 0 else None
    for one in meaning.rivals:
        raise refuse(
            path, f"two columns “{one.heading}” that say different things ({one.position} is one)",
            f"one column for {rules()[one.field].what}",
            f'Say which: --map "#{one.position}={one.field}".', cause="ambiguous column", line=row,
        )  # fmt: skip
    lacking = [] if meaning.position("payee") is not None else ["payee"]
    lacking += [] if meaning.used else ["amount"]
    if not lacking:
        return
    if "amount" in lacking:
        check_shape(path, sheet, headings)
    seen = ", ".join(
        f"#{k} “{safe_text(name)[:40]}”" for k, name in enumerate(headings.names, 1) if name
    )
    where = f" in sheet “{sheet.name}”" if sheet.name else ""
    first = ", ".join(safe_remark(cell)[:40] for cell in sheet.row(0) if cell)
    none = f"no headings in {sheet.rows:,} rows, the first of which says {first[:200]}"
    found = f"the headings {seen[:600]}" if seen else none
    if "amount" in lacking:
        found += told_unread(sheet, headings)
    wanted = " and ".join(f"a column of the {what} ({rules()[what].what})" for what in lacking)
    raise refuse(
        path, found + where, wanted, MAP_HINT, cause=f"no {' or '.join(lacking)} column", line=row
    )


def _check_amounts(
    path: str, sheet: Sheet, headings: Headings, meaning: Meaning, amount: Pence
) -> None:
    """Refuse an amount column of which most cells are no amounts, and name some rows."""
    column = sheet.columns[meaning.position(meaning.used) or 0]
    below = np.arange(sheet.rows) >= headings.first
    filled = column.filled & below
    bad = filled & ~amount.read
    if filled.any() and bad.sum() <= (1 - READABLE) * filled.sum():
        return
    rows = ", ".join(str(sheet.line(row)) for row in np.flatnonzero(bad)[:LISTED])
    name = headings.names[meaning.position(meaning.used) or 0]
    raise refuse(
        path, f"{int(bad.sum()):,} of {int(filled.sum()):,} cells under “{name}” that are no "
        f"amounts{f' (rows {rows})' if rows else ''}", "amounts in pounds", MAP_HINT,
        cause="unreadable amounts",
    )  # fmt: skip


def _notes(one: PaymentSheet) -> list[str]:
    """What a reader has to know of a sheet."""
    notes = []
    where = f"sheet “{one.sheet.name}”: " if one.sheet.name else ""
    if one.headings.row < 0:
        notes.append("there are no headings: columns were told by what stands in them")
    foreign = np.equal(one.fate, Fate.OTHER_CURRENCY)
    currency = currency_note(one.sheet.columns, one.meaning, foreign, one.used)
    notes += [note for note in (one.signs, currency) if note]
    if one.meaning.unused:
        told = ", ".join(f"#{it.position} “{it.heading}”" for it in one.meaning.unused)
        notes.append(f"not summed, though they hold amounts: {told}; --map can change that")
    dates, used = one.fields.get("date"), one.used
    if dates is None:
        notes.append("there is no column of dates: the month of every payment is unknown")
    else:
        unread = int(used.sum()) - int(
            np.isin(dates.codes[used], _codes_read(dates, one.dates)).sum()
        )
        if unread:
            notes.append(
                f"{unread:,} of {int(used.sum()):,} payments have no date that can be read"
                + (f" as {one.dates.format}" if one.dates.format else "")
                + ": their month is unknown"
            )
            if "period" in plain(one.headings.names[one.meaning.position("date") or 0]).split():
                notes.append("a period of the council's is no month: its year begins in April")
    if one.dates.ambiguous:
        notes.append("no date tells whether days or months come first; days were taken to")
    rounded = int(one.amount.rounded[used].sum())
    if rounded:
        notes.append(f"{rounded:,} amounts have parts of a penny, which were rounded")
    if 2 * np.count_nonzero(one.amount.pence[used] < 0) > np.count_nonzero(one.amount.pence[used]):
        notes.append("most amounts are negative: do they say what the council is owed?")
    no_payee = int((used & ~one.fields["payee"].filled).sum())
    if no_payee:
        notes.append(f"{no_payee:,} payments name no payee: kept as “not stated”")
    if "charity_number" in one.fields:
        column = one.fields["charity_number"]
        odd = np.array([bool(text) and charity_number(text) is None for text in column.texts])
        if many := int((used & odd[column.codes]).sum()):
            notes.append(f"numbers under that of a charity that are none, left out: {many:,}")
    if is_card_list(one):
        notes.append("this is a list of payments by purchase card")
    return [where + note for note in notes]


def _codes_read(column: Column, dates: Dates) -> NDArray[np.int32]:
    return np.array([k for k, text in enumerate(column.texts) if text in dates.days], np.int32)


def is_card_list(one: PaymentSheet) -> bool:
    """Say whether a sheet lists purchases by card: merchants have categories there."""
    return "merchant_category" in one.fields and "card" not in one.fields


def known_fields() -> list[str]:
    """Fields that a column may be set to by hand."""
    return [*rules(), NOT_A_FIELD]
