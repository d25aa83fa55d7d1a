"""Desks at which parts of the homes are served side by side, each by a thread of its own.

A desk has a till, and rooms of its own for whatever rows before the homes are to receive; when all
desks have closed, what lies in the rooms is added up. Whole numbers come to the same sum in any
order, so neither the number of desks nor who is first can change a penny or a unit of dye.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache, partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.lines import room_for_dye, room_in_lines
from simulation.kernels import settling, tills
from simulation.kernels.accounts import Dye, Links
from simulation.kernels.compiling import AT_ONCE
from simulation.kernels.labour import LEAVES
from simulation.kernels.tills import Counter, Till

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Part = TypeVar("Part")
Served = TypeVar("Served")

LINKS_OF_A_HOME = 8
"""Payments of a home at a till, about. Where a till has more rows to pour out, block by block, than
homes make payments, sums by class grow as homes pay."""
MANY = 1_000_000
"""Accounts from which on desks close side by side too."""


class Desk:
    """Where one part of the homes is served.

    Parameters
    ----------
    blocks : int64[n_blocks + 1]
        Homes `blocks[b] : blocks[b + 1]` are of one class.
    before : int
        Rows before the homes.
    n_classes : int
    first : bool
        Whether it is the first desk, which works in the ledger's own inboxes.
    """

    def __init__(self, blocks: Int64, before: int, n_classes: int, first: bool) -> None:
        self.blocks = blocks
        self.first = first
        served = int(blocks[-1] - blocks[0])
        self._as_paid = before * (blocks.size - 1) > LINKS_OF_A_HOME * served
        self._before = before
        self._till, self._tags = np.zeros((0, 0), dtype=np.int64), -1
        self._slips, self._slips_for = np.zeros((0, 0), dtype=np.int64), (0, 0)
        self.by_class: Int64 = np.zeros((n_classes, 2), dtype=np.int64)
        self.told: Int64 = np.empty(((blocks.size - 1) * n_classes, 4), dtype=np.int64)
        self._inbox: Int64 = np.zeros(0 if first else before, dtype=np.int64)
        self._dye: list[Int64] = []
        self._links: dict[Kind, tuple[Int32, Int64]] = {}
        self._workings: Int64 = np.empty((5, AT_ONCE), dtype=np.int64)
        self._part = np.empty(AT_ONCE)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Desk":
        """Set up another: whatever is not being served, has nothing in its rooms."""
        return Desk(self.blocks, self._before, self.by_class.shape[0], self.first)

    def till(self, kind: Kind, links: Links, klass: Int32, inbox: Int64, dye: Dye | None) -> Till:
        """Open the till, which pays into the ledger's inbox here at the first desk, else a room."""
        tags = 0 if dye is None else dye.held.shape[1]
        if self._tags != tags:
            self._till, self._tags = room_in_lines(self._before, 1 + tags + self._as_paid), tags
            if self._as_paid:
                self._till[:, -1] = klass[: self._before]
        counts, into = self._count(kind, links, klass), self.inbox(inbox)
        return Till(self._till, self._as_paid, klass, counts, self.by_class, self.told, into)

    def slips(self, employers: int, tags: int) -> Int64:
        """Return empty room for payslips by employer; see `labour.Room`, which says what stays."""
        if self._slips_for != (employers, tags):
            self._slips = room_in_lines(employers, LEAVES + tags)
            self._slips_for = employers, tags
        return self._slips

    def inbox(self, whole: Int64) -> Int64:
        """Return where rows before the homes are paid into."""
        return whole if self.first else self._inbox

    def _count(self, kind: Kind, links: Links, klass: Int32) -> Int64:
        """Count links by block and class, once: int64[n_blocks, n_classes]."""
        counted, counts = self._links.get(kind, (None, None))
        if counts is None or counted is not links.cum:
            counts = np.zeros((self.blocks.size - 1, self.by_class.shape[0]), dtype=np.int64)
            tills.count_links(self.blocks, links, klass, counts)
            self._links[kind] = links.cum, counts
        return counts

    def counter(self) -> Counter:
        """Give the homes that are served together room to reckon in."""
        columns = [*self._workings, self._part]
        return Counter(*columns)

    def dye(self, whole: Dye | None) -> Dye | None:
        """Return the dye that is moved here; what rows before the homes receive waits in a room."""
        if whole is None or self.first:
            return whole
        before, tags = self._before, whole.held.shape[1]
        if not self._dye or self._dye[0].shape[1] != tags:
            sizes = before, before, whole.passed.shape[0], whole.arrived.shape[0]
            self._dye = [room_for_dye(size, tags) for size in sizes]
        out, inbox, passed, arrived = self._dye
        return whole._replace(out=out, inbox=inbox, passed=passed, arrived=arrived)

    def members(self, household: Int32) -> Int64:
        """Say where the people of each block begin, and where the last end: int64[n_blocks + 1].

        Parameters
        ----------
        household : int32[m]
            Home of each, from 0, rising.
        """
        return np.searchsorted(household, self.blocks.astype(household.dtype)).astype(np.int64)

    def rooms(self, inbox: Int64, whole: Dye | None) -> list[tuple[Int64, Int64]]:
        """Return rooms in which something may lie, and what of the ledger's each belongs to."""
        if self.first:
            return []
        moved = [(self._inbox[:, None], inbox[:, None])]
        if whole is not None:
            targets = whole.out, whole.inbox, whole.passed, whole.arrived
            moved += zip(self._dye, targets, strict=True)
        return moved


def close(desks: Sequence[Desk], inbox: Int64, whole: Dye | None) -> None:
    """Add what lies in the rooms of desks to what the ledger has, and leave them empty."""
    moved = [pair for desk in desks for pair in desk.rooms(inbox, whole)]
    parts = len(desks) if inbox.size > MANY else 1

    def work(part: int) -> None:
        for room, target in moved:
            n = room.shape[0]
            settling.take_room(room, target, n * part // parts, n * (part + 1) // parts)

    serve(range(parts), work)


def set_up(ends: Int64, many: int, before: int, n_classes: int) -> list[Desk]:
    """Share homes out among desks.

    Parameters
    ----------
    ends : int64[n_blocks + 1]
        Where blocks of homes of one class begin, and where the last ends.
    many : int
        Desks, at least one; there are never more than homes.
    before, n_classes
        See `Desk`.
    """
    homes = int(ends[-1])
    cuts = np.unique(homes * np.arange(max(min(many, homes), 1) + 1) // max(min(many, homes), 1))
    parts = [(0, 0)] if homes == 0 else zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
    desks = []
    for begin, end in parts:
        inside = ends[(ends > begin) & (ends < end)]
        blocks = np.array([begin, *inside, end] if end > begin else [0], dtype=np.int64)
        desks.append(Desk(blocks, before, n_classes, first=begin == 0))
    return desks


@cache
def _crew(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="desk")


def serve(desks: Sequence[Part], work: Callable[[Part], Served]) -> list[Served]:
    """Do a piece of work at every desk, or other part; see `side_by_side`."""
    return side_by_side([partial(work, desk) for desk in desks])


def side_by_side(calls: Sequence[Callable[[], Served]]) -> list[Served]:
    """Make some calls side by side, each in a thread; return what they return.

    What nobody else has begun when the first is done, is done here. Calls of kernels begin soonest
    where their arguments lie ready: another thread then waits for the interpreter only once.

    Raises
    ------
    Exception
        Whatever a call raises, once all that have begun have ended.
    """
    if len(calls) == 1:
        return [calls[0]()]
    others = [_crew(len(calls) - 1).submit(call) for call in calls[1:]]
    try:
        done = [calls[0]()]
        for call, other in zip(calls[1:], others, strict=True):
            done.append(call() if other.cancel() else other.result())
    except BaseException:
        wait([other for other in others if not other.cancel()])
        raise
    return done


def meanwhile(work: Callable[[], Served]) -> Callable[[], Served]:
    """Begin a piece of work that touches nothing of what others do until its end is asked for.

    Returns
    -------
    callable
        Waits for its end, returns what it returned, and raises what it raised.
    """
    begun = threading.Semaphore(0)

    def go() -> Served:
        begun.release()
        return work()

    doing = _crew(1).submit(go)
    # else it would not begin before this thread happens to let go of the interpreter
    begun.acquire()
    return doing.result
