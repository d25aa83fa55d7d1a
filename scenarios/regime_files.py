"""Files of code that a scenario names: ways of buying that are written outside the package.

They are read here as text and never run; `simulation.procurement.outside` runs them. The text
travels with the scenario, so every process runs what was read first, whatever becomes of the file.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFMT, S_IFSOCK, S_ISREG
from typing import Any

from scenarios.errors import Problem

KEY = "regime_files"
WANTED = "a file of Python code"
OTHERS = {
    S_IFDIR: "a folder",
    S_IFIFO: "a pipe",
    S_IFCHR: "a device",
    S_IFBLK: "a device",
    S_IFSOCK: "a socket",
}


@dataclass(frozen=True, slots=True)
class RegimeFile:
    """One file of code.

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


def read_regime_files(
    data: Mapping[str, Any], folder: Path
) -> tuple[tuple[RegimeFile, ...], list[Problem]]:
    """Read the files that a scenario names.

    Parameters
    ----------
    data : mapping
        Content of the scenario; it may be faulty.
    folder : Path
        What the names are relative to.

    Returns
    -------
    files : tuple of RegimeFile
        Those that can be read, in the order of the scenario.
    problems : list of Problem
        Why the others cannot.
    """
    listed = data.get(KEY)
    named = listed if isinstance(listed, list) else []
    files: list[RegimeFile] = []
    problems: list[Problem] = []
    for k, name in enumerate(named):
        if not isinstance(name, str) or not name:
            continue
        if name in named[:k]:
            problems.append(Problem((KEY, k), f'"{name}" a second time', "each file once"))
            continue
        path = folder / name
        try:
            _require_file(path)
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, ValueError) as fault:
            found, hint = _refusal(path, fault)
            problems.append(Problem((KEY, k), f'"{name}", {found}', WANTED, hint))
        else:
            files.append(RegimeFile(name, str(path), text))
    return tuple(files), problems


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


def _refusal(path: Path, fault: OSError | ValueError) -> tuple[str, str]:
    """Say what was found in place of a file of code, and what to do."""
    if isinstance(fault, UnicodeDecodeError):
        line = fault.object[: fault.start].count(b"\n") + 1
        return f"whose line {line} is no text in UTF-8", "Save it with the encoding UTF-8."
    near = f"It is looked for as {path}."
    if isinstance(fault, FileNotFoundError):
        return "which is not there", near
    if isinstance(fault, _NoFileError):
        return f"which is {fault.kind}", f"{near} Name a file of code."
    if isinstance(fault, OSError):
        return f"which cannot be read ({(fault.strerror or 'refused').lower()})", near
    return "a name that no file can have", ""
