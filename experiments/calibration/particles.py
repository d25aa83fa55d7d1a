"""Particles: the economy lived at one set of fitted values, with each luck in turn.

What a particle came to is put on a log at once, one line each, so that nothing is lived twice: a
search that was stopped finds in it what it had. A particle that raises is a line, too, with why;
one whose worker died is none, since anyone may have killed it: the next session lives it anew.
"""

import json
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import monotonic

from experiments.calibration.ready import Calibration, Wanted
from experiments.runner.replicate import ReplicateTask, live_replicate
from experiments.runner.workforce import Hands, Lost
from experiments.store.aside import refusal
from experiments.store.errors import BrokenFileError
from experiments.store.records import Part, ReplicateResult, Status
from scenarios.errors import UserCodeError

LOG = "particles.jsonl"

Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Particle:
    """What one set of values came to.

    Attributes
    ----------
    values : tuple of float
        Of the fitted numbers.
    reached : tuple of tuple of float
        For each luck, each target's number; empty where it failed.
    error : str
        Why it failed; empty where it did not.
    units : tuple of str
        Unit of each target's number.
    """

    values: Values
    reached: tuple[tuple[float, ...], ...] = ()
    error: str = ""
    units: tuple[str, ...] = ()

    @property
    def means(self) -> tuple[float, ...]:
        """Each target's number, the mean over lucks."""
        return tuple(fmean(column) for column in zip(*self.reached, strict=True))


@dataclass(frozen=True, slots=True)
class ParticleTask:
    """What a worker needs to know to live one particle."""

    calibration: Calibration
    values: Values


class MissingNumberError(Exception):
    """Raised when a run has no number for a target; the message says why."""


class OutOfTimeError(Exception):
    """Raised when the time is over; what was lived is on the log."""


def live_particle(task: ParticleTask) -> Particle:
    """Live the economy at one set of values with every luck; a fault makes a failed particle."""
    plan, wanted = task.calibration.plan, task.calibration.wanted
    found: list[list[tuple[float, str]]] = []
    try:
        for luck in range(plan.replicates):
            lived = live_replicate(_replicate(task, luck))
            found.append([_number(lived, one) for one in wanted])
    except (MissingNumberError, UserCodeError) as fault:
        return Particle(task.values, error=str(fault))
    return Particle(
        task.values,
        tuple(tuple(value for value, _ in luck) for luck in found),
        units=tuple(unit for _, unit in found[0]),
    )


def _replicate(task: ParticleTask, luck: int) -> ReplicateTask:
    scenario = task.calibration.scenario
    fitted = dict(zip(task.calibration.names, task.values, strict=True))
    at_values = scenario.model_copy(update={"assumptions": {**scenario.assumptions, **fitted}})
    return ReplicateTask(at_values, task.calibration.plan, Part.LUCK, luck)


def _number(lived: ReplicateResult, wanted: Wanted) -> tuple[float, str]:
    """A target's number in a replicate, with its unit.

    Raises
    ------
    MissingNumberError
        Where there is none.
    """
    for run in lived.runs:
        if run.regime == wanted.policy and run.status is Status.FAILED:
            raise MissingNumberError(f"{wanted.policy}: {run.error}")
    for row in lived.rows:
        if (row.regime, row.measure, row.tier, row.month) == (
            wanted.policy, wanted.measure, wanted.tier, wanted.month,
        ):  # fmt: skip
            if row.value is None:
                raise MissingNumberError(f"{wanted.measure} is undefined: {row.why}")
            return row.value, row.unit
    raise MissingNumberError(f"{wanted.measure} is not told there or then")


class Particles:
    """The particles of a calibration: those on the log, and those still to be lived.

    Parameters
    ----------
    calibration : Calibration
    folder : Path
    hands : Hands
        Who lives them.
    deadline : float
        On the clock of `time.monotonic`; after it none is begun.
    told : callable
        Is told after each how many there are.
    """

    def __init__(
        self, calibration: Calibration, folder: Path, hands: Hands, deadline: float = math.inf,
        told: Callable[[int], None] = lambda lived: None,
    ) -> None:  # fmt: skip
        self.calibration = calibration
        self.path = folder / LOG
        self.hands = hands
        self.deadline = deadline
        self.told = told
        self.known: dict[Values, Particle] = {one.values: one for one in read_log(self.path)}

    def live(self, wanted: Sequence[Values]) -> list[Particle]:
        """Give each particle, in order; those that are not known are lived.

        Raises
        ------
        OutOfTimeError
            Where one would have to be begun after the deadline.
        """
        missing = [values for values in dict.fromkeys(wanted) if values not in self.known]
        if missing and monotonic() > self.deadline:
            raise OutOfTimeError
        tasks = [ParticleTask(self.calibration, values) for values in missing]
        for task, result in self.hands(live_particle, tasks):
            if isinstance(result, Lost):
                self._know(Particle(task.values, error=result.reason))
            else:
                self._keep(result)
            if monotonic() > self.deadline and any(one not in self.known for one in missing):
                raise OutOfTimeError
        return [self.known[values] for values in wanted]

    def _keep(self, particle: Particle) -> None:
        line = {
            "values": particle.values,
            "reached": particle.reached,
            "error": particle.error,
            "units": particle.units,
        }
        try:
            with self.path.open("a", encoding="utf-8") as log:
                log.write(f"{json.dumps(line, allow_nan=False)}\n")
                log.flush()
                os.fsync(log.fileno())
        except OSError as fault:
            raise refusal(fault, self.path, 0) from fault
        self._know(particle)

    def _know(self, particle: Particle) -> None:
        """Take a particle as it is for this session; one that lost its worker is on no log."""
        self.known[particle.values] = particle
        self.told(len(self.known))


def read_log(path: Path) -> Iterator[Particle]:
    """Read what was lived; a line that was being written when the power failed is taken away.

    Raises
    ------
    BrokenFileError
        Where a whole line is no particle.
    """
    if not path.exists():
        return
    whole, _, torn = path.read_bytes().rpartition(b"\n")
    if torn:
        with path.open("r+b") as log:
            log.truncate(len(whole) + 1 if whole else 0)
    for line, text in enumerate(whole.splitlines(), start=1):
        try:
            yield _from_line(json.loads(text))
        except (ValueError, TypeError, KeyError) as fault:
            raise BrokenFileError(path, f"line {line} is no particle") from fault


def _from_line(line: Mapping[str, list[object]]) -> Particle:
    return Particle(
        values=tuple(float(str(value)) for value in line["values"]),
        reached=tuple(tuple(luck) for luck in line["reached"]),  # type: ignore[arg-type]
        error=str(line["error"]),
        units=tuple(str(unit) for unit in line["units"]),
    )
