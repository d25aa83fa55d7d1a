"""Measures all that the bench shows, group after group, in one call and mostly one process."""

import gc
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from experiments.bench import limits as machine_limits
from experiments.bench.forms import form_rows
from experiments.bench.growth import size_row, thread_row
from experiments.bench.imports import import_rows
from experiments.bench.payments import payment_rows
from experiments.bench.peers import short_run_row, transfer_row
from experiments.bench.places import PLACES, growth_rows
from experiments.bench.rows import Row
from experiments.bench.starts import start_rows
from experiments.bench.sweeps import sweep_rows
from experiments.bench.ways import ways_row
from experiments.bench.whole import whole_rows
from experiments.bench.world import build_world
from experiments.runner.label import machine, versions
from experiments.runner.memory import keep_freed_memory

PEERS = ("bamengine", "sfctools", "pandas")
Told = Callable[[str], None]
Lines = Callable[[], list[Row]]


@dataclass(frozen=True, slots=True)
class Size:
    """How large and how long everything is.

    Attributes
    ----------
    limits : Scale
    firms : int
        Firms of the world in which payments are measured; ten homes each.
    many : int
        Firms of a world to hold against it, as large as memory allows; 0: none.
    months : int
        Months that count.
    forms : tuple of int
        Firms of the worlds that all forms live.
    largest_in_mesa : int
        Firms of the largest world that plain Mesa lives.
    mesa_months : int
    starts : tuple of int
        Starts of a kind, firms and months of a process.
    whole : tuple of str
        Scenarios that the whole model lives.
    whole_months : int
    places : tuple of str
        Places that show how a month grows, of `places.PLACES`.
    transfers : tuple of int
        Of the ledger, and of the peer.
    short_runs : tuple of int
        Firms, months, runs.
    swept : tuple of int
        Runs of the sweep that is asked, and of the one that one worker lives too; 0: none.
    imported : int
        Payments of the list that is imported; 0: none.
    """

    limits: machine_limits.Scale
    firms: int
    many: int
    months: int
    forms: tuple[int, ...]
    largest_in_mesa: int
    mesa_months: int
    starts: tuple[int, int, int]
    whole: tuple[str, ...]
    whole_months: int
    places: tuple[str, ...]
    transfers: tuple[int, int]
    short_runs: tuple[int, int, int]
    swept: tuple[int, int]
    imported: int


SHELF = ("village", "preston-2012")
FULL = Size(
    limits=machine_limits.FULL,
    firms=100_000,
    many=1_000_000,
    months=9,
    forms=(1_000, 10_000, 100_000),
    largest_in_mesa=100_000,
    mesa_months=2,
    starts=(5, 30_000, 150),
    whole=SHELF,
    whole_months=30,
    places=tuple(PLACES),
    transfers=(1_000_000, 50_000),
    short_runs=(50, 12, 20),
    swept=(10_000, 2_000),
    imported=1_000_000,
)
QUICK = Size(
    limits=machine_limits.QUICK,
    firms=10_000,
    many=0,
    months=9,
    forms=(1_000, 10_000),
    largest_in_mesa=10_000,
    mesa_months=2,
    starts=(3, 10_000, 150),
    whole=SHELF,
    whole_months=24,
    places=tuple(PLACES)[:2],
    transfers=(200_000, 5_000),
    short_runs=(50, 6, 5),
    swept=(100, 50),
    imported=50_000,
)


def measure_all(size: Size, tell: Told) -> list[Row]:
    """Measure every group and return its lines.

    The process keeps the memory that it frees, as every run of ours does; all forms gain by it.

    Parameters
    ----------
    size : Size
    tell : callable
        Is told what is being measured.

    Raises
    ------
    BooksDifferError
        When two forms of the same month do not come to the same books.
    """
    keep_freed_memory()
    tell("the machine's own limits")
    found = machine_limits.measure_limits(size.limits)
    rows = list(found.rows)
    for what, lines in _groups(size, found):
        gc.collect()
        tell(what)
        rows += lines()
    return rows


def _groups(size: Size, found: machine_limits.Limits) -> Iterator[tuple[str, Lines]]:
    """Name each group after the limits, and say how it is measured."""
    yield (
        "payments of the core",
        lambda: payment_rows(build_world(size.firms), found, size.months),
    )
    yield (
        "payments of the core with two threads",
        lambda: [thread_row(build_world(size.firms), size.months)],
    )
    if size.many:
        yield (
            f"payments of the core, {size.many:,} firms",
            lambda: [size_row(size.firms, size.many, size.months)],
        )
    for firms in size.forms:
        yield f"the same month in other forms, {firms:,} firms", partial(_forms, firms, size)
    yield "starts, memory, two processes", partial(start_rows, *size.starts)
    yield "the whole model", partial(whole_rows, size.whole, size.whole_months)
    if size.whole:
        yield "all ways of buying", lambda: [ways_row(size.whole[-1], size.whole_months)]
    yield "the whole model in places of several sizes", partial(growth_rows, size.places)
    yield (
        "transfers and short runs",
        lambda: [transfer_row(*size.transfers), short_run_row(*size.short_runs)],
    )
    if all(size.swept):
        yield "sweeps", partial(sweep_rows, *size.swept)
    if size.imported:
        yield "the import of payments", partial(import_rows, size.imported)


def _forms(firms: int, size: Size) -> list[Row]:
    without = ""
    if firms > size.largest_in_mesa:
        without = f"plain Mesa is lived up to {size.largest_in_mesa:,} firms in a quick bench"
    judged = firms == max(n for n in size.forms if n <= size.largest_in_mesa)
    return form_rows(build_world(firms), size.mesa_months, without, judged, size.months)


def machine_here() -> dict[str, Any]:
    """Return the kind of machine, its processor's name among the rest."""
    return {**machine(), "processor": _processor(), "memory_gib": _memory_gib()}


def _processor() -> str:
    """Return the model name that the system gives its processor."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _memory_gib() -> float | None:
    """Return the machine's memory [GiB], where the system tells."""
    try:
        return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30), 1)
    except (AttributeError, ValueError, OSError):
        return None


def versions_here() -> dict[str, str]:
    """Return the versions that figures depend on, those of peers that are installed among them."""
    found = versions()
    for name in PEERS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found
