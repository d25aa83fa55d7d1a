"""Asks the C library to keep freed memory: a month makes hundreds of short-lived columns.

By default it hands each freed column back to the system and asks for it anew, page by page, which
took a fifth of a month of `preston-2012`. Nothing but speed depends on it.
"""

import ctypes
import platform

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
"""Names of the settings in the GNU C library's malloc.h."""

SETTINGS = {
    MMAP_THRESHOLD: 32 << 20,
    TRIM_THRESHOLD: 2**31 - 1,
    TOP_PAD: 64 << 20,
}
"""Bytes: the largest that are taken from the pool, are kept in it, and by which it grows."""


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
