"""A file of tables as grids of cells: CSV in any usual delimiter and encoding, or a workbook."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from scenarios.errors import Fault, FaultsError
from scenarios.sources.dialect import LONGEST_CELL
from scenarios.sources.refusals import RefusedError
from scenarios.sources.workbook import is_workbook, read_workbook

Cell = str | float | None

MOST_BYTES = 200_000_000
"""Of a file; a table of all countries is larger."""

MOST_CELLS = 4_000_000
"""Of one sheet; a national table has 20,000."""

THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
"""Commas in any other place are no thousands: 4,5 is refused, and 36,37 is a code."""

DELIMITERS = ",;\t|"
NO_FIGURE = {"", ".", "..", "...", "-", "–", ":", "n/a", "na", "z", "[x]", "[c]", "[z]", "x"}


class IoTableError(FaultsError):
    """Raised when an input-output table, or what goes with it, cannot be used."""

    remedy = "Correct them and import again."


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells of one sheet.

    Attributes
    ----------
    name : str
        Of the sheet; of a CSV file its own name.
    rows : tuple of tuple of (str, float or None)
        Texts trimmed, figures as numbers; rows may differ in length.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def refused(path: Path, found: str, wanted: str, hint: str = "") -> IoTableError:
    """Make the error that refuses a file as a whole."""
    return IoTableError([Fault(str(path), None, None, "", found, wanted, hint)])


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read every sheet of a file.

    Parameters
    ----------
    path : Path
        CSV, or XLSX.

    Returns
    -------
    tuple of Sheet

    Raises
    ------
    IoTableError
        Where it cannot be read, is too large, or is neither.
    """
    try:
        size = path.stat().st_size if path.is_file() else None
    except (OSError, ValueError):
        size = None
    if size is None:
        found = "a folder" if path.is_dir() else "nothing of that name"
        raise refused(path, found, "a file with an input-output table (.csv or .xlsx)")
    if size > MOST_BYTES:
        hint = "Save the sheet with the table of one country as a file of its own."
        raise refused(path, f"{size:,} bytes", f"{MOST_BYTES:,} at most", hint)
    with path.open("rb") as file:
        first = file.read(8)
    return _workbook(path) if is_workbook(first) else (_csv(path),)


def _csv(path: Path) -> Sheet:
    raw = path.read_bytes()
    text = _decoded(raw)
    if "\0" in text:
        raise refused(path, "bytes that are no text", "a CSV file")
    lines = text.splitlines()
    delimiter = max(DELIMITERS, key=lambda sign: sum(line.count(sign) for line in lines[:50]))
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = [
            tuple(_cell(value) for value in row) for row in csv.reader(lines, delimiter=delimiter)
        ]
    except csv.Error as error:
        raise refused(path, f"a line that is no CSV ({error})", "a CSV file") from None
    return _bounded(path, path.name, rows)


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _cell(value: str) -> Cell:
    """Text as it stands, but a figure as a number; codes with a leading zero stay texts."""
    text = value.replace("\xa0", " ").strip()
    if not text:
        return None
    number = number_of(text)
    code = text[0] == "0" and text[1:2].isdigit()
    return text if number is None or code else number


def number_of(value: Cell) -> float | None:
    """Read a cell as a finite figure, with thousands commas or brackets; None where it is none."""
    if value is None or isinstance(value, float):
        return value
    text = value.strip().replace("−", "-").replace("£", "")
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def says_nothing(value: Cell) -> bool:
    """Whether a cell is empty or holds a publisher's sign for no figure."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in NO_FIGURE)


def text_of(value: Cell) -> str:
    """Write a cell as the text that a label may be."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return " ".join(value.replace("\xa0", " ").split())


def _workbook(path: Path) -> tuple[Sheet, ...]:
    """Read the sheets of a workbook: values as saved, no formula is worked out."""
    if find_spec("python_calamine") is None:
        hint = 'Install it with: python -m pip install "poundflow[import]", or save it as CSV.'
        raise refused(path, "a workbook, and no package to read it", "the package", hint)
    try:
        sheets = read_workbook(str(path))
    except RefusedError as error:
        hint = "Open it in a spreadsheet and save it anew, or save the sheet as CSV."
        wanted = "a workbook with an input-output table of one country"
        raise refused(path, error.fault.found, wanted, hint) from None
    return tuple(
        _bounded(
            path, sheet.name, ([_cell(text) for text in sheet.row(k)] for k in range(sheet.rows))
        )
        for sheet in sheets
    )


def _bounded(path: Path, name: str, rows: Iterable[Sequence[Cell]]) -> Sheet:
    kept: list[tuple[Cell, ...]] = []
    cells = 0
    for row in rows:
        values = tuple(row)
        while values and values[-1] is None:
            values = values[:-1]
        cells += len(values)
        if cells > MOST_CELLS:
            raise refused(
                path, f"more than {MOST_CELLS:,} cells in {name}", "a table of one country"
            )
        kept.append(values)
    return Sheet(name, tuple(kept))


def read_columns(
    path: Path, needed: Collection[str], wanted: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Read a CSV file with headings, row by row.

    Parameters
    ----------
    path : Path
    needed : collection of str
        Columns that must be there.
    wanted : sequence of str
        Columns that are asked for, to be named in an error.

    Returns
    -------
    iterator of (int, dict of str to str or None)
        Line, and its cells by heading.

    Raises
    ------
    IoTableError
        When it is no such file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        found = f"no file that can be read ({type(error).__name__})"
        raise IoTableError([Fault(str(path), None, None, "", found, "a CSV file")]) from None
    lines = csv.DictReader(text.splitlines())
    if not set(needed) <= set(lines.fieldnames or ()):
        found = f"the columns {', '.join(lines.fieldnames or ()) or 'of nothing'}"
        raise IoTableError([Fault(str(path), 1, None, "", found, ", ".join(wanted))])
    return enumerate(lines, start=2)
