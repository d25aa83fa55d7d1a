"""Loops over arrays: the only code that touches every payment.

Compiled functions are cached in a folder named by the hash of all kernel sources, because numba
does not notice an edited helper in another file and would serve the old code.
"""

import hashlib
import os
from pathlib import Path

import numba

_HERE = Path(__file__).parent


def _source_hash() -> str:
    sources = sorted(_HERE.glob("*.py"), key=lambda path: path.name)
    text = b"".join(path.name.encode() + path.read_bytes() for path in sources)
    return hashlib.sha256(text).hexdigest()[:16]


def _cache_root() -> Path:
    named = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    return Path(named) if named else Path.home() / ".cache"


CACHE_DIR = _cache_root() / "poundflow" / f"kernels-{_source_hash()}"
numba.config.CACHE_DIR = str(CACHE_DIR)
