"""Files that a scenario names beside itself: how one is read as text, and why one cannot be.

The text travels with the scenario, so every process works with what was read first, whatever
becomes of the file.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from stat import S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFMT, S_IFSOCK, S_ISREG

OTHERS = {
    S_IFDIR: "a folder",
    S_IFIFO: "a pipe",
    S_IFCHR: "a device",
    S_IFBLK: "a device",
    S_IFSOCK: "a socket",
}


@dataclass(frozen=True, slots=True)
class NamedFile:
    """One file as it was read.

    Attributes
    ----------
    name : str
        As the scenario writes it.
    path : str
        Where it lay when it was read.
    text : str
        What it held then, line ends as newlines.
    """

    name: str
    path: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class UnreadFileError(Exception):
    """Raised for a file that cannot be read: what was found in its place, and what to do."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.found = found
        self.hint = hint


def read_named(name: str, folder: Path, wanted: str) -> tuple[str, str]:
    """Read a file.

    Parameters
    ----------
    name : str
        As the scenario writes it.
    folder : Path
        What the name is relative to.
    wanted : str
        What the file should be, for the hint of an error.

    Returns
    -------
    path, text : str
        Where it lies and what it holds, line ends as newlines.

    Raises
    ------
    UnreadFileError
        Where it cannot be read.
    """
    path = folder / name
    try:
        _require_file(path)
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError) as fault:
        raise UnreadFileError(*_refusal(path, fault, wanted)) from None
    return str(path), text


class _NoFileError(OSError):
    """Raised for what has a name and holds no text that could be read to its end."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def _require_file(path: Path) -> None:
    """Refuse what is no regular file before it is opened: a pipe would wait for ever."""
    mode = path.stat().st_mode
    if not S_ISREG(mode):
        raise _NoFileError(OTHERS.get(S_IFMT(mode), "something else"))


def _refusal(path: Path, fault: OSError | ValueError, wanted: str) -> tuple[str, str]:
    """Say what was found in place of a file, and what to do."""
    if isinstance(fault, UnicodeDecodeError):
        line = fault.object[: fault.start].count(b"\n") + 1
        return f"whose line {line} is no text in UTF-8", "Save it with the encoding UTF-8."
    near = f"It is looked for as {path}."
    if isinstance(fault, FileNotFoundError):
        return "which is not there", near
    if isinstance(fault, _NoFileError):
        return f"which is {fault.kind}", f"{near} Name {wanted}."
    if isinstance(fault, OSError):
        return f"which cannot be read ({(fault.strerror or 'refused').lower()})", near
    return "a name that no file can have", ""
