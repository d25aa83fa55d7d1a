"""Starts the processes that the bench measures: the one place of the bench that does."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from scenarios.errors import PoundflowError

ROOT = Path(__file__).resolve().parents[2]
CHILD = "experiments.bench.child"


class ChildFailedError(PoundflowError):
    """Raised when a process that was started for the bench has failed.

    Parameters
    ----------
    words : list of str
        What Python was asked to do.
    said : str
        The last line that the process wrote of its fault.
    """

    def __init__(self, words: list[str], said: str) -> None:
        super().__init__(
            f"a process of the bench failed at `python {' '.join(words)}`: {said}. "
            "Run that line by itself to see all of it."
        )
        self.words = words
        self.said = said


@dataclass(frozen=True, slots=True)
class Done:
    """What a process took, and what it said of itself.

    Attributes
    ----------
    wall : float
        From start to end [s].
    seconds : float
        Of its task [s].
    peak_bytes : int or None
        The most memory it held.
    processor_seconds : float or None
        Of its task, where it was asked for [s].
    """

    wall: float
    seconds: float
    peak_bytes: int | None
    processor_seconds: float | None = None

    @property
    def core_share(self) -> float:
        """Share of one core that the process got while it worked."""
        return (self.processor_seconds or 0.0) / self.seconds


def together(many: int, firms: int, months: int) -> list[Done]:
    """Let some processes live the reference month side by side, from the moment all are ready.

    Parameters
    ----------
    many : int
        Processes.
    firms : int
        Of the world in each.
    months : int
        Months that each lives.
    """
    command = [sys.executable, "-m", CHILD, "months", str(firms)]
    started = [
        subprocess.Popen(
            command,
            env=_environment({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(many)
    ]
    for process in started:
        cast("IO[str]", process.stdout).readline()
    for process in started:
        into = cast("IO[str]", process.stdin)
        into.write(f"{months}\n")
        into.flush()
    begun = time.perf_counter()
    said = [process.communicate()[0] for process in started]
    return [_done(text, time.perf_counter() - begun) for text in said]


def child(task: str, *words: str, **settings: str) -> Done:
    """Let a new process do one task of `child`.

    Parameters
    ----------
    task : str
    *words : str
        What the task asks for.
    **settings : str
        Variables of its environment that are to be other than here.
    """
    begun = time.perf_counter()
    text = run_python(["-m", CHILD, task, *words], **settings)
    return _done(text, time.perf_counter() - begun)


def _done(text: str, wall: float) -> Done:
    said = json.loads(text.splitlines()[-1])
    return Done(wall, said["seconds"], said["peak_bytes"], said["processor_seconds"])


def run_python(words: list[str], **settings: str) -> str:
    """Run Python in a new process and return what it says on stdout; a failure is raised.

    Parameters
    ----------
    words : list of str
        What follows `python`.
    **settings : str
        As of `child`.

    Raises
    ------
    ChildFailedError
    """
    done = subprocess.run(
        [sys.executable, *words],
        env=_environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ChildFailedError(words, (done.stderr.splitlines() or ["it said nothing"])[-1])
    return done.stdout


def bytecode_in(folder: str) -> dict[str, str]:
    """Settings with which Python keeps in a folder what it has made of sources.

    Where an environment forbids it to keep any, a start would otherwise make ours anew each time,
    while that of an installed library is there.
    """
    return {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a child, which finds this house first."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path, **settings}
