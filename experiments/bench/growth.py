"""What a second thread gains in the reference month, and what a world ten times as large costs."""

import gc
import math
import statistics
import time

from experiments.bench.books import require_equal
from experiments.bench.core import CoreMonths
from experiments.bench.payments import GIGA, cost_of
from experiments.bench.rows import Row, at_least, at_most, measured
from experiments.bench.world import World, build_world

THREADS = 2
LEAST_GAIN, MOST_GROWTH = 1.7, 1.8
TURN = 5
"""Months of a turn; the first turns warm up."""


def thread_row(world: World, months: int) -> Row:
    """Live the reference month with one thread and with two, by the clock on the wall.

    They take turns of some months, and the first of a turn does not count: it finds the other's
    columns in the caches and the second core asleep.

    Parameters
    ----------
    world : World
    months : int
        Months that count, at the least, after those of the warm-up.

    Raises
    ------
    BooksDifferError
        When two threads do not come to the accounts of one.
    """
    cores = [CoreMonths(world, desks=desks, clock=time.perf_counter) for desks in (1, THREADS)]
    for _ in range(1 + math.ceil(months / (TURN - 1))):
        for core in cores:
            for _ in range(TURN):
                core.live()
    require_equal("two threads", cores[1].books(), "one thread", cores[0].books())
    one, two = (
        statistics.median(core.moving[k] for k in range(TURN, len(core.moving)) if k % TURN)
        for core in cores
    )
    paid = cores[0].counts[-1]
    return measured(
        "core, no tag: two threads beside one",
        two / paid * GIGA,
        "ns/payment",
        reference=one / paid * GIGA,
        ratio=one / two,
        bar=at_least(LEAST_GAIN),
        why="turns of months, time on the wall, equal books; ratio = one / two",
    )


def size_row(firms: int, many: int, months: int) -> Row:
    """Hold a payment in a large world against one in a small world, one thread, no tag.

    Parameters
    ----------
    firms, many : int
        Firms of the small world and of the large.
    months : int
        Months that count in either.
    """
    small = cost_of(build_world(firms), 0, months)
    gc.collect()
    large = cost_of(build_world(many), 0, months)
    return measured(
        f"core, no tag: {many:,} firms and {10 * many:,} homes",
        large.payment_ns,
        "ns/payment",
        reference=small.payment_ns,
        bar=at_most(MOST_GROWTH),
        why=f"beside {firms:,} firms and {10 * firms:,} homes; {large.payments:,} payments a "
        f"month; balances {large.digest}",
    )
