"""Makes small random phases for the tests of kernels: payers, links, balances, dye."""

import itertools
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulation.kernels.accounts import Accounts, Dye, Links

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
LARGEST = 2**46 - 1
N_CELLS = 3
PENCE = st.one_of(
    st.integers(0, 3),
    st.integers(0, 10**7),
    st.integers(0, LARGEST),
    st.sampled_from([65535, 65536, 65537, LARGEST - 1, LARGEST]),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Accounts as a phase opens; kernels are given copies of what they change."""

    balance: Int64
    dye: Int64
    cell: Int32
    redirect: Int32
    homes: range
    """Rows that pay nobody in the phase and receive at once."""

    @property
    def n_rows(self) -> int:
        """Number of accounts."""
        return self.balance.size

    @property
    def shape(self) -> tuple[int, int]:
        """Accounts and tags."""
        return self.dye.shape[0], self.dye.shape[1]

    @property
    def others(self) -> list[int]:
        """Rows that are no homes."""
        return [row for row in range(self.n_rows) if row not in self.homes]

    def accounts(self) -> Accounts:
        """Accounts with empty inboxes."""
        inbox = np.zeros(self.n_rows, dtype=np.int64)
        ends = self.homes.start, self.homes.stop
        return Accounts(self.balance.copy(), inbox, *ends)

    def dyes(self) -> Dye:
        """Dye of which nothing has moved yet."""
        out, inbox = np.zeros((2, *self.shape), dtype=np.int64)
        passed, arrived = np.zeros((2, N_CELLS, self.shape[1]), dtype=np.int64)
        opening = self.balance.copy()
        return Dye(self.dye.copy(), out, inbox, opening, self.cell, passed, arrived)

    def room(self, known: bool) -> Int64 | None:
        """Room that a kernel works in; none where it knows that there are four tags."""
        tags = self.shape[1]
        return None if known and tags == 4 else np.full(tags, 77, dtype=np.int64)


def receivers(redirect: Int32, named: Int32) -> Int32:
    """Who receives at each link, `~row` where nobody does."""
    payee = redirect[named]
    return np.where(payee >= 0, payee, ~named)


@dataclass(frozen=True, slots=True)
class Phase(Opening):
    """One phase of payments along links."""

    first: int
    budget: Int64
    start: Int32
    payee: Int32
    cum: Int32
    slot: Int32

    @property
    def links(self) -> Links:
        """The payers' links, with whoever receives in the place of those whom they name."""
        linked = np.flatnonzero(np.diff(self.start)).astype(np.int32)
        return Links(self.first, linked, self.start, receivers(self.redirect, self.payee), self.cum)

    @property
    def columns(self) -> tuple[Int32, Int32, Int32]:
        """Where each payer's links begin, who receives, cumulative shares."""
        return self.start, self.payee, self.cum


@dataclass(frozen=True, slots=True)
class Payments(Opening):
    """A list of payments, none above what its payer holds in all."""

    payer: Int32
    payee: Int32
    pence: Int64

    @property
    def made(self) -> list[tuple[int, int, int]]:
        """Payer, payee and pence of each."""
        columns = self.payer.tolist(), self.payee.tolist(), self.pence.tolist()
        return list(zip(*columns, strict=True))


@st.composite
def shares(draw: st.DrawFn) -> list[int]:
    """Cumulative shares of one payer: rising, ending at 65536; or no link at all."""
    steps = draw(st.sets(st.integers(1, 65535), max_size=4))
    return [*sorted(steps), 65536] if draw(st.booleans()) or steps else []


@st.composite
def dye_below(draw: st.DrawFn, balance: list[int], tags: int) -> Int64:
    """Dye of each row and tag, never above 1024 times the balance; often exactly that."""
    rows = []
    for pence in balance:
        room = 1024 * max(pence, 0)
        cuts = draw(st.lists(st.integers(0, room), min_size=tags - 1, max_size=tags - 1))
        top = draw(st.one_of(st.just(room), st.integers(0, room)))
        ends = [0, *sorted(min(cut, top) for cut in cuts), top]
        rows.append([end - begin for begin, end in itertools.pairwise(ends)])
    return np.array(rows, dtype=np.int64).reshape(len(balance), tags)


@st.composite
def homes_in(draw: st.DrawFn, first: int, end: int) -> range:
    """Some neighbouring rows out of `first .. end - 1`, or none."""
    ends = draw(st.lists(st.integers(first, end), min_size=2, max_size=2))
    return range(*sorted(ends))


@st.composite
def phases(draw: st.DrawFn, tags: int | None = None) -> Phase:
    """A phase with homes, closed and redirected payees, empty budgets and amounts near 2**46."""
    n = draw(st.integers(2, 6))
    first = draw(st.integers(0, n - 1))
    payers = draw(st.integers(1, n - first))
    links = [draw(shares()) for _ in range(payers)]
    edges = sum(map(len, links))
    row = st.integers(0, n - 1)
    budget = draw(st.lists(PENCE, min_size=payers, max_size=payers))
    spare = draw(st.lists(PENCE, min_size=n, max_size=n))
    whole = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    balance = [0 if w else s for s, w in zip(spare, whole, strict=True)]
    for k, pence in enumerate(budget):
        balance[first + k] = min(balance[first + k] + pence, LARGEST)
    toward = st.one_of(row, st.just(-1))
    closed = draw(st.dictionaries(row, toward, max_size=3))
    return Phase(
        balance=np.array(balance, dtype=np.int64),
        dye=draw(dye_below(balance, tags or draw(st.integers(1, 5)))),
        cell=draw(cells(n)),
        redirect=np.array([closed.get(r, r) for r in range(n)], dtype=np.int32),
        homes=draw(st.one_of(homes_in(0, first), homes_in(first + payers, n))),
        first=first,
        budget=np.array(budget, dtype=np.int64),
        start=np.cumsum([0, *map(len, links)]).astype(np.int32),
        payee=np.array(draw(st.lists(row, min_size=edges, max_size=edges)), dtype=np.int32),
        cum=np.array([c for each in links for c in each], dtype=np.int32),
        slot=np.array(
            draw(st.lists(st.integers(0, 2), min_size=edges, max_size=edges)), dtype=np.int32
        ),
    )


@st.composite
def cells(draw: st.DrawFn, n: int) -> Int32:
    """A cell for each of n rows."""
    each = st.lists(st.integers(0, N_CELLS - 1), min_size=n, max_size=n)
    return np.array(draw(each), dtype=np.int32)


@st.composite
def payments(draw: st.DrawFn) -> Payments:
    """A list of payments that together never ask more of a payer than it holds; no home pays."""
    n = draw(st.integers(2, 6))
    row = st.integers(0, n - 1)
    homes = draw(homes_in(0, n))
    payers = [r for r in range(n) if r not in homes]
    balance = draw(st.lists(PENCE, min_size=n, max_size=n))
    left, made = list(balance), []
    for _ in range(draw(st.integers(0, 8)) if payers else 0):
        payer, payee = draw(st.sampled_from(payers)), draw(row)
        pence = draw(st.one_of(st.just(left[payer]), st.integers(0, left[payer])))
        left[payer] -= pence
        made.append((payer, payee, pence))
    return Payments(
        balance=np.array(balance, dtype=np.int64),
        dye=draw(dye_below(balance, draw(st.integers(1, 5)))),
        cell=draw(cells(n)),
        redirect=np.arange(n, dtype=np.int32),
        homes=homes,
        payer=np.array([m[0] for m in made], dtype=np.int32),
        payee=np.array([m[1] for m in made], dtype=np.int32),
        pence=np.array([m[2] for m in made], dtype=np.int64),
    )
