"""A workbook as sheets, read by a child process with limits; its death is an error message.

A zip folder of a kilobyte can inflate to gigabytes, and a sheet with two cells in far corners can
make a reader ask for hundreds: the folder's directory is looked at first, and the rest happens in a
process that may use so much memory and time and no more.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import IO

from scenarios.sources import workbook_child
from scenarios.sources.refusals import RefusedError, refuse
from scenarios.sources.sheet import Sheet, WideRowError, sheet_of

DEADLINE = 180.0
"""Seconds for a whole workbook."""

MOST_MEMBERS = 4_000
STEEPEST = 400
"""So many times may a large member inflate: repeated rows reach a tenth of it."""

LARGE = 16 * 2**20
"""Bytes of a member that is held against `STEEPEST`."""

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ASKED = "a workbook with a sheet of payments"
SAVE = "Open it, save the sheet of payments as CSV in UTF-8, and import that."


def is_workbook(raw: bytes) -> bool:
    """Say whether a file begins as a workbook of any kind does."""
    return raw.startswith((ZIP, OLE))


def read_workbook(path: str) -> list[Sheet]:
    """Read all sheets of a workbook: xlsx, xlsm, xlsb, xls or ods.

    Parameters
    ----------
    path : str
        The file.

    Returns
    -------
    list of Sheet
        In the order of the workbook.

    Raises
    ------
    RefusedError
        When it is too large, damaged, locked by a password, or no workbook.
    """
    _check_directory(path)
    command = [sys.executable, "-P", str(Path(workbook_child.__file__)), path]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", errors="replace",
    ) as child:  # fmt: skip
        watch = Timer(DEADLINE, child.kill)
        watch.daemon = True
        watch.start()
        try:
            sheets = _sheets(path, child.stdout)
        except (WideRowError, ValueError) as fault:
            child.kill()
            raise refuse(path, str(fault), ASKED, SAVE, cause="workbook") from None
        finally:
            said = child.stderr.read().strip() if child.stderr else ""
            child.wait()
            watch.cancel()
    if sheets is None:
        raise _ended(path, child.returncode, said)
    return sheets


def _sheets(path: str, lines: IO[str] | None) -> list[Sheet] | None:
    """Read what the child says; None where it ended before its end."""
    sheets: list[Sheet] = []
    left = iter(lines or ())
    head = next(left, "")
    while head:
        told = json.loads(head)
        if "sheet" not in told:
            return sheets
        rest: list[str] = []
        sheet = sheet_of(told["sheet"], _rows(left, rest))
        sheets.append(replace(sheet, hidden=told["hidden"]))
        head = rest[0] if rest else ""
    return None


def _rows(lines: Iterator[str], rest: list[str]) -> Iterator[list[str]]:
    """Rows up to the line that is none, which is left in `rest`."""
    for line in lines:
        if not line.startswith("["):
            rest.append(line)
            return
        yield json.loads(line)


def _check_directory(path: str) -> None:
    """Refuse a zip folder that says itself that it is too large."""
    with Path(path).open("rb") as file:
        if not file.read(4).startswith(ZIP):
            return
    try:
        with zipfile.ZipFile(path) as folder:
            members = folder.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise refuse(path, f"a damaged workbook ({fault})", ASKED, SAVE, cause="damaged") from None
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names and "content.xml" not in names:
        raise refuse(
            path, "a zip folder that is no workbook", "CSV or a workbook",
            "Take the files out of it, and import them.", cause="no workbook",
        )  # fmt: skip
    total = sum(member.file_size for member in members)
    steep = [
        member.filename
        for member in members
        if member.file_size > LARGE and member.file_size > STEEPEST * max(1, member.compress_size)
    ]
    if len(members) > MOST_MEMBERS or total > workbook_child.INFLATED or steep:
        found = f"a workbook that unpacks to {total >> 20:,} MiB in {len(members):,} parts"
        raise refuse(path, found, ASKED, SAVE, cause="bomb")


def _ended(path: str, code: int, said: str) -> RefusedError:
    reason = said.splitlines()[-1] if said else ""
    if code < 0 or not reason or "memory" in reason.lower():
        found = "a workbook that takes more memory or time to open than a list of payments should"
        return refuse(path, found, ASKED, SAVE, cause="bomb")
    if "Password" in reason:
        return refuse(path, "a workbook locked by a password", ASKED, SAVE, cause="password")
    return refuse(path, f"a workbook that cannot be read ({reason})", ASKED, SAVE, cause="damaged")
