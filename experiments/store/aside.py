"""A file is either there whole or not there at all.

Each file is written aside under a temporary name in the same folder, forced to the disk, then
renamed. A full disk or a pulled plug therefore never leaves half a file under a real name.
"""

import contextlib
import errno
import os
from collections.abc import Iterator
from glob import escape
from pathlib import Path
from typing import IO

from experiments.store.errors import DiskFullError, FolderError, FolderUnwritableError

ASIDE = ".aside"
"""Ending of a file that is still being written."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_aside(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path : Path
        Where the file is to stand; its folder exists.
    data : bytes
        The whole content.

    Raises
    ------
    DiskFullError
        When there is no room; nothing is left behind, an earlier file stays as it was.
    FolderUnwritableError
        When the folder refuses the file.
    """
    with opened_aside(path, len(data)) as file:
        file.write(data)


@contextlib.contextmanager
def opened_aside(path: Path, size_bytes: int = 0) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only once it is whole.

    Parameters
    ----------
    path : Path
        Where the file is to stand; its folder exists.
    size_bytes : int
        Its size where it is known, for the message.

    Yields
    ------
    file
        To be written, and read again; on any fault it is taken away.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        As of `write_aside`.
    """
    aside = _aside_of(path)
    try:
        with aside.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as fault:
        raise refusal(fault, path, size_bytes) from fault
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def settle_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can: what follows comes later."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def try_aside(path: Path) -> None:
    """Find out, before long work, whether a file may be put there; nothing is left behind.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        As of `write_aside`.
    """
    aside = _aside_of(path)
    try:
        aside.touch()
        aside.unlink()
    except OSError as fault:
        raise refusal(fault, path, 0) from fault


def _aside_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}{ASIDE}")


def make_folder(path: Path) -> bool:
    """Make a folder where it is missing, and find out whether files may be put there.

    Returns
    -------
    bool
        Whether it was missing.

    Raises
    ------
    FolderUnwritableError
        When it cannot be made or written to.
    """
    try:
        missing = not path.exists()
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise FolderUnwritableError(path, fault.strerror or str(fault)) from fault
    if not os.access(path, os.W_OK | os.X_OK):
        raise FolderUnwritableError(path, "you have no right to write there")
    return missing


def refusal(fault: OSError, path: Path, size_bytes: int) -> FolderError:
    """Say what the system's refusal to write a file means for whoever gave the folder.

    Parameters
    ----------
    fault : OSError
        What the system said.
    path : Path
        The file, or folder of files, that was to be written.
    size_bytes : int
        Its size.

    Returns
    -------
    FolderError
        To be raised from `fault`.
    """
    if fault.errno in NO_ROOM:
        return DiskFullError(path, size_bytes)
    return FolderUnwritableError(path.parent, fault.strerror or str(fault))


def sweep_leftovers(folder: Path, name: str | None = None) -> None:
    """Remove files that an earlier run, killed in the act, left half written.

    `name` is that of the one file meant, in a folder that is not ours alone.
    """
    whose = "" if name is None else f"{escape(name)}."
    for leftover in folder.glob(f".{whose}*{ASIDE}"):
        with contextlib.suppress(OSError):
            leftover.unlink()
