"""One hand at a time: a folder, or one shard of it, is worked on by one process.

The lock is the system's own (flock) on a small file, so it ends with its process, however that
ends. Where the system or the disk knows no such lock, work goes on without: a run that two
processes live is read once all the same.
"""

import contextlib
import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from experiments.store.aside import refusal
from experiments.store.errors import FolderBusyError
from experiments.store.writer import writer_name

LOCK = "lock"
LABEL = "lock-label"
UNKNOWN = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})


@contextlib.contextmanager
def held(folder: Path, shard: str | None = None) -> Iterator[None]:
    """Hold a folder, or one shard of it; shards of one folder do not get into each other's way.

    Parameters
    ----------
    folder : Path
    shard : str or None
        Such as "2/3"; None holds the whole folder.

    Raises
    ------
    FolderBusyError
        When another process holds it.
    """
    with contextlib.ExitStack() as stack:
        whole = stack.enter_context(_opened(folder / LOCK))
        _take(folder, whole, shared=shard is not None)
        if shard is not None:
            own = stack.enter_context(_opened(folder / shard_file(shard)))
            _take(folder, own, shared=False)
        yield


@contextlib.contextmanager
def handed_over(folder: Path) -> Iterator[int]:
    """Hold a folder for a child: it is held until both let go of the handle.

    Yields
    ------
    int
        The handle, to be passed to the child.

    Raises
    ------
    FolderBusyError
        When another process holds it.
    """
    with _opened(folder / LOCK) as file:
        _take(folder, file, shared=False)
        yield file.fileno()


def is_held(folder: Path) -> bool:
    """Say whether any process works in a folder now."""
    try:
        refuse_held(folder)
    except FolderBusyError:
        return True
    return False


def refuse_held(folder: Path) -> None:
    """Refuse a folder in which another process works, before anything in it is touched.

    Raises
    ------
    FolderBusyError
        When another process holds it, or a shard of it.
    """
    with contextlib.suppress(OSError), (folder / LOCK).open("r+", encoding="utf-8") as file:
        if not _lock(file, shared=False, wait=False):
            raise _busy(folder, file)


@contextlib.contextmanager
def label_held(folder: Path) -> Iterator[None]:
    """Hold the label of a folder for the moment that it takes to write it; wait for others."""
    with _opened(folder / LABEL) as file:
        _lock(file, shared=False, wait=True)
        yield


def shard_file(shard: str) -> str:
    """Name of the lock of a shard."""
    return f"{LOCK}-{shard.replace('/', '-of-')}"


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as fault:
        raise refusal(fault, path, 0) from fault
    with file:
        yield file


def _take(folder: Path, file: IO[str], *, shared: bool) -> None:
    if not _lock(file, shared=shared, wait=False):
        raise _busy(folder, file)
    if not shared:
        with contextlib.suppress(OSError):  # who we are is told to others where there is room
            file.truncate(0)
            file.write(f"{writer_name()}\n")
            file.flush()


def _busy(folder: Path, file: IO[str]) -> FolderBusyError:
    file.seek(0)
    return FolderBusyError(folder, file.read().strip() or "it did not say who it is")


def _lock(file: IO[str], *, shared: bool, wait: bool) -> bool:
    """Take the system's lock; False where another process has it."""
    if sys.platform == "win32":
        return True
    import fcntl

    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as fault:
        if fault.errno not in UNKNOWN:
            raise
    return True
