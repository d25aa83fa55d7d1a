"""What a job leaves on the disk: what was asked for, who carries it out, how it ended.

Each is a small file that is written aside and renamed, so that the server and the job may end at
any moment. Whatever a try left has the number of the try in it: an older one tells nothing.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from experiments.store.aside import write_aside

STDOUT, STDERR = "stdout", "stderr"
GRACE_SECONDS = 30.0
"""How long a command that was asked to stop may take to tidy up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A job as it was asked for.

    Attributes
    ----------
    job : str
        Its name, 16 hexadecimal digits.
    kind, case, label : str
        What sort of work it is, for which case, and what people call it.
    arguments : tuple of str
        Of `poundflow`.
    submitted, queued : float
        When it was asked for first, and when it last took its place in the queue [s since 1970].
    attempt : int
        Which try this is, counted from 1.
    grace : float
        How long it may take to stop [s].
    """

    FILE: ClassVar[str] = "job.json"

    job: str
    kind: str
    case: str
    label: str
    arguments: tuple[str, ...]
    submitted: float
    queued: float
    attempt: int = 1
    grace: float = GRACE_SECONDS


@dataclass(frozen=True, slots=True)
class Started:
    """Who carries a try out: the keeper that watches over it, and the command; 0 is nobody yet."""

    FILE: ClassVar[str] = "started.json"

    attempt: int
    time: float
    keeper: int = 0
    keeper_born: float = 0.0
    command: int = 0
    command_born: float = 0.0


@dataclass(frozen=True, slots=True)
class StopWish:
    """The user's wish that a try be stopped."""

    FILE: ClassVar[str] = "stop.json"

    attempt: int
    time: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How a try ended.

    Attributes
    ----------
    code : int
        As its command left; below 0, the signal that ended it.
    by : str
        Who asked it to end: `user`, `system` or nobody.
    why : str
        What the keeper has to say of it.
    """

    FILE: ClassVar[str] = "ended.json"

    attempt: int
    time: float
    code: int
    by: str = ""
    why: str = ""


Record = TypeVar("Record", Asked, Started, StopWish, Ended)


def new_name() -> str:
    """A name that nobody can guess, and no job has had."""
    return secrets.token_hex(8)


def write(folder: Path, record: Asked | Started | StopWish | Ended) -> None:
    """Keep a record in the folder of its job.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        When it cannot be written.
    """
    write_aside(folder / record.FILE, json.dumps(asdict(record), indent=2).encode())


def read(kind: type[Record], folder: Path) -> Record | None:
    """Read a record; None where there is none, or none that can be read."""
    try:
        plain: dict[str, Any] = json.loads((folder / kind.FILE).read_bytes())
        if "arguments" in plain:
            plain["arguments"] = tuple(plain["arguments"])
        return kind(**plain)
    except (OSError, ValueError, TypeError):
        return None


def read_of_try(kind: type[Record], folder: Path, attempt: int) -> Record | None:
    """Read a record where it is of this try."""
    found = read(kind, folder)
    return found if found is not None and found.attempt == attempt else None


def read_bounded(path: Path, most_bytes: int, *, end: bool = False) -> bytes:
    """The first bytes of a file, or its last; nothing where there is no file."""
    try:
        with path.open("rb") as file:
            if end:
                size = file.seek(0, 2)
                file.seek(max(0, size - most_bytes))
            return file.read(most_bytes)
    except OSError:
        return b""
