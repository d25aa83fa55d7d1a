"""A name for this process that no other has had or will have: host, number, moment of birth."""

import itertools
import os
import re
import socket
from functools import cache
from time import time_ns

_serials = itertools.count()


def writer_name() -> str:
    """Return the name under which this process writes, such as `node7-4242-19a3f0c2b1d`.

    A process forked from one that has a name gets its own.
    """
    return _named(os.getpid())


def next_serial() -> int:
    """Return a number that this process has not used before."""
    return next(_serials)


@cache
def _named(process: int) -> str:
    host = re.sub(r"[^A-Za-z0-9.]", "", socket.gethostname())[:32] or "host"
    return f"{host}-{process}-{time_ns() // 1_000_000:x}"
