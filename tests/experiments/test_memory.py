"""Where the memory of a process that lives runs stands."""

import subprocess
import sys
from pathlib import Path

import pytest

TELL = """
import numpy as np
from experiments.runner.memory import keep_freed_memory
assert keep_freed_memory() and keep_freed_memory()
column = np.ones(3 << 17, dtype=np.int64)
end, flags = column.ctypes.data + column.nbytes, ""
for line in open("/proc/self/smaps", encoding="ascii"):
    ends = line.split()[0].split("-")
    if len(ends) == 2:
        inside = int(ends[0], 16) <= end - 8 < int(ends[1], 16)
    elif line.startswith("VmFlags") and inside:
        flags = line
print(flags)
"""


def test_a_till_stands_on_large_pages() -> None:
    """A column that is taken from the pool is marked for large pages, where the system has any."""
    if not Path("/sys/kernel/mm/transparent_hugepage/enabled").is_file():
        pytest.skip("the system has no large pages")

    told = subprocess.run([sys.executable, "-c", TELL], capture_output=True, text=True, check=True)

    assert "hg" in told.stdout.split()
