"""Text of a file as we take it, read as TOML; the first fault of its syntax has its place."""

import re
import tomllib
from pathlib import Path
from typing import Any

from scenarios.errors import Fault, FaultsError, ScenarioError

SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


def plain_lines(source: str) -> str:
    """Give a text without a byte order mark, its line ends as newlines."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n")


def read_text(path: Path, refusal: type[FaultsError] = ScenarioError) -> str:
    """Read a file of text.

    Raises
    ------
    FaultsError
        Of the kind of `refusal`: where it cannot be read, or is no UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        found = (error.strerror or "an error of the system").lower()
        fault = Fault(str(path), None, None, "", found, "a file that can be read")
        raise refusal([fault]) from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
        found = f"the byte 0x{raw[error.start]:02x}"
        hint = "Save the file again with the encoding UTF-8."
        fault = Fault(str(path), line, column, "", found, "text in UTF-8", hint)
        raise refusal([fault]) from None


def parse(source: str, file: str, refusal: type[FaultsError] = ScenarioError) -> dict[str, Any]:
    """Read TOML as plain data.

    Raises
    ------
    FaultsError
        Of the kind of `refusal`: with the first syntax fault.
    """
    try:
        return tomllib.loads(source)
    except ValueError as error:
        found, line, column = _syntax(str(error), source)
    except RecursionError:
        found, line, column = "lists or tables nested too deeply", None, None
    fault = Fault(file, line, column, "", found, "valid TOML", "See https://toml.io for the rules.")
    raise refusal([fault])


def _syntax(message: str, source: str) -> tuple[str, int | None, int | None]:
    """Take the place out of tomllib's message, where Python before 3.14 keeps it."""
    place = SYNTAX_PLACE.search(message)
    if place is None:
        return message[:1].lower() + message[1:], None, None
    text = message[: place.start()].strip()
    found = text[:1].lower() + text[1:]
    if place.group(1):
        return found, int(place.group(1)), int(place.group(2))
    lines = source.rstrip("\n").split("\n")
    return found, len(lines), len(lines[-1]) + 1
