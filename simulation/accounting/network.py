"""Who pays whom month after month, and where each payment is counted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.pages import Leaves, leaves_of
from simulation.accounting.receivers import Receivers, receivers_of
from simulation.kernels import links
from simulation.kernels.accounts import Links
from simulation.kernels.scales import CUM_ONE

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

NO_SLOT = np.zeros(0, dtype=np.int32)
NO_PAIR = np.zeros((0, 2), dtype=np.int32)


@dataclass(slots=True)
class Network:
    """Standing payment links of a block of payer rows.

    `linked` names the payers that have any link, so that nobody else is looked at. A slot is one
    (payer class, payee class) pair; `sums[s]` collects the pence and the number of payments of
    the month. Where tills do there are no slots, and everybody is looked at. Payees may change only
    within their class, so slots stay true; `reached` marks the classes that are paid, `last` is the
    last row of any of them, -1 where nobody is paid.
    """

    kind: Kind
    first: int
    linked: Int32
    start: Int32
    receivers: Receivers
    cum: Int32
    slot: Int32
    slot_payer: Int32
    slot_payee: Int32
    sums: Int64
    klass: Int32
    reached: Bool
    last: int
    pages: tuple[int, Leaves, Leaves] | None = None
    cuts: tuple[int, ...] = ()

    def leaves(self, bits: int) -> tuple[Leaves, Leaves]:
        """Return the pages of 2**bits rows on which somebody may pay, and on which be paid."""
        if self.pages is None or self.pages[0] != bits:
            payers = leaves_of(self.first + payers_of(self.start), bits)
            self.pages = bits, payers, leaves_of(self.reach, bits)
        return self.pages[1:]

    def links_to(self, redirect: Int32, threads: int = 1) -> Links:
        """Return the links as kernels take them; who receives is written down when it changes.

        Parameters
        ----------
        redirect : int32[n_closing]
            Row that receives in place of each that may close, -1 where nobody does; rows beyond,
            which are homes, never do.
        threads : int
            How many may look through links side by side.

        Returns
        -------
        Links
        """
        payee = self.receivers.follow(redirect, threads)
        return Links(self.first, self.linked, self.start, payee, self.cum)

    @property
    def reach(self) -> Int32:
        """All rows of the classes that are paid: int32[m], looked up anew."""
        return np.flatnonzero(self.reached[self.klass]).astype(np.int32)

    @property
    def payee(self) -> Int32:
        """Row that each link names: int32[n_links]."""
        return self.receivers.named()

    @property
    def single(self) -> bool:
        """Whether each of the linked payers has but one link."""
        return self.linked.size == self.cum.size

    def shared_out(self, parts: int) -> tuple[int, ...]:
        """Return where parts of all rows begin, and where the last ends, that are paid as often."""
        if len(self.cuts) != parts + 1:
            at = np.arange(1, parts) * self.cum.size // parts
            inner = np.partition(self.payee, at)[at].tolist() if self.cum.size else at.tolist()
            self.cuts = (0, *inner, self.last + 1)
        return self.cuts

    @property
    def hop(self) -> int:
        """1 where a payment of this kind is a re-spending hop."""
        return self.kind.hop


def payers_of(start: Int32) -> Int32:
    """Return the payers that have any link."""
    return np.flatnonzero(np.diff(start)).astype(np.int32)


def build_network(
    kind: Kind, first: int, start: Int32, payee: Int32, cum: Int32, klass: Int32,
    *, slots: bool = True,
) -> Network:  # fmt: skip
    """Join edges with the slots in which their payments are summed.

    Parameters
    ----------
    kind : Kind
        What the payments are for.
    first : int
        Row of the first payer.
    start : int32[n_payers + 1]
        Where each payer's edges begin.
    payee, cum : int32[n_edges]
        Receiving row and cumulative share in 65,536ths. The first becomes the network's own: who
        receives instead is written into it where links are many and have no slots.
    klass : int32[n_rows]
        Class of each row.
    slots : bool
        Whether payments are summed by slot; homes' tax and shopping are counted in tills.

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        When a payer's shares do not rise to 65536, or a step is not positive: a wrapped weight
        would make one payment huge and the next negative, and the sum would still be right.
    """
    start, payee, cum = (
        np.ascontiguousarray(column, dtype=np.int32) for column in (start, payee, cum)
    )
    if not links.rises_to_one(start, cum):
        raise ValueError(
            f"{kind.name.lower()} links: the cumulative shares of a payer must rise by at least "
            "1 at each link and end at 65536."
        )
    paid = np.zeros(int(klass.max()) + 1, dtype=np.bool_)
    links.mark_classes(payee, klass, paid)
    slot, pairs = NO_SLOT, NO_PAIR
    if slots:
        slot = np.empty(payee.size, dtype=np.int32)
        payer_class = klass[first : first + start.size - 1]
        order = np.argsort(payer_class, kind="stable")
        pairs = links.count_pairs(order, payer_class, start, payee, klass, paid.size, slot)
    rows = np.flatnonzero(paid[klass])
    return Network(
        kind=kind,
        first=first,
        linked=payers_of(start) if slots else NO_SLOT,
        start=start,
        receivers=receivers_of(payee, rows, whole=slots),
        cum=cum,
        slot=slot,
        slot_payer=pairs[:, 0].copy(),
        slot_payee=pairs[:, 1].copy(),
        sums=np.zeros((pairs.shape[0], 2), dtype=np.int64),
        klass=klass,
        reached=paid,
        last=int(rows[-1]) if rows.size else -1,
    )


def single_links(kind: Kind, first: int, payee: Int32, klass: Int32) -> Network:
    """Build a network in which each payer has one payee, or none where `payee` is negative."""
    has = payee >= 0
    start = np.zeros(payee.size + 1, dtype=np.int32)
    start[1:] = np.cumsum(has)
    cum = np.full(int(has.sum()), CUM_ONE, dtype=np.int32)
    return build_network(kind, first, start, payee[has], cum, klass)
