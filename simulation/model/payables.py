"""Invoices on their way: work done is owed at once and paid after the agreed days."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
DAYS_A_MONTH = 30.0


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
        np.add.at(town.economy.parties.receivable, invoices.supplier, invoices.pence)
        np.add.at(town.economy.parties.payable, invoices.buyer, invoices.pence)
        months = np.floor(days / DAYS_A_MONTH + 0.5).astype(np.int64)
        delays = np.flatnonzero(np.bincount(months)).tolist()
        for delay in delays:
            batch = invoices if len(delays) == 1 else invoices.take(months == delay)
            self._queue(town.month + delay, batch)

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
        whole = Invoices(
            *(np.concatenate([getattr(b, name) for b in batches]) for name in Invoices.__slots__)
        )
        paid = _affordable(town, whole)
        left = whole.pence - paid
        if left.any():
            some = left > 0
            late = Invoices(
                whole.buyer[some], whole.supplier[some], left[some], whole.category[some],
                whole.policy[some], whole.arrangement[some],
            )  # fmt: skip
            self._queue(town.month + 1, late)
        done = Invoices(
            whole.buyer, whole.supplier, paid, whole.category, whole.policy, whole.arrangement
        )
        np.subtract.at(town.economy.parties.receivable, done.supplier, paid)
        np.subtract.at(town.economy.parties.payable, done.buyer, paid)
        town.ledger.listed(Kind.PURCHASE, done.buyer, done.supplier, paid)
        return done


def _affordable(town: Town, whole: Invoices) -> Int64:
    """Return what each buyer can pay of each invoice after keeping back its own payroll."""
    first, last = int(whole.buyer.min()), int(whole.buyer.max())
    rows, which = slice(first, last + 1), whole.buyer - first
    owed = np.zeros(last + 1 - first, dtype=np.int64)
    np.add.at(owed, which, whole.pence)
    funds = np.maximum(town.ledger.deposits[rows] - town.now.payroll[rows], 0)
    share = np.where(owed > funds, (funds << 16) // np.maximum(owed, 1), 65536)
    return (whole.pence * share[which]) >> 16


def _none() -> Invoices:
    empty32, empty64 = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    return Invoices(empty32, empty32, empty64, empty32, empty32, empty32)
