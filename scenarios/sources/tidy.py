"""Payments of all files of one import in one table, and the rows set aside in another.

No raw name of a payee goes in: persons are numbered, in order of appearance. Free words, such as a
purpose or a narrative, are looked at for the kind of a payment and then left out.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scenarios.sources.fields import MONEY
from scenarios.sources.kinds import KINDS, find_kinds
from scenarios.sources.masking import Masks, safe_remark, safe_text
from scenarios.sources.money import pence_of
from scenarios.sources.payments import PaymentFile, PaymentSheet, is_card_list
from scenarios.sources.rows import Fate
from scenarios.sources.sheet import Column
from scenarios.sources.supplier_numbers import charity_number, company_number

TEXTS = (
    "service", "category", "detail", "procurement_category", "merchant_category",
    "company_number", "charity_number", "sic", "supplier_id", "transaction", "capital_revenue",
)  # fmt: skip
NUMBERS = ("company_number", "charity_number", "supplier_id")
"""Left out for a person: they lead to the name elsewhere."""

REGISTERS = {"company_number": company_number, "charity_number": charity_number}
"""Columns of numbers that no person has, and what reads them; other numbers prove nothing."""

OTHER_PENCE = tuple(name for name in MONEY if name != "amount")

SCHEMA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("sheet", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("date", pa.date32()),
        pa.field("month", pa.string()),
        pa.field("payee", pa.string(), nullable=False),
        pa.field("payee_kind", pa.string(), nullable=False),
        pa.field("pence", pa.int64(), nullable=False),
        *(pa.field(f"{name}_pence", pa.int64()) for name in OTHER_PENCE),
        *(pa.field(name, pa.string()) for name in TEXTS),
        pa.field("card", pa.bool_()),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
    ]
)
"""Of the table of payments; a row is counted from 1 in its sheet, headings among them."""

ASIDE_SCHEMA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("sheet", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("pence", pa.int64(), nullable=False),
        pa.field("amount", pa.string(), nullable=False),
        pa.field("date", pa.string(), nullable=False),
        pa.field("payee", pa.string(), nullable=False),
    ]
)
"""Of the table of rows set aside; `amount` and `date` are the cells as they stood."""

KEPT_CELL = 80
"""Letters of a cell that a row set aside is shown with."""

_SAYS_YES = ("y", "yes", "true", "1", "x", "pcard", "p card", "p-card", "procurement card",
             "purchase card", "purchasing card", "credit card", "card", "gpc")  # fmt: skip


class Double(NamedTuple):
    """Payments that stand in more than one file or sheet.

    Attributes
    ----------
    where : tuple of str
        Files, with the sheet where there are several.
    payments : int
        Different payments.
    pence : int
        What one copy of each comes to.
    """

    where: tuple[str, ...]
    payments: int
    pence: int


def registered_payees(files: Sequence[PaymentFile]) -> frozenset[str]:
    """Names that stand beside a number of a company or a charity in any row."""
    names: set[str] = set()
    for one in (sheet for file in files for sheet in file.sheets):
        payee = one.fields["payee"]
        for number, reading in REGISTERS.items():
            if number in one.fields:
                column = one.fields[number]
                has = np.array([reading(text) is not None for text in column.texts])[column.codes]
                names.update(payee.texts[code] for code in np.unique(payee.codes[one.used & has]))
    return frozenset(names)


def tidy_table(files: Sequence[PaymentFile], masks: Masks) -> pa.Table:
    """Put all payments into one table.

    Parameters
    ----------
    files : sequence of PaymentFile
        In the order given.
    masks : Masks
        Of this import.

    Returns
    -------
    pyarrow.Table
        As of `SCHEMA`, one row a payment, in the order of files and rows.
    """
    parts = [_payments(file, one, masks) for file in files for one in file.sheets]
    return pa.concat_tables(parts)


def _payments(file: PaymentFile, one: PaymentSheet, masks: Masks) -> pa.Table:
    used = np.flatnonzero(one.used)
    fields = {name: Column(c.texts, c.codes[used]) for name, c in one.fields.items()}
    if "charity_number" in fields:
        column = fields["charity_number"]
        known = [charity_number(text) or "" for text in column.texts]
        fields["charity_number"] = Column(known, column.codes)
    pence = one.amount.pence[used]
    shown = [masks.show(text) for text in _seen(fields["payee"])]
    person = np.array([payee.kind == "person" for payee in shown])[fields["payee"].codes]
    days = _days(fields.get("date"), one.dates.days, used.size)
    kinds = find_kinds(fields, pence)
    day = None if one.dates.month_only else days
    found = {
        "file": pa.array([file.path] * used.size, pa.string()),
        "sheet": pa.array([one.sheet.name] * used.size, pa.string()),
        "row": pa.array(one.sheet.line(used), pa.int64()),
        "date": pa.nulls(used.size, pa.date32()) if day is None else day,
        "month": pc.strftime(days, format="%Y-%m"),
        "payee": _spread([payee.shown for payee in shown], fields["payee"].codes),
        "payee_kind": _spread([payee.kind for payee in shown], fields["payee"].codes),
        "pence": pa.array(pence, pa.int64()),
        "card": _card(one, fields.get("card"), used.size),
        "kind": _spread(KINDS, kinds.codes),
        "reason": _spread(kinds.reasons, kinds.reason_codes),
    }
    for name in OTHER_PENCE:
        found[f"{name}_pence"] = _other_pence(fields.get(name), used.size)
    for name in TEXTS:
        hidden = person if name in NUMBERS else None
        found[name] = _text(fields.get(name), used.size, hidden)
    return pa.table([found[name] for name in SCHEMA.names], schema=SCHEMA)


def _seen(column: Column) -> list[str]:
    """Texts in which those that no row has any more are blank: they take no number of a person."""
    here = np.zeros(len(column.texts), bool)
    here[column.codes] = True
    order = np.full(len(column.texts), column.codes.size)
    np.minimum.at(order, column.codes, np.arange(column.codes.size))
    return [text if here[k] else "" for k, text in enumerate(column.texts)]


def _spread(texts: Sequence[str | None], codes: NDArray[np.integer]) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(codes))


def _days(column: Column | None, days: Mapping[str, date], rows: int) -> pa.Array:
    if column is None:
        return pa.nulls(rows, pa.date32())
    return pa.array([days.get(text) for text in column.texts], pa.date32()).take(
        pa.array(column.codes)
    )


def _other_pence(column: Column | None, rows: int) -> pa.Array:
    if column is None:
        return pa.nulls(rows, pa.int64())
    read = pence_of(column)
    return pa.array(read.pence, pa.int64(), mask=~read.read)


def _text(column: Column | None, rows: int, hidden: NDArray[np.bool_] | None) -> pa.Array:
    if column is None:
        return pa.nulls(rows, pa.string())
    found = _spread([safe_text(text) or None for text in column.texts], column.codes)
    if hidden is None or not hidden.any():
        return found
    return pc.if_else(pa.array(hidden), pa.scalar(None, pa.string()), found)


def _card(one: PaymentSheet, column: Column | None, rows: int) -> pa.Array:
    """Whether a purchase card paid; unknown where neither a column nor the list says so."""
    if column is not None:
        said = [text.casefold() in _SAYS_YES if text else None for text in column.texts]
        return pa.array(said, pa.bool_()).take(pa.array(column.codes))
    return pa.array([True] * rows) if is_card_list(one) else pa.nulls(rows, pa.bool_())


def aside_table(files: Sequence[PaymentFile], masks: Masks) -> pa.Table:
    """Put all rows set aside into one table, but for those of sheets without payments.

    Parameters
    ----------
    files, masks
        As of `tidy_table`, after it, so that persons keep their numbers.

    Returns
    -------
    pyarrow.Table
        As of `ASIDE_SCHEMA`.
    """
    parts = [ASIDE_SCHEMA.empty_table()]
    for file in files:
        for one in file.sheets:
            rows = np.flatnonzero(one.fate)
            rows = rows[rows != one.headings.row]
            amount = one.sheet.columns[one.meaning.position(one.meaning.used) or 0]
            date = one.fields.get("date", Column([""], np.zeros(one.sheet.rows, np.int32)))
            payee = one.fields["payee"]
            prose = np.isin(one.fate[rows], (Fate.PREAMBLE, Fate.NOTE))
            named = np.where(prose, 0, payee.codes[rows])
            names = {code: payee.texts[code] for code in np.unique(named)}
            shown = [
                _aside_name(names[k], masks) if names.get(k) else ""
                for k in range(len(payee.texts))
            ]
            reasons = [fate.reason for fate in Fate]
            found = [
                pa.array([file.path] * rows.size, pa.string()),
                pa.array([one.sheet.name] * rows.size, pa.string()),
                pa.array(one.sheet.line(rows), pa.int64()),
                _spread(reasons, one.fate[rows]),
                pa.array(one.amount.pence[rows], pa.int64()),
                _remarks(amount, rows, prose),
                _remarks(date, rows, prose),
                _spread(shown, named),
            ]
            parts.append(pa.table(found, schema=ASIDE_SCHEMA))
    return pa.concat_tables(parts)


def _remarks(column: Column, rows: NDArray[np.int64], prose: NDArray[np.bool_]) -> pa.Array:
    """Cells of rows set aside as they may be shown; free words of notes are not."""
    texts = [safe_remark(text)[:KEPT_CELL] for text in column.texts]
    return _spread(texts, np.where(prose, 0, column.codes[rows]))


def _aside_name(text: str, masks: Masks) -> str:
    """The cell of the payee in a row that is no payment: it may be a total's label or a note."""
    shown = masks.show(text)
    return safe_remark(shown.shown) if shown.kind == "organisation" else shown.shown


def doubles(payments: pa.Table) -> list[Double]:
    """Find payments that stand in several files or sheets; nothing is dropped.

    Parameters
    ----------
    payments : pyarrow.Table
        As of `tidy_table`.

    Returns
    -------
    list of Double
        By the files that share them, the most first.
    """
    where = pc.binary_join_element_wise(payments["file"], payments["sheet"], "\x1f")
    if pc.count_distinct(where).as_py() < 2:
        return []
    keys = ["date", "payee", "pence", "transaction", "category", "detail", "service"]
    grouped = (
        payments.select(keys)
        .append_column("where", where)
        .group_by(keys, use_threads=False)
        .aggregate([("where", "distinct")])
    )
    many = pc.list_value_length(grouped["where_distinct"])
    grouped = grouped.filter(pc.greater(many, 1))
    found: dict[tuple[str, ...], list[int]] = {}
    for places, pence in zip(
        grouped["where_distinct"].to_pylist(), grouped["pence"].to_pylist(), strict=True
    ):
        names = tuple(sorted(place.replace("\x1f", " ").strip() for place in places))
        sums = found.setdefault(names, [0, 0])
        sums[0] += 1
        sums[1] += pence
    rows = [Double(names, many, pence) for names, (many, pence) in found.items()]
    return sorted(rows, key=lambda one: (-one.payments, one.where))
