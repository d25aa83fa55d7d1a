"""A contracts register as sheets, whatever it is kept in: text, workbook, or flat JSON."""

from pathlib import Path
from typing import Any

from scenarios.sources.dialect import read_text_sheet
from scenarios.sources.encoding import decode
from scenarios.sources.kinds_of_file import LARGEST, OTHERS
from scenarios.sources.ocds_stream import BrokenJsonError, decoded
from scenarios.sources.refusals import refuse
from scenarios.sources.register_columns import fields_named
from scenarios.sources.sheet import Sheet, WideRowError, sheet_of
from scenarios.sources.workbook import is_workbook, read_workbook

WANTED = "a contracts register: columns of the title and of the supplier or the value"
MAP_HINT = 'Say which it is with --map "HEADING=FIELD" or --map "#POSITION=FIELD".'


def read_sheets(path: Path) -> tuple[list[Sheet], str]:
    """Read a file as sheets.

    Returns
    -------
    tuple of (list of Sheet, str)
        The sheets, and what the file was read as.

    Raises
    ------
    RefusedError
        When it cannot be read, or is of another kind.
    """
    name = str(path)
    try:
        if path.stat().st_size > LARGEST:
            found = f"a file of more than {LARGEST >> 20:,} MiB"
            raise refuse(name, found, WANTED, "Import it in parts.", cause="too large")
        raw = path.read_bytes()
    except OSError as fault:
        found = (fault.strerror or "an error of the system").lower()
        raise refuse(name, found, "a file that can be read", "", cause="unreadable") from None
    start = raw[:512].lstrip(b"\xef\xbb\xbf \r\n\t")
    kind = next((what for mark, what in OTHERS.items() if start.startswith(mark)), None)
    if kind or start[:1] == b"<":
        found = kind or "a web page"
        raise refuse(name, found, WANTED, "Download the list itself.", cause="other kind")
    if is_workbook(raw):
        return read_workbook(name), "workbook"
    whole = decode(raw)
    if start[:1] in (b"{", b"["):
        return [_flat(name, whole.text)], f"JSON in {whole.encoding}"
    return [read_text_sheet(name, whole.text, fields_named)], whole.encoding


def _flat(path: str, source: str) -> Sheet:
    """Take the longest list of objects within a JSON document for a sheet."""
    try:
        document = decoded(source)
    except BrokenJsonError as fault:
        raise refuse(path, str(fault), WANTED, "Download it again.", cause="no JSON") from None
    lists = [document, *(document.values() if isinstance(document, dict) else ())]
    found = [
        [each for each in one if isinstance(each, dict)] for one in lists if isinstance(one, list)
    ]
    objects = max(found, key=len, default=[])
    names = list(dict.fromkeys(name for each in objects for name in each))
    if not objects:
        hint = "Notices with an `ocid` go to `poundflow import ocds`."
        raise refuse(path, "JSON without a list of objects", WANTED, hint, cause="no list")
    rows = ([_cell(each.get(name)) for name in names] for each in objects)
    try:
        return sheet_of("", [names, *rows])
    except WideRowError as fault:
        raise refuse(path, str(fault), WANTED, MAP_HINT, cause="wide row") from None


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_cell(each) for each in value if not isinstance(each, list | dict))
    return "" if value is None or isinstance(value, dict) else str(value)
