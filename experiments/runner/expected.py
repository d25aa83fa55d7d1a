"""What a sweep is going to cost: one block of each place is lived, timed and weighed beforehand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
import pyarrow as pa

from experiments.design.plan import as_compared
from experiments.runner.memory import get_ready
from experiments.runner.replicate import ReplicateTask, live_replicate
from experiments.runner.sweep_plan import Place, Sweep
from experiments.store.parts import table_bytes
from experiments.store.records import OutcomeRow, Part, ReplicateResult, RunResult
from experiments.store.sweep_tables import COMPRESSION, rows_table

RUNS_A_PART = 100
ROWS_WEIGHED = 200_000
"""So many rows weigh as much each as those of a whole part."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a place costs.

    Attributes
    ----------
    seconds : float
        Of one block, on one core, all its policies lived [s].
    rows : int
        Kept of one block.
    bytes_a_row : float
        In a part of a hundred runs [bytes].
    failures : tuple of str
        Runs that raised, with their reason: the block is not what it will be.
    """

    seconds: float
    rows: int
    bytes_a_row: float
    failures: tuple[str, ...]


def cost_of(sweep: Sweep, place: Place) -> Cost:
    """Live one block of a place at central assumptions, and weigh what is kept of it.

    Kernels are loaded, and compiled where they never were, by a month that is lived before.
    """
    get_ready()
    live_replicate(_task(place, months=1))
    began = perf_counter()
    lived = live_replicate(_task(place, months=place.plan.months))
    seconds = perf_counter() - began
    kept = [row for row in lived.rows if sweep.plan.keep.holds(row.measure, row.month)]
    failures = tuple(f"{run.regime}: {run.error}" for run in lived.runs if run.error)
    return Cost(seconds, len(kept), _bytes_a_row(lived, kept), failures)


def _task(place: Place, months: int) -> ReplicateTask:
    """Replicate 0 of a place; a short one measures nothing of the window."""
    window = place.plan.window if months == place.plan.months else (1, months)
    plan = replace(place.plan, months=months, window=window)
    return ReplicateTask(as_compared(place.scenario, plan), plan, Part.LUCK, 0)


def _bytes_a_row(lived: ReplicateResult, kept: Sequence[OutcomeRow]) -> float:
    """Weigh a part filled with runs like this one, its values shaken so that none repeats."""
    done = [run for run in lived.runs if run.accounts is not None]
    if not kept or not done:
        return 0.0
    first = done[0]
    rows = [row for row in kept if row.regime == first.regime] or list(kept)
    runs = min(RUNS_A_PART, math.ceil(ROWS_WEIGHED / len(rows)))
    assert first.accounts is not None
    result = RunResult(
        index=0, run="0" * 16, place="place", point=0, replicate=0, policy=first.regime,
        seed=first.seed, digest=first.digest or "", accounts=first.accounts,
        treated_pence=first.treated_pence or 0, rows=tuple(rows),
    )  # fmt: skip
    tables = (_shaken(rows_table(result), index) for index in range(runs))
    size = len(table_bytes(pa.concat_tables(tables), compression=COMPRESSION))
    return size / (runs * len(rows))


def _shaken(table: pa.Table, index: int) -> pa.Table:
    values = table.column("value")
    share = np.sin(np.arange(1, len(values) + 1) * (index + 1.0)) / 100.0
    shaken = pa.array(values.to_numpy() * (1.0 + share), from_pandas=True)
    name = pa.array([f"{index:016x}"] * len(values))
    for column, changed in (("value", shaken), ("run", name)):
        table = table.set_column(table.schema.get_field_index(column), column, changed)
    return table
