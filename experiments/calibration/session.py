"""One session of a calibration: the folder, the workers, the search, what it came to.

Whatever stops it, the same call goes on: finished generations are in pyABC's history, and every
particle that was lived is on the log. Neither workers nor stops change a result.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from experiments.calibration.found import Found, found_of
from experiments.calibration.misfit import distance, unmoved
from experiments.calibration.particles import OutOfTimeError, Particle, Particles
from experiments.calibration.ready import Calibration, read_calibration
from experiments.calibration.targets import TargetsError
from experiments.design.extras import need
from experiments.runner.label import label, now
from experiments.runner.workforce import crew
from experiments.store.aside import write_aside
from experiments.store.folder import ResultFolder
from experiments.store.locking import held, refuse_held
from experiments.store.parts import table_bytes
from scenarios.errors import ExitCode, PoundflowError

if TYPE_CHECKING:
    from experiments.calibration.searching import Generation

COMMAND = "calibrate"
HISTORY = "history.db"
DOCUMENT = "calibration.json"
ACCEPTED = "accepted.parquet"
LAST = "particles.parquet"


class NothingLivedError(PoundflowError):
    """Raised when so many particles failed that there is no generation to tell of."""

    exit_code = ExitCode.SOME_RUNS_FAILED

    def __init__(self, failed: int, lived: int, reason: str) -> None:
        super().__init__(
            f"{failed} of {lived} particles failed, so that the first generation did not come "
            f"about. The first reason: {reason}. Narrow the ranges in [[fitted]] to where the "
            "model can be lived, or lower `least_accepted`."
        )
        self.failed = failed
        self.lived = lived
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Told:
    """Whom to tell how far a calibration is."""

    lived: Callable[[int], None] = lambda particles: None
    generation: "Callable[[Generation], None]" = lambda generation: None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a session ended.

    Attributes
    ----------
    calibration : Calibration
    found : Found or None
        None where its time was over before the search was.
    lived : int
        Particles on the log.
    """

    calibration: Calibration
    found: Found | None
    lived: int


def calibrate(
    scenario: str | Path,
    targets: str | Path,
    out: str | Path,
    *,
    workers: int = 1,
    seconds: float | None = None,
    sets: Sequence[str] = (),
    told: Told = Told(),
) -> Ended:
    """Fit numbers of the register to targets, or go on with it.

    Parameters
    ----------
    scenario : str or Path
        A name on the shelf, or a path.
    targets : str or Path
        The file of targets; see `docs/calibrating.md`.
    out : str or Path
        The folder that is filled.
    workers : int
        Processes on this machine; they change no result.
    seconds : float, optional
        After so long no particle is begun; the same call goes on.
    sets : sequence of str
        Overrides of the scenario, each `key.path=value`.
    told : Told
        Whom to tell how far it is.

    Returns
    -------
    Ended

    Raises
    ------
    MissingExtraError
        Where pyABC is not installed.
    TargetsError
        With every fault of the targets and the scenario.
    NothingLivedError
        Where no generation came about.
    FolderError
        Where the folder is another's, is at work, or cannot be written.
    KeyboardInterrupt
        Where the user stops it; what was finished is kept.
    """
    need("pyabc", "calibration")
    return live_calibration(
        read_calibration(scenario, targets, sets), Path(out), workers=workers, seconds=seconds,
        told=told,
    )  # fmt: skip


def live_calibration(
    calibration: Calibration, out: Path, *, workers: int, seconds: float | None, told: Told
) -> Ended:
    """Do what `calibrate` does with what is read already."""
    began = monotonic()
    sign = label(
        COMMAND, calibration.scenario, calibration.plan, workers,
        targets_sha256=calibration.digest, targets_text=calibration.targets.origin.source,
        status="under way",
    )  # fmt: skip
    refuse_held(out)
    folder = ResultFolder(out, sign, parts=False)
    deadline = math.inf if seconds is None else began + seconds
    with held(out), crew(workers) as hands:
        particles = Particles(calibration, out, hands, deadline, told.lived)
        try:
            found = _search(calibration, out, particles, workers, told)
        except OutOfTimeError:
            folder.update_manifest(status="stopped: its time was over")
            return Ended(calibration, None, len(particles.known))
        except KeyboardInterrupt:
            folder.update_manifest(status="stopped")
            raise
        folder.write_json(DOCUMENT, found.document)
        write_aside(out / LAST, table_bytes(found.particles))
        if found.accepted is not None:
            write_aside(out / ACCEPTED, table_bytes(found.accepted))
        status = "finished" if found.reached else "finished: tolerances were not reached"
        folder.update_manifest(status=status, finished=now())
        return Ended(calibration, found, len(particles.known))


def _search(
    calibration: Calibration, out: Path, particles: Particles, workers: int, told: Told
) -> Found:
    from experiments.calibration.searching import Asked
    from experiments.calibration.smc import search

    targets = calibration.targets
    first = particles.live([calibration.centre])[0]
    if first.error:
        raise _no_first(calibration, first)
    checked: list[bool] = []

    def live(points: Sequence[tuple[float, ...]]) -> list[float]:
        lived = particles.live([calibration.values_at(point) for point in points])
        if not checked:
            _refuse_unmoved(calibration, list(particles.known.values()))
            checked.append(True)
        return [math.inf if one.error else distance(one.means, targets) for one in lived]

    population = search(
        Asked(
            dimensions=len(calibration.fitted),
            population=targets.population,
            most_generations=targets.most_generations,
            least_accepted=targets.least_accepted,
            seed=targets.seed,
            side_by_side=workers,
        ),
        live,
        out / HISTORY,
        told.generation,
    )
    if population is None:
        errors = [one.error for one in particles.known.values() if one.error]
        raise NothingLivedError(len(errors), len(particles.known), errors[0])
    particles.live([calibration.values_at(point) for point in population.points.tolist()])
    return found_of(calibration, population, particles.known)


def _no_first(calibration: Calibration, first: Particle) -> TargetsError:
    """Say what is wrong where there is no number for a target even at the central values."""
    origin = calibration.targets.origin
    named = [k for k, one in enumerate(calibration.wanted) if first.error.startswith(one.measure)]
    path: tuple[str | int, ...] = ("targets", named[0], "measure") if named else ("targets",)
    hint = "The fitted numbers were at their central values."
    return TargetsError([origin.fault(path, first.error, "a number for every target", hint)])


def _refuse_unmoved(calibration: Calibration, lived: Sequence[Particle]) -> None:
    """Refuse targets that what is fitted does not move: the scenario or the inputs set them.

    Raises
    ------
    TargetsError
        After the first lot of particles, where a target came to the same in each.
    """
    reached = np.array([one.means for one in lived if not one.error])
    if len(reached) < 2:
        return
    origin = calibration.targets.origin
    hint = "Fit a number that moves it, or leave it out: reaching it says nothing."
    faults = [
        origin.fault(
            ("targets", k, "measure"),
            f'"{calibration.wanted[k].measure}" at {reached[0, k]:g} in each of {len(reached)} '
            "particles, set by the scenario or the inputs",
            "a number that a fitted one moves",
            hint,
        )
        for k in unmoved(reached)
    ]
    if faults:
        raise TargetsError(faults)
