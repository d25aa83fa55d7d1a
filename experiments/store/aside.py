"""A file is either there whole or not there at all.

Each file is written aside under a temporary name in the same folder, forced to the disk, then
renamed. A full disk or a pulled plug therefore never leaves half a file under a real name.
"""

import contextlib
import errno
import os
from pathlib import Path

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
    aside = path.with_name(f".{path.name}.{os.getpid()}{ASIDE}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as fault:
        raise refusal(fault, path, len(data)) from fault
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


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


def sweep_leftovers(folder: Path) -> None:
    """Remove files that an earlier run, killed in the act, left half written."""
    for leftover in folder.glob(f".*{ASIDE}"):
        with contextlib.suppress(OSError):
            leftover.unlink()
