"""Dyes one cohort of a council's outlays as they leave it, so that they can be followed."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, Tier
from simulation.economy.payroll import payslips
from simulation.economy.town import Town
from simulation.kernels.accounts import shares_of
from simulation.model.payables import Invoices

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
TAGS = 4


@dataclass(slots=True)
class Dyer:
    """Whose outlays are dyed, and in which months; nobody's by default.

    With `first_exit`, a tier, the dye is of another kind: it ends when it first leaves the
    focus's area of that tier, instead of being counted each time that it comes back.
    """

    rows: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    first_exit: str | None = None
    marks: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def begin(self, town: Town) -> None:
        """Start dyeing when the first dyed month comes."""
        if self.months and town.month == min(self.months):
            town.ledger.start_dye(TAGS, self._outside(town))
            self.marks = np.zeros(town.economy.parties.uid.size, dtype=np.bool_)
            self.marks[sorted(self.rows)] = True

    def _outside(self, town: Town) -> Int32 | None:
        """Rows beyond the tier whose first exit ends the tracing; None where dye may return."""
        if self.first_exit is None:
            return None
        areas = town.economy.areas
        tier = int(Tier[self.first_exit.upper()])
        over = areas.ancestor[:, tier] == areas.ancestor[areas.focus, tier]
        return np.flatnonzero(~over[town.economy.parties.area]).astype(np.int32)

    def _now(self, town: Town) -> bool:
        return town.ledger.dyed and town.month in self.months

    def purchases(self, town: Town, paid: Invoices) -> None:
        """Dye what the dyed buyers paid their suppliers this month."""
        if self._now(town) and paid.pence.size:
            mine = self.marks[paid.buyer]
            town.ledger.inject(
                Kind.PURCHASE, paid.buyer[mine], paid.supplier[mine], paid.pence[mine]
            )

    def payroll(self, town: Town) -> None:
        """Dye what the dyed buyers paid their own staff, with tax and pensions."""
        if not self._now(town):
            return
        now, economy, slips = town.now, town.economy, payslips(town, self.marks)
        employer, tax = slips.employer, slips.tax
        home = (economy.households.first + slips.household).astype(np.int32)
        town.ledger.inject(Kind.WAGES, employer, home, slips.gross - tax)
        rows = np.array(sorted(self.rows), dtype=np.int32)
        payer, payee, pence = split_along(town, rows, now.aggregate_net[rows])
        town.ledger.inject(Kind.WAGES, payer, payee, pence)
        withheld = np.zeros(economy.parties.uid.size, dtype=np.int64)
        np.add.at(withheld, employer, tax)
        taxes = withheld[rows] + now.remitted[rows]
        government = np.full(rows.size, economy.government, dtype=np.int32)
        town.ledger.inject(Kind.PAYE, rows, government, taxes)
        fund = np.full(rows.size, economy.pension_fund, dtype=np.int32)
        town.ledger.inject(Kind.PENSION_CONTRIBUTION, rows, fund, now.pension_paid[rows])


def split_along(town: Town, rows: Int32, budget: Int64) -> tuple[Int32, Int32, Int64]:
    """Return the payments that budgets of these rows make along their payroll links.

    Returns
    -------
    payer, payee : int32[m]
    pence : int64[m]
    """
    network = town.links.payroll
    counts = network.start[rows + 1] - network.start[rows]
    which = np.repeat(np.arange(rows.size), counts)
    offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    edge = network.start[rows][which] + offset
    upto = shares_of(budget[which], network.cum[edge].astype(np.int64))
    before = np.where(offset > 0, np.roll(upto, 1), 0)
    return rows[which], network.payee[edge], upto - before
