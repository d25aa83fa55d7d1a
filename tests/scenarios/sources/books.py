"""Workbooks made up, and turned into traps."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from tests.scenarios.sources.mutations import amount_of

CORNERS = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576">'
    "<v>1</v></c></row></sheetData></worksheet>"
)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData></worksheet>'
)


def book(sheets: dict[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    """Write a workbook with openpyxl, some of its sheets hidden."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def with_sheet(whole: bytes, text: str | bytes) -> bytes:
    """Put another first sheet into a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for member in old.infolist():
            kept = member.filename != "xl/worksheets/sheet1.xml"
            new.writestr(member.filename, old.read(member) if kept else text)
    return made.getvalue()


def lying(whole: bytes, size: int = 1000) -> bytes:
    """Make the directory of a zip folder say that its largest member is small."""
    with zipfile.ZipFile(io.BytesIO(whole)) as folder:
        largest = max(folder.infolist(), key=lambda member: member.file_size)
    real = largest.file_size.to_bytes(4, "little")
    return whole.replace(real, size.to_bytes(4, "little"))


def numbers(rows: Sequence[Sequence[str]], amount: int) -> list[list[object]]:
    """Rows with amounts as numbers, as a workbook holds them."""
    made: list[list[object]] = [list(rows[0])]
    for row in rows[1:]:
        cells: list[object] = list(row)
        cells[amount] = amount_of(row[amount]) / 100
        made.append(cells)
    return made


def trap(kind: str) -> bytes:
    """A workbook that asks for more memory or time than a list of payments should."""
    whole = book({"Payments": [["Supplier", "Amount"], ["Brackenfell Builders Ltd", 12.5]]})
    if kind == "corners":
        return with_sheet(whole, CORNERS)
    if kind == "entities":
        return with_sheet(whole, ENTITIES)
    padded = b"<?xml version='1.0'?><worksheet>" + b" " * 40_000_000
    if kind == "steep":
        return with_sheet(whole, padded)
    return lying(with_sheet(whole, padded))


TRAPS = ("corners", "entities", "steep", "lying")


def put(folder: Path, content: bytes, name: str = "book.xlsx") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content)
    return path
