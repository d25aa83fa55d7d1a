"""A text file as rows: what parts its cells is found by the headings that become readable.

The first lines are read with each mark that could part cells. The one under which a row names the
most fields of a payment is right; where none does, the one that makes most rows equally wide.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from scenarios.sources.refusals import RefusedError, refuse
from scenarios.sources.sheet import Sheet, WideRowError, sheet_of

DELIMITERS = ",;\t|^~:\x1f\x1e"
SAMPLE = 65_536
"""Characters looked at to find what parts the cells."""

END = "\x1dend of file\x1d"
"""A record of our own, after the last."""

LINES = 60
LONGEST_CELL = 1 << 20
"""Characters; a longer cell is a quotation mark that was never closed."""

MOST_BREAKS = 50
"""Line breaks in one cell; more are a quotation mark that was never closed."""


def read_text_sheet(path: str, text: str, fields_named: Callable[[Sequence[str]], int]) -> Sheet:
    """Read a text file with delimiters.

    Parameters
    ----------
    path : str
        Its name, for messages.
    text : str
        The whole of it.
    fields_named : callable
        Counts the fields of a payment that a row of cells names.

    Returns
    -------
    Sheet
        All its records.

    Raises
    ------
    RefusedError
        When it has no cells, or quotation marks are not closed.
    """
    text, told = without_told_separator(text)
    delimiter, above = told or _delimiter(text, fields_named), 1 if told else 0
    notes = [] if delimiter == "," else [f"cells are parted by {mark_name(delimiter)}"]
    try:
        try:
            found = sheet_of("", _records(path, text, delimiter, strict=True), delimiter, notes)
        except csv.Error:
            notes.append("quotation marks stand in odd places; each line was read by itself")
            found = sheet_of("", _records(path, text, delimiter, strict=False), delimiter, notes)
        return replace(found, above=above)
    except WideRowError as fault:
        raise refuse(
            path, f"{fault.cells:,} cells in one row", "a list of payments",
            "Look at this row: it may belong to another file.", cause="wide row",
            line=fault.row + above,
        ) from None  # fmt: skip


def mark_name(delimiter: str) -> str:
    """Say what parts cells, in words."""
    names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars", ":": "colons"}
    return names.get(delimiter, repr(delimiter))


def without_told_separator(text: str) -> tuple[str, str]:
    """Take off the line `sep=;` that Excel writes and obeys, and give the mark; else nothing."""
    first = text[:20].partition("\n")[0]
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and len(told) == 5:
        return text[len(first) + 1 :], told[4]
    return text, ""


def _delimiter(text: str, fields_named: Callable[[Sequence[str]], int]) -> str:
    sample = text[:SAMPLE]
    if len(text) > SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    best, found = (0, 0.0), ","
    for mark in DELIMITERS:
        if mark not in sample:
            continue
        rows = [row for row in _sample_rows(sample, mark) if len(row) > 1]
        if not rows:
            continue
        widths = Counter(len(row) for row in rows)
        even = widths.most_common(1)[0][1] / LINES
        score = (max(fields_named(row) for row in rows), even)
        if score > best:
            best, found = score, mark
    return found


def _sample_rows(sample: str, mark: str) -> list[list[str]]:
    rows = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    csv.field_size_limit(LONGEST_CELL)
    try:
        for row in reader:
            if any(row):
                rows.append(row)
            if len(rows) == LINES:
                break
    except csv.Error:
        return rows
    return rows


def _records(path: str, text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    """Read records; refuse where a quotation mark that is never closed would swallow some.

    A strict reader stops where a closing mark is followed by text, as the next opening one is
    after a mark left open. Then records may not run over lines.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=strict)
    before, last = 0, [END]
    try:
        for row in reader:
            breaks, start, before = reader.line_num - before - 1, before + 1, reader.line_num
            if breaks > (MOST_BREAKS if strict else 0):
                raise _unclosed(path, start)
            if row == last:
                return
            if row:
                yield row
    except csv.Error:
        if strict:
            raise
    raise _unclosed(path, before)


def _lines(text: str) -> Iterator[str]:
    """Give lines, and one more that comes back as a record unless a mark is left open."""
    line = "\n"
    for line in io.StringIO(text, newline=""):
        yield line
    if not line.endswith(("\n", "\r")):
        yield "\n"
    yield f"{END}\n"


def _unclosed(path: str, line: int) -> RefusedError:
    return refuse(
        path, "a quotation mark that is not closed, so that rows run into each other",
        "each mark closed", "Correct this line, or the one where its cell began.",
        cause="open quotation mark", line=line,
    )  # fmt: skip
