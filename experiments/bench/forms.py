"""The same month in other forms: first equal books, then times.

Each form lives the reference months from the same world; its times count only once its books agree
with the core's to the penny. A form's own first month is left out as warm-up.
"""

import statistics
import time
from dataclasses import dataclass
from typing import Any, Protocol

from experiments.bench.books import Books, require_equal
from experiments.bench.clock import Clock
from experiments.bench.core import CoreMonths
from experiments.bench.growth import THREADS
from experiments.bench.rows import Bar, Row, at_least, measured, not_measured
from experiments.bench.vectors import VectorMonths
from experiments.bench.world import World

GATE_MONTHS = 3
MESA_TIMES, NUMPY_TIMES, NUMPY_TIMES_OF_TWO = at_least(200.0), at_least(3.0), at_least(5.0)
NANO = 1e9


class Form(Protocol):
    """A way to live the reference month."""

    name: str

    def live(self) -> None:
        """Live one month."""

    def books(self) -> Books:
        """Return balances and flows of all months lived."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Median seconds of a month, by whichever clock."""

    name: str
    seconds: float


def lived(form: Any, months: int, clock: Clock = time.process_time) -> list[float]:
    """Live some months; return the time of each, by default the processor's [s]."""
    seconds = []
    for _ in range(months):
        begun = clock()
        form.live()
        seconds.append(clock() - begun)
    return seconds


def gated(form: Form, wanted: Books, months: int, clock: Clock = time.process_time) -> Timed:
    """Live the months of the gate, check the books, then live on; return the median time.

    Parameters
    ----------
    form : Form
        Fresh.
    wanted : Books
        Of the core, after the months of the gate.
    months : int
        Months that count, those of the gate after its first among them.
    clock : callable

    Raises
    ------
    BooksDifferError
        When the books differ.
    """
    seconds = lived(form, GATE_MONTHS, clock)
    require_equal(form.name, form.books(), CoreMonths.name, wanted)
    seconds += lived(form, max(months - GATE_MONTHS + 1, 0), clock)
    return Timed(form.name, statistics.median(seconds[1:]))


def form_rows(
    world: World, months: int, with_mesa: str, judge: bool, cheap_months: int
) -> list[Row]:
    """Measure the month in this core, NumPy, plain Mesa and sparse algebra, at one size.

    Parameters
    ----------
    world : World
    months : int
        Months of Mesa that count.
    with_mesa : str
        Why plain Mesa is left out; empty where it is not.
    judge : bool
        Whether the bars are held against this size.
    cheap_months : int
        Months of the other forms that count.

    Raises
    ------
    BooksDifferError
        When a form's books differ from the core's.
    """
    size = f"{world.agents:,} agents"
    core = CoreMonths(world)
    seconds = lived(core, GATE_MONTHS)
    wanted = core.books()
    seconds += lived(core, cheap_months)
    payments = core.counts[-1]
    own = Timed(core.name, statistics.median(seconds[1:]))
    rows = [
        measured(
            f"month, {size}: {own.name}",
            own.seconds / payments * NANO,
            "ns/payment",
            why=f"{payments:,} payments a month, totals and audits included",
        )
    ]
    vectors = VectorMonths(world)
    timed = gated(vectors, wanted, cheap_months)
    rows.append(_beside(timed, own, payments, size, NUMPY_TIMES if judge else None))
    if judge:
        rows.append(_beside_two_threads(vectors, world, wanted, payments, cheap_months))
    if with_mesa:
        bar = MESA_TIMES if judge else None
        rows.append(
            not_measured(f"month, {size}: plain Mesa objects", "ns/payment", with_mesa, bar)
        )
    else:
        objects = _in_mesa(world, wanted, months)
        rows.append(_beside(objects, own, payments, size, MESA_TIMES if judge else None))
    rows.append(_sparse(world, own, payments, size, cheap_months))
    return rows


def _beside_two_threads(
    vectors: VectorMonths, world: World, wanted: Books, payments: int, months: int
) -> Row:
    """Hold NumPy against the core with two threads, both by the clock on the wall."""
    two = gated(CoreMonths(world, desks=THREADS), wanted, months, time.perf_counter)
    seconds = statistics.median(lived(vectors, months, time.perf_counter))
    return measured(
        f"month on two threads, {world.agents:,} agents: {vectors.name}",
        seconds / payments * NANO,
        "ns/payment",
        reference=two.seconds / payments * NANO,
        bar=NUMPY_TIMES_OF_TWO,
        why="beside this core with two threads, time on the wall; books equal to the penny",
    )


def _in_mesa(world: World, wanted: Books, months: int) -> Timed:
    from experiments.bench.objects import ObjectMonths

    objects = ObjectMonths(world)
    try:
        return gated(objects, wanted, months)
    finally:
        objects.let_go()


def _sparse(world: World, own: Timed, payments: int, size: str, months: int) -> Row:
    from experiments.bench.algebra import AlgebraMonths

    algebra = AlgebraMonths(world)
    seconds = lived(algebra, 1 + months)
    timed = Timed(algebra.name, statistics.median(seconds[1:]))
    name = f"month, {size}: {timed.name}"
    return measured(
        name,
        timed.seconds / payments * NANO,
        "ns/payment",
        reference=own.seconds / payments * NANO,
        why="beside this core; no pence, no counts, no flows, one tax rate: no equal books to show",
    )


def _beside(timed: Timed, own: Timed, payments: int, size: str, bar: Bar | None) -> Row:
    """Say how many times as long a form takes as the core."""
    return measured(
        f"month, {size}: {timed.name}",
        timed.seconds / payments * NANO,
        "ns/payment",
        reference=own.seconds / payments * NANO,
        bar=bar,
        why=f"beside this core; books equal to the penny after {GATE_MONTHS} months",
    )
