"""`poundflow sweep`: lives what is missing of a plan, for as long as it may, and says so."""

import json
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from experiments.cli import screen
from experiments.library.plans import plan
from experiments.library.sweeps import SweepEnded, sweep
from experiments.runner.desk import Failure
from scenarios.errors import ExitCode


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """What was typed."""

    plan: Path
    out: Path
    workers: int | None
    scheduler: str | None
    shard: str | None
    limit: int | None
    time: str | None
    retry: bool
    quiet: bool
    as_json: bool


def sweep_command(options: SweepOptions) -> int:
    """Live a sweep, or go on with it.

    Returns
    -------
    int
        0 done, or ended where it was asked to; 3 runs failed and are given up, the disk is full
        or the cluster is gone; 130 stopped, what was finished is kept.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, before anything is lived, or the disk or the cluster gives out.
    """
    planned = plan(options.plan)
    try:
        with _terminable(), screen.sweep_line(planned.name, quiet=options.quiet) as line:
            ended = sweep(
                planned,
                options.out,
                workers=options.workers,
                scheduler=options.scheduler,
                shard=options.shard,
                limit=options.limit,
                time=options.time,
                retry=options.retry,
                progress=line.told,
                dashboard=line.dashboard,
                say=screen.stderr().print,
            )
    except KeyboardInterrupt:
        screen.stderr().print(
            f"stopped. What was finished is kept in {options.out}. Give the same command to go on."
        )
        return ExitCode.STOPPED
    if options.as_json:
        screen.stdout().file.write(json.dumps(ended.document, indent=2, allow_nan=False) + "\n")
    elif not options.quiet:
        _say(ended)
    return ExitCode.SOME_RUNS_FAILED if ended.failed else ExitCode.DONE


@contextmanager
def _terminable() -> Iterator[None]:
    """Take the system's request to end, as a batch system sends before it kills, for Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_request(*_: object) -> None:
        raise KeyboardInterrupt

    usual = signal.signal(signal.SIGTERM, on_request)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)


def _say(ended: SweepEnded) -> None:
    progress = ended.progress
    seconds = int(progress.seconds)
    screen.stdout().print(
        f"{ended.name}: {progress.done:,} of {progress.runs:,} runs are done, "
        f"{progress.failed:,} failed, {progress.left:,} missing. "
        f"{seconds // 60}:{seconds % 60:02d} minutes, {progress.rate:.2f} runs a second.",
        markup=False,
    )
    console = screen.stderr()
    for reason, many in _by_reason(ended.failures):
        console.print(f"  {many} x {reason}", markup=False)
    if progress.failed:
        console.print(
            f"What failed is left out of every answer; poundflow status {ended.folder} lists it."
        )
    if progress.left:
        console.print("Give the same command to go on.")
    if progress.done:
        console.print(f"What it answers: poundflow analyse {ended.folder} all", markup=False)


def _by_reason(failures: Sequence[Failure]) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for one in failures:
        said = f"{one.event}: {one.reason}"
        counted[said] = counted.get(said, 0) + 1
    return list(counted.items())
