"""Budgets are fixed in pounds, needs in quantities: what is saved buys more, overruns buy less.

This closure decides every comparison, so it is a named choice of the scenario: savings are spent
on the same category (the default), kept in reserve, or given back in council tax; or the need is
fixed and the budget gives way, down to the reserve floor (section 114).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.spec import Closure
from simulation.economy.town import Town

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@dataclass(slots=True)
class Budget:
    """Money of each buyer and category; B buyers, C categories, pence.

    `owed` are process costs already paid that later months' budgets must bear, a part each month;
    `fees` are last month's net fees to clubs, borne at once; `extra` is the twin run's additional
    money a month.
    """

    closure: Closure
    owed: Float64
    fees: Float64
    extra: Int64

    def volume(self, town: Town, planned: Float64) -> Float64:
        """Return how much of each need can be bought this month, 1 the whole.

        Parameters
        ----------
        town : Town
        planned : float64[B, C]
            Cost of meeting every need whole, vacant lots at the built state's price [pence].

        Returns
        -------
        float64[B, C]
        """
        buyers = town.economy.buyers
        money = (buyers.budget_month + self.extra).astype(np.float64)
        charged = np.minimum(self.owed, money * town.a["closure.process_smoothing"])
        self.owed -= charged
        part = np.maximum(money - charged - self.fees, 0.0) / np.maximum(planned, 1.0)
        self.fees[:] = 0.0
        part = np.where(planned > 0.0, part, 0.0)
        if self.closure.need_fixed:
            frozen = self._frozen(town)
            return np.where(frozen[:, None], np.minimum(part, 1.0), np.where(planned > 0.0, 1.0, 0.0))
        if self.closure.savings != "spend":
            return np.minimum(part, 1.0)
        return part

    def _frozen(self, town: Town) -> NDArray[np.bool_]:
        """Say which buyers stand at their reserve floor and may only spend their income."""
        buyers = town.economy.buyers
        floor = buyers.budget_month.sum(axis=1) * town.a["closure.reserve_floor_months"]
        due = town.economy.parties.payable[buyers.row] + town.now.payroll[buyers.row]
        return town.ledger.deposits[buyers.row] - due < floor

    def charge(self, buyer: int, category: int, pence: int) -> None:
        """Book a process cost against the budget of a category."""
        self.owed[buyer, category] += pence
