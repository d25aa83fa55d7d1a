"""One session of a sweep: what is missing of its plan is lived, for as long as it may."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.design.plan import PlanError
from experiments.library.plans import Planned, plan
from experiments.runner.desk import Failure
from experiments.runner.progress import Bounds, Progress, Told, untold
from experiments.runner.room import room_of_worker, side_by_side, workers_with_room
from experiments.runner.session import Asked, Ended, live_sweep

if TYPE_CHECKING:
    from experiments.store.relations import Store

DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
SHARD = re.compile(r"(\d+)/(\d+)")
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class SweepEnded:
    """How a session of a sweep ended.

    Attributes
    ----------
    name : str
        Of the sweep.
    folder : Path
        Where its results are.
    ended : Ended
        How far it came, and the first failures that it met.
    """

    name: str
    folder: Path
    ended: Ended

    @property
    def progress(self) -> Progress:
        """Runs in all, done, failed and left; of this shard alone where there are several."""
        return self.ended.progress

    @property
    def runs(self) -> int:
        """Runs in all."""
        return self.progress.runs

    @property
    def done(self) -> int:
        """Runs that are finished, by this session or an earlier one."""
        return self.progress.done

    @property
    def failed(self) -> int:
        """Runs that are given up; they are left out of every answer."""
        return self.progress.failed

    @property
    def missing(self) -> int:
        """Runs that the next session would live."""
        return self.progress.left

    @property
    def lived(self) -> int:
        """Runs that this session finished or gave up."""
        return self.progress.lived

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The first failures of this session."""
        return self.ended.failures

    @property
    def document(self) -> dict[str, Any]:
        """What `poundflow sweep --json` prints."""
        progress = self.progress
        return {
            "schema_version": SCHEMA_VERSION,
            "sweep": self.name,
            "folder": str(self.folder),
            "runs": progress.runs,
            "done": progress.done,
            "failed": progress.failed,
            "missing": progress.left,
            "seconds": round(progress.seconds, 1),
            "runs_a_second": round(progress.rate, 3),
            "failures": [
                {"run": one.run, "status": str(one.event), "error": one.reason}
                for one in self.failures
            ],
        }

    def open(self) -> "Store":
        """Open what is finished, as `open_store` does."""
        from experiments.store.relations import open_store

        return open_store(self.folder)


def sweep(
    source: Planned | str | Path | Mapping[str, Any],
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    shard: str | None = None,
    limit: int | None = None,
    time: str | float | None = None,
    retry: bool = False,
    progress: Told | None = None,
    dashboard: Callable[[str], None] | None = None,
    say: Callable[[str], object] | None = None,
) -> SweepEnded:
    """Live what is missing of a sweep; the same call again goes on.

    Does what `poundflow sweep` does. Workers are new processes that import the script they are
    started from: in a script, call it under `if __name__ == "__main__":`. A notebook needs nothing.

    Parameters
    ----------
    source : Planned, str, Path or mapping
        What `plan` gave, or what it takes.
    out : str or Path
        The folder that the sweep fills.
    workers : int, optional
        Processes of this machine, one for each core by default.
    scheduler : str, optional
        Address of a Dask cluster that does the work instead.
    shard : str, optional
        Only part K of N, as "2/3".
    limit : int, optional
        End after so many runs.
    time : str or float, optional
        End after so long: "90s", "30m", "2h", "1h30m", or a number [s].
    retry : bool
        Whether runs that were given up are tried again.
    progress : callable, optional
        Is told an `experiments.runner.progress.Progress` every second or so.
    dashboard : callable, optional
        Is told the address of Dask's dashboard, where there is one.
    say : callable, optional
        Is told what a user should know, such as that memory is short for all workers.

    Returns
    -------
    SweepEnded
        Runs that failed are counted there; they raise nothing.

    Raises
    ------
    PlanError, SweepPlanError
        With everything that is wrong, before anything is lived.
    FolderError
        When the folder is another's, is at work, or cannot be written.
    NoWorkersError
        When workers do not stand up, as in a script without that line.
    NoSchedulerError, RefusedError, ClusterLostError
        When the cluster is not there, cannot write, or is gone; what was finished is kept.
    KeyboardInterrupt
        When stopped; what was finished is kept.
    """
    asked = _asked(workers, scheduler, shard, limit, time, retry)
    planned = source if isinstance(source, Planned) else plan(source)
    if scheduler is None:
        largest = max((one.scenario for one in planned.sweep.places), key=room_of_worker)
        asked = replace(asked, workers=workers_with_room(largest, asked.workers, say or untold))
    ended = live_sweep(planned.sweep, Path(out), asked, progress or untold, dashboard or untold)
    return SweepEnded(planned.name, Path(out), ended)


def _asked(
    workers: int | None,
    scheduler: str | None,
    shard: str | None,
    limit: int | None,
    time: str | float | None,
    retry: bool,
) -> Asked:
    """What was asked, as a session takes it.

    Raises
    ------
    PlanError
        With all that is wrong with it.
    """
    faults = []
    if workers is not None and scheduler is not None:
        faults.append("--workers and --scheduler are both given; a cluster has its own workers")
    if workers is not None and workers < 1:
        faults.append(f"--workers is {workers}; wanted 1 or more")
    if limit is not None and limit < 1:
        faults.append(f"--limit is {limit}; wanted 1 or more")
    part, parts = 1, 1
    if shard is not None:
        found = SHARD.fullmatch(shard)
        part, parts = (int(one) for one in found.groups()) if found else (0, 0)
        if not 1 <= part <= parts:
            faults.append(f"--shard is {shard!r}; wanted K/N with K from 1 to N, as in 2/3")
    seconds = _seconds(time) if isinstance(time, str) else time
    if seconds is not None and not seconds > 0.0:
        faults.append(f"--time is {time!r}; wanted a time as in 90s, 30m, 2h or 1h30m")
    if faults:
        raise PlanError("; ".join(faults) + ".")
    many = 1 if scheduler else side_by_side("--workers", workers)
    return Asked(many, scheduler, part - 1, parts, Bounds(limit, seconds), retry)


def _seconds(text: str) -> float:
    """A time as typed [s]; 0 where it is none."""
    found = DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (int(one or 0) for one in found.groups()) if found else (0, 0, 0)
    return 3600.0 * hours + 60.0 * minutes + seconds
