"""The same town gives the same bytes, compiled or not, on any processor, in any process.

Each setting lives in a process of its own, because numpy and numba read it once, at the start.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath as numpy_build

from simulation.accounting import desks as desk_rooms
from simulation.accounting import home_ledger, wage_ledger
from tests.accounting.random_town import RandomTown

ROOT = Path(__file__).resolve().parents[2]
STORY = """
from tests.laws.test_same_bytes import few_months
print(few_months(own_doors=False), few_months(own_doors=True, desks=2))
"""
GOLDEN = "2f624752251533234210dc40c7010198566baada864c500467a3782ac6d4a157"
"""Digest of the few months on every machine, through whichever doors homes pay; who moves it says
why in CHANGELOG.md."""
BETTER_THAN_BASELINE = " ".join(
    name for name in numpy_build.__cpu_dispatch__ if numpy_build.__cpu_features__.get(name)
)
SETTINGS = {
    "without the compiler": {"NUMBA_DISABLE_JIT": "1"},
    "compiled for a plain processor": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
    "numpy without vector instructions": {
        "NPY_DISABLE_CPU_FEATURES": BETTER_THAN_BASELINE,
        "OPENBLAS_CORETYPE": "Prescott",
    },
    "three threads and another hash seed": {
        "NUMBA_NUM_THREADS": "3",
        "OMP_NUM_THREADS": "3",
        "PYTHONHASHSEED": "7",
    },
}


def few_months(own_doors: bool, desks: int = 1) -> str:
    """Live three months with dye, where accounts are often paid out whole; return the digest."""
    town = RandomTown(2012, tags=4, full=True, own_doors=own_doors, desks=desks)
    for month in range(1, 4):
        town.live(month, dyed=month == 1)
    return town.digest()


@pytest.mark.parametrize("own_doors", [False, True])
def test_the_digest_is_that_of_every_other_machine(own_doors):
    """A drift of one bit on some platform, Python or numpy turns this red."""
    assert few_months(own_doors) == GOLDEN


@pytest.mark.parametrize("desks", [2, 3, 7])
def test_the_digest_is_that_of_any_number_of_threads(desks):
    """Homes served at several desks side by side, a thread each, come to the same bytes."""
    assert few_months(own_doors=True, desks=desks) == GOLDEN


@pytest.mark.parametrize("desks", [2, 7])
def test_long_networks_may_be_shared_out_among_threads_too(desks, monkeypatch):
    """Where even the shortest counts as long, firms pay at desks, and come to the same bytes."""
    for keeper in (wage_ledger, home_ledger):
        monkeypatch.setattr(keeper, "LONG", 0)
    monkeypatch.setattr(home_ledger, "LONG_COLUMN", 0)
    monkeypatch.setattr(desk_rooms, "MANY", 0)

    assert few_months(own_doors=True, desks=desks) == GOLDEN


@pytest.mark.parametrize("links_of_a_home", [0, 10**9])
def test_sums_by_class_may_grow_as_homes_pay(links_of_a_home, monkeypatch):
    """Whether a till is poured out once or after each block, it comes to the same bytes."""
    monkeypatch.setattr(desk_rooms, "LINKS_OF_A_HOME", links_of_a_home)

    assert few_months(own_doors=True, desks=2) == GOLDEN


NEEDS = {
    "compiled for a plain processor": (pytest.mark.compiled, pytest.mark.soak),
    "numpy without vector instructions": (pytest.mark.compiled,),
    "three threads and another hash seed": (pytest.mark.compiled,),
}
"""What compiles every kernel anew is left to the soak; where the compiler is off, only its absence
is tried."""


@pytest.mark.parametrize(
    "setting", [pytest.param(name, marks=NEEDS.get(name, ())) for name in SETTINGS]
)
def test_no_setting_of_the_machine_changes_a_byte(setting):
    """In a process of its own, under each setting, the town lives the same months."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA_", "NPY_"))}
    if cache := os.environ.get("NUMBA_CACHE_DIR"):
        kept["NUMBA_CACHE_DIR"] = cache
    environment = kept | {"PYTHONPATH": str(ROOT)} | SETTINGS[setting]

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", STORY],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [GOLDEN, GOLDEN]
