"""Who does the work: this process alone, or a few workers started for the occasion.

One worker means no process, no cluster and no port. More mean an embedded Dask `LocalCluster`:
when a task kills its worker, Dask loses that one task, where the standard library's pool loses
all that were waiting (measured: 1 of 40 against 33). Work is identical either way.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar

from experiments.runner.cluster import local_cluster
from experiments.runner.memory import get_ready
from scenarios.errors import UserCodeError

Task = TypeVar("Task")
Result = TypeVar("Result")

BATCH_SECONDS = 0.5

DEATHS = frozenset({"KilledWorker", "FutureCancelledError", "CancelledError"})


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that came to nothing, and why; `fault` where code of the user's own is to blame."""

    reason: str
    fault: UserCodeError | None = None


def hand_out(
    work: Callable[[Task], Result], tasks: Sequence[Task], workers: int
) -> Iterator[tuple[Task, Result | Lost]]:
    """Do every task, and give each result as soon as it is there.

    Parameters
    ----------
    work : callable
        Does one task; a module-level function, so that a worker can import it.
    tasks : sequence
        What to do, the longest first.
    workers : int
        Processes to use, at least 1; never more than there are tasks.

    Yields
    ------
    tuple of (task, result)
        In the order of finishing. A task that raised, or whose worker died, gives a `Lost`.
    """
    if not tasks:
        return
    with crew(min(workers, len(tasks))) as hands:
        yield from hands(work, tasks)


class Hands(Protocol):
    """Does tasks, and gives each with its result as soon as it is there."""

    def __call__(
        self, work: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[tuple[Task, Result | Lost]]:
        """See `hand_out`."""


@contextmanager
def crew(workers: int) -> Iterator[Hands]:
    """Keep workers at hand for several lots of tasks.

    Parameters
    ----------
    workers : int
        Processes; one means this process alone.

    Yields
    ------
    Hands
    """
    if workers <= 1:
        get_ready()
        yield _here
        return
    with local_cluster(workers) as client:
        yield partial(_with_dask, client, workers)


def _here(
    work: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[tuple[Task, Result | Lost]]:
    for task in tasks:
        yield task, _attempt(work, task)


def _attempt(work: Callable[[Task], Result], task: Task) -> Result | Lost:
    try:
        return work(task)
    except UserCodeError as fault:
        return Lost(str(fault), fault)
    except Exception as fault:
        return Lost(f"{type(fault).__name__}: {fault}")


@dataclass(frozen=True, slots=True)
class _Batch(Generic[Task, Result]):
    """Several short tasks handed to a worker at once; one after the other."""

    work: Callable[[Task], Result]
    tasks: tuple[Task, ...]

    def do(self) -> tuple[list[Result | Lost], float]:
        """Do them, and say how many seconds they took."""
        begun = monotonic()
        return [_attempt(self.work, task) for task in self.tasks], monotonic() - begun


def _do_batch(batch: _Batch[Task, Result]) -> tuple[list[Result | Lost], float]:
    return batch.do()


def batch_size(waiting: int, workers: int, seconds: float | None) -> int:
    """How many tasks a worker gets at once: as many as fill half a second.

    A hand-over costs about 2 ms, so it matters only where runs are short.

    Parameters
    ----------
    waiting : int
        Tasks not yet handed out; a batch leaves enough of them for the other workers.
    workers : int
        Workers among whom they are divided.
    seconds : float or None
        What a task took so far; None before the first is done.
    """
    if not seconds:
        return 1
    return max(1, min(int(BATCH_SECONDS / seconds), waiting // (4 * workers)))


def _with_dask(
    client: Any, workers: int, work: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[tuple[Task, Result | Lost]]:
    from distributed import as_completed

    underway: dict[Any, tuple[Task, ...]] = {}
    waiting = list(reversed(tasks))
    again: list[Task] = []
    pace: float | None = None

    def submit() -> Any:
        size = batch_size(len(waiting), workers, pace)
        batch = tuple(waiting.pop() for _ in range(size))
        future = client.submit(_do_batch, _Batch(work, batch), pure=False)
        underway[future] = batch
        return future

    # Two batches a worker: one in hand and one waiting, so that none stands idle and little
    # is under way when the user stops.
    first = [submit() for _ in range(min(2 * workers, len(waiting)))]
    finished = as_completed(first, loop=client.loop)
    for future in finished:
        batch = underway.pop(future)
        done = _gather(future)
        if isinstance(done, Lost):
            again += batch
        else:
            results, seconds = done
            pace = seconds / len(batch)
            yield from zip(batch, results, strict=True)
        future.release()
        if waiting:
            finished.add(submit())
    # A worker's death takes with it what it had finished and not yet handed over. Each such
    # task is tried once more, alone, so that only the one at fault is lost.
    for task in again:
        done = _gather(client.submit(_do_batch, _Batch(work, (task,)), pure=False))
        yield task, done if isinstance(done, Lost) else done[0][0]


def _gather(future: Any) -> tuple[list[Any], float] | Lost:
    try:
        done: tuple[list[Any], float] = future.result()
    except Exception as fault:
        if type(fault).__name__ in DEATHS:
            return Lost("its worker process died (out of memory, or killed from outside)")
        return Lost(f"{type(fault).__name__}: {fault}")
    return done
