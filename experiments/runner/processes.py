"""Which process is meant: its number and the moment of its birth, since numbers are given again."""

import contextlib
import os
import signal
import sys
from dataclasses import dataclass

import psutil

SAME_BIRTH_SECONDS = 1.0
"""Two readings of one birth differ by less than this."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A process, and no other that has its number later; number 0 is nobody."""

    pid: int
    born: float


NOBODY = Identity(0, 0.0)


def identity(pid: int) -> Identity:
    """Who has a number now; nobody where it is free."""
    try:
        return Identity(pid, psutil.Process(pid).create_time())
    except psutil.Error:
        return NOBODY


def lives(one: Identity) -> bool:
    """Say whether it still does something: a process that only waits to be buried does not."""
    if one.pid <= 0:
        return False
    try:
        found = psutil.Process(one.pid)
        same = abs(found.create_time() - one.born) < SAME_BIRTH_SECONDS
        return bool(same and found.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def interrupt(one: Identity) -> None:
    """Ask it to stop, as Ctrl-C does; nothing is sent to a stranger."""
    if lives(one):
        with contextlib.suppress(OSError):
            os.kill(one.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)


def end(one: Identity) -> None:
    """End it and, where it leads a group of its own, the group; nothing is sent to a stranger."""
    if not lives(one):
        return
    with contextlib.suppress(OSError):
        if sys.platform != "win32" and os.getpgid(one.pid) == one.pid:
            os.killpg(one.pid, signal.SIGKILL)
        else:
            os.kill(one.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
