"""When a long command is asked to end before it is done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


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
