"""When a long command ends before it is done: after the time it was given, or when it is asked."""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def seconds_of(text: str) -> float:
    """A time as typed (90s, 30m, 2h, 1h30m) [s]; 0 where it is none."""
    found = DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (int(one or 0) for one in found.groups()) if found else (0, 0, 0)
    return 3600.0 * hours + 60.0 * minutes + seconds


def no_time(text: str) -> str:
    """Say that what was typed after --time is none."""
    return f"--time is {text!r}; wanted a time as in 90s, 30m, 2h or 1h30m"


@contextmanager
def terminable() -> Iterator[None]:
    """Take the system's request to end, as a batch system sends before it kills, for Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_request(*_: object) -> None:
        raise KeyboardInterrupt

    usual = signal.signal(signal.SIGTERM, on_request)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)
