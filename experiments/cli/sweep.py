"""`poundflow sweep`: lives what is missing of a plan, for as long as it may, and says so."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.cli import question, screen
from experiments.cli.compare import workers_with_room
from experiments.cli.stopping import no_time, seconds_of, terminable
from experiments.design.plan import PlanError
from experiments.runner.desk import Failure
from experiments.runner.progress import Bounds
from experiments.runner.room import room_of_worker
from experiments.runner.session import Asked, Ended, live_sweep
from experiments.runner.sweep_plan import Sweep, plan_sweep
from scenarios.errors import ExitCode

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
    asked = _asked(options)
    sweep = plan_sweep(options.plan)
    if options.scheduler is None:
        asked = Asked(
            _with_room(sweep, asked.workers), None, asked.shard, asked.shards, asked.bounds,
            asked.retry,
        )  # fmt: skip
    try:
        with terminable(), screen.sweep_line(sweep.plan.name, quiet=options.quiet) as line:
            ended = live_sweep(sweep, options.out, asked, line.told, line.dashboard)
    except KeyboardInterrupt:
        screen.stderr().print(
            f"stopped. What was finished is kept in {options.out}. Give the same command to go on."
        )
        return ExitCode.STOPPED
    if options.as_json:
        document = _document(sweep, options.out, ended)
        screen.stdout().file.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
    elif not options.quiet:
        _say(sweep, options.out, ended)
    return ExitCode.SOME_RUNS_FAILED if ended.progress.failed else ExitCode.DONE


def _asked(options: SweepOptions) -> Asked:
    """What was typed, as a session takes it.

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
    seconds = None if options.time is None else seconds_of(options.time)
    if seconds == 0.0:
        faults.append(no_time(str(options.time)))
    if faults:
        raise PlanError("; ".join(faults) + ".")
    workers = 1 if options.scheduler else question.side_by_side("--workers", options.workers)
    bounds = Bounds(options.limit, seconds)
    return Asked(workers, options.scheduler, shard - 1, shards, bounds, options.retry)


def _with_room(sweep: Sweep, workers: int) -> int:
    largest = max((place.scenario for place in sweep.places), key=room_of_worker)
    return workers_with_room(largest, workers)


def _document(sweep: Sweep, out: Path, ended: Ended) -> dict[str, Any]:
    progress = ended.progress
    return {
        "schema_version": SCHEMA_VERSION,
        "sweep": sweep.plan.name,
        "folder": str(out),
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
    for reason, many in _by_reason(ended.failures):
        console.print(f"  {many} x {reason}", markup=False)
    if progress.failed:
        console.print(f"What failed is left out of every answer; poundflow status {out} lists it.")
    if progress.left:
        console.print("Give the same command to go on.")


def _by_reason(failures: Sequence[Failure]) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for one in failures:
        said = f"{one.event}: {one.reason}"
        counted[said] = counted.get(said, 0) + 1
    return list(counted.items())
