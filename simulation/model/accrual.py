"""What each month of public service came to, by buyer, category and policy, for the Books."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.model.payables import Invoices
from simulation.model.recorder import Rows
from simulation.procurement.delivery import Delivery
from simulation.procurement.interface import OWN_STAFF, Instruction
from simulation.procurement.places import Places

PPM = 1_000_000
Key = tuple[int, int, int]


@dataclass(slots=True)
class Line:
    """One month of one buyer, category and policy code; money in pence."""

    units: float = 0.0
    quality: float = 0.0
    outlay: int = 0
    buyer_process: int = 0
    bidder_process: int = 0


@dataclass(slots=True)
class Accruals:
    """Lines of the month, and the rows of `needs` and `purchases` of the run."""

    month: dict[Key, Line] = field(default_factory=dict)
    needs: Rows = field(default_factory=lambda: Rows("needs"))
    purchases: Rows = field(default_factory=lambda: Rows("purchases"))
    suppliers: set[int] = field(default_factory=set)

    def _line(self, buyer: int, category: int, policy: int) -> Line:
        return self.month.setdefault((buyer, category, policy), Line())

    def process(
        self, buyer: int, category: int, policy: int, buyer_pence: int, bidder_pence: int
    ) -> None:
        """Add what a procedure cost each side."""
        line = self._line(buyer, category, policy)
        line.buyer_process += buyer_pence
        line.bidder_process += bidder_pence

    def serve(self, places: Places, done: Delivery) -> None:
        """Add the month's work: units, quality, price, and the cost of checking it."""
        width = 1 << 16
        key = (places.buyer_index.astype(np.int64) * width + places.category) * 2 + places.policy
        keys, where = np.unique(key, return_inverse=True)
        sums = np.zeros((keys.size, 5))
        columns = (
            done.units, done.units * done.quality, done.paid, done.buyer_process,
            done.supplier_process,
        )  # fmt: skip
        for column, values in enumerate(columns):
            np.add.at(sums[:, column], where, values)
        for row, number in enumerate(keys.tolist()):
            line = self._line(number // 2 // width, number // 2 % width, number % 2)
            line.units += float(sums[row, 0])
            line.quality += float(sums[row, 1])
            line.outlay += int(sums[row, 2])
            line.buyer_process += int(sums[row, 3])
            line.bidder_process += int(sums[row, 4])

    def settle(
        self,
        pair: tuple[int, int],
        policy: int,
        buyer_row: int,
        instructions: Sequence[Instruction],
    ) -> int:
        """Add what a regime's settlement cost; return the buyer's net fees, for its budget.

        Returns
        -------
        int
            Contributions less patronage, rent and remedies received [pence].
        """
        line = self._line(*pair, policy)
        fees = 0
        for one in instructions:
            if one.payer == buyer_row and one.payee == OWN_STAFF:
                line.buyer_process += one.pence
                fees += one.pence
            elif one.payer == buyer_row:
                line.outlay += one.pence
                fees += one.pence
            elif one.payee == buyer_row:
                line.outlay -= one.pence
                fees -= one.pence
            elif one.payee == OWN_STAFF and one.kind is Kind.PROCESS_COST:
                line.bidder_process += one.pence
        return fees

    def note_purchases(self, town: Town, paid: Invoices, numbers: Sequence[int]) -> None:
        """Write what was paid this month, invoice by invoice summed by its keys."""
        if not paid.pence.size:
            return
        party = town.now.party
        self.suppliers.update(np.unique(paid.supplier).tolist())
        entry = np.asarray(numbers, dtype=np.int64)[paid.arrangement]
        key = (entry << 32) | party[paid.supplier]
        _, first, where = np.unique(key, return_index=True, return_inverse=True)
        pence = np.zeros(first.size, dtype=np.int64)
        np.add.at(pence, where, paid.pence)
        self.purchases.add(
            month=town.month,
            buyer=party[paid.buyer[first]],
            supplier=party[paid.supplier[first]],
            category=paid.category[first],
            policy=paid.policy[first],
            arrangement=entry[first],
            pence=pence,
        )

    def close_month(self, town: Town, need_units: NDArray[np.float64]) -> None:
        """Write the month's `needs`: what was wanted, done, how well, and at what cost."""
        buyers, party = town.economy.buyers, town.now.party
        served: dict[tuple[int, int], list[int]] = {}
        for buyer, category, policy in sorted(self.month):
            served.setdefault((buyer, category), []).append(policy)
        for (buyer, category), policies in served.items():
            units = [self.month[buyer, category, policy].units for policy in policies]
            parts = _parts(float(need_units[buyer, category]), units)
            staff = _parts(float(buyers.payroll_month[buyer, category]), units)
            for policy, need, payroll in zip(policies, parts, staff, strict=True):
                line = self.month[buyer, category, policy]
                quality = line.quality / line.units if line.units > 0.0 else 0.0
                self.needs.one(
                    month=town.month,
                    buyer=int(party[buyers.row[buyer]]),
                    category=category,
                    policy=policy,
                    need_milli=round(need * 1000.0),
                    delivered_milli=round(line.units * 1000.0),
                    quality_ppm=round(quality * PPM),
                    outlay_pence=max(line.outlay, 0),
                    payroll_pence=round(payroll),
                    buyer_process_pence=line.buyer_process,
                    bidder_process_pence=line.bidder_process,
                    base_pence=round(need * 100.0),
                )
        self.month.clear()


def _parts(whole: float, weights: list[float]) -> list[float]:
    """Share a whole by weights; all to the last where they are all nothing."""
    total = 0.0
    for weight in weights:
        total += weight
    if total <= 0.0:
        return [0.0] * (len(weights) - 1) + [whole]
    return [whole * weight / total for weight in weights]
