"""Who could serve a need, as frozen columns, and the luck that is drawn for them."""

from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.procurement.arrangements import Bool, Float64, Int8, Int32, Int64


class Draws(Protocol):
    """Draws for firms in one month."""

    def uniform(self, purpose: int, uids: Int64) -> Float64:
        """Draw one number in (0, 1) for each uid."""


class Luck(Draws, Protocol):
    """Draws that belong to one tender (or arrangement) and month."""

    def shared(self, purpose: int) -> float:
        """Draw one number in (0, 1) for the tender as a whole."""


class OwnLuck(Luck, Protocol):
    """Draws of one arrangement among many."""

    @property
    def uid(self) -> Int64:
        """Its suppliers' identities, whose draws are made with those of the whole roll."""


class RollLuck(Draws, Protocol):
    """Draws for the places of a roll, each under its own tender."""

    def of(self, tender: int, rows: slice) -> OwnLuck:
        """Return the luck of the arrangement that holds some rows."""


class Market(NamedTuple):
    """The firms that could serve one need: `n` candidates in columns, none written to.

    `unit_cost` is technology at usual pay (1.0 is the built state's average); what the firm pays
    is in `wage_ratio`, its pay over the Real Living Wage, and what it bears of that, and asks for
    in prices, in `borne_ratio`: less where a council supports its pay. `tier_delivery` and
    `tier_buyer` give where it is based (0 same district .. 4 world) as seen from the place of
    delivery and from the buyer's own area; `tier_owner` where its profit goes, from the buyer's
    area.
    """

    supplier: Int32
    uid: Int64
    distance_km: Float64
    unit_cost: Float64
    capacity: Float64
    size_band: Int8
    owner_kind: Int8
    tier_delivery: Int8
    tier_buyer: Int8
    tier_owner: Int8
    quality: Float64
    bid_skill: Float64
    claim_skill: Float64
    honesty: Float64
    wage_ratio: Float64
    borne_ratio: Float64
    employ_local: Float64
    buy_local: Float64
    incumbent: Bool
    reputation: Float64
    wins: Float64
    losses: Float64
    knows: Bool
    slack: Float64
    member: Bool
    utilisation: Float64
    paper_days: Float64

    @property
    def size(self) -> int:
        """Number of candidates."""
        return int(self.supplier.size)

    def part(self, rows: slice) -> "Market":
        """Return the candidates of some rows that stand together."""
        return Market._make([column[rows] for column in self])

    def take(self, index: NDArray[Any]) -> "Market":
        """Return the candidates at `index` (positions or a mask), in that order."""
        at = np.flatnonzero(index) if index.dtype == np.bool_ else index
        columns: list[Any] = [column.take(at) for column in self]
        return Market._make(columns)


NO_MARKET: Final = Market._make(np.zeros(0) for _ in Market._fields)
"""Nobody; the columns are not typed."""
