"""Readies a process for many runs: what it frees it keeps; a worker's modules go unexamined.

By default the C library hands each freed column back to the system and asks for it anew, page by
page, which took a fifth of a month of `preston-2012`; its pool lies in pages so small that the
processor loses sight of them, a twentieth; and Python's collector looks through every module that
was ever imported, as much. Nothing but speed depends on any of these.
"""

import ctypes
import gc
import importlib
import platform
from functools import cache
from pathlib import Path

MODEL = ("simulation.model.run", "simulation.measures.catalogue", "simulation.accounting.digest")

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
"""Names of the settings in the GNU C library's malloc.h."""

SETTINGS = {
    MMAP_THRESHOLD: 32 << 20,
    TRIM_THRESHOLD: 2**31 - 1,
    TOP_PAD: 64 << 20,
}
"""Bytes: the largest that are taken from the pool, are kept in it, and by which it grows."""

POOL = 512 << 20
"""Bytes of address space that the pool is given at once; memory is taken as it is written to."""
LARGE_PAGE, WANT_LARGE_PAGES = 2 << 20, 14
"""Bytes; name of the advice in Linux's mman.h."""


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
    if kept and platform.system() == "Linux":
        _use_large_pages(library)
    return kept


def _use_large_pages(library: ctypes.CDLL) -> None:
    """Widen the pool, and ask the system to lay it in large pages; it may decline."""
    library.malloc.restype = ctypes.c_void_p
    library.free.argtypes = [ctypes.c_void_p]
    library.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    library.mallopt(TOP_PAD, POOL)
    library.free(library.malloc(SETTINGS[MMAP_THRESHOLD] // 2))
    library.mallopt(TOP_PAD, SETTINGS[TOP_PAD])
    for line in Path("/proc/self/maps").read_text(encoding="ascii", errors="replace").splitlines():
        if line.endswith("[heap]"):
            begin, end = (int(bound, 16) for bound in line.split(maxsplit=1)[0].split("-"))
            begin = -(-begin // LARGE_PAGE) * LARGE_PAGE
            library.madvise(begin, max(end - begin, 0), WANT_LARGE_PAGES)
