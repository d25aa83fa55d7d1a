"""Where words go: results to stdout, progress and notes to stderr."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

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
    from time import monotonic

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
