"""One session of a sweep from its folder to its end: locked, manned, lived, put on record."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from experiments.runner.block_run import Order
from experiments.runner.cluster import (
    PATIENT_SECONDS,
    cluster_at,
    dashboard_of,
    has_dashboard,
    local_cluster,
    schedulers_end_told,
)
from experiments.runner.desk import Failure
from experiments.runner.due import Due
from experiments.runner.label import code_fingerprint, now
from experiments.runner.progress import Bounds, Progress, RefusedError, Told
from experiments.runner.sweep_label import sweep_label
from experiments.runner.sweep_plan import Sweep
from experiments.runner.sweeping import Sweeping
from experiments.store.attempts import read_attempts
from experiments.store.errors import FolderError
from experiments.store.manifest import SWEEP, read_manifest
from experiments.store.stages import stages_of
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import design_table
from experiments.store.writer import writer_name

PLUGIN = "poundflow"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a session is to be lived.

    Attributes
    ----------
    workers : int
        Processes of this machine, where no scheduler is named.
    scheduler : str or None
        Address of a Dask cluster that is to do the work.
    shard, shards : int
        Which part of the blocks, counted from 0, of how many.
    bounds : Bounds
    retry : bool
        Whether runs that earlier sessions gave up are tried again.
    replicates : int
        How many there are to be at every point, where that is more than the plan asks for.
    """

    workers: int = 1
    scheduler: str | None = None
    shard: int = 0
    shards: int = 1
    bounds: Bounds = field(default_factory=Bounds)
    retry: bool = False
    replicates: int = 0

    @property
    def shard_name(self) -> str | None:
        """As the lock has it, such as "2/3"; None where there is one shard."""
        return None if self.shards == 1 else f"{self.shard + 1}/{self.shards}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How far a session came.

    Attributes
    ----------
    progress : Progress
    stages : tuple of int
        Replicates at every point that the folder asks for by now, in the order of their coming.
    failures : tuple of Failure
        The first that it met.
    """

    progress: Progress
    stages: tuple[int, ...]
    failures: tuple[Failure, ...] = ()


def live_sweep(
    sweep: Sweep,
    out: Path,
    asked: Asked,
    told: Told,
    dashboard: Callable[[str], None] = lambda address: None,
) -> Ended:
    """Live what is missing of a sweep.

    Where more replicates are asked for than the folder has, it grows by a stage. Where fewer are,
    its own count stays.

    Parameters
    ----------
    sweep : Sweep
    out : Path
        The folder; workers of a cluster have to see it under the same name.
    asked : Asked
    told : callable
        Is told how far it is.
    dashboard : callable
        Is told the address of Dask's dashboard, where there is one.

    Returns
    -------
    Ended

    Raises
    ------
    FolderError
        When the folder is another's, is at work, or cannot be written.
    NoSchedulerError, RefusedError, ClusterLostError
        See there.
    KeyboardInterrupt
        When the user stops it; what was finished is kept.
    """
    folder = out.resolve()
    design = design_table(sweep.points.names, sweep.points.values)
    label = read_manifest(folder) if folder.is_dir() else None
    if label is not None and label.get("command") == SWEEP:
        sweep = replace(sweep, stages=stages_of(label, folder))
    store = SweepStore(folder, sweep_label(sweep), sweep.plan.text, design)
    with store.lock(asked.shard_name):
        store.grow(max(sweep.plan.replicates, asked.replicates))
        sweep = replace(sweep, stages=store.stages)
        due = Due(sweep, store.done(), asked.shard, asked.shards)
        due.recall(read_attempts(folder), forgive=asked.retry)
        if not due.open_blocks():
            return Ended(Progress(*due.counts(), 0.0, 0), store.stages)
        store.update_label(status="under way")
        with _crew(asked) as client, schedulers_end_told(client):
            address = dashboard_of(client, others=asked.scheduler is not None)
            if address:
                dashboard(address)
            return _lived(Order(folder, sweep, code_fingerprint()), store, due, client, asked, told)


def _lived(
    order: Order, store: SweepStore, due: Due, client: Any, asked: Asked, told: Told
) -> Ended:
    from experiments.runner.plugin import OrderPlugin

    name = f"{writer_name()}-{now()}"
    status = "stopped"
    client.register_plugin(OrderPlugin(name, order), name=f"{PLUGIN}-{asked.shard_name}")
    due.done = (
        store.done()
    )  # workers that stood before have put away what they had of an earlier order
    patience = math.inf if asked.scheduler else PATIENT_SECONDS
    under_way = Sweeping(order, store, due, client, name, told, asked.bounds, patience)
    try:
        progress = under_way.live()
        status = _status(progress, asked)
    except BaseException:
        with suppress(FolderError):  # a full disk is told once, by what it kept from being written
            store.update_label(status=status, finished=now())
        raise
    try:
        store.update_label(status=status, finished=now())
    except FolderError as fault:
        raise RefusedError(str(fault)) from fault
    return Ended(progress, order.sweep.stages, tuple(under_way.failures))


def _status(progress: Progress, asked: Asked) -> str:
    if progress.left:
        return "incomplete"
    if asked.shards > 1:
        return f"shard {asked.shard_name} is at its end"
    return "some runs failed" if progress.failed else "finished"


@contextmanager
def _crew(asked: Asked) -> Iterator[Any]:
    if asked.scheduler:
        with cluster_at(asked.scheduler) as client:
            yield client
    else:
        with local_cluster(asked.workers, dashboard=has_dashboard()) as client:
            yield client
