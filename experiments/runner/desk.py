"""A worker's desk: the order that it works on, the part it fills, its log, and the run in hand.

A process has one desk. What it finishes goes from here to the disk; only counts leave by the post.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic

from experiments.runner.block_run import Order, Todo, live_block
from experiments.runner.claims import claim
from experiments.runner.label import code_fingerprint
from experiments.runner.lives import short_reason
from experiments.runner.memory import clear_away, get_ready
from experiments.runner.watch import Cost, Watch
from experiments.store.attempts import AttemptLog, Event, Try
from experiments.store.errors import FolderError
from experiments.store.part_writer import PartWriter
from experiments.store.records import RunResult
from scenarios.errors import InputError


@dataclass(frozen=True, slots=True)
class Batch:
    """Blocks handed to a worker at once.

    Attributes
    ----------
    order : str
        Which order they belong to.
    claim : str
        Name of the file that says who took the batch; a cluster may hand it out twice.
    todos : tuple of Todo
    """

    order: str
    claim: str
    todos: tuple[Todo, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A try that failed, and why."""

    run: str
    event: Event
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a batch.

    Attributes
    ----------
    tried : int
        Runs that were tried; the failed ones included.
    failures : tuple of Failure
    seconds : float
        How long it took.
    taken : bool
        Whether another process had taken it before, and died with it.
    refused : str
        What the folder said where it took no more, such as that the disk is full.
    """

    tried: int = 0
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    taken: bool = False
    refused: str = ""


class UnfitWorkerError(InputError):
    """Raised when a worker of a cluster cannot do what it is asked for."""

    def __init__(self, what: str) -> None:
        super().__init__(f"a worker at {socket.gethostname()} {what}.")
        self.what = what

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self.what,)


class Desk:
    """The desk of this process for one order.

    Parameters
    ----------
    name : str
        Of the order.
    order : Order
    """

    def __init__(self, name: str, order: Order) -> None:
        self.name = name
        self.order = order
        self._writer = PartWriter(order.folder)
        self._log = AttemptLog(order.folder)
        limits = order.sweep.plan.limits
        self._watch = Watch(limits.run_seconds, limits.run_memory_mb, self._last_words)
        self._pen = threading.RLock()
        self._hand: Try | None = None
        self._result: RunResult | None = None
        self._failures: list[Failure] = []
        self._stopped = False

    def live(self, batch: Batch) -> Tally:
        """Live a batch, unless another process has taken it before."""
        began = monotonic()
        tried, self._failures = 0, []
        try:
            if not claim(self.order.folder, batch.claim):
                return Tally(taken=True)
            for todo in batch.todos:
                tried += live_block(self.order, todo, self)
                clear_away()
            if self._stopped:
                self.stop()
        except FolderError as fault:
            return Tally(tried, tuple(self._failures), monotonic() - began, refused=str(fault))
        return Tally(tried, tuple(self._failures), monotonic() - began)

    @contextmanager
    def trying(self, one: Try) -> Iterator[None]:
        """Watch over a try, and note how it ended; a fault in it ends nothing else."""
        if one.number > 1:
            self.close_part()  # what this one did to its process before, it may do again
        self._log.begin(one)
        self._hand, self._result = one, None
        try:
            with self._watch.over() as cost:
                event, reason = Event.DONE, None
                try:
                    yield
                except MemoryError as fault:
                    event, reason = Event.MEMORY, short_reason(fault)
                except Exception as fault:
                    event, reason = Event.FAILED, short_reason(fault)
                took = cost()
        finally:
            self._hand = None
        self._put(one, event, reason, took)

    def keep(self, result: RunResult) -> None:
        """Keep what the try in hand came to."""
        self._result = result

    def may_begin(self) -> bool:
        """Whether nobody has asked to stop."""
        return not self._stopped

    def close_part(self) -> None:
        """Put what is finished on the disk."""
        with self._pen:
            self._writer.close()

    def stop(self) -> None:
        """Begin no more runs, and put what is finished on the disk."""
        self._stopped = True
        if self._hand is None:
            self._watch.end()
        self.close_part()

    def _put(self, one: Try, event: Event, reason: str | None, took: Cost) -> None:
        with self._pen:
            if event is Event.DONE and self._result is not None:
                self._writer.add(self._result)
            else:
                self._failures.append(Failure(one.run, event, reason or ""))
            self._result = None
            self._log.end(
                one, event, wall=round(took.seconds, 3), peak_mb=took.peak_mb, error=reason
            )
            self._writer.close_if()

    def _last_words(self, what: str, how: str) -> None:
        """Note what ends the run in hand, and save what was finished before it."""
        hand = self._hand
        with suppress(FolderError), self._pen:
            if hand is not None:
                self._log.end(hand, Event(what), error=how)
            self._writer.close()


_desk: Desk | None = None
_one_at_a_time = threading.Lock()


def take_order(name: str, order: Order) -> None:
    """Begin to work on an order in this process; what was finished of another is put away.

    Raises
    ------
    UnfitWorkerError
        Where this process would live other runs than are asked for, or cannot keep them.
    """
    global _desk
    if code_fingerprint() != order.code:
        raise UnfitWorkerError("has another version of poundflow. Install the same on all")
    if not order.folder.is_dir():
        raise UnfitWorkerError(
            f"sees no folder {order.folder}. Give a folder of a disk that all share with --out"
        )
    get_ready()
    before, _desk = _desk, Desk(name, order)
    if before is not None:
        with suppress(FolderError):
            before.stop()


def live_batch(batch: Batch) -> Tally:
    """Live a batch in this process; where it has several threads, one works and the others wait.

    Raises
    ------
    UnfitWorkerError
        Where this process was not given the order.
    """
    with _one_at_a_time:
        if _desk is None or _desk.name != batch.order:
            raise UnfitWorkerError("was handed runs and could not take the order; see its log")
        return _desk.live(batch)


def close_here(name: str, *, stop: bool) -> str:
    """Put what this process has finished on the disk; return what speaks against it, or nothing.

    Parameters
    ----------
    name : str
        Of the order.
    stop : bool
        Whether no run may be begun after the one in hand.
    """
    desk = _desk
    if desk is None or desk.name != name:
        return ""
    try:
        if stop:
            desk.stop()
        else:
            desk.close_part()
    except FolderError as fault:
        return str(fault)
    return ""


def leave_here(name: str) -> None:
    """Put what this process has finished on the disk, since it is about to end."""
    close_here(name, stop=True)
