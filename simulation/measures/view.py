"""Books seen through a window of months, with the sums that many measures share made once.

A place is a set of areas. `district`, `county`, `region` and `uk` are taken around each buyer's
own area: the nearest node of the tree of that tier, or the area itself where it already is as
large. `neighbours` are the areas that the scenario lists, `all` is everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Tier
from simulation.accounting.books import Books, Table
from simulation.accounting.flows import Pairs, summed_flows, within
from simulation.measures.measure import Undefined

Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]
T = TypeVar("T")

PRIVATE = (Institution.FIRM, Institution.HOUSEHOLD, Institution.CLUB)
"""Who re-spends in a place; councils, government, banks and the world absorb."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Columns of `classes` by class code, int64[n_classes]; -1 where a code is not used."""

    institution: Int64
    area: Int64
    owner_kind: Int64
    sector: Int64

    @property
    def private(self) -> Bool:
        """Firms, households and clubs, bool[n_classes]."""
        return np.isin(self.institution, PRIVATE)


@dataclass(frozen=True, slots=True)
class Place:
    """Buyers that share a place, and the areas it is made of.

    Attributes
    ----------
    buyers : tuple of int
        Party rows.
    areas : bool[n_areas + 1]
        Whether an area lies in the place; the last entry answers for the unknown area, -1.
    may : bool[n_areas + 1]
        Whether it lies in the place or may do so: the unknown area, and doubts (`either`).
    """

    buyers: tuple[int, ...]
    areas: Bool
    may: Bool


class View:
    """Books within a window of months.

    Parameters
    ----------
    books : Books
        What is measured.
    first, last : int
        The window, both months included; by default the whole run.
    """

    def __init__(self, books: Books, first: int = 1, last: int | None = None) -> None:
        self.books = books
        self.meta = books.meta
        self.first = first
        self.last = books.meta.months if last is None else last
        self._kept: dict[object, Any] = {}

    @property
    def years(self) -> float:
        """Length of the window [years]."""
        return (self.last - self.first + 1) / 12

    def keep(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made for `key`, making it on first use."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    def share(self, other: "View") -> None:
        """Take over the sums of another run's view of these months, which both lived alike."""
        self._kept = other._kept

    def covers(self, name: str) -> bool:
        """Say whether the books hold this table."""
        return self.books.covers(name)

    def whole(self, name: str) -> Table:
        """Return a table over all months.

        Raises
        ------
        Undefined
            When the source cannot see the table.
        """
        if not self.books.covers(name):
            raise Undefined(f"these books do not cover {name}")
        return self.books.tables[name]

    def table(self, name: str) -> Table:
        """Return the rows of a table that lie in the window; raises Undefined as `whole`."""
        return self.keep(("table", name), lambda: within(self.whole(name), self.first, self.last))

    def latest(self, name: str) -> Table:
        """Return a stock's rows of the last month that was kept in the window.

        Where none was kept in it, those of the next month kept.

        Raises
        ------
        Undefined
            When the source cannot see the table or kept no month so late; the built state
            (a window that ends at month 0) is never told by a later month.
        """
        return self.keep(("latest", name), lambda: self._latest(name))

    def _latest(self, name: str) -> Table:
        rows = self.whole(name)
        month = rows["month"]
        within = month[(month >= self.first) & (month <= self.last)]
        later = month[month > self.last] if self.last > 0 else within
        if within.size + later.size == 0:
            raise Undefined(f"no {name} was kept for months {self.first} to {self.last}")
        now = month == (within.max() if within.size else later.min())
        return {key: column[now] for key, column in rows.items()}

    @property
    def pairs(self) -> Pairs:
        """Payments of the window summed over its months."""
        self.whole("flows")
        return self.keep("pairs", lambda: summed_flows(self.books, self.first, self.last))

    @cached_property
    def classes(self) -> Classes:
        """Columns of `classes` by class code."""
        rows = self.whole("classes")
        n = int(rows["klass"].max(initial=-1)) + 1
        return Classes(
            *(
                by_code(rows["klass"], rows[name], n)
                for name in ("institution", "area", "owner_kind", "sector")
            )
        )

    @cached_property
    def parties(self) -> dict[str, Int64]:
        """Columns of `parties` by party row; -1 where a row is no organisation."""
        rows = self.whole("parties")
        n = int(rows["party"].max(initial=-1)) + 2
        return {name: by_code(rows["party"], rows[name], n) for name in rows if name != "party"}

    @cached_property
    def _tree(self) -> tuple[Int64, Int64, Bool]:
        rows = self.whole("areas")
        n = len(self.meta.area_ids)
        parent = by_code(rows["area"], rows["parent"], n)
        tier = by_code(rows["area"], rows["tier"], n)
        return parent, tier, by_code(rows["area"], rows["neighbour"], n) > 0

    def places(self, tier: str) -> list[Place]:
        """Group the buyers by the place that `tier` means for each.

        Raises
        ------
        Undefined
            When the tree has no node of that tier above a buyer.
        """
        return self.keep(("places", tier), lambda: self._places(tier))

    def _places(self, tier: str) -> list[Place]:
        groups: dict[int, list[int]] = {}
        for row, area in zip(self.meta.buyer_rows, self.meta.buyer_areas, strict=True):
            groups.setdefault(self._root(area, tier), []).append(row)
        return [self._place(tuple(rows), self._below(root, tier)) for root, rows in groups.items()]

    def _place(self, buyers: tuple[int, ...], inside: Bool) -> Place:
        """Hold doubts about where someone is against the areas of a place."""
        areas, may = inside.copy(), inside.copy()
        may[-1] = True
        if self.books.covers("either"):
            rows = self.whole("either")
            doubt, member = rows["area"], inside[rows["member"]]
            may[doubt[member]] = True
            areas[doubt] = True
            areas[doubt[~member]] = False
        return Place(buyers, areas, may)

    def focus(self, tier: str) -> Bool:
        """Areas of the place that `tier` means around the focus, bool[n_areas + 1].

        Raises
        ------
        Undefined
            When the tree has no node of that tier above the focus.
        """
        return self.keep(
            ("focus", tier),
            lambda: self._below(self._root(self.meta.focus_area, tier), tier),
        )

    def _root(self, area: int, tier: str) -> int:
        if tier in ("all", "neighbours"):
            return -1
        wanted = Tier[tier.upper()]
        parent, tiers, _ = self._tree
        at = area
        while at >= 0 and tiers[at] < wanted:
            at = int(parent[at])
        if at < 0 or (tiers[at] > wanted and at != area):
            raise Undefined(f"the place has no {tier} above {self.meta.area_ids[area]}")
        return at

    def _below(self, root: int, tier: str) -> Bool:
        parent, _, neighbour = self._tree
        n = parent.size
        inside = np.zeros(n + 1, dtype=np.bool_)
        if tier == "all":
            return np.ones(n + 1, dtype=np.bool_)
        if tier == "neighbours":
            inside[:n] = neighbour
            if not inside.any():
                raise Undefined("the scenario lists no neighbours")
        else:
            inside[root] = True
        above = np.where(parent < 0, n, parent)
        grown = inside.copy()
        while True:
            grown[:n] |= inside[above]
            if (grown == inside).all():
                return inside
            inside = grown.copy()

    def of_buyers(self, rows: Table, place: Place) -> Table:
        """Return the rows whose buyer is one of the place's."""
        if set(place.buyers) >= set(self.meta.buyer_rows):
            return rows
        mine = np.isin(rows["buyer"], place.buyers)
        return {key: column[mine] for key, column in rows.items()}


def by_code(code: NDArray[Any], values: NDArray[Any], n: int) -> Int64:
    """Spread values into an array indexed by code, int64[n], -1 where a code does not occur."""
    out = np.full(n, -1, dtype=np.int64)
    out[code] = values
    return out
