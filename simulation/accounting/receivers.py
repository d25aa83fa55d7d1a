"""Who receives at standing links once some of those whom they name have closed."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.accounting.desks import serve
from simulation.kernels import receiving

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

OVERWRITTEN = 1 << 24
"""Links from which on those that lead elsewhere are told apart instead of being written twice."""


class Receivers(Protocol):
    """Links that know who receives at each."""

    def follow(self, redirect: Int32, threads: int) -> Int32:
        """Return who receives at each link, `~row` where nobody does in the place of a row.

        Parameters
        ----------
        redirect : int32[n_closing]
            Row that receives in place of each that may close, -1 where nobody does.
        threads : int
            How many may look through links side by side.

        Returns
        -------
        int32[n_links]
            Not to be written; true until the next call.
        """

    def named(self) -> Int32:
        """Return the row that each link names: int32[n_links]."""


def receivers_of(named: Int32, rows: Int64, *, whole: bool) -> Receivers:
    """Return the receivers of links.

    Parameters
    ----------
    named : int32[n_links]
        Written to, where there are many.
    rows : int64[m]
        Rows of all classes that are named, rising.
    whole : bool
        Whether who is named is asked for often.
    """
    first, last = (int(rows[0]), int(rows[-1]) + 1) if rows.size else (0, 0)
    if named.size < OVERWRITTEN or whole:
        return Beside(named, first, last)
    return InPlace(named, first, last)


@dataclass(slots=True)
class Beside:
    """Receivers in a column of their own; links in the order of whom they name are kept."""

    links: Int32
    first: int
    last: int
    seen: Int32 | None = None
    payee: Int32 | None = None
    by_row: tuple[Int64, Int32] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "Beside":
        """Share what never changes; see `run`."""
        column, seen = self.payee, self.seen
        return Beside(
            self.links, self.first, self.last, None if seen is None else seen.copy(),
            None if column is None else column.copy(), self.by_row,
        )  # fmt: skip

    def follow(self, redirect: Int32, threads: int) -> Int32:
        """See `Receivers`."""
        now = redirect[self.first : self.last]
        if self.seen is None:
            self.seen = np.arange(self.first, self.first + now.size, dtype=np.int32)
        changed = np.flatnonzero(self.seen != now)
        if changed.size:
            if self.payee is None:
                self.payee = self.links.copy()
            begins, order = self._links_by_row(now.size)
            receiving.send_on(changed, self.first, now, begins, order, self.payee)
            self.seen = now.copy()
        return self.links if self.payee is None else self.payee

    def named(self) -> Int32:
        """See `Receivers`."""
        return self.links

    def _links_by_row(self, closing: int) -> tuple[Int64, Int32]:
        """Say where the links that name each of the rows that may close stand."""
        if self.by_row is None:
            self.by_row = np.zeros(closing + 1, dtype=np.int64), np.empty_like(self.links)
            receiving.sort_links(self.links, self.first, *self.by_row)
        return self.by_row


@dataclass(slots=True)
class InPlace:
    """Receivers in the links themselves; what some of these name is kept apart."""

    links: Int32
    first: int
    last: int
    seen: Int32 | None = None
    parts: list[tuple[slice, Int32]] = field(default_factory=list)
    """Parts of the links that are looked through side by side, and how many name each row."""
    sent: list[tuple[slice, Int32, Int32]] = field(default_factory=list)
    """In each part those that lead elsewhere, and whom they name."""

    def follow(self, redirect: Int32, threads: int) -> Int32:
        """See `Receivers`."""
        now = redirect[self.first : self.last]
        rows = np.arange(self.first, self.first + now.size, dtype=np.int32)
        if not np.array_equal(now, rows if self.seen is None else self.seen):
            away = now != rows
            _put_back(self.links, self.sent)
            if len(self.parts) != threads:
                self.parts = self._parts(threads, now.size)

            def work(part: tuple[slice, Int32]) -> tuple[slice, Int32, Int32]:
                at, named = np.empty((2, int(part[1][away].sum())), dtype=np.int32)
                receiving.overwrite(self.links[part[0]], self.first, away, now, at, named)
                return part[0], at, named

            self.sent = serve(self.parts, work)
            self.seen = now.copy()
        return self.links

    def named(self) -> Int32:
        """See `Receivers`."""
        whole = self.links.copy()
        _put_back(whole, self.sent)
        return whole

    def _parts(self, threads: int, closing: int) -> list[tuple[slice, Int32]]:
        """Cut the links, none of which leads elsewhere, into equal parts."""
        cuts = self.links.size * np.arange(threads + 1) // threads
        parts = [slice(begin, end) for begin, end in itertools.pairwise(cuts)]
        counts = np.zeros((threads, closing), dtype=np.int32)
        for part, named in zip(parts, counts, strict=True):
            receiving.count_named(self.links[part], self.first, named)
        return list(zip(parts, counts, strict=True))


def _put_back(links: Int32, sent: Sequence[tuple[slice, Int32, Int32]]) -> None:
    for part, at, named in sent:
        receiving.put_back(links[part], at, named)
