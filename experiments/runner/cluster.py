"""Where workers come from: started for the occasion on this machine, or those of a cluster.

Each worker lives one run at a time, on one thread, in a process of its own that it may take down.
"""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import resource_tracker
from typing import Any

from experiments.runner.progress import ClusterLostError
from experiments.store.errors import FolderError
from scenarios.errors import InputError, PoundflowError

START_SECONDS = 60
"""How long to wait for the workers to report before giving up."""

PATIENT_SECONDS = 600
"""How long a worker may take to stand up again after a death."""

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

GONE = "the scheduler is gone"

NO_PAGES: dict[str, Any] = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
"""Settings of a cluster that shows no dashboard."""


class NoSchedulerError(InputError):
    """Raised when nobody answers as a scheduler where one was named."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"no Dask scheduler answers at {address} ({reason}). Start one with `dask scheduler`, "
            "and give the address that it prints, such as tcp://10.0.0.1:8786."
        )
        self.address = address
        self.reason = reason


class NoWorkersError(InputError):
    """Raised when no worker stands up on this machine."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the workers could not be started ({reason.rstrip('.')}). A worker imports the script "
            'that starts it: call what starts workers under `if __name__ == "__main__":` there.'
        )
        self.reason = reason

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self.reason,)


@contextmanager
def local_cluster(workers: int, *, dashboard: bool = False) -> Iterator[Any]:
    """Start workers on this machine, and end them afterwards.

    Parameters
    ----------
    workers : int
        Processes to start.
    dashboard : bool
        Whether to serve Dask's dashboard to this machine.

    Yields
    ------
    distributed.Client

    Raises
    ------
    NoWorkersError
        When they do not stand up.
    """
    import dask
    from distributed import Client, LocalCluster

    _hush()
    settings = {
        "distributed.worker.multiprocessing-method": "spawn",
        "distributed.worker.daemon": True,
        # No task waits on a busy worker, so that none is blamed with the one in hand.
        "distributed.scheduler.allowed-failures": 0,
        "distributed.scheduler.worker-saturation": 1.0,
        # One that stands up again on a busy machine is not given up meanwhile, and with it its run.
        "distributed.deploy.lost-worker-timeout": f"{PATIENT_SECONDS}s",
        # Dask's own profiler keeps call stacks for an hour, some hundred objects a second.
        "distributed.worker.profile.enabled": False,
        "distributed.nanny.pre-spawn-environ": ONE_THREAD,
        "distributed.comm.timeouts.connect": f"{START_SECONDS}s",
        **({} if dashboard else NO_PAGES),
    }
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(settings))
        with _presses_held_back():
            try:
                cluster = stack.enter_context(
                    LocalCluster(
                        n_workers=workers,
                        threads_per_worker=1,
                        processes=True,
                        host="127.0.0.1",
                        dashboard_address="127.0.0.1:0" if dashboard else None,
                        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                        silence_logs=logging.CRITICAL,
                        preload=[AT_START],
                    )
                )
            except RuntimeError as fault:
                raise NoWorkersError(str(fault)) from fault
        client = Client(cluster, timeout=f"{START_SECONDS}s", set_as_default=False)
        yield stack.enter_context(client)


@contextmanager
def cluster_at(address: str) -> Iterator[Any]:
    """Join a cluster that others have started; it goes on when we leave.

    Yields
    ------
    distributed.Client

    Raises
    ------
    NoSchedulerError
        When nobody answers there.
    """
    from distributed import Client

    _hush()
    try:
        client = Client(address, timeout=f"{START_SECONDS // 4}s", set_as_default=False)
    except (OSError, ValueError) as fault:
        raise NoSchedulerError(address, str(fault) or type(fault).__name__) from fault
    with client:
        yield client


def is_cut_off(client: Any, fault: BaseException | None = None) -> bool:
    """Whether a client's scheduler is gone; its workers put away what they have, and leave.

    Parameters
    ----------
    client : distributed.Client
    fault : BaseException, optional
        That was met: it may tell so before the client has noticed.
    """
    return client.status != "running" or type(fault).__name__ == "CommClosedError"


@contextmanager
def schedulers_end_told(client: Any) -> Iterator[None]:
    """Take whatever fault follows from a scheduler's end for what it is.

    Raises
    ------
    ClusterLostError
        In place of it.
    """
    try:
        yield
    except (PoundflowError, FolderError):
        raise
    except Exception as fault:
        if is_cut_off(client, fault):
            raise ClusterLostError(GONE) from fault
        raise


def _hush() -> None:
    """Let Dask keep its own account of a fault to itself; ours is told."""
    for name in ("distributed", "distributed.client", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def has_dashboard() -> bool:
    """Whether what Dask draws its dashboard with is installed (extra `cluster`)."""
    from importlib.util import find_spec

    return find_spec("bokeh") is not None


def dashboard_of(client: Any, *, others: bool) -> str:
    """Address of a cluster's dashboard; empty where nobody draws one.

    Parameters
    ----------
    client : distributed.Client
    others : bool
        Whether the scheduler is a process of others, whose packages need not be ours.
    """
    drawn = has_dashboard
    if others:
        drawn = partial(client.run_on_scheduler, has_dashboard)
    with suppress(Exception):  # it may know nothing of us
        return client.dashboard_link or "" if drawn() else ""
    return ""


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
