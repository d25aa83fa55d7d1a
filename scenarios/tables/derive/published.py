"""Published tables as they stand on disk: comma-separated text, JSON, and Excel workbooks."""

import csv
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from scenarios.errors import InputError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHARED = "xl/sharedStrings.xml"
"""Texts of a workbook's cells; a workbook may have none, and each text in its cell."""

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Row = dict[str, str]


class MissingSourceError(InputError):
    """Raised when the data folder lacks a published file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"found no {path.parent.name}/{path.name} in {path.parent.parent}; wanted the "
            "published file of that name. See scenarios/tables/districts.md for its source."
        )

    def __reduce__(self) -> tuple[type, tuple[Path]]:
        return type(self), (self.path,)


def present(folder: Path, name: str) -> Path:
    """Path of a published file.

    Raises
    ------
    MissingSourceError
        Where the folder does not hold it.
    """
    path = folder / name
    if not path.is_file():
        raise MissingSourceError(path)
    return path


def text_rows(folder: Path, name: str) -> list[Row]:
    """Rows of a comma-separated file, by heading; a byte-order mark is dropped."""
    text = present(folder, name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def document(folder: Path, name: str) -> Any:
    """What a JSON file holds."""
    return json.loads(present(folder, name).read_text(encoding="utf-8"))


def sheet_rows(folder: Path, name: str, sheet: str) -> list[Row]:
    """Rows of one sheet of an Excel workbook.

    Returns
    -------
    list of dict
        Column letter -> text of the cell, empty cells left out; in order of the sheet.
    """
    with zipfile.ZipFile(present(folder, name)) as book:
        shared: list[str] = []
        if SHARED in book.namelist():
            shared = [_text(entry) for entry in _tree(book, SHARED).iter(f"{MAIN}si")]
        targets = {
            entry.get("Id"): str(entry.get("Target"))
            for entry in _tree(book, "xl/_rels/workbook.xml.rels")
        }
        ids = {
            entry.get("name"): entry.get(RELATION)
            for entry in _tree(book, "xl/workbook.xml").iter(f"{MAIN}sheet")
        }
        part = "xl/" + targets[ids[sheet]].removeprefix("/xl/")
        return [_row(row, shared) for row in _tree(book, part).iter(f"{MAIN}row")]


def number(text: str) -> float | None:
    """Read a published number; None where the publisher gives a mark in its place.

    Parameters
    ----------
    text : str
        Thousands may be parted by commas.
    """
    plain = text.replace(",", "").strip()
    return float(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None


def whole(text: str) -> int:
    """Read a published count.

    Raises
    ------
    ValueError
        Where it is not a whole number.
    """
    found = number(text)
    if found is None or found != int(found):
        raise ValueError(f"found the count {text!r}; wanted a whole number")
    return int(found)


def _tree(book: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(part))


def _text(entry: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in entry.iter(f"{MAIN}t"))


def _row(row: ElementTree.Element, shared: list[str]) -> Row:
    out: Row = {}
    for cell in row.iter(f"{MAIN}c"):
        column = re.sub(r"\d", "", str(cell.get("r")))
        value = cell.find(f"{MAIN}v")
        if cell.get("t") == "inlineStr":
            out[column] = _text(cell)
        elif value is not None and value.text is not None:
            out[column] = shared[int(value.text)] if cell.get("t") == "s" else value.text
    return out
