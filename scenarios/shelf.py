"""The shelf: scenario files that come with the package, each with a note beside it."""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from scenarios.errors import Fault, ScenarioError
from scenarios.nearest import did_you_mean

TITLE = re.compile(r"^title\s*=\s*([\"'])(.*)\1\s*(#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """A scenario on the shelf.

    Attributes
    ----------
    name : str
        What to type.
    title : str
        What it is about.
    path : Path
        Where it lies.
    """

    name: str
    title: str
    path: Path


def names() -> list[ShelfEntry]:
    """List the shelf.

    Returns
    -------
    list of ShelfEntry
        In order of name.
    """
    entries = []
    for path in sorted(_folder().glob("*.toml")):
        title = TITLE.search(path.read_text(encoding="utf-8"))
        entries.append(ShelfEntry(path.stem, title.group(2) if title else path.stem, path))
    return entries


def find(name_or_path: str | Path) -> Path:
    """Find a scenario by its name on the shelf, or else by its path.

    Parameters
    ----------
    name_or_path : str or Path
        A name on the shelf, or a path to a TOML file.

    Returns
    -------
    Path
        A file that exists.

    Raises
    ------
    ScenarioError
        Where there is neither; with the nearest name on the shelf.
    """
    text = str(name_or_path)
    known = {path.stem: path for path in sorted(_folder().glob("*.toml"))}
    if isinstance(name_or_path, str) and text in known:
        return known[text]
    try:
        path = Path(text)
        if path.is_file():
            return path
        found = "a folder" if path.is_dir() else "nothing of that name"
    except (OSError, ValueError):
        found = "a name that no file can have"
    wanted = "a scenario file, or a name on the shelf"
    hint = did_you_mean(text.removesuffix(".toml"), known)
    raise ScenarioError([Fault(text, None, None, "", found, wanted, hint)])


def _folder() -> Path:
    return Path(str(files("scenarios").joinpath("library")))
