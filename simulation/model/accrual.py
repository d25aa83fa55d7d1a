"""What each month of public service came to, by buyer, category and policy, for the Books."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels import instructing, noting, serving
from simulation.kernels.serving import Sums
from simulation.model.payables import Invoices
from simulation.model.rows import Rows
from simulation.model.service import OwnMonth
from simulation.procurement.delivery import Delivery
from simulation.procurement.interface import OWN_STAFF
from simulation.procurement.places import Places
from simulation.procurement.settled import Settled

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
POLICIES = 2


class Accruals:
    """Sums of the month by buyer, category and policy code; rows of `needs` and `purchases`.

    Parameters
    ----------
    n_buyers, n_categories : int

    Attributes
    ----------
    in_house_pence : int
        What staff of services in house have cost in the story, under the policy's code.
    """

    def __init__(self, n_buyers: int, n_categories: int) -> None:
        self.needs = Rows("needs")
        self.purchases = Rows("purchases")
        self._shape = (n_buyers, n_categories, POLICIES)
        self._paid: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self.in_house_pence = 0
        self._staff: Int64 = np.zeros(n_buyers * n_categories * POLICIES, dtype=np.int64)
        n = self._shape[0] * self._shape[1] * self._shape[2]
        self._month = Sums(
            np.zeros(n, dtype=np.bool_), *np.zeros((2, n)), *np.zeros((3, n), dtype=np.int64)
        )

    def _cell(self, buyer: Any, category: Any, policy: Any) -> Any:
        return (buyer * self._shape[1] + category) * POLICIES + policy

    def process(
        self, buyer: Int64, category: Int64, policy: Int64, buyer_pence: Int64, bidder_pence: Int64
    ) -> None:
        """Add what procedures cost each side: int64[m] each."""
        cell = self._cell(buyer, category, policy)
        self._month.open[cell] = True
        np.add.at(self._month.buyer_process, cell, buyer_pence)
        np.add.at(self._month.supplier_process, cell, bidder_pence)

    def spend(self, buyer: int, category: int, policy: int, pence: int) -> None:
        """Add what a buyer pays for a need beside prices: no procedure, but part of its cost."""
        cell = self._cell(buyer, category, policy)
        self._month.open[cell] = True
        self._month.outlay[cell] += pence

    def serve(self, places: Places, done: Delivery) -> None:
        """Add the month's work: units, quality, price, and the cost of checking it."""
        serving.add_up_service(
            places.whole, done.units, done.quality, done.money, self._shape[1], POLICIES,
            self._month,
        )  # fmt: skip

    def serve_in_house(self, one: OwnMonth) -> None:
        """Add the month's work of one service by the buyer's own staff, and what they cost."""
        lot, month = one.service.lot, self._month
        cell = self._cell(lot.buyer, lot.category, one.service.policy)
        month.open[cell] = True
        month.units[cell] += one.units
        month.quality[cell] += one.units * one.service.state.quality
        month.outlay[cell] += one.bought_pence
        self._staff[cell] += one.staff_pence

    def settle(self, settled: Settled, policy: Int64) -> Float64:
        """Add what settlements cost; return the buyers' net fees, for their budgets.

        Parameters
        ----------
        settled : Settled
        policy : int64[n_categories]
            Policy code of each category.

        Returns
        -------
        float64[n_buyers, n_categories]
            Contributions less patronage, rent and remedies received [pence].
        """
        cell = self._cell(settled.buyer_index, settled.category, policy[settled.category])
        month = self._month
        month.open[cell] = True
        asks = np.searchsorted(settled.numbers, settled.number)
        payments, where, buyer = settled.payments, cell[asks], settled.buyer[asks]
        fees = np.zeros(month.open.size, dtype=np.int64)
        sides = instructing.Sides(
            month.buyer_process, month.supplier_process, month.outlay, fees, OWN_STAFF,
            int(Kind.PROCESS_COST),
        )  # fmt: skip
        instructing.take_sides(payments.columns, where, buyer, sides)
        net: Float64 = fees.reshape(self._shape).sum(axis=2).astype(np.float64)
        return net

    def suppliers(self) -> Int32:
        """Return the trading rows that public buyers have paid so far, rising."""
        return np.flatnonzero(self._paid).astype(np.int32)

    def note_purchases(self, town: Town, paid: Invoices, numbers: Int64) -> None:
        """Write what was paid this month, invoice by invoice summed by its keys."""
        if not paid.pence.size:
            return
        party = town.now.party
        if not self._paid.size:
            self._paid = np.zeros(town.n_firms, dtype=np.bool_)
        self._paid[paid.supplier] = True
        entry = numbers[paid.arrangement]
        key = (entry << 32) | party[paid.supplier]
        first, pence = np.empty((2, key.size), dtype=np.int64)
        order = np.argsort(key, kind="stable")
        n = instructing.sum_by_key(key, order, paid.pence, first, pence)
        first, pence = first[:n], pence[:n]
        self.purchases.add(
            month=town.month,
            buyer=party[paid.buyer[first]],
            supplier=party[paid.supplier[first]],
            category=paid.category[first],
            policy=paid.policy[first],
            arrangement=entry[first],
            pence=pence,
        )

    def close_month(self, town: Town, need_units: Float64, policy: Int64) -> None:
        """Write the month's `needs`: what was wanted, done, how well, and at what cost.

        A need that nobody served is written too, under the policy code of its category (`policy`,
        int64[n_categories]), for it is unmet.
        A need served under both policy codes, and the buyer's staff for other work, are shared by
        units delivered; all goes to the last code where nothing was. Staff of services in house
        stand under their own code.
        """
        buyers = town.economy.buyers
        open_cells = self._month.open.reshape(self._shape)
        buyer, category = np.nonzero((need_units > 0.0) & ~open_cells.any(axis=2))
        open_cells[buyer, category, policy[category]] = True
        out = np.empty((noting.WORTH + 1, self._month.open.size), dtype=np.int64)
        needed, staff = need_units.reshape(-1), buyers.payroll_month.reshape(-1)
        n = noting.note_needs(self._month, POLICIES, needed, staff, out)
        cell, need, done, quality, outlay, pay, buyer_process, bidder_process, worth = out[:, :n]
        pair, policy = np.divmod(cell, POLICIES)
        pay = pay + self._staff[cell]
        if town.month > 0:
            self.in_house_pence += int(self._staff[POLICIES - 1 :: POLICIES].sum())
        self._staff[:] = 0
        self.needs.add(
            month=town.month,
            buyer=town.now.party[buyers.row[pair // self._shape[1]]],
            category=pair % self._shape[1],
            policy=policy,
            need_milli=need,
            delivered_milli=done,
            quality_ppm=quality,
            outlay_pence=outlay,
            payroll_pence=pay,
            buyer_process_pence=buyer_process,
            bidder_process_pence=bidder_process,
            base_pence=worth,
        )
