"""Readies a process for many runs: what it frees it keeps; a worker's modules go unexamined.

By default the C library hands each freed column back to the system and asks for it anew, page by
page, which took a fifth of a month of `preston-2012`; and Python's collector looks through every
module that was ever imported, which took a twentieth. Nothing but speed depends on either.
"""

import ctypes
import gc
import importlib
import platform
from functools import cache

MODEL = ("simulation.model.run", "simulation.measures.catalogue", "simulation.accounting.digest")

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
"""Names of the settings in the GNU C library's malloc.h."""

SETTINGS = {
    MMAP_THRESHOLD: 32 << 20,
    TRIM_THRESHOLD: 2**31 - 1,
    TOP_PAD: 64 << 20,
}
"""Bytes: the largest that are taken from the pool, are kept in it, and by which it grows."""


@cache
def get_ready() -> None:
    """Ready this process for runs, once: keep the memory that it frees, and import the model."""
    keep_freed_memory()
    for name in MODEL:
        importlib.import_module(name)


def give_over_to_runs() -> None:
    """Ready a process that was started for runs, and let all that it holds stay uncollected.

    Not for the process of a caller, whose own objects would never be looked through again.
    """
    get_ready()
    gc.collect()
    gc.freeze()


def keep_freed_memory() -> bool:
    """Let this process keep the memory that it frees, where the C library can be asked to.

    Returns
    -------
    bool
        Whether it was; elsewhere than with the GNU C library nothing is done.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    library = ctypes.CDLL(None)
    return all(library.mallopt(name, size) == 1 for name, size in SETTINGS.items())
