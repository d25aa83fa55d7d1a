"""Lets a test meet locked folders as users do: the superuser, too, is bound by rights for a while.

A test machine often runs as root, for whom no folder is locked, and a test that is left out there
is a test that nobody runs. Linux lets a process lay down that one power and take it up again.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

VERSION_3 = 0x20080522
OVERRIDE_RIGHTS = 0b110
"""The powers to write, and to read and search, whatever the rights say (linux/capability.h)."""


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Powers(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


@contextmanager
def bound_by_rights() -> Iterator[None]:
    """Hold to the rights of files and folders until the end, as superuser too."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights differ there")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("the superuser may write anywhere")
    libc = ctypes.CDLL(None, use_errno=True)
    header, powers = _Header(VERSION_3, 0), (_Powers * 2)()
    assert libc.capget(ctypes.byref(header), powers) == 0
    before = powers[0].effective
    powers[0].effective = before & ~OVERRIDE_RIGHTS
    assert libc.capset(ctypes.byref(header), powers) == 0
    try:
        yield
    finally:
        powers[0].effective = before
        assert libc.capset(ctypes.byref(header), powers) == 0
