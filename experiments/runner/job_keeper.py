"""The keeper of one job: starts its command, watches over it, and notes how it ended.

It is a process of its own, apart from the server that started it, which may end meanwhile. It and
its command hold the lock of the job's folder, handed over open, for as long as either lives.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from experiments.runner.job_files import (
    STDERR,
    STDOUT,
    Asked,
    Ended,
    Started,
    StopWish,
    read,
    read_of_try,
    write,
)
from experiments.runner.processes import end, identity, interrupt
from experiments.store.errors import FolderError

COMMAND = (sys.executable, "-P", "-m", "experiments.cli")
LOOK_SECONDS = 0.2
AGAIN_SECONDS = 8.0
"""After which it is asked once more: the first wish may have come before the command could hear."""
MOST_BYTES = 64 << 20
"""That a command may print; what prints more is ended."""
KINDNESS = 10
"""How much a job gives way to the server, as `nice` counts it."""


class Keeper:
    """See the file.

    Parameters
    ----------
    folder : Path
        Of the job.
    asked : Asked
    lock : int or None
        The handle of the folder's lock.
    """

    def __init__(self, folder: Path, asked: Asked, lock: int | None) -> None:
        self._folder = folder
        self._asked = asked
        self._lock = lock
        self._told_to_end = False

    def keep(self) -> None:
        """Carry the try out, to its end."""
        signal.signal(signal.SIGTERM, self._on_request)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # in the background it may be ignored
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with (
            (self._folder / STDOUT).open("wb") as out,
            (self._folder / STDERR).open("wb") as errors,
        ):
            try:
                command = self._start(out, errors)
            except (OSError, ValueError) as fault:
                self._note(1, why=f"The command could not be started: {fault}.")
                return
            self._watch(command, out, errors)

    def _start(self, out: IO[bytes], errors: IO[bytes]) -> "subprocess.Popen[bytes]":
        handles = () if self._lock is None else (self._lock,)
        command = subprocess.Popen(
            [*COMMAND, *self._asked.arguments],
            cwd=self._folder, stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
            pass_fds=handles, start_new_session=True,
        )  # fmt: skip
        ours, theirs, begun = identity(os.getpid()), identity(command.pid), time.time()
        attempt = self._asked.attempt
        try:
            write(
                self._folder,
                Started(attempt, begun, ours.pid, ours.born, theirs.pid, theirs.born),
            )
        except FolderError:  # nobody would know whom to stop
            end(theirs)
            command.wait()
            raise
        return command

    def _watch(self, command: "subprocess.Popen[bytes]", out: IO[bytes], errors: IO[bytes]) -> None:
        whom = identity(command.pid)
        by, why = "", ""
        asked_at = due = 0.0
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = command.wait(LOOK_SECONDS)
                break
            moment = time.monotonic()
            if not by:
                by = self._wish()
                asked_at = due = moment
            if by and moment > asked_at + self._asked.grace:
                end(whom)
            elif by and moment >= due:
                due = moment + AGAIN_SECONDS
                interrupt(whom)
            if max(os.fstat(file.fileno()).st_size for file in (out, errors)) > MOST_BYTES:
                why = f"It printed more than {MOST_BYTES >> 20} MiB, and was ended."
                end(whom)
        self._note(code, by, why)

    def _wish(self) -> str:
        if read_of_try(StopWish, self._folder, self._asked.attempt):
            return "user"
        return "system" if self._told_to_end else ""

    def _note(self, code: int, by: str = "", why: str = "") -> None:
        write(self._folder, Ended(self._asked.attempt, time.time(), code, by, why))

    def _on_request(self, *_: object) -> None:
        self._told_to_end = True


def main(folder: str, lock: str) -> None:
    """Keep the job of a folder; `lock` is the handle of its lock, or empty."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(KINDNESS)
    asked = read(Asked, Path(folder))
    if asked is not None:
        Keeper(Path(folder), asked, int(lock) if lock else None).keep()


if __name__ == "__main__":
    main(*sys.argv[1:])
