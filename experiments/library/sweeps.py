"""A sweep: what is missing of its plan is lived, for as long as it may, or until luck is narrow."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.narrowing import Width
from experiments.design.plan import PlanError
from experiments.library.durations import no_time, seconds_of
from experiments.library.plans import Planned, plan
from experiments.library.until import Narrowed, Narrowing
from experiments.library.until_wishes import Wishes, check_wishes, read_wishes
from experiments.runner.desk import Failure
from experiments.runner.progress import Bounds, Progress, Told, untold
from experiments.runner.room import room_of_worker, side_by_side, workers_with_room
from experiments.runner.session import Asked, Ended, live_sweep

if TYPE_CHECKING:
    from experiments.store.relations import Store

SHARD = re.compile(r"(\d+)/(\d+)")
SCHEMA_VERSION = 1


RoundTold = Callable[[int, int, Sequence[Width]], object]
"""Is told after a round of `until` how many replicates there are, how many are to be, and why."""


@dataclass(frozen=True, slots=True)
class SweepEnded:
    """How a sweep ended for now.

    Attributes
    ----------
    name : str
        Of the sweep.
    folder : Path
        Where its results are.
    planned_replicates : int
        That the plan asks for at every point; the folder may hold more.
    narrowed : Narrowed
        How far it came; with `until`, how wide luck left what after each round.
    asked_until : bool
        Whether there was something to narrow.
    """

    name: str
    folder: Path
    planned_replicates: int
    narrowed: Narrowed
    asked_until: bool = False

    @property
    def ended(self) -> Ended:
        """How far it came, and the first failures that it met."""
        return self.narrowed.ended

    @property
    def replicates(self) -> int:
        """Replicates at every point that the folder asks for by now."""
        return sum(self.ended.stages)

    @property
    def still_wide(self) -> bool:
        """Whether nothing more may be lived, and luck leaves more open than `until` wishes."""
        return self.narrowed.whole and bool(self.narrowed.wider)

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
        document = {
            "schema_version": SCHEMA_VERSION,
            "sweep": self.name,
            "folder": str(self.folder),
            "replicates": self.replicates,
            "replicates_in_plan": self.planned_replicates,
            "stages": list(self.ended.stages),
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
        return {**document, "until": self.narrowed.as_dict()} if self.asked_until else document

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
    until: Mapping[str, float] | Sequence[str] = (),
    most_replicates: int | None = None,
    progress: Told | None = None,
    dashboard: Callable[[str], None] | None = None,
    say: Callable[[str], object] | None = None,
    round_told: RoundTold | None = None,
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
    until : mapping of str to float, str or sequence of str, optional
        Wished half-width of luck by measure, in its unit, as {"quality": 0.01} or
        ["quality=0.01"]: replicates are added until no policy's difference from the baseline is
        wider. `limit` and `time` bound all rounds together.
    most_replicates : int, optional
        With `until`: no more replicates at every point than these.
    progress : callable, optional
        Is told an `experiments.runner.progress.Progress` every second or so.
    dashboard : callable, optional
        Is told the address of Dask's dashboard, where there is one.
    say : callable, optional
        Is told what a user should know, such as that memory is short for all workers.
    round_told : callable, optional
        With `until`: is told after each round why another one follows.

    Returns
    -------
    SweepEnded
        Runs that failed are counted there; they raise nothing.

    Raises
    ------
    PlanError, SweepPlanError, UntilError
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
    asked, wishes = _asked(
        workers, scheduler, shard, limit, time, retry, _as_typed(until), most_replicates
    )
    planned = source if isinstance(source, Planned) else plan(source)
    if wishes is not None:
        check_wishes(planned.sweep, wishes)
    if scheduler is None:
        largest = max((one.scenario for one in planned.sweep.places), key=room_of_worker)
        asked = replace(asked, workers=workers_with_room(largest, asked.workers, say or untold))

    def live(replicates: int, bounds: Bounds, first: bool) -> Ended:
        how = replace(asked, replicates=replicates, bounds=bounds, retry=retry and first)
        return live_sweep(planned.sweep, Path(out), how, progress or untold, dashboard or untold)

    if wishes is None:
        narrowed = Narrowed(live(0, asked.bounds, True))
    else:
        told = round_told or _untold_round
        narrowed = Narrowing(Path(out), wishes, live, asked.bounds, told).run()
    return SweepEnded(
        planned.name, Path(out), planned.sweep.plan.replicates, narrowed, wishes is not None
    )


def _as_typed(until: Mapping[str, float] | Sequence[str]) -> Sequence[str]:
    """Half-widths by measure as the command takes them."""
    if isinstance(until, Mapping):
        return [f"{measure}={wished}" for measure, wished in until.items()]
    return [until] if isinstance(until, str) else until


def _untold_round(have: int, wanted: int, asked: Sequence[Width]) -> None:
    """Tell nobody."""


def _asked(
    workers: int | None,
    scheduler: str | None,
    shard: str | None,
    limit: int | None,
    time: str | float | None,
    retry: bool,
    until: Sequence[str],
    most_replicates: int | None,
) -> tuple[Asked, Wishes | None]:
    """What was asked, as a session takes it, and what luck is to leave.

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
    seconds = seconds_of(time) if isinstance(time, str) else time
    if seconds is not None and not seconds > 0.0:
        faults.append(no_time(time))
    wishes, more = read_wishes(until, most_replicates, sharded=shard is not None)
    faults += more
    if faults:
        raise PlanError("; ".join(faults) + ".")
    many = 1 if scheduler else side_by_side("--workers", workers)
    return Asked(many, scheduler, part - 1, parts, Bounds(limit, seconds), retry), wishes
