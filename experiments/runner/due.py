"""What a sweep has still to live: all of the plan that is neither done nor given up."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from experiments.design.blocks import Block
from experiments.runner.block_run import BASELINE_FAILED, Todo
from experiments.runner.sweep_plan import Sweep
from experiments.store.attempts import Event
from experiments.store.done import Words, sorted_words, words_of

OURS = frozenset({str(Event.HUNG), str(Event.MEMORY)})
"""How a try ends that we ended: such tries count over all sessions. A process that died may have
been killed by anyone, so a new session tries its run anew."""


@dataclass(slots=True)
class Due:
    """The runs that are due, of a whole plan or of a shard of it.

    Attributes
    ----------
    sweep : Sweep
    done : collection of str
        Runs that are on the disk.
    shard, shards : int
        Every block whose index leaves `shard` when divided by `shards`.
    counted : dict of str to int
        Tries so far of runs that are not done, the interrupted ones included.
    ended : dict of str to int
        How many of them ended their process.
    given_up : set of str
        Runs that are not tried again.
    """

    sweep: Sweep
    done: Collection[str]
    shard: int = 0
    shards: int = 1
    counted: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)
    _named: tuple[Words, npt.NDArray[np.int64]] | None = None

    def recall(self, attempts: pa.Table, *, forgive: bool) -> None:
        """Take in what earlier sessions tried.

        Parameters
        ----------
        attempts : pyarrow.Table
            As of `read_attempts`.
        forgive : bool
            Whether runs that were given up are tried again.
        """
        rows = attempts.filter(pc.not_equal(attempts["status"], str(Event.DONE)))
        columns = (rows.column(name).to_pylist() for name in ("run", "try", "status"))
        for run, number, status in zip(*columns, strict=True):
            if run in self.done:
                continue
            self.counted[run] = max(number, self.counted.get(run, 0))
            if forgive:
                continue
            if status in OURS:
                self.note(run, Event(status))
            elif status == Event.FAILED:
                self.given_up.add(run)

    def note(self, run: str, event: Event) -> None:
        """Count a try that failed; its run is given up where it was one too many."""
        if event is Event.FAILED:
            self.given_up.add(run)
            return
        self.ended[run] = self.ended.get(run, 0) + 1
        if self.ended[run] >= self.sweep.plan.limits.tries:
            self.given_up.add(run)

    def todo_of(self, index: int) -> Todo | None:
        """What is due of a block; None where nothing is."""
        block: Block = self.sweep.blocks[index]
        runs = tuple(
            (position, self.counted.get(run.run, 0) + 1)
            for position, run in enumerate(block.runs)
            if run.run not in self.done and run.run not in self.given_up
        )
        if not runs:
            return None
        baseline = self.sweep.places[block.place].plan.baseline
        failed = any(run.policy == baseline and run.run in self.given_up for run in block.runs)
        return Todo(index, runs, BASELINE_FAILED if failed else "")

    def is_suspect(self, todo: Todo) -> bool:
        """Whether a run of it has ended its process before, so that it is better alone."""
        runs = self.sweep.blocks[todo.block].runs
        return any(runs[position].run in self.ended for position, _ in todo.runs)

    def __iter__(self) -> Iterator[Todo]:
        """Give what is due in order of blocks, the suspect at the end."""
        suspect = []
        for index in self.open_blocks():
            todo = self.todo_of(index)
            if todo is None:
                continue
            if self.is_suspect(todo):
                suspect.append(index)
            else:
                yield todo
        for index in suspect:
            todo = self.todo_of(index)
            if todo is not None:
                yield todo

    def open_blocks(self) -> list[int]:
        """Indexes of the blocks of which something is due."""
        words, blocks = self._names()
        closed = np.union1d(sorted_words(self.done), sorted_words(self.given_up))
        due: list[int] = np.unique(blocks[~np.isin(words, closed)]).tolist()
        return due

    def counts(self) -> tuple[int, int, int]:
        """How many runs of the shard there are, are done, and are given up."""
        words, _ = self._names()
        done, given_up = (
            int(np.count_nonzero(np.isin(words, sorted_words(some))))
            for some in (self.done, self.given_up)
        )
        return words.size, done, given_up

    def _names(self) -> tuple[Words, npt.NDArray[np.int64]]:
        """Identity and block of every run of the shard; hashed once, 16 bytes a run."""
        if self._named is None:
            indexes = range(self.shard, len(self.sweep.blocks), self.shards)
            many: list[int] = []

            def names() -> Iterator[str]:
                for index in indexes:
                    runs = self.sweep.blocks[index].runs
                    many.append(len(runs))
                    yield from (run.run for run in runs)

            words = words_of(names())
            self._named = words, np.repeat(np.asarray(indexes, dtype=np.int64), many)
        return self._named
