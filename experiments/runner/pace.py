"""How long a comparison takes: a rough guess before it begins, then the pace that it was seen at.

The guess is made of what a comparison of `preston-2012` cost on one machine
(docs/performance.md); machines differ by more than a factor of two, so it is a wide range. What a
folder has kept says when each future was finished; pauses between sittings count for nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.design.plan import Plan
from experiments.runner.room import room_of_machine, room_of_worker, side_by_side
from experiments.store.folder import PARTS
from experiments.store.records import Part
from scenarios.spec import Scenario

BEGIN_SECONDS = 10.0
BUILD_SECONDS, BUILD_PER_HOME = 0.4, 3.6e-5
MONTH_SECONDS, MONTH_PER_HOME = 2.0e-3, 3.5e-7
MEASURE_SECONDS, MEASURE_PER_HOME = 0.05, 8.0e-6
"""Of a place that is built and burnt in, of a month that is lived, of books that are measured, each
at least and by household, from 2.2, 0.023 and 0.5 seconds in Preston's 62,000 homes."""
QUICKER, SLOWER = 0.7, 4.0
"""The guess is given as a range from one multiple to the other."""
PAUSE = 5.0
"""Gaps longer than so many times the usual one are pauses, and count for nothing."""
FEWEST = 3
"""Finished futures that show a pace."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a comparison takes of this machine.

    Attributes
    ----------
    workers : int
        Processes side by side.
    memory : int
        Of all of them [bytes].
    machine : int
        Memory of the machine [bytes]; 0 where it is not known.
    """

    workers: int
    memory: int
    machine: int

    @property
    def too_little(self) -> bool:
        """Whether the machine has no room for one process."""
        return bool(self.machine) and self.memory > self.machine


def needs(scenario: Scenario) -> Needs:
    """What a comparison of a place takes of this machine."""
    each, machine = room_of_worker(scenario), room_of_machine()
    workers = side_by_side("--workers", None)
    if machine:
        workers = max(1, min(workers, machine // each))
    return Needs(workers, workers * each, machine)


def rough_seconds(scenario: Scenario, plan: Plan, workers: int) -> tuple[float, float]:
    """Guess how long a comparison takes on a machine that was never seen at it [s]."""
    homes = sum(area.households or 0 for area in scenario.areas if area.resolution == "agents")
    replicates = plan.replicates + plan.luck_runs_needed
    month = MONTH_SECONDS + MONTH_PER_HOME * homes
    a_life = plan.months * month + MEASURE_SECONDS + MEASURE_PER_HOME * homes
    work = replicates * (BUILD_SECONDS + BUILD_PER_HOME * homes) + lives(plan) * a_life
    whole = BEGIN_SECONDS + work / min(workers, replicates)
    return QUICKER * whole, SLOWER * whole


def lives(plan: Plan) -> int:
    """Runs that a comparison lives, those with a little more money included."""
    twins = min(plan.twin_replicates, plan.replicates)
    return len(plan.regimes) * (plan.replicates + twins + plan.luck_runs_needed)


@dataclass(frozen=True, slots=True)
class Pace:
    """What was seen of a folder: its work in units of a future without twins.

    Attributes
    ----------
    done, total : int
        Units finished, and in all.
    seconds : float or None
        Of a unit, all workers at it together; None before enough were seen.
    """

    done: int
    total: int
    seconds: float | None

    @property
    def left(self) -> float | None:
        """How long the rest takes [s]."""
        return None if self.seconds is None else self.seconds * (self.total - self.done)


def pace(folder: Path, label: Mapping[str, Any]) -> Pace:
    """The pace at which a folder was filled.

    Parameters
    ----------
    folder : Path
        Of a comparison.
    label : mapping
        Its manifest, or what one would say: `replicates`, `luck_replicates`, `twin_replicates`.
    """
    futures, luck = int(label["replicates"]), int(label["luck_replicates"])
    twins = min(int(label["twin_replicates"]), futures)
    asked = [(Part.FUTURE, number, 2 if number < twins else 1) for number in range(futures)]
    asked += [(Part.LUCK, number, 1) for number in range(luck)]
    seen = []
    for part, number, units in asked:
        try:
            finished = (folder / PARTS / f"{part}-{number:04d}.parquet").stat().st_mtime
        except OSError:
            continue
        seen.append((finished, units))
    done, total = sum(units for _, units in seen), sum(units for *_, units in asked)
    return Pace(done, total, _of_a_unit(seen))


def _of_a_unit(seen: Iterable[tuple[float, int]]) -> float | None:
    seen = sorted(seen)
    if len(seen) < FEWEST:
        return None
    gaps = np.diff([finished for finished, _ in seen])
    units = np.array([units for _, units in seen[1:]])
    at_work = gaps <= PAUSE * max(float(np.median(gaps)), 1e-3)
    return float(gaps[at_work].sum() / units[at_work].sum())
