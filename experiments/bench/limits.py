"""The machine's own limits, on one thread: how fast columns stream and how fast words are met.

Measured in the same call as everything that is held against them. Three working sets stand for
the second-level cache, the third and memory; a table that is shared with other guests of a host
may behave as memory long before it is full.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from experiments.bench.clock import median_seconds
from experiments.bench.rows import Row, measured
from simulation.kernels import limits

MIB = 1 << 20
GIGA, MEGA = 1e9, 1e6


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is moved: working sets [bytes] by name, bytes a timing, meetings, repeats."""

    sets: dict[str, int]
    moved: int
    meetings: int
    repeats: int


FULL = Scale({"L2": 3 * MIB // 2, "L3": 24 * MIB, "DRAM": 768 * MIB}, 1536 * MIB, 1 << 23, 9)
QUICK = Scale({"L2": 3 * MIB // 2, "L3": 24 * MIB, "DRAM": 256 * MIB}, 512 * MIB, 1 << 22, 5)
TINY = Scale({"L2": 1 << 14, "L3": 1 << 15, "DRAM": 1 << 16}, 1 << 17, 1 << 10, 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one thread reached: GB/s of a copy by working set, and all the lines."""

    copy_gb_s: dict[str, float]
    rows: list[Row]

    @property
    def streaming(self) -> float:
        """GB/s of a copy through memory, bytes read and bytes written both counted."""
        return self.copy_gb_s["DRAM"]


def measure_limits(scale: Scale) -> Limits:
    """Measure streaming and random access.

    Parameters
    ----------
    scale : Scale

    Returns
    -------
    Limits
    """
    copies: dict[str, float] = {}
    rows = []
    for name, size in scale.sets.items():
        for what, rate in _streams(size, scale):
            if what == "copy":
                copies[name] = rate
            rows.append(
                measured(
                    f"limit: {what}, {name}",
                    rate,
                    "GB/s",
                    why=f"one thread, working set {size / MIB:g} MiB, reads and writes counted",
                )
            )
    for name, size in scale.sets.items():
        for what, rate in _meetings(size, scale):
            rows.append(
                measured(
                    f"limit: {what}, {name}",
                    rate,
                    "M op/s",
                    why=f"one thread, 8-byte words of a table of {size / MIB:g} MiB, by chance",
                )
            )
    return Limits(copies, rows)


def _streams(size: int, scale: Scale) -> Iterator[tuple[str, float]]:
    """Measure copy, triad and read on a working set of `size` bytes [GB/s]."""
    two, three = size // 16, size // 24
    source, target = np.ones(two, dtype=np.int64), np.zeros(two, dtype=np.int64)
    first, second, third = np.ones(three), np.ones(three), np.zeros(three)
    whole = np.ones(size // 8, dtype=np.int64)
    acts: dict[str, tuple[int, Callable[[int], object]]] = {
        "copy": (16 * two, lambda passes: limits.copy(source, target, passes)),
        "triad": (24 * three, lambda passes: limits.triad(first, second, third, passes)),
        "read": (8 * whole.size, lambda passes: limits.read(whole, passes)),
    }
    for what, (each, act) in acts.items():
        passes = max(scale.moved // each, 1)

        def stream(act: Callable[[int], object] = act, passes: int = passes) -> object:
            return act(passes)

        yield what, passes * each / median_seconds(stream, scale.repeats) / GIGA


def _meetings(size: int, scale: Scale) -> Iterator[tuple[str, float]]:
    """Measure gather and scatter-add on a table of `size` bytes [M op/s]."""
    # ones, not zeros: pages never written to are all one page of zeros, which stays in cache
    table = np.ones(size // 8, dtype=np.int64)
    luck = np.random.default_rng(1)
    index = luck.integers(0, table.size, scale.meetings, dtype=np.int32)
    for what, act in (("gather", limits.gather), ("scatter-add", limits.scatter_add)):

        def meet(act: Callable[..., object] = act) -> object:
            return act(table, index)

        yield what, index.size / median_seconds(meet, scale.repeats) / MEGA
