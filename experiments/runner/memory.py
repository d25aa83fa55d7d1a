"""Readies a process for runs: what it frees it keeps; in our own processes modules go unexamined.

By default the C library hands each freed column back to the system and asks for it anew, page by
page, which took a fifth of a month of `preston-2012`. And Python's collector looks through every
module that was ever imported: that took a twentieth of a month, a fifth of a second of the first
and a third of a second as the process ended. Nothing but speed depends on either.
"""

import gc
import importlib
from functools import cache

MODEL = (
    "simulation.model.economy_model",
    "simulation.model.run",
    "simulation.measures.catalogue",
    "simulation.accounting.digest",
)
"""What is imported for a run. What Mesa does first comes first: it looks for its caller among all
modules that are there, which takes 50 ms less while they are few."""

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
"""Names of the settings in the GNU C library's malloc.h."""

SETTINGS = {
    MMAP_THRESHOLD: 32 << 20,
    TRIM_THRESHOLD: 2**31 - 1,
    TOP_PAD: 64 << 20,
}
"""Bytes: the largest that are taken from the pool, are kept in it, and by which it grows."""


_ours = False
_settled = False


def claim_process() -> None:
    """Say that this process was started for us: what it has imported may stay uncollected.

    Not for the process of a caller, whose own objects would never be looked through again.
    """
    global _ours
    _ours = True


@cache
def get_ready() -> None:
    """Ready this process for runs, once: keep the memory that it frees, and import the model."""
    keep_freed_memory()
    import_model()


@cache
def import_model() -> None:
    """Import the model, once; nothing is collected meanwhile, since what is imported stays."""
    collects = gc.isenabled()
    gc.disable()
    try:
        for name in MODEL:
            importlib.import_module(name)
        if _ours:
            gc.freeze()
    finally:
        if collects:
            gc.enable()


def give_over_to_runs() -> None:
    """Ready a process that was started for runs, and let all that it holds stay uncollected."""
    claim_process()
    get_ready()


def clear_away() -> None:
    """Free what a finished run has left in circles.

    What the first run of a process of ours loaded beside it stays for good, and is not looked
    through again: that took a twentieth of a second after each block of the village.
    """
    global _settled
    gc.collect()
    if _ours and not _settled:
        gc.freeze()
        _settled = True


def keep_freed_memory() -> bool:
    """Let this process keep the memory that it frees, where the C library can be asked to.

    Returns
    -------
    bool
        Whether it was; elsewhere than with the GNU C library nothing is done.
    """
    import ctypes
    import platform

    if platform.libc_ver()[0] != "glibc":
        return False
    library = ctypes.CDLL(None)
    return all(library.mallopt(name, size) == 1 for name, size in SETTINGS.items())
