"""Loops over arrays: the only code that touches every payment.

Compiled functions are cached in a folder named by the hash of all kernel sources, because numba
does not notice an edited helper in another file and would serve the old code. Who has no home to
write to (a service, a container) keeps them in a temporary folder that is theirs alone.
"""

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

import numba

_HERE = Path(__file__).parent


def _source_hash() -> str:
    sources = sorted(_HERE.glob("*.py"), key=lambda path: path.name)
    text = b"".join(path.name.encode() + path.read_bytes() for path in sources)
    return hashlib.sha256(text).hexdigest()[:16]


def _cache_root() -> Path:
    """Name the first folder that can be written to: the one asked for, the home's, a temporary."""
    named = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    with contextlib.suppress(OSError, RuntimeError):
        root = Path(named) if named else Path.home() / ".cache"
        (root / "poundflow").mkdir(parents=True, exist_ok=True)
        if os.access(root / "poundflow", os.W_OK | os.X_OK):
            return root
    return _own_temporary()


def _own_temporary() -> Path:
    """Make or find a temporary folder of this user; compiled code of others is never loaded."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"poundflow-cache-{user}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    private = found.st_uid == user and not found.st_mode & 0o077
    if stat.S_ISDIR(found.st_mode) and (private or os.name == "nt"):
        return folder
    return Path(tempfile.mkdtemp(prefix="poundflow-cache-"))


CACHE_DIR = _cache_root() / "poundflow" / f"kernels-{_source_hash()}"
numba.config.CACHE_DIR = str(CACHE_DIR)
numba.config.SLP_VECTORIZE = 1


def spare_compiling() -> bool:
    """Leave kernels uncompiled in this process, where none is compiled yet or lies in the cache.

    Call it before any module of kernels is imported: half of them would not fit the other half.

    Returns
    -------
    bool
        Whether they are left so.
    """
    if f"{__name__}.compiling" in sys.modules or any(CACHE_DIR.rglob("*.nbi")):
        return False
    numba.config.DISABLE_JIT = True
    return True
