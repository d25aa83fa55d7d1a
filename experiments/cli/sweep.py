"""`poundflow sweep`: lives what is missing of a plan, for as long as it may, and says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.analysis.narrowing import Width
from experiments.cli import screen
from experiments.cli.stopping import terminable
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
    planned = plan(options.plan)
    try:
        with terminable(), screen.sweep_line(planned.name, quiet=options.quiet) as line:
            ended = sweep(
                planned,
                options.out,
                workers=options.workers,
                scheduler=options.scheduler,
                shard=options.shard,
                limit=options.limit,
                time=options.time,
                retry=options.retry,
                until=options.until,
                most_replicates=options.most_replicates,
                round_told=None if options.quiet else _say_round,
                progress=line.told,
                dashboard=line.dashboard,
                say=screen.stderr().print,
            )
    except KeyboardInterrupt:
        screen.stderr().print(
            f"stopped. What was finished is kept in {options.out}. Give the same command to go on.",
            markup=False,
            soft_wrap=True,
        )
        return ExitCode.STOPPED
    if options.as_json:
        screen.print_document(ended.document)
    elif not options.quiet:
        _say(ended)
        _say_widths(ended)
    if ended.failed:
        return ExitCode.SOME_RUNS_FAILED
    return ExitCode.NOT_REACHED if ended.still_wide else ExitCode.DONE


def _say_round(have: int, wanted: int, asked: Sequence[Width]) -> None:
    from experiments.cli.until_told import next_told

    screen.stderr().print(next_told(have, wanted, asked), markup=False, soft_wrap=True)


def _say_widths(ended: SweepEnded) -> None:
    from experiments.cli.until_told import outcome_told

    for sentence in outcome_told(ended.narrowed) if ended.asked_until else ():
        screen.stdout().print(sentence, markup=False, soft_wrap=True)


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
    have, planned = ended.replicates, ended.planned_replicates
    if have > planned:
        console.print(
            f"{ended.folder} holds {have:,} replicates, the plan asks for {planned:,}: all stay."
        )
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
