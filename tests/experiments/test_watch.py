"""A run that takes too long or too much memory ends with its process, whatever it is doing."""

import re
import subprocess
import sys
import time

import pytest

from experiments.runner.watch import Watch, peak_mb, resident_mb
from tests.experiments.pressed import ROOT, on_unix

WATCHED = """
import ctypes, time
from numba.core.event import trigger_event
from experiments.runner import watch

watch.GRACE_SECONDS, watch.FIRST_SECONDS = 1.0, 0.1
one = watch.Watch({seconds}, {megabytes}, lambda what, how: print(what, how, flush=True))
with one.over():
    {does}
"""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of a process")


def watched(does: str, seconds: float, megabytes: int = 0) -> tuple[int, str]:
    """How a process ended in which a run does something, and its last words."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(does=does, seconds=seconds, megabytes=megabytes)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


@on_unix
def test_a_run_that_hangs_in_python_says_so_and_dies() -> None:
    """SIGKILL, after a word to the log."""
    code, said = watched("while True: pass", 0.3)

    assert code == -9
    assert said.startswith("hung not done after ")
    assert said.rstrip().endswith("s, 0.4 s at most")


@on_unix
def test_a_run_that_hangs_where_no_thread_can_look_is_ended_by_the_alarm() -> None:
    """A call that never lets go of Python's lock: no last words, but no worker lost for good."""
    code, said = watched("ctypes.PyDLL(None).sleep(30)", 0.2)

    assert code == -14
    assert said == ""


@on_unix
@pytest.mark.parametrize("does", ["time.sleep(2)", "ctypes.PyDLL(None).sleep(2)"])
def test_the_clock_stands_while_a_kernel_is_compiled(does: str) -> None:
    """Neither the thread nor the alarm ends a run for what the compiler takes; then it goes on."""
    compiles = f"with trigger_event('numba:compile'), trigger_event('numba:compile'): {does}"

    assert watched(compiles, 0.2) == (0, "")
    code, said = watched(f"{compiles}\n    while True: pass", 0.3)
    assert code == -9
    assert said.startswith("hung not done after 0.")


@LINUX
def test_a_run_that_eats_memory_dies_before_the_machine_does() -> None:
    """It is told how much it took, and how much it might."""
    code, said = watched("eaten = [bytearray(b'1' * (8 << 20)) for _ in iter(int, 1)]", 60.0, 200)

    assert code == -9
    took = re.fullmatch(r"memory its process took (\d+) MB, 200 MB at most\n", said)
    assert took is not None
    assert 200 <= int(took[1]) < 2000


@LINUX
def test_each_run_has_a_peak_of_its_own() -> None:
    """What one run took is not held against the next, and a run within its time lives."""
    watch = Watch(60.0, 10**6, lambda what, how: None)

    with watch.over() as cost:
        held = bytearray(b"1" * (200 << 20))
        first = cost()
    del held
    with watch.over() as cost:
        time.sleep(0.3)
        second = cost()
    watch.end()

    assert first.peak_mb > second.peak_mb + 150
    assert 0.3 <= second.seconds < 10.0
    assert peak_mb() >= resident_mb() - 1
