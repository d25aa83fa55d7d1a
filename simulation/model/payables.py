"""Invoices on their way: work done is owed at once and paid after the agreed days."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels import instructing

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Invoices:
    """Columns of invoices: who owes whom, how much, and for what."""

    buyer: Int32
    supplier: Int32
    pence: Int64
    category: Int32
    policy: Int32
    arrangement: Int32

    def __deepcopy__(self, memo: dict[int, Any]) -> "Invoices":
        """Invoices are never changed, so a copy is the same."""
        return self

    def take(self, index: NDArray[np.bool_]) -> "Invoices":
        """Return the invoices at a mask."""
        return Invoices(*(getattr(self, name)[index] for name in self.__slots__))


@dataclass(slots=True)
class Payables:
    """Invoices by the month in which they fall due."""

    due: dict[int, list[Invoices]] = field(default_factory=dict)

    def add(self, town: Town, invoices: Invoices, days: NDArray[np.float64]) -> None:
        """Book work done: the supplier is owed, the buyer owes."""
        parties, months = town.economy.parties, np.empty(days.size, dtype=np.int64)
        alike = instructing.book_invoices(
            invoices.buyer, invoices.supplier, invoices.pence, days, parties.payable,
            parties.receivable, months,
        )  # fmt: skip
        if alike and months.size:
            self._queue(town.month + int(months[0]), invoices)
            return
        for delay in np.unique(months).tolist():
            self._queue(town.month + delay, invoices.take(months == delay))

    def _queue(self, month: int, invoices: Invoices) -> None:
        self.due.setdefault(month, []).append(invoices)

    def pay(self, town: Town) -> Invoices:
        """Pay what is due, in proportion where a buyer is short; the rest waits a month.

        Returns
        -------
        Invoices
            What was paid.
        """
        batches = self.due.pop(town.month, [])
        if not batches:
            return _none()
        whole = _joined(batches)
        parties, paid = town.economy.parties, np.empty_like(whole.pence)
        unpaid = instructing.pay_invoices(
            whole.buyer, whole.supplier, whole.pence, town.ledger.deposits, town.now.payroll,
            np.zeros_like(town.now.payroll), parties.payable, parties.receivable, paid,
        )  # fmt: skip
        if unpaid:
            left = whole.pence - paid
            some = left > 0
            late = Invoices(
                whole.buyer[some], whole.supplier[some], left[some], whole.category[some],
                whole.policy[some], whole.arrangement[some],
            )  # fmt: skip
            self._queue(town.month + 1, late)
        done = Invoices(
            whole.buyer, whole.supplier, paid, whole.category, whole.policy, whole.arrangement
        )
        town.ledger.listed(Kind.PURCHASE, done.buyer, done.supplier, paid)
        return done


def _joined(batches: list[Invoices]) -> Invoices:
    """Lay batches end to end; a single one stays as it is."""
    if len(batches) == 1:
        return batches[0]
    return Invoices(
        *(np.concatenate([getattr(b, name) for b in batches]) for name in Invoices.__slots__)
    )


def _none() -> Invoices:
    empty32, empty64 = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    return Invoices(empty32, empty32, empty64, empty32, empty32, empty32)
