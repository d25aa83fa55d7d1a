"""Files of code that a scenario names: ways of buying that are written outside the package.

They are read here as text and never run; `simulation.procurement.outside` runs them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import Problem
from scenarios.named_files import NamedFile, UnreadFileError, read_named

KEY = "regime_files"
WANTED = "a file of Python code"


@dataclass(frozen=True, slots=True)
class RegimeFile(NamedFile):
    """One file of code."""


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
        try:
            path, text = read_named(name, folder, "a file of code")
        except UnreadFileError as fault:
            found = f'"{name}", {fault.found}'
            problems.append(Problem((KEY, k), found, WANTED, fault.hint))
        else:
            files.append(RegimeFile(name, path, text))
    return tuple(files), problems
