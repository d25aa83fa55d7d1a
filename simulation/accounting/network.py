"""Who pays whom month after month, and where each payment is counted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.pages import Leaves, leaves_of
from simulation.kernels import links, payments
from simulation.kernels.accounts import Links

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

SORTED = 1 << 24
"""Links up to which their order by row is kept; of more it would take too much memory."""
NO_SLOT = np.zeros(0, dtype=np.int32)
NO_PAIR = np.zeros((0, 2), dtype=np.int32)


@dataclass(slots=True)
class Network:
    """Standing payment links of a block of payer rows.

    `linked` names the payers that have any link, so that nobody else is looked at. A slot is one
    (payer class, payee class) pair; `sums[s]` collects the pence and the number of payments of
    the month, and where tills do there are no slots. Payees may change only within their class, so
    slots stay true; `reach` names all rows of the classes that are paid.
    """

    kind: Kind
    first: int
    linked: Int32
    start: Int32
    payee: Int32
    cum: Int32
    slot: Int32
    slot_payer: Int32
    slot_payee: Int32
    sums: Int64
    reach: Int32
    pages: tuple[int, Leaves, Leaves] | None = None
    sent_on: tuple[Int32, Int32] | None = None
    """Who receives in place of the rows reached, as last seen, and so at each link."""
    by_row: tuple[Int64, Int32] | None = None
    """Links in the order of the rows that they name, and where those of each row reached begin."""

    def leaves(self, bits: int) -> tuple[Leaves, Leaves]:
        """Return the pages of 2**bits rows on which somebody may pay, and on which be paid."""
        if self.pages is None or self.pages[0] != bits:
            payers = leaves_of(self.first + self.linked, bits)
            self.pages = bits, payers, leaves_of(self.reach, bits)
        return self.pages[1:]

    def links_to(self, redirect: Int32) -> Links:
        """Return the links as kernels take them; who receives is written down when it changes.

        Parameters
        ----------
        redirect : int32[n_rows]
            Row that receives in place of each, -1 where nobody does.

        Returns
        -------
        Links
        """
        first = int(self.reach[0]) if self.reach.size else 0
        last = int(self.reach[-1]) + 1 if self.reach.size else 0
        now = redirect[first:last]
        seen, payee = self.sent_on or (np.arange(first, last, dtype=np.int32), self.payee)
        changed = np.flatnonzero(seen != now)
        if changed.size:
            payee = payee.copy() if payee is self.payee else payee
            if payee.size < SORTED:
                payments.send_on(changed, now, *self._links_by_row(first, last), payee)
            else:
                payments.send_all_on(self.payee, first, now, payee)
        if changed.size or self.sent_on is None:
            self.sent_on = now.copy(), payee
        return Links(self.first, self.linked, self.start, payee, self.cum, self.payee)

    def _links_by_row(self, first: int, last: int) -> tuple[Int64, Int32]:
        """Say where the links that name each of the rows `first .. last - 1` stand."""
        if self.by_row is None:
            begins = np.zeros(last - first + 1, dtype=np.int64)
            self.by_row = begins, np.empty_like(self.payee)
            payments.sort_links(self.payee, first, *self.by_row)
        return self.by_row

    @property
    def hop(self) -> int:
        """1 where a payment of this kind is a re-spending hop."""
        return self.kind.hop


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
        Receiving row and cumulative share in 65,536ths.
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
    return Network(
        kind=kind,
        first=first,
        linked=np.flatnonzero(np.diff(start)).astype(np.int32),
        start=start,
        payee=payee,
        cum=cum,
        slot=slot,
        slot_payer=pairs[:, 0].copy(),
        slot_payee=pairs[:, 1].copy(),
        sums=np.zeros((pairs.shape[0], 2), dtype=np.int64),
        reach=np.flatnonzero(paid[klass]).astype(np.int32),
    )


def single_links(kind: Kind, first: int, payee: Int32, klass: Int32) -> Network:
    """Build a network in which each payer has one payee, or none where `payee` is negative."""
    has = payee >= 0
    start = np.zeros(payee.size + 1, dtype=np.int32)
    start[1:] = np.cumsum(has)
    cum = np.full(int(has.sum()), 65536, dtype=np.int32)
    return build_network(kind, first, start, payee[has], cum, klass)
