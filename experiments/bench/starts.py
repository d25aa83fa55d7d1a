"""How soon new processes answer, what they hold, and how far two of them live twice as much.

Times on the wall, since a start is waited for. Every figure comes from processes of its own.
"""

import statistics
import tempfile
import time
from collections.abc import Mapping

from experiments.bench.processes import Done, bytecode_in, child, run_python, together
from experiments.bench.rows import Row, at_least, at_most, measured, not_measured

MIB = 1 << 20
HELP_S, FIRST_MONTH_S, PROCESSES = 0.3, 1.0, 1.9
WHOLE_CORE = 0.95
"""Share of a core that each process must get, else the machine was too busy to compare.

Processes that wait for memory count as working, so what they take from each other stays in."""


def start_rows(repeats: int, firms: int, months: int) -> list[Row]:
    """Measure starts, compilation, memory and two processes.

    Parameters
    ----------
    repeats : int
        Starts of each kind; the median counts.
    firms : int
        Firms of the reference world that processes live.
    months : int
        Months that each process lives.
    """
    with tempfile.TemporaryDirectory() as kept:
        warm = bytecode_in(kept)
        helped = _median_wall(["-m", "experiments.cli", "--help"], repeats, warm)
        mesa = _median_wall(["-c", "import mesa"], repeats, warm)
        child("first_month", **warm)
        begun = [child("first_month", **warm) for _ in range(repeats)]
        cold = child("compiled", **warm, NUMBA_CACHE_DIR=kept)
        cached = child("compiled", **warm, NUMBA_CACHE_DIR=kept)
    month = statistics.median(done.wall for done in begun)
    rows = [
        measured(
            "start: poundflow --help",
            helped,
            "s",
            bar=at_most(HELP_S, "value"),
            why="process start to end, on the wall",
        ),
        measured("start: import mesa", mesa, "s", why="process start to end, on the wall"),
        measured(
            "start: first simulated month above import mesa",
            month - mesa,
            "s",
            bar=at_most(FIRST_MONTH_S, "value"),
            why=f"village built and one month lived, {month:.2f} s in all; bytecode and compiled "
            "code cached",
        ),
        measured(
            "start: core compiled, cold cache",
            cold.seconds,
            "s",
            reference=cached.seconds,
            why="imports and two months of 100 firms with dye; beside the same from the cache",
        ),
    ]
    return rows + _memory(begun[0]) + _processes(firms, months)


def _memory(month: Done) -> list[Row]:
    """Say what the first month of the village holds at most."""
    name = "memory: first month of the village"
    if month.peak_bytes is None:
        return [not_measured(name, "MiB", "this system does not tell a process its peak")]
    why = "peak resident memory of the process, libraries included"
    return [measured(name, month.peak_bytes / MIB, "MiB", why=why)]


def _processes(firms: int, months: int) -> list[Row]:
    """Live the same world in one process, in two at once, and in one again."""
    [before], both, [after] = (together(many, firms, months) for many in (1, 2, 1))
    name = "two processes against one"
    least = min(done.core_share for done in (before, *both, after))
    if least < WHOLE_CORE:
        why = f"other work, or a quota, took {1.0 - least:.0%} of the core of a process"
        rows = [not_measured(name, "months/s", why, at_least(PROCESSES))]
    else:
        one = 2 * months / (before.seconds + after.seconds)
        rows = [
            measured(
                name,
                2 * months / max(done.seconds for done in both),
                "months/s",
                reference=one,
                bar=at_least(PROCESSES),
                why=f"{firms:,} firms in each, {months} months on the wall, all started at once",
            )
        ]
    if before.peak_bytes is not None:
        rows.append(
            measured(
                f"memory: core with {firms:,} firms",
                before.peak_bytes / MIB,
                "MiB",
                why="peak resident memory, building and libraries included, no dye",
            )
        )
    return rows


def _median_wall(words: list[str], repeats: int, settings: Mapping[str, str]) -> float:
    """Return the median time on the wall of some starts, the first left out [s]."""
    seconds = []
    for _ in range(repeats + 1):
        begun = time.perf_counter()
        run_python(words, **settings)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds[1:])
