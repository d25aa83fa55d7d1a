"""Bytes of a published file as text: a mark if there is one, else UTF-8, else Windows-1252.

No statistics are asked: guessers take the Windows-1252 of British councils for other code pages,
and pound signs and dashes go wrong. Where a file is no clean UTF-8, each line is judged by itself,
since lists are glued together from several systems; that is told.
"""

import codecs
import re
from typing import NamedTuple

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = {1: "utf-16-le", 0: "utf-16-be"}
"""Where the zero bytes of Latin text stand in UTF-16 without a mark -> its name."""

MANGLED_MARK = re.compile("^(?:\ufeff|ï»¿|Ã¯Â»Â¿|Ã¯»¿|þÿ|ÿþ|∩╗┐|\u200b)+")
"""A byte order mark, or what is left of one that was read in the wrong encoding."""

SAMPLE = 4096
UNDEFINED = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes that Windows-1252 leaves open, as Latin-1 has them."""


class Decoded(NamedTuple):
    """A file as text.

    Attributes
    ----------
    text : str
        Without a byte order mark and without zero characters; line ends as they were.
    encoding : str
        What it was read as.
    notes : tuple of str
        What a reader has to know of it.
    """

    text: str
    encoding: str
    notes: tuple[str, ...]


def _keep_undefined(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return UNDEFINED.get(fault.object[fault.start], "\ufffd"), fault.start + 1


codecs.register_error("poundflow-open", _keep_undefined)


def decode(raw: bytes) -> Decoded:
    """Read bytes as text; never fails.

    Parameters
    ----------
    raw : bytes
        A whole file.

    Returns
    -------
    Decoded
        The text, its encoding and notes on it.
    """
    name, notes = _wide(raw), []
    if name:
        text = raw.decode(name, errors="replace")
        if "\ufffd" in text:
            notes.append(f"some bytes are no {name.upper()}; they stand as \ufffd")
    else:
        name, text = "utf-8", ""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            name, text, note = _by_line(raw)
            notes.append(note)
    stripped = MANGLED_MARK.sub("", text)
    if not text.startswith("\ufeff") and len(stripped) < len(text):
        notes.append("a broken byte order mark before the first heading was taken off")
    if "\0" in stripped:
        notes.append(f"{stripped.count(chr(0)):,} zero characters were taken out")
        stripped = stripped.replace("\0", "")
    return Decoded(stripped, name, tuple(notes))


def _wide(raw: bytes) -> str:
    """Name the encoding that a mark, or a pattern of zero bytes, shows; empty where none does."""
    for mark, name in MARKS:
        if raw.startswith(mark):
            return name
    sample = raw[: SAMPLE - SAMPLE % 4]
    if len(sample) < 4 or 4 * sample.count(0) < len(sample):
        return ""
    if sample.count(0) > 0.7 * len(sample):
        return "utf-32-le" if sample[0] else "utf-32-be"
    odd = sample[1::2].count(0)
    return WIDE[1] if 2 * odd > sample.count(0) else WIDE[0]


def _by_line(raw: bytes) -> tuple[str, str, str]:
    """Read each line as UTF-8 where it is that with letters beyond ASCII, else as Windows-1252."""
    parts, eight, old = [], 0, 0
    for line in raw.splitlines(keepends=True):
        if line.isascii():
            parts.append(line.decode("ascii"))
            continue
        try:
            parts.append(line.decode("utf-8"))
            eight += 1
        except UnicodeDecodeError:
            parts.append(line.decode("cp1252", errors="poundflow-open"))
            old += 1
    text = "".join(parts)
    if not eight:
        return "cp1252", text, "it is no UTF-8 and was read as Windows-1252"
    return (
        "utf-8 and cp1252", text, f"{eight:,} lines are UTF-8 and {old:,} Windows-1252; each was "
        "read as what it is",
    )  # fmt: skip
