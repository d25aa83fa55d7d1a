"""A diary of every single payment, kept only where somebody asks for it.

Flows are summed as a month runs; the diary is for following pennies one by one. It works the
parts of a budget out anew, link by link, by the rule that the ledger's kernels follow.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.network import Network
from simulation.kernels.accounts import shares_of

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Page:
    """Payments of one kind in one phase: rows who paid and were paid, and how much [pence]."""

    month: int
    kind: Kind
    payer: Int32
    payee: Int32
    pence: Int64


@dataclass(slots=True)
class Diary:
    """Pages in the order in which payments were made."""

    pages: list[Page] = field(default_factory=list)

    def listed(self, month: int, kind: Kind, payer: Int32, payee: Int32, pence: Int64) -> None:
        """Write down listed payments; those of nothing are no payments."""
        some = pence > 0
        self.pages.append(
            Page(month, kind, payer[some].copy(), payee[some].copy(), pence[some].copy())
        )

    def along(self, month: int, network: Network, payee: Int32, budget: Int64) -> None:
        """Write down what each payer's budget came to on each of its links."""
        counts = np.diff(network.start)
        payer = np.repeat(np.arange(counts.size), counts)
        upto = shares_of(np.maximum(budget, 0)[payer], network.cum.astype(np.int64))
        opens = np.arange(payer.size) == network.start[payer]
        pence = upto - np.where(opens, 0, np.roll(upto, 1))
        self.listed(
            month,
            network.kind,
            (network.first + payer).astype(np.int32),
            payee,
            np.where(payee >= 0, pence, 0),
        )

    def block(
        self, month: int, kind: Kind, first: int, pence: Int64, other: int, pays: bool
    ) -> None:
        """Write down payments between rows `first ..` and one other."""
        rows = np.arange(first, first + pence.size, dtype=np.int32)
        others = np.full(pence.size, other, dtype=np.int32)
        payer, payee = (rows, others) if pays else (others, rows)
        self.listed(month, kind, payer, payee, pence)
