"""Where words go: results to stdout, progress and notes to stderr."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from experiments.runner.comparison import Told
from experiments.runner.progress import Progress as SweepProgress

PIPE_WIDTH = 160
"""Columns used where stdout is a file or a pipe, so that no table is cut for want of a window."""


def stdout() -> Console:
    """The console for results."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPE_WIDTH
    return console


def stderr() -> Console:
    """The console for progress and notes."""
    return Console(stderr=True, highlight=False)


def print_document(told: Mapping[str, Any]) -> None:
    """Print one JSON document as results; a number that JSON has not is a fault of ours."""
    stdout().file.write(json.dumps(told, indent=2, allow_nan=False) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines as results, as they are."""
    console = stdout()
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)


@contextmanager
def progress(words: str, *, quiet: bool) -> Iterator[Told]:
    """Show how many runs are done and the time left; off a terminal, a line now and then.

    Yields
    ------
    callable
        To be told (done, total) after each step.
    """
    console = stderr()
    if quiet:
        yield lambda done, total: None
    elif not console.is_terminal:
        yield _lines(console, words)
    else:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("runs"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(elapsed_when_finished=False),
        )
        with Progress(*columns, console=console, transient=True, speed_estimate_period=600) as bar:
            task = bar.add_task(words, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(console: Console, words: str) -> Told:
    began = monotonic()
    said = [-1]

    def told(done: int, total: int) -> None:
        tenth = 10 * done // total if total else 10
        if tenth == said[0]:
            return
        said[0] = tenth
        left = ""
        if 0 < done < total:
            seconds = (monotonic() - began) / done * (total - done)
            left = f", about {int(seconds) // 60}:{int(seconds) % 60:02d} left"
        console.print(f"{words}: {done} of {total} runs{left}")

    return told


LINE_SECONDS = 60.0
"""How often a sweep says how far it is where there is no terminal [s]."""


@dataclass(frozen=True, slots=True)
class SweepLine:
    """What a sweep tells while it goes on: how far it is, and where its dashboard is."""

    told: Callable[[SweepProgress], None]
    dashboard: Callable[[str], None]


@contextmanager
def sweep_line(words: str, *, quiet: bool) -> Iterator[SweepLine]:
    """Show a sweep's runs done and failed, its rate and the time left; off a terminal, in lines."""
    console = stderr()
    if quiet:
        yield SweepLine(lambda progress: None, lambda address: None)
        return

    def dashboard(address: str) -> None:
        console.print(f"dashboard: {address}", markup=False)

    if not console.is_terminal:
        yield SweepLine(_sweep_lines(console, words), dashboard)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=None, said="starting workers")

        def told(progress: SweepProgress) -> None:
            done = progress.done + progress.failed
            bar.update(task, completed=done, total=progress.runs, said=_how_far(progress))

        yield SweepLine(told, dashboard)


def _sweep_lines(console: Console, words: str) -> Callable[[SweepProgress], None]:
    said = [-1, 0.0]

    def told(progress: SweepProgress) -> None:
        tenth = 10 * (progress.runs - progress.left) // max(1, progress.runs)
        if tenth == said[0] and progress.seconds - said[1] < LINE_SECONDS:
            return
        said[:] = [tenth, progress.seconds]
        console.print(f"{words}: {_how_far(progress)}", markup=False)

    return told


def _how_far(progress: SweepProgress) -> str:
    parts = [f"{progress.done:,} of {progress.runs:,} runs", f"{progress.failed:,} failed"]
    if progress.workers == 0:
        parts.append("waiting for workers to join")
    if progress.rate > 0.0:
        seconds = int(progress.left / progress.rate)
        parts.append(f"{progress.rate:.2f} a second")
        parts.append(f"about {seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d} left")
    return ", ".join(parts)
