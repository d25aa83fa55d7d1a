"""What can be wrong with a folder of results, said so that the reader knows what to do next."""

from collections.abc import Sequence
from pathlib import Path


class FolderError(Exception):
    """Base of every fault of a result folder. The message ends in the remedy.

    The store stands apart from the house below it, so this is no `PoundflowError`; it carries the
    same kind of exit code (2: what we were given cannot be used as it stands).
    """

    exit_code = 2


class FolderTakenError(FolderError):
    """Raised when a folder holds something that this comparison did not make."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"the folder {folder} is not empty and {reason}. "
            "Give another folder with --out, or empty this one."
        )
        self.folder = folder
        self.reason = reason


class FolderUnwritableError(FolderError):
    """Raised when a folder cannot be made or written to."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"the folder {folder} cannot be written to: {reason}. "
            "Give another folder with --out, or ask for the right to write there."
        )
        self.folder = folder
        self.reason = reason


class DiskFullError(FolderError):
    """Raised when there is no room left for a file; nothing half written is left behind."""

    def __init__(self, path: Path, size_bytes: int) -> None:
        super().__init__(
            f"there is no room left to write {path}{_size(size_bytes)}. "
            "What was finished is kept; make room, then give the same command to go on."
        )
        self.path = path
        self.size_bytes = size_bytes


def _size(size_bytes: int) -> str:
    return f" ({size_bytes:,} bytes)" if size_bytes else ""


class NewerFormatError(FolderError):
    """Raised when a file was written by a later version of poundflow."""

    def __init__(self, path: Path, found: object, known: int) -> None:
        super().__init__(
            f"{path} is in format {found}; this poundflow reads formats up to {known}. "
            "Read it with the version that wrote it, or a later one."
        )
        self.path = path
        self.found = found
        self.known = known


class BrokenFileError(FolderError):
    """Raised when a file of a result folder cannot be read."""

    remedy = "Delete it and give the same command again: what is missing is computed anew."

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}. {self.remedy}")
        self.path = path
        self.reason = reason


class BrokenLabelError(BrokenFileError):
    """Raised when the label of a folder cannot be read: nobody can tell what the rest answers."""

    remedy = (
        "It says what the other files answer, so they cannot be used without it: give another "
        "folder, or empty this one and give the same command again."
    )


class TornPartError(BrokenFileError):
    """Raised when a part of a sweep is not what was written: the disk or the power failed."""

    remedy = (
        "Its runs count as missing: give the same `poundflow sweep` command again, and they are "
        "lived anew; `poundflow compact` removes what is torn."
    )


class NoSweepError(FolderError):
    """Raised when a folder is asked for the runs of a sweep and holds none."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} is no folder of a sweep: {reason}. "
            "Give the folder that `poundflow sweep PLAN --out DIR` has filled."
        )
        self.folder = folder
        self.reason = reason


class FolderBusyError(FolderError):
    """Raised when another process works in a folder on what we were about to do."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"another process is at work in {folder}: {holder}. "
            "Wait until it has ended, or end it; `poundflow status` shows how far it is."
        )
        self.folder = folder
        self.holder = holder


class CopiesDifferError(FolderError):
    """Raised when a run was lived twice and did not come to the same: one of them is wrong."""

    def __init__(self, folder: Path, runs: Sequence[str]) -> None:
        super().__init__(
            f"{folder} holds two copies that differ of {len(runs)} runs, the first {runs[0]}. "
            "The same run gives the same numbers, so one machine or disk is at fault: "
            "`poundflow verify` names the files; delete those of the machine that you trust less."
        )
        self.folder = folder
        self.runs = tuple(runs)


class MissingExtraError(FolderError):
    """Raised when what is asked for needs a package that is not installed."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the package {package}, which is not installed. "
            f"Install it with the extra: pip install 'poundflow[{extra}]'."
        )
        self.package = package
        self.extra = extra
