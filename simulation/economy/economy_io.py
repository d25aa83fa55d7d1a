"""An economy as built, kept in one file and read back without building it again.

The columns stay in the file and are taken where they lie (`sealed_archive`), so reading needs no
second copy of them. What is wrong with a file is told all at once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from scenarios.errors import Fault, FaultsError, Problem
from simulation.economy.columns import Economy
from simulation.economy.layout import (
    problems_of_columns,
    problems_of_values,
    put_together,
    rows_of,
    take_apart,
)
from simulation.economy.sealed_archive import (
    SealedArchive,
    UnreadableArchiveError,
    read_archive,
    write_archive,
)

SCHEMA_VERSION = 4
"""The layout of the file that this version writes, and the only one that it reads."""

WANTS = "where those who work in an area live (`areas.commuting`)"
"""What a file of an earlier layout does not tell."""

FIRST = "poundflow-economy.json"
ANEW = "Build it anew with `poundflow build`."


class EconomyFileError(FaultsError):
    """Raised when a file does not hold an economy that can be used."""

    remedy = ANEW


@dataclass(frozen=True, slots=True)
class EconomyFile:
    """A file that was opened and checked.

    Attributes
    ----------
    path : Path
    label : mapping
        What its writer said of it; empty where that cannot be read.
    rows : mapping of str to int
        Rows of each group of columns.
    seal : str
        SHA-256 of its content.
    size_bytes : int
    faults : tuple of Fault
        Everything wrong with it.
    """

    path: Path
    label: Mapping[str, Any]
    rows: Mapping[str, int]
    seal: str
    size_bytes: int
    faults: tuple[Fault, ...]
    _archive: SealedArchive
    _values: Mapping[str, Any]

    def economy(self, more: Iterable[Fault] = ()) -> Economy:
        """Give the economy, its columns where they lie in the file.

        Parameters
        ----------
        more : iterable of Fault
            What the caller found wrong besides.

        Returns
        -------
        Economy
            It may be changed: a page of the file is copied when it is first written to.

        Raises
        ------
        EconomyFileError
            Where there is any fault, the caller's included.
        """
        faults = [*self.faults, *more]
        if faults:
            raise EconomyFileError(faults)
        return put_together(self._archive.columns(), self._values)


def write_economy(economy: Economy, label: Mapping[str, Any], file: IO[bytes]) -> str:
    """Write an economy into an empty file.

    Parameters
    ----------
    economy : Economy
        As built.
    label : mapping
        What is to be known of it; anything that JSON can hold.
    file : binary file
        Open for writing and reading. The same economy and label give the same bytes.

    Returns
    -------
    str
        SHA-256 of the content, 64 hexadecimal digits.
    """
    columns, values = take_apart(economy)
    text = {
        "made_by": "poundflow",
        "schema_version": SCHEMA_VERSION,
        "label": dict(label),
        "columns": {
            name: {"dtype": str(column.dtype), "shape": list(column.shape)}
            for name, column in columns.items()
        },
        "values": values,
    }
    told = json.dumps(text, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    return write_archive(file, FIRST, told.encode(), columns)


def open_economy(path: Path) -> EconomyFile:
    """Read a file that `write_economy` wrote, and check all of it.

    Returns
    -------
    EconomyFile
        With its faults, so that a caller can add its own before it refuses.

    Raises
    ------
    EconomyFileError
        When it cannot be read as such a file at all: something else, cut off, or newer.
    """
    try:
        archive = read_archive(path, FIRST)
    except OSError as fault:
        said = (fault.strerror or "an error of the system").lower()
        raise _refused(path, said, "a file that can be read", ANEW) from fault
    except UnreadableArchiveError as fault:
        if not fault.ours:
            wanted = "an economy that `poundflow build` wrote"
            raise _refused(path, fault.found, wanted, "Give the path of such a file.") from fault
        wanted = "the whole of a built economy"
        raise _refused(path, fault.found, wanted, f"The file was cut off. {ANEW}") from fault
    text = _text(archive)
    version = text.get("schema_version")
    if archive.text is not None and version != SCHEMA_VERSION:
        older = isinstance(version, int) and 1 <= version < SCHEMA_VERSION
        hint = f"Read it with the poundflow that wrote it{'' if older else ' or a later one'}"
        wanted = f"{SCHEMA_VERSION}{f', which tells {WANTS}' if older else ''}"
        hint = f"{hint}, or build it anew with `poundflow build`."
        raise _refused(path, f"{version}", wanted, hint, "schema_version")
    shapes = {name: (one.dtype, one.shape) for name, one in archive.stored.items()}
    values = _table(text, "values")
    problems = _damage(archive)
    if archive.whole:
        lost = archive.faults
        problems += [one for one in problems_of_columns(shapes) if one.path[0] not in lost]
        problems += _unlike(_table(text, "columns"), archive)
        problems += problems_of_values(values, shapes)
    faults = tuple(
        Fault(str(path), None, None, str(one.path[0]) if one.path else "", *one[1:])
        for one in problems
    )
    return EconomyFile(
        path, _table(text, "label"), rows_of(shapes), archive.seal, archive.size_bytes, faults,
        archive, values,
    )  # fmt: skip


def _refused(path: Path, found: str, wanted: str, hint: str, where: str = "") -> EconomyFileError:
    return EconomyFileError([Fault(str(path), None, None, where, found, wanted, hint)])


def _text(archive: SealedArchive) -> dict[str, Any]:
    """The description; empty where it is damaged."""
    try:
        text = json.loads(archive.text or b"{}")
    except ValueError:
        return {}
    return text if isinstance(text, dict) else {}


def _table(text: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = text.get(key)
    return found if isinstance(found, dict) else {}


def _damage(archive: SealedArchive) -> list[Problem]:
    """What is damaged, by column where that can be told."""
    wanted = "what was written" if not archive.whole else "a column stored as it is"
    problems = [Problem((name,), found, wanted) for name, found in archive.faults.items()]
    if not archive.whole:
        where = "" if problems else ", outside the columns"
        found = f"content that has changed since it was sealed{where}"
        problems.insert(0, Problem((), found, f"the content of the seal {archive.seal}", ANEW))
    return problems


def _unlike(described: Mapping[str, Any], archive: SealedArchive) -> list[Problem]:
    """Where the description says another type or shape than the column itself."""
    problems = []
    for name, one in archive.stored.items():
        has, said = {"dtype": str(one.dtype), "shape": list(one.shape)}, described.get(name)
        if said != has:
            problems.append(Problem((name,), f"{has}", f"{said or 'nothing'}, as {FIRST} says"))
    return problems
