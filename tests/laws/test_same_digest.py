"""The same seed gives the same books, whatever the machine, its settings, or the Python.

Each setting lives in a process of its own, because numpy and numba read it once, at the start. The
ledger alone is tried in `test_same_bytes.py`; here it is the whole model, from file to books.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath as numpy_build

from tests.laws.golden import AGAIN, golden, lived

pytestmark = pytest.mark.compiled

ROOT = Path(__file__).resolve().parents[2]
READ_BY_THE_LIBRARIES = ("NUMBA_", "NPY_", "OPENBLAS_", "OMP_", "PYTHONHASHSEED")
CAN_BE_SWITCHED_OFF = " ".join(
    name for name in numpy_build.__cpu_dispatch__ if numpy_build.__cpu_features__.get(name)
)
PLAIN_NUMPY = {"NPY_DISABLE_CPU_FEATURES": CAN_BE_SWITCHED_OFF}
QUICK = {
    "another hash seed, three threads": {
        "PYTHONHASHSEED": "7",
        "NUMBA_NUM_THREADS": "3",
        "OMP_NUM_THREADS": "3",
        "OPENBLAS_NUM_THREADS": "3",
    },
    "numpy without vector instructions": {**PLAIN_NUMPY, "PYTHONHASHSEED": "0"},
}
OLD_CORE = {**PLAIN_NUMPY, "OPENBLAS_CORETYPE": "Prescott"}
SLOW = {
    "without the compiler": {"NUMBA_DISABLE_JIT": "1"},
    "an old core, two threads, hash seed 11": {
        **OLD_CORE,
        "NUMBA_NUM_THREADS": "2",
        "OMP_NUM_THREADS": "2",
        "PYTHONHASHSEED": "11",
    },
    "a newer core, one thread, hash seed 0": {
        "OPENBLAS_CORETYPE": "Haswell",
        "NUMBA_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
    },
}
"""Several settings at once, none of which compiles anew."""
ALONE = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "one thread": {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    "two threads": {"NUMBA_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"},
    "three threads": {"NUMBA_NUM_THREADS": "3", "OMP_NUM_THREADS": "3"},
    "compiled for a plain processor": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
    "the linear algebra of an old core": {"OPENBLAS_CORETYPE": "Prescott"},
    "the linear algebra of a newer core": {"OPENBLAS_CORETYPE": "Haswell"},
    "all of it at once": {
        **OLD_CORE,
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "PYTHONHASHSEED": "11",
    },
}


def under(setting: dict[str, str], name: str = "village") -> dict[str, str]:
    """Live a golden story in a process of its own; return its digests by policy."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(READ_BY_THE_LIBRARIES)}
    if cache := os.environ.get("NUMBA_CACHE_DIR"):
        kept["NUMBA_CACHE_DIR"] = cache
    environment = kept | {"PYTHONPATH": str(ROOT)} | setting

    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.laws.golden", name],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    digests: dict[str, str] = tomllib.loads(done.stdout)[name]
    return digests


@pytest.fixture(scope="module")
def village() -> dict[str, str]:
    """Digests of the village as this process lives it."""
    return lived("village")


@pytest.fixture(scope="module")
def preston() -> dict[str, str]:
    """Digests of Preston as this process lives it."""
    return lived("preston-2012")


def test_the_village_comes_to_the_golden_digests(village: dict[str, str]) -> None:
    """One digest for all machines and Pythons, for each way of buying."""
    assert village == golden()["village"], AGAIN


@pytest.mark.long
def test_preston_comes_to_the_golden_digests(preston: dict[str, str]) -> None:
    """A district at full scale: what a village is too small to show."""
    assert preston == golden()["preston-2012"], AGAIN


def test_ways_of_buying_are_not_all_one(village: dict[str, str]) -> None:
    """A digest that could not tell one life from another would prove nothing."""
    assert len(set(village.values())) == len(village) == 5


@pytest.mark.parametrize("setting", QUICK)
def test_no_setting_changes_a_byte(setting: str, village: dict[str, str]) -> None:
    """Hash seed, threads and vector instructions decide nothing."""
    assert under(QUICK[setting]) == village


@pytest.mark.long
@pytest.mark.parametrize("setting", SLOW)
def test_no_setting_of_the_machine_changes_a_byte(setting: str, village: dict[str, str]) -> None:
    """Several at once; without the compiler sums are those of Python itself."""
    assert under(SLOW[setting]) == village


@pytest.mark.long
def test_no_setting_changes_a_byte_of_preston(preston: dict[str, str]) -> None:
    """At full scale sums are long enough to show an order that is not fixed."""
    threads = {"NUMBA_NUM_THREADS": "3", "OMP_NUM_THREADS": "3"}

    assert under(OLD_CORE | threads, "preston-2012") == preston


@pytest.mark.soak
@pytest.mark.parametrize("setting", ALONE)
def test_no_setting_alone_changes_a_byte(
    setting: str, village: dict[str, str], preston: dict[str, str]
) -> None:
    """Each by itself, and compiled anew for a processor that has nothing but the oldest."""
    assert under(ALONE[setting]) == village
    assert under(ALONE[setting], "preston-2012") == preston
