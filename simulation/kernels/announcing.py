"""Tells when a kernel is compiled, for whoever keeps a clock; loading from the cache is quiet."""

from collections.abc import Callable
from typing import Any

from numba.core import event as numba_event

COMPILING = "numba:compile"


class _Compiling(numba_event.Listener):
    def __init__(self, begins: Callable[[], None], ends: Callable[[], None]) -> None:
        self.begins = begins
        self.ends = ends

    def on_start(self, _: Any) -> None:
        self.begins()

    def on_end(self, _: Any) -> None:
        self.ends()


def announce_compiling(begins: Callable[[], None], ends: Callable[[], None]) -> Callable[[], None]:
    """Call one thing as numba begins to compile and another as it ends; kernels nest.

    Parameters
    ----------
    begins, ends : callable
        Called in the thread that compiles.

    Returns
    -------
    callable
        Ends the announcements; to be called once.
    """
    listener = _Compiling(begins, ends)
    numba_event.register(COMPILING, listener)

    def end() -> None:
        numba_event.unregister(COMPILING, listener)

    return end
