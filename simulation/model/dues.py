"""Notes profit, rent and rates due each month by payer class and the area of who receives them.

Who is paid by whom hardly changes, so pairs of class and area are looked up once and every month
is one sum over them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.sheet import MonthFile
from simulation.economy.enterprise_surplus import share_with_partners
from simulation.economy.town import Town
from simulation.kernels import noting
from simulation.kernels.writing import Sheet
from simulation.model.rows import Rows

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
FILED = (Kind.BUSINESS_RATES, Kind.RENT, Kind.COMMERCIAL_RENT)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Amounts of one kind by pair of payer class and area.

    Attributes
    ----------
    rows : int64[m]
        The amounts that count.
    pair : int32[m]
        Pair of each.
    klass, area : int64[n_pairs]
        In rising order of class, then area.
    """

    rows: Int64
    pair: Int32
    klass: Int64
    area: Int64

    @classmethod
    def among(cls, klass: NDArray[Any], area: NDArray[Any], counts: NDArray[Any]) -> "Pairs":
        """Find the pairs of amounts: int[n] each; of bool[n] only those that count."""
        rows, width = np.flatnonzero(counts), int(area.max(initial=0)) + 1
        keys, pair = np.unique(
            klass[rows].astype(np.int64) * width + area[rows], return_inverse=True
        )
        return cls(rows, pair.astype(np.int32), keys // width, keys % width)

    def note(self, rows: Rows, month: int, kind: Kind, pence: Int64) -> None:
        """Add up amounts, int64[n], and write a row for each pair in which something is due."""
        out = np.empty((3, self.klass.size), dtype=np.int64)
        n = noting.add_up_pairs(self.rows, self.pair, pence, self.klass, self.area, out)
        klass, area, due = out[:, :n]
        rows.add(month=month, klass=klass, owner_area=area, kind=int(kind), pence=due)


class Dues:
    """What is due to owners, landlords and councils in each area."""

    def __init__(self) -> None:
        self._profit: tuple[NDArray[Any], Pairs] | None = None
        self._filed: dict[Kind, tuple[Int32, Pairs]] = {}

    def note_profit(self, rows: Rows, town: Town) -> None:
        """Note post-tax profit due, by payer class and owner's area; a union's dividend too."""
        profit = np.where(town.economy.firms.alive, town.now.profit, 0)
        share_with_partners(town, profit)
        self._profit_pairs(town).note(rows, town.month, Kind.DIVIDEND, profit)
        union, parties = town.union, town.economy.parties
        if union is not None and union.divided:
            klass, area = parties.klass[[union.row]], parties.owner_area[[union.row]]
            rows.add(
                month=town.month, klass=klass, owner_area=area, kind=int(Kind.DIVIDEND),
                pence=np.array([union.divided]),
            )  # fmt: skip

    def _profit_pairs(self, town: Town) -> Pairs:
        """Look up the pairs of profit; found anew only where firms have changed hands."""
        parties, n = town.economy.parties, town.n_firms
        if self._profit is None or self._profit[0] is not parties.owner_area:
            klass, changed = parties.klass[:n].copy(), town.handed.klass
            klass[list(changed)] = list(changed.values())
            every = np.ones(n, dtype=np.bool_)
            pairs = Pairs.among(klass, parties.owner_area[:n], every)
            self._profit = parties.owner_area, pairs
        return self._profit[1]

    def note_rent_and_rates(self, rows: Rows, town: Town, filed: MonthFile) -> None:
        """Note rent and the business rates that areas keep, from the month's own flows."""
        for kind in FILED:
            flows = filed.of(kind)
            named = kind if kind is Kind.BUSINESS_RATES else Kind.RENT
            self._pairs_of(kind, flows, town).note(rows, town.month, named, flows.pence)

    def _pairs_of(self, kind: Kind, flows: Sheet, town: Town) -> Pairs:
        """Look up the pairs of a kind; found anew only where others pay it than last month."""
        known = self._filed.get(kind)
        if known is None or known[0] is not flows.payer:
            classes = town.economy.classes
            counts = np.ones(flows.payer.size, dtype=np.bool_)
            if kind is Kind.BUSINESS_RATES:
                counts = classes.institution[flows.payee] == int(Institution.BUYER)
            known = flows.payer, Pairs.among(flows.payer, classes.area[flows.payee], counts)
            self._filed[kind] = known
        return known[1]
