"""Files that are no lists, by their first bytes and their size."""

from pathlib import Path

from scenarios.sources.refusals import refuse

LARGEST = 2**30
"""Bytes of a file; England's councils together publish less in a month."""

OTHERS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file (gzip)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a document",
}


def look(path: Path) -> tuple[bytes, int]:
    """Give the first bytes and the size of a file; refuse what cannot be a list.

    Raises
    ------
    RefusedError
        When it cannot be read, is too large, or is of another kind.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            head = file.read(512)
        size = path.stat().st_size
    except OSError as fault:
        found = (fault.strerror or "an error of the system").lower()
        raise refuse(name, found, "a file that can be read", "", cause="unreadable") from None
    if size > LARGEST:
        found = f"a file of {size >> 20:,} MiB"
        raise refuse(name, found, "at most 1,024 MiB", "Import it in parts.", cause="too large")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    for mark, what in OTHERS.items():
        if start.startswith(mark):
            hint = "Ask the publisher for the list itself as CSV, or export it as CSV."
            raise refuse(name, what, "CSV or a workbook", hint, cause="other kind")
    if start[:1] == b"<" and start[:14].lower().startswith(
        (b"<!doctype", b"<html", b"<?xml", b"<table")
    ):
        hint = "Open the address in a browser, and download the list itself."
        spreadsheet = name.lower().endswith((".xls", ".xlsx")) or b"Excel" in start
        if spreadsheet or b"<table" in start.lower():
            hint = "If it opens in a spreadsheet as a table, save that as CSV, and import it."
        raise refuse(name, "a web page", "CSV or a workbook", hint, cause="other kind")
    return head, size
