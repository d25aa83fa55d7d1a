"""Budgets are fixed in pounds, needs in quantities: what is saved buys more, overruns buy less.

This closure decides every comparison, so it is a named choice of the scenario: savings are spent
on the same category (the default), kept in reserve, or given back in council tax; or the need is
fixed and the budget gives way, down to the reserve floor (section 114).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.spec import Closure
from scenarios.vocabulary import Kind
from simulation.economy.town import Town

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@dataclass(slots=True)
class Budget:
    """Money of each buyer and category; B buyers, C categories, pence.

    `owed` are process costs already paid that later months' budgets must bear, a part each month;
    `fees` are last month's net fees to clubs, borne at once; `extra` is the twin run's additional
    money a month, less what a cut grant takes off; `saved` is this month's saving by buyer, where
    savings are not spent; `levers` is what the other pillars take a month, by buyer and category.
    `left` is what the month's services have, once process costs, fees and levers are borne.
    """

    closure: Closure
    owed: Float64
    fees: Float64
    extra: Int64
    saved: Float64 | None = None
    levers: Float64 | float = 0.0
    left: Float64 = field(default_factory=lambda: np.zeros(0))

    def volume(self, town: Town, planned: Float64, committed: Float64) -> Float64:
        """Return how much of each need can be bought this month, 1 the whole.

        Parameters
        ----------
        town : Town
        planned : float64[B, C]
            Cost of meeting every need whole that is bought, vacant lots at the built state's price
            [pence].
        committed : float64[B, C]
            Cost of services in house, borne first; later months bear what is beyond the budget.

        Returns
        -------
        float64[B, C]
        """
        buyers = town.economy.buyers
        money = (buyers.budget_month + self.extra).astype(np.float64)
        charged = np.minimum(self.owed, money * town.a["closure.process_smoothing"])
        self.owed -= charged
        self.left = np.maximum(money - charged - self.fees - self.levers, 0.0)
        self.fees[:] = 0.0
        part = self.part_of(town, planned, np.maximum(self.left - committed, 0.0))
        self.owed += np.maximum(committed - self.left, 0.0)
        if not self.closure.need_fixed and self.closure.savings != "spend":
            left = np.maximum(self.left - committed, 0.0)
            self.saved = (left - part * planned).sum(axis=1)
        return part

    def part_of(self, town: Town, planned: Float64, money: Float64) -> Float64:
        """Return how much of what is planned some money buys, 1 the whole: float64[B, C]."""
        part = np.where(planned > 0.0, money / np.maximum(planned, 1.0), 0.0)
        if self.closure.need_fixed:
            frozen, whole = self._frozen(town), np.where(planned > 0.0, 1.0, 0.0)
            return np.where(frozen[:, None], np.minimum(part, 1.0), whole)
        return part if self.closure.savings == "spend" else np.minimum(part, 1.0)

    def give_back(self, town: Town) -> None:
        """Pay this month's savings back to households by their council tax, where so chosen.

        A buyer gives back to the areas that it serves, as far as its account reaches.
        """
        if self.closure.savings != "tax" or self.saved is None:
            return
        economy = town.economy
        rows = town.household_rows()
        area, due = economy.parties.area[rows], economy.households.council_tax_pence
        for index, row in enumerate(economy.buyers.row.tolist()):
            share = np.where(np.isin(area, economy.buyers.serves[index]), due, 0).astype(np.float64)
            left = int(town.ledger.deposits[row]) - int(town.now.payroll[row])
            pence = min(int(self.saved[index]), left)
            total = float(np.cumsum(share)[-1])
            if pence <= 0 or total <= 0.0:
                continue
            upto = np.floor(np.cumsum(share) * (pence / total)).astype(np.int64)
            parts = np.diff(upto, prepend=0)
            payee = np.flatnonzero(parts)
            payer = np.full(payee.size, row, dtype=np.int32)
            to = (rows.start + payee).astype(np.int32)
            town.ledger.listed(Kind.REFUND, payer, to, parts[payee])
        town.ledger.settle(Kind.REFUND)

    def _frozen(self, town: Town) -> NDArray[np.bool_]:
        """Say which buyers stand at their reserve floor and may only spend their income."""
        buyers = town.economy.buyers
        floor = buyers.budget_month.sum(axis=1) * town.a["closure.reserve_floor_months"]
        due = town.economy.parties.payable[buyers.row] + town.now.payroll[buyers.row]
        frozen: NDArray[np.bool_] = town.ledger.deposits[buyers.row] - due < floor
        return frozen
