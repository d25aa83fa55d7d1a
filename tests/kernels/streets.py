"""Makes small random streets for the tests of home kernels: homes, and those whom they pay."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulation.accounting.lines import room_in_lines
from simulation.kernels import tills
from simulation.kernels.accounts import Links
from simulation.kernels.compiling import AT_ONCE
from simulation.kernels.homes import Claims, Taper
from simulation.kernels.tills import Counter, Till
from tests.kernels.phases import Opening, cells, dye_below, receivers, shares

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
SHOPS = 3
N_CLASSES = 5
MONEY = st.one_of(st.integers(0, 9), st.integers(0, 10**8))


@dataclass(frozen=True, slots=True)
class Street(Opening):
    """Three rows that are paid, then some homes, each with links to those rows."""

    start: Int32
    payee: Int32
    cum: Int32
    klass: Int32

    @property
    def links(self) -> Links:
        """The homes' links."""
        linked = np.flatnonzero(np.diff(self.start)).astype(np.int32)
        return Links(SHOPS, linked, self.start, receivers(self.redirect, self.payee), self.cum)

    @property
    def columns(self) -> tuple[list[int], list[int], list[int]]:
        """Where each home's links begin, who receives, cumulative shares."""
        return self.start.tolist(), self.payee.tolist(), self.cum.tolist()

    @property
    def blocks(self) -> Int64:
        """Where each run of homes of one class begins, and where the last ends."""
        own = self.klass[SHOPS:].tolist()
        turns = [k for k in range(1, len(own)) if own[k] != own[k - 1]]
        return np.array([0, *turns, len(own)], dtype=np.int64)

    def till(self, inbox: Int64, tags: int, as_paid: bool) -> Till:
        """An empty till, with something left in what is only written."""
        told = np.full(((self.blocks.size - 1) * N_CLASSES, 4), -1, dtype=np.int64)
        links = np.zeros((self.blocks.size - 1, N_CLASSES), dtype=np.int64)
        tills.count_links(self.blocks, self.links, self.klass, links)
        by_class, rows = (
            np.zeros((N_CLASSES, 2), np.int64),
            rows_of(self.klass[:SHOPS], tags, as_paid),
        )
        return Till(rows, as_paid, self.klass, links, by_class, told, inbox)

    def told(self, made: list[tuple[int, int, int, int]]) -> list[list[int]]:
        """Sum payments by block of homes and class of the payee, slowly."""
        lines = []
        for begin, end in zip(self.blocks[:-1] + SHOPS, self.blocks[1:] + SHOPS, strict=True):
            for k in range(N_CLASSES):
                pence = [p for row, to, p, _ in made if begin <= row < end and self.klass[to] == k]
                if pence:
                    lines.append([int(self.klass[begin]), k, sum(pence), len(pence)])
        return lines

    def by_block(self, amounts: list[int]) -> list[list[int]]:
        """Sum one amount a home by block, slowly; one of nothing is no payment."""
        ends = zip(self.blocks[:-1], self.blocks[1:], strict=True)
        parts = [amounts[begin:end] for begin, end in ends]
        return [[sum(part), sum(pence > 0 for pence in part)] for part in parts]


def rows_of(klass: Int32, tags: int, as_paid: bool) -> Int64:
    """The rows of an empty till, with their classes where sums grow as homes pay."""
    rows = room_in_lines(klass.size, 1 + tags + as_paid)
    if as_paid:
        rows[:, -1] = klass
    return rows


@st.composite
def streets(draw: st.DrawFn) -> Street:
    """A street of up to four homes of three classes, with closed and redirected shops."""
    n = draw(st.integers(1, 4))
    links = [draw(shares()) for _ in range(n)]
    edges = sum(map(len, links))
    shop = st.integers(0, SHOPS - 1)
    balance = draw(st.lists(MONEY, min_size=SHOPS + n, max_size=SHOPS + n))
    shop_class = st.lists(st.integers(0, 1), min_size=SHOPS, max_size=SHOPS)
    klass = draw(shop_class)
    redirect = [
        draw(st.sampled_from([-1, *(row for row in range(SHOPS) if klass[row] == own)]))
        for own in klass
    ]
    home_class = st.lists(st.integers(2, N_CLASSES - 1), min_size=n, max_size=n)
    return Street(
        balance=np.array(balance, dtype=np.int64),
        dye=draw(dye_below(balance, draw(st.integers(1, 5)))),
        cell=draw(cells(SHOPS + n)),
        redirect=np.array([*redirect, *range(SHOPS, SHOPS + n)], dtype=np.int32),
        homes=range(SHOPS, SHOPS + n),
        start=np.cumsum([0, *map(len, links)]).astype(np.int32),
        payee=np.array(draw(st.lists(shop, min_size=edges, max_size=edges)), dtype=np.int32),
        cum=np.array([c for each in links for c in each], dtype=np.int32),
        klass=np.array(klass + draw(home_class), dtype=np.int32),
    )


@st.composite
def claims_of(draw: st.DrawFn, n: int) -> Claims:
    """What n homes are due and owe; some owe more than they can pay."""
    money = st.lists(MONEY, min_size=n, max_size=n)
    return Claims(
        *(np.array(draw(money), dtype=np.int64) for _ in range(5)),
        in_row=np.array(draw(st.lists(st.integers(1, 3), min_size=n, max_size=n)), np.int32),
        seekers=np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)), np.int64),
    )


def full_counter() -> Counter:
    """Workings in which something has been left lying."""
    return Counter(*np.full((5, AT_ONCE), 99, dtype=np.int64), np.full(AT_ONCE, 99.0))


TAPERS = st.builds(Taper, st.integers(0, 50_000), st.integers(0, 65536), st.integers(0, 40_000))
