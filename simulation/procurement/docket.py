"""Needs that are let together: one way of buying, one month, the candidates of all end to end.

A council lets one need at a time and each is decided on its own; what all of them have in common is
reckoned in one pass over columns, so that a month of thousands of tenders costs little.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from simulation.kernels.canvassing import Gate
from simulation.procurement.arrangements import Float64, Int64, Need
from simulation.procurement.luck import draw_each, draw_shared, draw_shared_by
from simulation.procurement.markets import NO_MARKET, Luck, Market

NUMBERS = (
    "units_month", "months", "payment_days", "expected_bids", "engagement", "labour_share",
    "usual_wage_ratio",
)  # fmt: skip
_numbers_of = attrgetter(*NUMBERS)


class Others(NamedTuple):
    """Firms that could have served each need and are not on the docket, since none has heard.

    `many`, int64[m]; `cheapest`, float64[m]: the lowest true cost among them, infinite where there
    is nobody.
    """

    many: Int64
    cheapest: Float64


class Screen(NamedTuple):
    """What keeps those who could serve apart from the others, before any price is formed.

    Attributes
    ----------
    carry : float64[m]
        Units a month that a firm must be able to carry.
    gate : Gate
        Of the record.
    best : float
        The quality that the award makes it pay to promise.
    """

    carry: Float64
    gate: Gate
    best: float


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
    others : Others, optional
        None where everybody who could serve stands on the docket.
    """

    needs: Sequence[Need]
    market: Market
    begins: Int64
    lucks: Sequence[Luck]
    apart: bool = False
    won: dict[int, float] = field(default_factory=dict)
    others: Others | None = None
    _columns: dict[str | int, Float64] = field(default_factory=dict)

    @cached_property
    def of(self) -> Int64:
        """The need of each candidate: int64[n]."""
        return np.repeat(np.arange(len(self.needs)), np.diff(self.begins))

    def part(self, index: int) -> Market:
        """Return the candidates of one need."""
        return self.market.part(slice(int(self.begins[index]), int(self.begins[index + 1])))

    def kept(self, names: Sequence[str], reckon: Callable[[], Iterable[Float64]]) -> list[Float64]:
        """Return columns of the needs that are reckoned together and once: float64[m] each."""
        if names[0] not in self._columns:
            self._columns.update(zip(names, reckon(), strict=True))
        return [self._columns[name] for name in names]

    def asked(self, name: str) -> Float64:
        """Return a column of the needs, one of `NUMBERS`: float64[m]."""
        if name not in self._columns:
            self.kept(NUMBERS, self._numbers)
        return self._columns[name]

    def _numbers(self) -> Float64:
        numbers = np.array([_numbers_of(need) for need in self.needs], dtype=np.float64)
        return numbers.reshape(-1, len(NUMBERS)).T

    def uniform(self, purpose: int) -> Float64:
        """Draw one number in (0, 1) for each candidate, under the luck of its need: float64[n]."""
        return draw_each(self.lucks, purpose, self.market.uid, self.begins)

    def shared(self, purpose: int) -> Float64:
        """Draw one number in (0, 1) for each need as a whole: float64[m]."""
        if purpose not in self._columns:
            self._columns[purpose] = draw_shared(self.lucks, purpose)
        return self._columns[purpose]

    def draw(self, purposes: Sequence[int]) -> None:
        """Draw what `shared` is to return for some purposes, all in one go."""
        self._columns.update(zip(purposes, draw_shared_by(self.lucks, purposes), strict=True))

    def section(self, needs: slice) -> "Docket":
        """Return the docket of some needs that stand together, without candidates."""
        self.asked(NUMBERS[0])
        columns = {name: column[needs] for name, column in self._columns.items()}
        part = empty_docket(self.needs[needs], self.lucks[needs], self.won)
        part._columns.update(columns)
        return part

    def only(self, at: Int64, needs: Sequence[Need]) -> "Docket":
        """Return the docket of the needs at some positions, as they are written by now."""
        rows = [np.arange(self.begins[i], self.begins[i + 1]) for i in at.tolist()]
        begins = np.zeros(at.size + 1, dtype=np.int64)
        np.cumsum([one.size for one in rows], out=begins[1:])
        others = self.others
        if others is not None:
            others = Others(others.many[at], others.cheapest[at])
        market = self.market.take(np.concatenate(rows))
        lucks = [self.lucks[i] for i in at.tolist()]
        columns = {name: column[at] for name, column in self._columns.items()}
        return Docket(needs, market, begins, lucks, self.apart, self.won, others, columns)

    def met_by(self, market: Market, begins: Int64, others: Others | None) -> "Docket":
        """Return the docket with the candidates that have been found."""
        return replace(self, market=market, begins=begins, others=others)

    def any_won(self, suppliers: list[int]) -> bool:
        """Say whether any of some suppliers has won anything yet."""
        return bool(self.won) and not self.won.keys().isdisjoint(suppliers)

    def room(self, market: Market) -> Float64:
        """Return what candidates can still carry after what they have won: float64[n]."""
        if not self.won:
            return market.capacity
        won = [self.won.get(supplier, 0.0) for supplier in market.supplier.tolist()]
        left: Float64 = np.maximum(market.capacity - np.array(won), 0.0)
        return left

    def note(self, supplier: int, units_month: float) -> None:
        """Take note that one has won so much; where needs stand apart, nothing is taken up."""
        if not self.apart:
            self.won[supplier] = self.won.get(supplier, 0.0) + units_month


def docket_of(need: Need, market: Market, luck: Luck) -> Docket:
    """Put a single need on a docket."""
    return Docket((need,), market, np.array([0, market.size]), (luck,))


def empty_docket(needs: Sequence[Need], lucks: Sequence[Luck], won: dict[int, float]) -> Docket:
    """Put needs on a docket before anybody is asked."""
    return Docket(needs, NO_MARKET, np.zeros(len(needs) + 1, dtype=np.int64), lucks, won=won)
