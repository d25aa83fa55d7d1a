"""Needs that are let together: one way of buying, one month, the candidates of all end to end.

A council lets one need at a time and each is decided on its own; what all of them have in common is
reckoned in one pass over columns, so that a month of thousands of tenders costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from simulation.procurement.arrangements import Bool, Float64, Int32, Int64, Need
from simulation.procurement.luck import draw_each, draw_shared
from simulation.procurement.markets import Luck, Market
from simulation.procurement.rolls import laid_end_to_end


@dataclass(frozen=True)
class Docket:
    """Needs of one way of buying in one month; need i has candidates `begins[i] : begins[i + 1]`.

    Attributes
    ----------
    needs : sequence of Need
        `m` of them.
    market : Market
        Candidates of all, `n` in columns.
    begins : int64[m + 1]
    lucks : sequence of Luck
        Of each need.
    apart : bool
        Whether the needs stand apart, of which one at most is met: who wins one loses no room.
    won : dict of int to float, updated
        What each supplier has won by now of all that is let at once [units a month].
    """

    needs: Sequence[Need]
    market: Market
    begins: Int64
    lucks: Sequence[Luck]
    apart: bool = False
    won: dict[int, float] = field(default_factory=dict)

    @cached_property
    def of(self) -> Int64:
        """The need of each candidate: int64[n]."""
        return np.repeat(np.arange(len(self.needs)), np.diff(self.begins))

    def part(self, index: int) -> Market:
        """Return the candidates of one need."""
        return self.market.part(slice(int(self.begins[index]), int(self.begins[index + 1])))

    def asked(self, name: str) -> Float64:
        """Return a column of the needs: float64[m]."""
        return np.array([getattr(need, name) for need in self.needs], dtype=np.float64)

    def uniform(self, purpose: int) -> Float64:
        """Draw one number in (0, 1) for each candidate, under the luck of its need: float64[n]."""
        return draw_each(self.lucks, purpose, self.market.uid, self.begins)

    def shared(self, purpose: int) -> Float64:
        """Draw one number in (0, 1) for each need as a whole: float64[m]."""
        return draw_shared(self.lucks, purpose)

    def on_other_lucks(self, lucks: Sequence[Luck]) -> "Docket":
        """Lay the first need down once for each luck, to see how it might have gone."""
        many, size = len(lucks), int(self.begins[1])
        at = np.tile(np.arange(size), many)
        begins = np.arange(many + 1) * size
        return Docket([self.needs[0]] * many, self.market.take(at), begins, lucks, apart=True)

    def room(self, market: Market) -> Float64:
        """Return what candidates can still carry after what they have won: float64[n]."""
        if not self.won:
            return market.capacity
        won = [self.won.get(supplier, 0.0) for supplier in market.supplier.tolist()]
        left: Float64 = np.maximum(market.capacity - np.array(won), 0.0)
        return left

    def note(self, suppliers: Int32, units_month: Float64) -> None:
        """Take note of who has won how much; where needs stand apart, nothing is taken up."""
        if not self.apart:
            for one, units in zip(suppliers.tolist(), units_month.tolist(), strict=True):
                self.won[one] = self.won.get(one, 0.0) + units

    def without(self, gone: Bool) -> "Docket":
        """Leave out the candidates at a mask: bool[n]."""
        sizes = np.bincount(self.of[~gone], minlength=len(self.needs))
        begins, left = laid_end_to_end(sizes)[0], self.market.take(~gone)
        return Docket(self.needs, left, begins, self.lucks, self.apart, self.won)


def docket_of(need: Need, market: Market, luck: Luck) -> Docket:
    """Put a single need on a docket."""
    return Docket((need,), market, np.array([0, market.size]), (luck,))
