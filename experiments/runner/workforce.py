"""Who does the work: this process alone, or a few workers started for the occasion.

One worker means no process, no cluster and no port. More mean an embedded Dask `LocalCluster`:
when a task kills its worker, Dask loses that one task, where the standard library's pool loses
all that were waiting (measured: 1 of 40 against 33). Work is identical either way.
"""

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from time import monotonic
from typing import Any, Generic, TypeVar

from experiments.runner.memory import get_ready
from scenarios.errors import UserCodeError

Task = TypeVar("Task")
Result = TypeVar("Result")

START_SECONDS = 60
"""How long to wait for the workers to report before giving up."""

BATCH_SECONDS = 0.5

DEATHS = frozenset({"KilledWorker", "FutureCancelledError", "CancelledError"})

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")

AT_START = """
import signal

from experiments.runner.memory import give_over_to_runs

def dask_setup(worker):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_over_to_runs()
"""
"""What a worker does first. A terminal sends Ctrl-C to every process in it. Only the first one may
act on it: it keeps what is finished and then stops the workers itself."""


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
    if min(workers, len(tasks)) <= 1:
        get_ready()
        for task in tasks:
            yield task, _attempt(work, task)
        return
    yield from _with_dask(work, tasks, min(workers, len(tasks)))


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
    work: Callable[[Task], Result], tasks: Sequence[Task], workers: int
) -> Iterator[tuple[Task, Result | Lost]]:
    with _cluster(workers) as (client, as_completed):
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


@contextmanager
def _cluster(workers: int) -> Iterator[tuple[Any, Any]]:
    import dask
    from distributed import Client, LocalCluster, as_completed

    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    settings = {
        "distributed.worker.multiprocessing-method": "spawn",
        "distributed.worker.daemon": True,
        # No task waits on a busy worker, so that none is blamed with the one in hand.
        "distributed.scheduler.allowed-failures": 0,
        "distributed.scheduler.worker-saturation": 1.0,
        "distributed.nanny.pre-spawn-environ": ONE_THREAD,
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
        "distributed.comm.timeouts.connect": f"{START_SECONDS}s",
    }
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(settings))
        with _presses_held_back():
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                    silence_logs=logging.CRITICAL,
                    preload=[AT_START],
                )
            )
        client = Client(cluster, timeout=f"{START_SECONDS}s", set_as_default=False)
        yield stack.enter_context(client), as_completed


@contextmanager
def _presses_held_back() -> Iterator[None]:
    """Hold Ctrl-C back until workers stand; what is started meanwhile never hears of it.

    A new process would end in a traceback where it is pressed before `AT_START` has run, and a
    cluster in another where it is left half started.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    masks = hasattr(signal, "pthread_sigmask")
    if masks:
        resource_tracker.ensure_running()  # else the first process takes the mask off its thread
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if masks:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        signal.signal(signal.SIGINT, usual)
        if pressed:
            signal.raise_signal(signal.SIGINT)
