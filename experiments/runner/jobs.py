"""Long work that a server hands over: each job one `poundflow` command in a process of its own.

All that is known of a job lies in small files in RESULTS/jobs/NAME, and the lock of that folder is
held as long as its process lives. So the server may end, start again, or stand there twice: no job
is started twice, none is forgotten, and no stranger's process is ever touched. Jobs wait for their
turn in the order in which they were asked for, long ones apart, so that a file is read at once
while a comparison runs for hours.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.runner import job_files
from experiments.runner.job_files import Asked, Ended, Started, StopWish
from experiments.runner.job_kept import Kept, kept_by
from experiments.runner.job_start import start
from experiments.runner.job_words import told
from experiments.runner.processes import Identity, end, interrupt, lives
from experiments.store.aside import make_folder
from experiments.store.locking import is_held, label_held
from scenarios.errors import ExitCode, InputError

NAME = re.compile(r"[0-9a-f]{16}")
MOST_OUTPUT = 16 << 20
"""Bytes that are read of what a command printed."""
LONG = frozenset({"compare", "watch"})
"""Kinds of work that live a place; the others are done in seconds or minutes and do not wait."""
SETTLED = frozenset({"finished", "failed", "stopped", "died"})
HANDING_OVER_SECONDS = 10.0
"""How long a keeper may take to say who it is, where no lock tells that it lives."""


class UnknownJobError(InputError):
    """Raised when there is no job of a name."""

    def __init__(self, job: str) -> None:
        super().__init__(f"there is no job {job!r} in this results folder.")
        self.job = job


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands.

    Attributes
    ----------
    job, kind, case, label : str
        Its name, what sort of work it is, for which case, and what people call it.
    arguments : tuple of str
        Of `poundflow`.
    status : str
        `queued`, `running`, `finished`, `failed`, `stopped` (by the user) or `died`.
    position : int
        How many jobs are before it; 0 for one that does not wait.
    stopping : bool
        Whether it runs on, but was asked to stop.
    attempt : int
        Which try this is, counted from 1.
    submitted : float
        When it was asked for [s since 1970].
    started, ended : float or None
        Of this try [s since 1970].
    code : int or None
        As the command left; below 0, the signal that ended it.
    message : str
        What happened and what to do next, in plain words.
    done, total : int or None
        Of what its folder holds, where it tells.
    """

    job: str
    kind: str
    case: str
    label: str
    arguments: tuple[str, ...]
    status: str
    position: int
    stopping: bool
    attempt: int
    submitted: float
    started: float | None
    ended: float | None
    code: int | None
    message: str
    done: int | None
    total: int | None


class Jobs:
    """The jobs of a results folder.

    Parameters
    ----------
    folder : Path
        RESULTS/jobs; made with the first job.
    at_once : int
        How many may run side by side: so many that take long, and so many others.
    """

    def __init__(self, folder: Path, at_once: int = 1) -> None:
        self.folder = folder.resolve()
        self.at_once = at_once
        self._settled: dict[str, tuple[int, str]] = {}
        self._read: dict[str, tuple[int, Asked]] = {}

    def submit(
        self,
        kind: str,
        arguments: Sequence[str],
        *,
        case: str,
        label: str,
        grace: float = job_files.GRACE_SECONDS,
    ) -> str:
        """Put a job at the end of the queue; it starts at once where there is a place for it.

        Parameters
        ----------
        kind : str
            What sort of work it is.
        arguments : sequence of str
            Of `poundflow`; paths in full. No shell reads them.
        case, label : str
            For which case, and what people call it.
        grace : float
            How long it may take to stop, once asked to, before it is ended [s].

        Returns
        -------
        str
            Its name.
        """
        asked_at = time.time()
        asked = Asked(
            job_files.new_name(), kind, case, label, tuple(arguments), asked_at, asked_at,
            grace=grace,
        )  # fmt: skip
        make_folder(self.folder / asked.job)
        job_files.write(self.folder / asked.job, asked)
        self.tend()
        return asked.job

    def state(self, job: str) -> JobState:
        """How a job stands.

        Raises
        ------
        UnknownJobError
            When there is none of this name.
        """
        waiting = self.tend()
        return self._told(self._asked(job), waiting)

    def of_case(self, case: str, kind: str | None = None) -> list[JobState]:
        """How the jobs of a case stand, all or those of a kind, the newest first."""
        waiting = self.tend()
        asked = [one for one in self._all() if one.case == case and kind in (None, one.kind)]
        newest = sorted(asked, key=lambda one: (one.submitted, one.job), reverse=True)
        return [self._told(one, waiting) for one in newest]

    def stop(self, job: str) -> None:
        """Ask a job to stop; what it has finished is kept. One that waits leaves the queue."""
        self._asked(job)
        with label_held(self.folder):
            asked = self._asked(job)
            folder = self.folder / job
            if self._status(asked) not in ("queued", "running"):
                return
            if job_files.read_of_try(StopWish, folder, asked.attempt) is None:
                job_files.write(folder, StopWish(asked.attempt, time.time()))
            self._reach_orphan(asked, interrupt)
        self.tend()

    def resume(self, job: str) -> None:
        """Put a job that ended before it was done at the end of the queue once more."""
        self._asked(job)
        with label_held(self.folder):
            asked = self._asked(job)
            if self._status(asked) not in SETTLED:
                return
            again = replace(asked, attempt=asked.attempt + 1, queued=time.time())
            job_files.write(self.folder / job, again)
        self.tend()

    def tend(self) -> list[str]:
        """Start what is due, and notice what ended.

        Returns
        -------
        list of str
            The jobs that wait, in their order.
        """
        if not self.folder.is_dir():
            return []
        with label_held(self.folder):
            stands = [(one, self._status(one)) for one in self._all()]
            for asked, status in stands:
                if status == "running":
                    self._end_late(asked)
            waiting = [one for one, status in stands if status == "queued"]
            waiting.sort(key=lambda one: (one.queued, one.job))
            begun = []
            for long in (False, True):
                lane = [one for one in waiting if is_long(one) == long]
                free = self.at_once - sum(
                    status == "running" and is_long(one) == long for one, status in stands
                )
                begun += [one for one in lane[: max(0, free)] if start(self.folder / one.job, one)]
        return [one.job for one in waiting if one not in begun]

    def load(self) -> int:
        """How many jobs that take long run or wait."""
        long = filter(is_long, self._all())
        return sum(self._status(one) in ("queued", "running") for one in long)

    def output(self, job: str) -> bytes:
        """What the command of a job printed, up to 16 MiB."""
        self._asked(job)
        return job_files.read_bounded(self.folder / job / job_files.STDOUT, MOST_OUTPUT)

    def _asked(self, job: str) -> Asked:
        asked = self._found(job) if NAME.fullmatch(job) else None
        if asked is None:
            raise UnknownJobError(job)
        return asked

    def _all(self) -> list[Asked]:
        if not self.folder.is_dir():
            return []
        with os.scandir(self.folder) as entries:
            names = sorted(one.name for one in entries if NAME.fullmatch(one.name))
        return [one for one in map(self._found, names) if one is not None]

    def _found(self, job: str) -> Asked | None:
        """A job as it was asked for, read again where its file is another than before."""
        try:
            written = Path(f"{self.folder}/{job}/{Asked.FILE}").stat().st_mtime_ns
        except OSError:
            return None
        known = self._read.get(job)
        if known is None or known[0] != written:
            asked = job_files.read(Asked, self.folder / job)
            if asked is None:
                return None
            known = self._read[job] = (written, asked)
        return known[1]

    def _status(self, asked: Asked) -> str:
        attempt, status = self._settled.get(asked.job, (0, ""))
        if attempt != asked.attempt:
            status = self._looked_up(asked)
            if status in SETTLED:
                self._settled[asked.job] = (asked.attempt, status)
        return status

    def _looked_up(self, asked: Asked) -> str:
        folder = self.folder / asked.job
        started = job_files.read_of_try(Started, folder, asked.attempt)
        wish = job_files.read_of_try(StopWish, folder, asked.attempt)
        if started is None:
            return "stopped" if wish else "queued"
        if is_held(folder) or _is_alive(started):
            return "running"
        ended = job_files.read_of_try(Ended, folder, asked.attempt)
        if ended is None:
            return "stopped" if wish else "died"
        return _how_it_ended(ended)

    def _reach_orphan(self, asked: Asked, how: Callable[[Identity], None]) -> None:
        """Do something to a command whose keeper is dead; a living keeper sees to it itself."""
        started = job_files.read_of_try(Started, self.folder / asked.job, asked.attempt)
        if started is not None and not lives(_keeper(started)):
            how(_command(started))

    def _end_late(self, asked: Asked) -> None:
        wish = job_files.read_of_try(StopWish, self.folder / asked.job, asked.attempt)
        if wish is not None and time.time() > wish.time + asked.grace:
            self._reach_orphan(asked, end)

    def _told(self, asked: Asked, waiting: Sequence[str]) -> JobState:
        folder = self.folder / asked.job
        status = self._status(asked)
        started = job_files.read_of_try(Started, folder, asked.attempt)
        ended = job_files.read_of_try(Ended, folder, asked.attempt)
        wish = job_files.read_of_try(StopWish, folder, asked.attempt)
        lane = [one for one in waiting if is_long(self._asked(one)) == is_long(asked)]
        position = lane.index(asked.job) if asked.job in lane else 0
        kept = kept_by(asked.arguments) if started or asked.attempt > 1 else Kept()
        stopping = status == "running" and wish is not None
        return JobState(
            job=asked.job, kind=asked.kind, case=asked.case, label=asked.label,
            arguments=asked.arguments, status=status, position=position, stopping=stopping,
            attempt=asked.attempt, submitted=asked.submitted,
            started=started.time if started else None, ended=ended.time if ended else None,
            code=ended.code if ended else None,
            message=told(folder, status, position, kept, ended, stopping=stopping),
            done=kept.done, total=kept.total,
        )  # fmt: skip


def is_long(asked: Asked) -> bool:
    """Whether a job may take hours; such jobs have a queue of their own."""
    return asked.kind in LONG


def _how_it_ended(ended: Ended) -> str:
    if ended.code == 0:
        return "finished"
    if ended.why or (ended.code != ExitCode.STOPPED and ended.code > 0):
        return "failed"
    return "stopped" if ended.by == "user" else "died"


def _keeper(started: Started) -> Identity:
    return Identity(started.keeper, started.keeper_born)


def _command(started: Started) -> Identity:
    return Identity(started.command, started.command_born)


def _is_alive(started: Started) -> bool:
    """Say whether a try lives, where no lock tells."""
    handing_over = (
        sys.platform == "win32"
        and not started.keeper
        and time.time() - started.time < HANDING_OVER_SECONDS
    )
    return handing_over or lives(_command(started)) or lives(_keeper(started))
