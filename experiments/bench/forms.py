"""The same month in other forms: first equal books, then times.

Each form lives the reference months from the same world; its times count only once its books agree
with the core's to the penny. A form's own first month is left out as warm-up.
"""

import statistics
import time
from dataclasses import dataclass
from typing import Any, Protocol

from experiments.bench.books import Books, require_equal
from experiments.bench.core import CoreMonths
from experiments.bench.rows import Bar, Row, at_least, measured, not_measured
from experiments.bench.vectors import VectorMonths
from experiments.bench.world import World

GATE_MONTHS = 3
MESA_TIMES, NUMPY_TIMES = at_least(200.0), at_least(3.0)
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
    """Median processor seconds of a month."""

    name: str
    seconds: float


def lived(form: Any, months: int) -> list[float]:
    """Live some months; return the processor time of each [s]."""
    seconds = []
    for _ in range(months):
        begun = time.process_time()
        form.live()
        seconds.append(time.process_time() - begun)
    return seconds


def gated(form: Form, wanted: Books, months: int) -> Timed:
    """Live the months of the gate, check the books, then live on; return the median time.

    Parameters
    ----------
    form : Form
        Fresh.
    wanted : Books
        Of the core, after the months of the gate.
    months : int
        Months that count, those of the gate after its first among them.

    Raises
    ------
    BooksDifferError
        When the books differ.
    """
    seconds = lived(form, GATE_MONTHS)
    require_equal(form.name, form.books(), CoreMonths.name, wanted)
    seconds += lived(form, max(months - GATE_MONTHS + 1, 0))
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
    vectors = gated(VectorMonths(world), wanted, cheap_months)
    rows.append(_beside(vectors, own, payments, size, NUMPY_TIMES if judge else None))
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
