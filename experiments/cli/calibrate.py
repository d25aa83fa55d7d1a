"""`poundflow calibrate`: fits numbers of the register to targets, and says what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from experiments.calibration.ready import Calibration, read_calibration
from experiments.calibration.searching import WITHIN, Generation
from experiments.calibration.session import DOCUMENT, Ended, Told, live_calibration
from experiments.cli import screen
from experiments.cli.stopping import terminable
from experiments.cli.tables import print_answer
from experiments.design.extras import need
from experiments.design.plan import PlanError
from experiments.library.durations import no_time, seconds_of
from experiments.report.calibrated import calibrated_answer, facts_of
from experiments.report.swept import write_answer
from experiments.runner.room import side_by_side, workers_with_room
from scenarios.errors import ExitCode
from scenarios.tables import country

PAGE = "calibration.html"


@dataclass(frozen=True, slots=True)
class CalibrateOptions:
    """What was typed."""

    scenario: str
    targets: Path
    out: Path
    workers: int | None
    time: str | None
    sets: tuple[str, ...]
    quiet: bool
    as_json: bool


def calibrate_command(options: CalibrateOptions) -> int:
    """Calibrate, or go on with it.

    Returns
    -------
    int
        0 every target is reached, or the time given was over; 1 a target is missed; 130 stopped.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, no particle can be lived, or the disk gives out.
    """
    seconds = None if options.time is None else seconds_of(options.time)
    if seconds == 0.0:
        raise PlanError(f"{no_time(options.time)}.")
    workers = side_by_side("--workers", options.workers)
    need("pyabc", "calibration")
    calibration = read_calibration(options.scenario, options.targets, options.sets)
    workers = workers_with_room(calibration.scenario, workers, screen.stderr().print)
    try:
        with terminable(), _progress(calibration, quiet=options.quiet) as told:
            ended = live_calibration(
                calibration, options.out, workers=workers, seconds=seconds, told=told
            )
    except KeyboardInterrupt:
        screen.stderr().print(
            f"stopped. What was lived is kept in {options.out}. Give the same command to go on.",
            markup=False,
            soft_wrap=True,
        )
        return ExitCode.STOPPED
    return _stopped(ended, options) if ended.found is None else _tell(ended, options)


@contextmanager
def _progress(calibration: Calibration, *, quiet: bool) -> Iterator[Told]:
    """Say after each generation how far it fell; on a terminal, count particles meanwhile."""
    console = screen.stderr()
    if quiet:
        yield Told()
        return
    name, population = calibration.targets.name, calibration.targets.population

    def generation(one: Generation) -> None:
        fell = (
            "all with a distance" if not one.number else f"within a distance of {one.threshold:.3g}"
        )
        if one.threshold <= WITHIN:
            fell = "within every tolerance"
        console.print(
            f"{name}: generation {one.number}, {population} of {one.proposals} proposals {fell}",
            markup=False,
        )

    if not console.is_terminal:
        yield Told(generation=generation)
        return
    with console.status(name) as status:
        yield Told(lambda lived: status.update(f"{name}: {lived:,} particles lived"), generation)


def _stopped(ended: Ended, options: CalibrateOptions) -> int:
    """Say that the time was over."""
    if options.as_json:
        screen.print_document({"schema_version": 1, "status": "stopped", "particles": ended.lived})
    elif not options.quiet:
        screen.stdout().print(
            f"{ended.calibration.targets.name}: the time is over. {ended.lived:,} particles are "
            f"kept in {options.out}. Give the same command to go on.",
            markup=False,
        )
    return ExitCode.DONE


def _tell(ended: Ended, options: CalibrateOptions) -> int:
    """Write the page, and say what was found."""
    found, calibration = ended.found, ended.calibration
    assert found is not None
    answer = calibrated_answer(found)
    say = country(calibration.scenario.nation).say
    page = options.out / PAGE
    write_answer(answer, facts_of(found.document), page, say)
    if options.as_json:
        screen.print_document({**found.document, "files": {"document": DOCUMENT, "page": PAGE}})
    elif not options.quiet:
        print_answer(answer, page, say)
    return ExitCode.DONE if found.reached else ExitCode.NOT_REACHED
