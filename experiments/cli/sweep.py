"""`poundflow sweep`: lives what is missing of a plan, for as long as it may, and says so."""

import json
import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.analysis.narrowing import Width
from experiments.cli import question, screen
from experiments.cli.compare import workers_with_room
from experiments.cli.until import STILL_WIDE, Narrowed, Narrowing
from experiments.cli.until_wishes import Wishes, check_wishes, read_wishes
from experiments.design.plan import PlanError
from experiments.runner.desk import Failure
from experiments.runner.progress import Bounds
from experiments.runner.room import room_of_worker
from experiments.runner.session import Asked, Ended, live_sweep
from experiments.runner.sweep_plan import Sweep, plan_sweep
from scenarios.errors import ExitCode

DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
SHARD = re.compile(r"(\d+)/(\d+)")
SCHEMA_VERSION = 1


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
    until: Sequence[str]
    most_replicates: int | None
    quiet: bool
    as_json: bool


def sweep_command(options: SweepOptions) -> int:
    """Live a sweep, or go on with it.

    Returns
    -------
    int
        0 done, or ended where it was asked to; 1 luck leaves more open than `--until` wishes, and
        no more may be lived; 3 runs failed and are given up, the disk is full or the cluster is
        gone; 130 stopped, what was finished is kept.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, before anything is lived, or the disk or the cluster gives out.
    """
    asked, wishes = _asked(options)
    sweep = plan_sweep(options.plan)
    if wishes is not None:
        check_wishes(sweep, wishes)
    if options.scheduler is None:
        asked = replace(asked, workers=_with_room(sweep, asked.workers))
    try:
        with _terminable(), screen.sweep_line(sweep.plan.name, quiet=options.quiet) as line:
            lived = _lived(sweep, options, asked, wishes, line)
    except KeyboardInterrupt:
        screen.stderr().print(
            f"stopped. What was finished is kept in {options.out}. Give the same command to go on."
        )
        return ExitCode.STOPPED
    if options.as_json:
        document = _document(sweep, options.out, lived.ended)
        if wishes is not None:
            document["until"] = lived.as_dict()
        screen.stdout().file.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
    elif not options.quiet:
        _say(sweep, options.out, lived.ended)
        _say_widths(lived, wishes)
    if lived.ended.progress.failed:
        return ExitCode.SOME_RUNS_FAILED
    return STILL_WIDE if lived.whole and lived.wider else ExitCode.DONE


def _lived(
    sweep: Sweep,
    options: SweepOptions,
    asked: Asked,
    wishes: Wishes | None,
    line: screen.SweepLine,
) -> Narrowed:
    """Live one session; with wishes as many as they take."""

    def live(replicates: int, bounds: Bounds, first: bool) -> Ended:
        how = replace(asked, replicates=replicates, bounds=bounds, retry=asked.retry and first)
        return live_sweep(sweep, options.out, how, line.told, line.dashboard)

    if wishes is None:
        return Narrowed(live(0, asked.bounds, True))
    return Narrowing(options.out, wishes, live, asked.bounds, _teller(options.quiet)).run()


def _teller(quiet: bool) -> Callable[[int, int, Sequence[Width]], None]:
    """What says after a round why another one follows."""

    def told(have: int, wanted: int, asked: Sequence[Width]) -> None:
        from experiments.cli.until_told import next_told

        if not quiet:
            said = next_told(have, wanted, asked)
            screen.stderr().print(said, markup=False, soft_wrap=True)

    return told


def _asked(options: SweepOptions) -> tuple[Asked, Wishes | None]:
    """What was typed, as a session takes it, and what `--until` wishes.

    Raises
    ------
    PlanError
        With all that is wrong with it.
    """
    faults = []
    if options.workers is not None and options.scheduler is not None:
        faults.append("--workers and --scheduler are both given; a cluster has its own workers")
    if options.workers is not None and options.workers < 1:
        faults.append(f"--workers is {options.workers}; wanted 1 or more")
    if options.limit is not None and options.limit < 1:
        faults.append(f"--limit is {options.limit}; wanted 1 or more")
    shard, shards = 1, 1
    if options.shard is not None:
        found = SHARD.fullmatch(options.shard)
        shard, shards = (int(one) for one in found.groups()) if found else (0, 0)
        if not 1 <= shard <= shards:
            faults.append(f"--shard is {options.shard!r}; wanted K/N with K from 1 to N, as in 2/3")
    seconds = None if options.time is None else _seconds(options.time)
    if seconds == 0.0:
        faults.append(f"--time is {options.time!r}; wanted a time as in 90s, 30m, 2h or 1h30m")
    wishes, more = read_wishes(
        options.until, options.most_replicates, sharded=options.shard is not None
    )
    faults += more
    if faults:
        raise PlanError("; ".join(faults) + ".")
    workers = 1 if options.scheduler else question.side_by_side("--workers", options.workers)
    bounds = Bounds(options.limit, seconds)
    return Asked(workers, options.scheduler, shard - 1, shards, bounds, options.retry), wishes


def _seconds(text: str) -> float:
    """A time as typed [s]; 0 where it is none."""
    found = DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (int(one or 0) for one in found.groups()) if found else (0, 0, 0)
    return 3600.0 * hours + 60.0 * minutes + seconds


def _with_room(sweep: Sweep, workers: int) -> int:
    largest = max((place.scenario for place in sweep.places), key=room_of_worker)
    return workers_with_room(largest, workers)


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


def _document(sweep: Sweep, out: Path, ended: Ended) -> dict[str, Any]:
    progress = ended.progress
    return {
        "schema_version": SCHEMA_VERSION,
        "sweep": sweep.plan.name,
        "folder": str(out),
        "replicates": sum(ended.stages),
        "replicates_in_plan": sweep.plan.replicates,
        "stages": list(ended.stages),
        "runs": progress.runs,
        "done": progress.done,
        "failed": progress.failed,
        "missing": progress.left,
        "seconds": round(progress.seconds, 1),
        "runs_a_second": round(progress.rate, 3),
        "failures": [
            {"run": one.run, "status": str(one.event), "error": one.reason}
            for one in ended.failures
        ],
    }


def _say(sweep: Sweep, out: Path, ended: Ended) -> None:
    progress = ended.progress
    seconds = int(progress.seconds)
    screen.stdout().print(
        f"{sweep.plan.name}: {progress.done:,} of {progress.runs:,} runs are done, "
        f"{progress.failed:,} failed, {progress.left:,} missing. "
        f"{seconds // 60}:{seconds % 60:02d} minutes, {progress.rate:.2f} runs a second.",
        markup=False,
    )
    console = screen.stderr()
    have, asked = sum(ended.stages), sweep.plan.replicates
    if have > asked:
        console.print(f"{out} holds {have:,} replicates, the plan asks for {asked:,}: all stay.")
    for reason, many in _by_reason(ended.failures):
        console.print(f"  {many} x {reason}", markup=False)
    if progress.failed:
        console.print(f"What failed is left out of every answer; poundflow status {out} lists it.")
    if progress.left:
        console.print("Give the same command to go on.")


def _say_widths(lived: Narrowed, wishes: Wishes | None) -> None:
    from experiments.cli.until_told import outcome_told

    for sentence in outcome_told(lived) if wishes is not None else ():
        screen.stdout().print(sentence, markup=False, soft_wrap=True)


def _by_reason(failures: Sequence[Failure]) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for one in failures:
        said = f"{one.event}: {one.reason}"
        counted[said] = counted.get(said, 0) + 1
    return list(counted.items())
