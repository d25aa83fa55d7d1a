"""Workbooks damaged by seed, and a second opinion on what each comes to: openpyxl's."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from openpyxl import load_workbook

from tests.scenarios.sources.books import TRAPS, book, numbers, trap
from tests.scenarios.sources.made_up import LAYOUTS, payments
from tests.scenarios.sources.mutations import FORMULAS, amount_of

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


class Damaged(NamedTuple):
    """A workbook, and what it has to come to.

    Attributes
    ----------
    content : bytes
        The file.
    kind : str
        What was done to it.
    rows, pence : int or None
        Below the headings, and of the amount column; None where openpyxl is to be asked, or nobody
        can say.
    """

    content: bytes
    kind: str
    rows: int | None
    pence: int | None


def damaged(seed: int) -> Damaged:
    """Make a workbook of a seed and change it."""
    luck = random.Random(seed)
    layout = luck.choice(LAYOUTS)
    rows = payments(luck, luck.randint(3, 40), layout)
    cells = numbers(rows, layout.amount)
    kind = luck.choice([*KINDS, "whole", "flipped", "cut", "formulas", "huge", "trap"])
    if kind == "trap":
        return Damaged(trap(luck.choice(TRAPS)), kind, None, None)
    if kind == "formulas":
        for _ in range(luck.randint(1, 8)):
            luck.choice(cells[1:])[luck.randrange(len(rows[0]))] = luck.choice(FORMULAS)
    if kind == "huge":
        luck.choice(cells)[luck.randrange(len(rows[0]))] = luck.choice("9a\n") * 32_000
    content = book({"List": cells, "Notes": [["made up"]]})
    if kind in KINDS:
        return Damaged(KINDS[kind](content, luck), kind, None, None)
    if kind in ("formulas", "huge"):
        return Damaged(content, kind, None, None)
    truth = sum(amount_of(row[layout.amount]) for row in rows[1:])
    if kind == "flipped":
        changed = bytearray(content)
        for _ in range(luck.randint(1, 6)):
            changed[luck.randrange(4, len(changed))] = luck.randrange(256)
        content = bytes(changed)
    if kind == "cut":
        content = content[: luck.randrange(4, len(content))]
    return Damaged(content, kind, len(rows) - 1, truth)


def _with_member(content: bytes, name: str, change: Callable[[str], str | None]) -> bytes:
    """Change the text of one member of the folder, or leave it out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for member in old.infolist():
            text = old.read(member)
            if member.filename == name:
                changed = change(text.decode())
                if changed is None:
                    continue
                text = changed.encode()
            new.writestr(member.filename, text)
    return made.getvalue()


def _values(content: bytes, luck: random.Random) -> bytes:
    """Other numbers, and texts in the place of numbers."""

    def change(found: re.Match[str]) -> str:
        if luck.random() > 0.2:
            return found[0]
        letters = list(found[1])
        letters[luck.randrange(len(letters))] = luck.choice("0123456789.-E")
        return f"<v>{''.join(letters)}</v>"

    return _with_member(content, SHEET, lambda text: re.sub("<v>([^<]+)</v>", change, text))


def _marks(content: bytes, luck: random.Random) -> bytes:
    """Letters of the sheet that become others, tags among them."""

    def change(text: str) -> str:
        letters = list(text)
        for _ in range(luck.randint(1, 4)):
            letters[luck.randrange(len(letters))] = luck.choice("<>/\"&9a ;'")
        return "".join(letters)

    return _with_member(content, SHEET, change)


def _strings(content: bytes, luck: random.Random) -> bytes:
    """A list of shared texts that is missing, short or broken."""
    if luck.random() < 0.3:
        return _with_member(content, STRINGS, lambda _: None)
    part = luck.random()
    tail = luck.choice(("", "</sst>", "<si><t>"))
    return _with_member(content, STRINGS, lambda text: text[: int(part * len(text))] + tail)


def _numbers_of_strings(content: bytes, luck: random.Random) -> bytes:
    """Cells that ask for a shared text that there is not."""
    high = str(luck.choice((999, 2**31, 2**63, -1)))
    return _with_member(
        content, SHEET, lambda text: re.sub('t="s"><v>[0-9]+', f't="s"><v>{high}', text, count=3)
    )


KINDS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "values": _values, "marks": _marks, "strings": _strings, "numbers of strings":
    _numbers_of_strings,
}  # fmt: skip
ASKED = ("values", "formulas", "huge")
"""Kinds of damage after which openpyxl and the reader have to agree."""


def second_opinion(content: bytes, position: int) -> int:
    """Sum a column of the first sheet [pence], read by openpyxl; what it computes is nothing."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    total = 0
    for (cell,) in sheet.iter_rows(min_row=1, min_col=position + 1, max_col=position + 1):
        if cell.data_type == "f" or cell.value is None:
            continue
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            exact = 100 * Decimal(repr(cell.value))
            pence = int(exact.quantize(Decimal(1), ROUND_HALF_EVEN)) if exact < 10**15 else 10**15
            total += pence if abs(pence) <= 10**12 else 0
        else:
            total += amount_of(str(cell.value))
    return total
