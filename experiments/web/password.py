"""The password of the pages: kept as argon2 makes it, tried one at a time.

Argon2 takes memory and time on purpose, so that a stolen file is worth little; trying it seldom
and singly keeps that cost from being turned against the server.
"""

import os
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scenarios.errors import InputError

SHORTEST = 12
LONGEST = 1_000
_AT_ONCE = BoundedSemaphore(1)
_PATIENCE_SECONDS = 5.0
_HASHED = "$argon2"


class PasswordFileError(InputError):
    """Raised when the file of the password cannot be used."""

    def __init__(self, path: Path, found: str, wanted: str) -> None:
        super().__init__(f"the password file {path}: found {found}; wanted {wanted}.")
        self.path = path
        self.found = found
        self.wanted = wanted

    def __reduce__(self) -> tuple[type, tuple[Path, str, str]]:
        return type(self), (self.path, self.found, self.wanted)


def read_password(path: Path) -> str:
    """Read a password from a file that its owner alone can read.

    Parameters
    ----------
    path : Path
        Holds the password in one line, or what argon2 made of it.

    Returns
    -------
    str
        What argon2 makes of it.

    Raises
    ------
    PasswordFileError
        When the file cannot be read, others can read it, or it holds no good password.
    """
    try:
        shown = os.name != "nt" and path.stat().st_mode & 0o077
        text = path.read_text("utf-8").strip("\r\n")
    except OSError as fault:
        raise PasswordFileError(path, fault.strerror or str(fault), "a file to read") from fault
    except UnicodeDecodeError as fault:
        raise PasswordFileError(path, "bytes that are no text", "a password in UTF-8") from fault
    if shown:
        raise PasswordFileError(
            path, "a file that others can read", f"one for its owner alone: chmod 600 {path}"
        )
    if text.startswith(_HASHED):
        try:
            PasswordHasher().check_needs_rehash(text)
        except InvalidHashError as fault:
            raise PasswordFileError(path, "a damaged argon2 line", "a whole one") from fault
        return text
    if "\n" in text or not SHORTEST <= len(text) <= LONGEST:
        raise PasswordFileError(
            path, f"{len(text)} letters in {text.count(chr(10)) + 1} lines",
            f"one line of {SHORTEST} to {LONGEST} letters",
        )  # fmt: skip
    return PasswordHasher().hash(text)


def is_right(hashed: str, tried: str) -> bool | None:
    """Try a password; None where too many are being tried at once to do it now.

    Takes about a tenth of a second and 64 MiB: call it where nobody else has to wait.
    """
    if len(tried) > LONGEST:
        return False
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        return None
    try:
        return PasswordHasher().verify(hashed, tried)
    except (VerificationError, InvalidHashError):
        return False
    finally:
        _AT_ONCE.release()
