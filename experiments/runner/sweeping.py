"""A sweep under way: hands out what is due, two batches a worker, and bears what goes wrong.

Workers write results themselves; what comes back here is counted and forgotten. The folder is the
record: where a worker dies, it is looked up there what is still due. A run that was in hand when
its process ended is tried again at the end, alone with its block, and given up in time.
"""

import contextlib
import math
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

from experiments.runner.block_run import Order, Todo
from experiments.runner.claims import Claims
from experiments.runner.cluster import GONE, is_cut_off
from experiments.runner.desk import Batch, Failure, Tally, close_here, live_batch
from experiments.runner.due import Due
from experiments.runner.progress import Bounds, ClusterLostError, Progress, RefusedError, Told
from experiments.runner.watch import GRACE_SECONDS
from experiments.runner.workforce import DEATHS, batch_size
from experiments.store.attempts import Event, Try, read_attempts
from experiments.store.sweep_store import SweepStore

TELL_SECONDS = 0.5
CREW_SECONDS = 2.0
"""How often the cluster is asked who works in it."""
PUT_AWAY_SECONDS = 30.0
"""How long workers are given to put away what they have finished."""
MOST_LOSSES = 20
"""Batches in a row that are lost with nothing in hand, before it is no coincidence."""
SHOWN = 20
"""Failures that are kept here to be shown; the log holds all."""
DIED = "its process died (killed from outside, or by what it did)"


@dataclass(slots=True)
class Sweeping:
    """One session of a sweep.

    Parameters
    ----------
    order : Order
    store : SweepStore
        Locked by the caller.
    due : Due
    client : distributed.Client
        Of the cluster that lives the runs; every worker has the order.
    name : str
        Of the order.
    told : callable
        Is told how far it is, now and then.
    bounds : Bounds
    patience : float
        How long to wait where there is no worker at all [s].
    """

    order: Order
    store: SweepStore
    due: Due
    client: Any
    name: str
    told: Told
    bounds: Bounds = field(default_factory=Bounds)
    patience: float = math.inf
    failures: list[Failure] = field(default_factory=list)
    _start: Progress = field(init=False)
    _began: float = field(init=False)
    _claims: Claims = field(init=False)
    _tried: int = 0
    _handed: int = 0
    _losses: int = 0
    _crew: tuple[float, int] = (float("-inf"), 0)
    _idle_since: float | None = None
    _pace: float | None = None
    _again: deque[Todo] = field(default_factory=deque)
    _suspect: deque[int] = field(default_factory=deque)
    _underway: dict[Any, Batch] = field(default_factory=dict)
    _finished: SimpleQueue[Any] = field(default_factory=SimpleQueue)

    def live(self) -> Progress:
        """Live what is due, until nothing is or the session is over.

        Returns
        -------
        Progress
            As the folder has it at the end.

        Raises
        ------
        KeyboardInterrupt
            When the user stops it; what is finished is put away first.
        RefusedError
            When the disk takes no more.
        ClusterLostError
            When nobody is left to do the work.
        """
        self._began = monotonic()
        self._start = Progress(*self.due.counts(), 0.0, 0)
        self._claims = Claims(self.order.folder, self.due.shard, self.due.shards)
        try:
            while self._once_through():
                pass
        except BaseException as fault:
            if not is_cut_off(self.client, fault):
                self._put_away(stop=True)
            raise
        finally:
            self._claims.forget_all()
        return self.progress()

    def progress(self) -> Progress:
        """Count again, from the folder."""
        self.due.done = self.store.done()
        runs, done, failed = self.due.counts()
        lived = done + failed - self._start.done - self._start.failed
        return Progress(runs, done, failed, monotonic() - self._began, lived)

    def _once_through(self) -> bool:
        """Hand out all that is due; say whether some of it has to be handed out anew."""
        before = self._settled()
        todos = iter(self.due)
        self._submit(todos)
        while self._underway:
            self._tell()
            with contextlib.suppress(Empty):
                self._take(self._finished.get(timeout=TELL_SECONDS))
            if is_cut_off(self.client):
                raise ClusterLostError(GONE)
            if self._is_late() and self._underway:
                self._put_away(stop=True)
                self._finish_in_hand()
                return False
            self._submit(todos)
        self._put_away(stop=False)
        self.due.done = self.store.done()
        lost = bool(self.due.open_blocks())
        return lost and not self._is_over() and self._settled() > before

    def _settled(self) -> int:
        """Runs that are on the disk or given up; another pass is of use where they become more."""
        return len(self.store.done()) + len(self.due.given_up)

    def _is_late(self) -> bool:
        most = self.bounds.seconds
        return most is not None and monotonic() - self._began >= most

    def _is_over(self) -> bool:
        most = self.bounds.runs
        return self._is_late() or (most is not None and self._handed >= most)

    def _submit(self, todos: Iterator[Todo]) -> None:
        """Hand out until each worker has a batch in hand and one waiting."""
        workers = max(1, self._workers())
        while len(self._underway) < 2 * workers and not self._is_over():
            some = self._next(todos, workers)
            if not some:
                return
            batch = Batch(self.name, self._claims.new_name(), some)
            future = self.client.submit(live_batch, batch, pure=False)
            self._underway[future] = batch
            future.add_done_callback(self._finished.put)

    def _workers(self) -> int:
        """How many workers there are; asked for now and then."""
        asked, found = self._crew
        if monotonic() - asked > CREW_SECONDS:
            found = len(self.client.nthreads())
            self._idle_since = self._idle_since or monotonic() if not found else None
            if self._idle_since and monotonic() - self._idle_since > self.patience:
                raise ClusterLostError("no worker is left")
            self._crew = monotonic(), found
        return found

    def _next(self, todos: Iterator[Todo], workers: int) -> tuple[Todo, ...]:
        """The blocks of the next batch; one that is suspect goes alone."""
        size = batch_size(self.left // self._runs_a_block, workers, self._pace)
        batch: list[Todo] = []
        while len(batch) < size and not self._is_over():
            todo = self._one(todos)
            if todo is None:
                break
            todo = self._within_bounds(todo)
            if self.due.is_suspect(todo):
                if not batch:
                    batch.append(todo)
                else:
                    self._again.appendleft(todo)
                    self._handed -= len(todo.runs)
                break
            batch.append(todo)
        return tuple(batch)

    def _one(self, todos: Iterator[Todo]) -> Todo | None:
        if self._again:
            return self._again.popleft()
        todo = next(todos, None)
        if todo is not None:
            return todo
        while self._suspect:
            todo = self.due.todo_of(self._suspect.popleft())
            if todo is not None:
                return todo
        return None

    def _within_bounds(self, todo: Todo) -> Todo:
        """Cut a block where the session is to live no more runs."""
        if self.bounds.runs is not None:
            todo = Todo(todo.block, todo.runs[: self.bounds.runs - self._handed], todo.alone)
        self._handed += len(todo.runs)
        return todo

    @property
    def left(self) -> int:
        """Runs that this session has not tried yet, as far as it knows."""
        return max(0, self._start.left - self._tried)

    @property
    def _runs_a_block(self) -> int:
        return max(1, self.due.sweep.blocks.n_runs // max(1, len(self.due.sweep.blocks)))

    def _take(self, future: Any) -> None:
        """Take in what became of a batch."""
        batch = self._underway.pop(future, None)
        if batch is None:
            return
        tally = self._tally(future)
        future.release()
        if tally.refused:
            raise RefusedError(tally.refused)
        if tally.taken:
            if not is_cut_off(self.client):
                self._look_after(batch)
            return
        self._losses = 0
        self._claims.forget(batch.claim)
        self._tried += tally.tried
        if tally.tried:
            self._pace = tally.seconds / len(batch.todos)
        for failure in tally.failures:
            self._note(failure)
        failed = {failure.run for failure in tally.failures if failure.event is Event.MEMORY}
        for todo in batch.todos if failed else ():
            names = {run.run for run in self.due.sweep.blocks[todo.block].runs}
            if names & failed - self.due.given_up:
                self._suspect.append(todo.block)

    def _tally(self, future: Any) -> Tally:
        """What a batch came to; one that was lost on the way counts as taken by the dead."""
        try:
            tally: Tally = future.result()
        except Exception as fault:
            if type(fault).__name__ in DEATHS:
                return Tally(taken=True)
            raise
        return tally

    def _note(self, failure: Failure) -> None:
        runs = self.due.counted
        runs[failure.run] = runs.get(failure.run, 0) + 1
        self.due.note(failure.run, failure.event)
        if len(self.failures) < SHOWN:
            self.failures.append(failure)

    def _look_after(self, batch: Batch) -> None:
        """Find out what the dead had in hand, note it, and hand the rest out again."""
        writer = self._claims.writer_of(batch.claim)
        self._claims.forget(batch.claim)
        self.due.done = self.store.done()
        indexes = [todo.block for todo in batch.todos]
        self._handed -= sum(len(todo.runs) for todo in batch.todos)
        blamed = self._blame(writer, batch) if writer else set()
        self._losses = 0 if blamed else self._losses + 1
        if self._losses > MOST_LOSSES:
            raise ClusterLostError("workers die before they begin a run, again and again")
        for index in indexes:
            todo = self.due.todo_of(index)
            if todo is None:
                continue
            if index in blamed:
                self._suspect.append(index)
            else:
                self._again.append(todo)

    def _blame(self, writer: str, batch: Batch) -> set[int]:
        """Blocks of a lost batch with a run that ended its process, as its writer's log tells."""
        blamed: set[int] = set()
        rows = read_attempts(self.order.folder, writer).to_pylist()
        last = {row["run"]: row for row in rows}
        for todo in batch.todos:
            block = self.due.sweep.blocks[todo.block]
            for position, number in todo.runs:
                run = block.runs[position]
                row = last.get(run.run)
                if row is None or row["try"] != number or row["status"] == Event.DONE:
                    continue
                event, reason = Event(row["status"]), row["error"] or ""
                if event is Event.INTERRUPTED:
                    event, reason = self._how(row["began"])
                    one = Try(run.run, run.index, block.seed, number)
                    self.store.attempts.end(one, event, error=reason)
                self._note(Failure(run.run, event, reason))
                if event is not Event.FAILED:
                    blamed.add(todo.block)
        return blamed

    def _how(self, began: datetime) -> tuple[Event, str]:
        """How a try ended that nobody noted: where its time was up, by the system's alarm."""
        most = self.order.sweep.plan.limits.run_seconds
        if most and (datetime.now(UTC) - began).total_seconds() > most + GRACE_SECONDS:
            return Event.HUNG, f"not done after {most:g} s"
        return Event.DIED, DIED

    def _finish_in_hand(self) -> None:
        """Wait for the runs in hand after workers were asked to begin no more."""
        for future, batch in list(self._underway.items()):
            if not self._claims.writer_of(batch.claim):
                del self._underway[future]
                future.cancel()
        while self._underway and self._workers():
            self._tell()
            with contextlib.suppress(Empty):
                self._take(self._finished.get(timeout=TELL_SECONDS))

    def _put_away(self, *, stop: bool) -> None:
        """Have every worker write what it has finished; one that cannot is left behind."""
        said: list[str] = []

        def ask() -> None:
            with contextlib.suppress(Exception):
                answers = self.client.run(close_here, self.name, stop=stop, on_error="return")
                said.extend(one for one in answers.values() if isinstance(one, str) and one)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(PUT_AWAY_SECONDS)
        if said and not stop:
            raise RefusedError(said[0])

    def _tell(self) -> None:
        done, failed = self._start.done, len(self.due.given_up)
        lived = max(0, self._tried)
        more = max(0, lived - (failed - self._start.failed))
        seconds = monotonic() - self._began
        workers = self._crew[1]
        self.told(Progress(self._start.runs, done + more, failed, seconds, lived, workers))
