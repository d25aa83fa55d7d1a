"""Readies a process for many runs: what it frees it keeps; a worker's modules go unexamined.

By default the C library hands each freed column back to the system and asks for it anew, page by
page, which took a fifth of a month of `preston-2012`; and Python's collector looks through every
module that was ever imported, which took a twentieth. Columns of less than 32 MiB, the tills among
them, stand on pages of 4 KiB, and finding the page of a row that is met by chance took a third of a
month with ten million homes; so the pool stands on large pages. Nothing but speed depends on it.
"""

import ctypes
import gc
import importlib
import mmap
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

POOL, LARGE_PAGE = 1 << 30, 2 << 20
"""Bytes of addresses that the pool begins with, which take memory when used; a large page's."""


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
    kept = all(library.mallopt(name, size) == 1 for name, size in SETTINGS.items())
    if kept and hasattr(mmap, "MADV_HUGEPAGE"):
        _stand_on_large_pages()
    return kept


@cache
def _stand_on_large_pages() -> None:
    """Let the pool grow at once, and ask that what it grows by stand on large pages.

    Where the system grants neither, nothing is lost.
    """
    library = ctypes.CDLL(None)
    library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
    library.malloc.argtypes = library.sbrk.argtypes = [ctypes.c_ssize_t]
    library.free.argtypes = [ctypes.c_void_p]
    library.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    before = library.sbrk(0)
    library.mallopt(TOP_PAD, POOL)
    library.free(library.malloc(SETTINGS[MMAP_THRESHOLD] - mmap.PAGESIZE))
    library.mallopt(TOP_PAD, SETTINGS[TOP_PAD])
    first = -(-before // LARGE_PAGE) * LARGE_PAGE
    if (grown := library.sbrk(0) - first) > 0:
        library.madvise(first, grown, mmap.MADV_HUGEPAGE)
