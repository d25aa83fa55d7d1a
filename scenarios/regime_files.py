"""Files of code that a scenario names: ways of buying that are written outside the package.

They are read here as text and never run; `simulation.procurement.outside` runs them. The text
travels with the scenario, so every process runs what was read first, whatever becomes of the file.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import Problem

KEY = "regime_files"
WANTED = "a file of Python code"


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
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, ValueError) as fault:
            found, hint = _refusal(path, fault)
            problems.append(Problem((KEY, k), f'"{name}", {found}', WANTED, hint))
        else:
            files.append(RegimeFile(name, str(path), text))
    return tuple(files), problems


def _refusal(path: Path, fault: OSError | ValueError) -> tuple[str, str]:
    """Say what was found in place of a file of code, and what to do."""
    if isinstance(fault, UnicodeDecodeError):
        line = fault.object[: fault.start].count(b"\n") + 1
        return f"whose line {line} is no text in UTF-8", "Save it with the encoding UTF-8."
    near = f"It is looked for as {path}."
    if isinstance(fault, FileNotFoundError):
        return "which is not there", near
    if isinstance(fault, OSError):
        return f"which cannot be read ({(fault.strerror or 'refused').lower()})", near
    return "a name that no file can have", ""
