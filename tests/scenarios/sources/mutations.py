"""Lists of payments damaged and disguised by seed, and a second opinion on what each comes to.

Each seed makes a list, changes it in one to three ways, and knows whether all of them are disguises
(another encoding, order of columns or delimiter), which a reader must see through, or damage, after
which it may refuse. The second opinion shares no code with the reader. It takes the sum of a column
as it stands, so no list here has a column that gives amounts their sign (credits, DR and CR, credit
notes by type of document); other currencies it knows, since they leave that sum alone.
"""

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from tests.scenarios.sources.made_up import LAYOUTS, Layout, payments

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1",
    "mac_roman", "cp850",
)  # fmt: skip
WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
FORMULAS = ("=1+1", "=SUM(A1:A9)", "+44 20", "@now", '=HYPERLINK("x")', "-2+3", "=cmd|' /C x'!A0")


@dataclass
class Case:
    """One file, as it is put together.

    Attributes
    ----------
    layout, rows
        What it was made from; rows are changed in place.
    delimiter, line_end, encoding : str
        How it is written.
    raw : list of callable
        What is done to its bytes at the end.
    changes : list of str
        Names of what was done.
    harmless : bool
        Whether all of it is a disguise.
    column : int
        Where the amount stands.
    abroad, abroad_pence : int
        Rows whose amount is in another currency, and their sum as it stands, before any damage.
    """

    layout: Layout
    rows: list[list[str]]
    luck: random.Random
    delimiter: str = ","
    line_end: str = "\r\n"
    encoding: str = "utf-8"
    raw: list[Callable[[bytes], bytes]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    harmless: bool = True
    column: int = 0
    abroad: int = 0
    abroad_pence: int = 0

    def written(self) -> bytes:
        """The file."""
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end).writerows(
            self.rows
        )
        found = text.getvalue().encode(self.encoding, "replace")
        for change in self.raw:
            found = change(found)
        return found


def shuffle_columns(case: Case) -> None:
    """Another order of the columns."""
    order = list(range(len(case.rows[0])))
    case.luck.shuffle(order)
    case.rows[:] = [[row[k] for k in order] for row in case.rows]
    case.column = order.index(case.column)


def swap_encoding(case: Case) -> None:
    """Another encoding."""
    case.encoding = case.luck.choice(ENCODINGS)


def change_delimiter(case: Case) -> None:
    """Semicolons, tabs or bars."""
    case.delimiter = case.luck.choice(";\t|")


def change_line_ends(case: Case) -> None:
    """Line ends of other systems."""
    case.line_end = case.luck.choice(("\n", "\r", "\r\n"))


def flip_bytes(case: Case) -> None:
    """Some bytes become others."""
    many, luck = case.luck.randint(1, 20), case.luck

    def flipped(raw: bytes) -> bytes:
        changed = bytearray(raw)
        for _ in range(many if len(raw) > 8 else 0):
            changed[luck.randrange(4, len(raw))] = luck.randrange(256)
        return bytes(changed)

    case.raw.append(flipped)


def cut_bytes(case: Case) -> None:
    """A piece is missing, or everything from somewhere on."""
    luck = case.luck

    def cut(raw: bytes) -> bytes:
        start = luck.randrange(4, max(5, len(raw)))
        end = len(raw) if luck.random() < 0.5 else min(len(raw), start + luck.randrange(1, 300))
        return raw[:start] + raw[end:]

    case.raw.append(cut)


def cut_rows(case: Case) -> None:
    """Rows are missing, doubled or in another order."""
    body = case.rows[1:]
    body = [row for row in body if case.luck.random() < 0.8] + body[: case.luck.randrange(5)]
    case.luck.shuffle(body)
    case.rows[1:] = body


def add_formulas(case: Case) -> None:
    """Cells that a spreadsheet would run."""
    for _ in range(case.luck.randint(1, 8)):
        row = case.luck.choice(case.rows[1:] or [[""]])
        if row:
            row[case.luck.randrange(len(row))] = case.luck.choice(FORMULAS)


def add_huge_cell(case: Case) -> None:
    """A cell of a megabyte or more, or a row of a thousand cells."""
    row = case.luck.choice(case.rows)
    at = case.luck.randrange(max(1, len(row)))
    row += [""] * (at + 1 - len(row))
    if case.luck.random() < 0.3:
        row += ["x"] * case.luck.choice((3, 400, 1000))
    else:
        row[at] = case.luck.choice(("9", "a ", "\n", '"')) * case.luck.choice(
            (300, 70_000, 1_200_000)
        )


def add_around(case: Case) -> None:
    """A preamble, blank rows, totals, headings once more, a remark at the foot."""
    width, luck, at = len(case.rows[0]), case.luck, case.column
    blank = [""] * width
    total = list(blank)
    total[at] = f"{luck.randrange(10**7)}.00"
    if luck.random() < 0.5:
        total[0 if at else 1] = luck.choice(("Total", "Grand Total", "TOTAL:"))
    head = list(case.rows[0])
    for row in (blank, total, head, blank):
        if luck.random() < 0.6:
            case.rows.insert(luck.randint(1, len(case.rows)), list(row))
    if luck.random() < 0.5:
        case.rows.insert(0, ["Payments over £500", *blank[1:]])
    if luck.random() < 0.5:
        case.rows.append(["Published under the Transparency Code", *blank[1:]])


def add_quotes(case: Case) -> None:
    """Quotation marks where they do not belong."""
    luck, many = case.luck, case.luck.randint(1, 6)

    def quoted(raw: bytes) -> bytes:
        for _ in range(many):
            at = luck.randrange(len(raw) + 1)
            raw = raw[:at] + b'"' + raw[at:]
        return raw

    case.raw.append(quoted)


def add_zeros(case: Case) -> None:
    """Zero bytes."""
    luck, many = case.luck, case.luck.randint(1, 4)

    def zeroed(raw: bytes) -> bytes:
        for _ in range(many):
            at = luck.randrange(len(raw) + 1)
            raw = raw[:at] + b"\0" + raw[at:]
        return raw

    case.raw.append(zeroed)


def make_ragged(case: Case) -> None:
    """Cells too few or too many at the ends of rows."""
    for row in case.rows[1:]:
        chance = case.luck.random()
        if chance < 0.05 and row:
            del row[case.luck.randrange(len(row)) :]
        elif chance < 0.1:
            row += [case.luck.choice(("", "x", "12.00"))] * case.luck.randint(1, 3)


DISGUISES = (shuffle_columns, swap_encoding, change_delimiter, change_line_ends)
DAMAGE = (
    flip_bytes, cut_bytes, cut_rows, add_formulas, add_huge_cell, add_around, add_quotes, add_zeros,
    make_ragged,
)  # fmt: skip
OF_BYTES = (flip_bytes, cut_bytes, add_quotes, add_zeros)


def mutate(seed: int) -> Case:
    """Make a file and change it."""
    luck = random.Random(seed)
    layout = luck.choice(LAYOUTS)
    rows = payments(luck, luck.randint(3, 60), layout)
    abroad = layout.abroad(rows)
    pence = sum(amount_of(row[layout.amount]) for row in abroad)
    case = Case(layout, rows, luck, column=layout.amount, abroad=len(abroad), abroad_pence=pence)
    chosen = luck.sample(DISGUISES, luck.randint(0, 3))
    if luck.random() < 0.7 or not chosen:
        chosen += luck.sample(DAMAGE, luck.randint(1, 2))
        case.harmless = False
    for change in chosen:
        change(case)
        case.changes.append(change.__name__)
    if case.encoding in WIDE and any(change in OF_BYTES for change in chosen):
        case.encoding = "utf-8"  # what it would come to then, no second opinion could say
    return case


def second_opinion(case: Case, raw: bytes, position: int) -> tuple[int, int]:
    """Records, and pence in a column, by other means than the reader's.

    Parameters
    ----------
    case : Case
        What the file is known to be.
    raw : bytes
        The file.
    position : int
        Column, from 0.

    Returns
    -------
    tuple of (int, int)
        Lines with any cell, and the sum of the cells of the column that are amounts [pence].
    """
    told = "utf-8" if case.encoding == "utf-8-sig" else case.encoding
    text = raw.decode(told if told in WIDE else "latin-1", "replace").replace("\0", "")
    csv.field_size_limit(2**31 - 1)
    records = [
        row for row in csv.reader(io.StringIO(text, newline=""), delimiter=case.delimiter) if row
    ]
    cells = [row[position] for row in records if len(row) > position]
    if _is_utf8(raw):
        cells = [cell.replace(NEXT_LINE, " ") for cell in cells]
    return len(records), sum(amount_of(cell) for cell in cells)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


DASHES = ("\x96", "\x97", "\u2013", "\u2014", "\u2212", "\xe2\x80\x93", "\xe2\x80\x94")
"""Long dashes of Windows-1252, of Unicode, and of UTF-8 read byte by byte."""

BLANK = "\xc2\xa0"
NEXT_LINE = "\xc2\x85"
"""Blanks of UTF-8, which here is read byte by byte; the second is an ellipsis in Windows-1252."""

LONGEST = 60
"""Letters of a cell that may be an amount."""

_SHAPE = re.compile(
    r"\d{1,3}([, ]\d{3})+(\.\d*)?|\d{1,3}(,\d{2,3})+\.\d\d|\d+(\.\d*)?(e[+-]\d\d?)?|\.\d+",
    re.ASCII | re.IGNORECASE,
)
_LOOSE = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\xa0\u2007\u2009\u202f\u3000\u2028\u2029\ufeff"


def amount_of(cell: str) -> int:
    """Read an amount [pence] letter by letter; 0 where it is none."""
    left, minus = " ".join(re.split(f"[{_LOOSE}]+", cell.replace(BLANK, " "))).strip(" "), 0
    if len(left) > LONGEST:
        return 0
    for dash in DASHES:
        left = left.replace(dash, "-")
    while True:
        before = left
        if left.startswith("(") and left.endswith(")") and len(left) > 1:
            left, minus = left[1:-1], minus + 1
        elif left.startswith("-") and left != "-":
            left, minus = left[1:], minus + 1
        elif left.endswith("-") and left != "-":
            left, minus = left[:-1], minus + 1
        elif left.startswith("+"):
            left = left[1:]
        for mark in ("£", "Â£", "\x9c", "\xef\xbf\xbd", "\ufffd"):
            left = left.removeprefix(mark)
        if left[:3].upper() == "GBP":
            left = left[3:]
        if left[-3:].upper() == "GBP":
            left = left[:-3]
        left = left.removesuffix("£").strip(_LOOSE)
        if left == before:
            break
    if minus > 1 or not _SHAPE.fullmatch(left):
        return 0
    exact = 100 * Decimal(left.replace(",", "").replace(" ", ""))
    pence = int(exact.quantize(Decimal(1), ROUND_HALF_EVEN)) if exact < 10**15 else 10**15
    return 0 if pence > 10**12 else -pence if minus else pence
