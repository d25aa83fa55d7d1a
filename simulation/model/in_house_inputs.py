"""Who sells an in-house service its materials, and what they cost more than usual just now.

Those sell who sold to the firm that the service takes after.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.kernels.accounts import shares_of
from simulation.kernels.scales import CUM_ONE
from simulation.procurement.in_house import InHouse

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class InputPrices:
    """What inputs cost just now.

    Attributes
    ----------
    rise : float
        Share above the usual.
    usual_part : float64[n_firms], optional
        Each firm's usual cost of a unit over its cost now; None where prices are the usual.
    """

    rise: float = 0.0
    usual_part: Float64 | None = None

    def as_usual(self, state: InHouse) -> InHouse:
        """Return a decision of now at the usual prices, with the rise borne while it lasts."""
        if self.usual_part is None:
            return state
        part = float(self.usual_part[state.like]) if state.like >= 0 else 1.0
        return replace(state, pay=state.pay * part, other=state.other * part, dear=self.rise)


@dataclass(frozen=True, slots=True)
class Sellers:
    """Trading rows that sell to a service, and where the share of each ends, of 65,536."""

    rows: Int32
    cum: Int64


def split(town: Town, bills: list[tuple[Sellers, int]]) -> tuple[Int64, Int32, Int64]:
    """Split bills over their sellers, or over those who serve the customers of closed ones.

    Parameters
    ----------
    town : Town
    bills : list of (Sellers, int)
        Each with what is to be paid [pence].

    Returns
    -------
    int64[n_bills]
        How many payments each bill takes.
    int32[k], int64[k]
        Trading rows and what each is paid, bill by bill [pence], none of it nothing.
    """
    if not bills:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    sizes = np.array([sellers.rows.size for sellers, _ in bills])
    rows = np.concatenate([sellers.rows for sellers, _ in bills])
    cum = np.concatenate([sellers.cum for sellers, _ in bills])
    first = np.cumsum(sizes) - sizes
    upto = shares_of(np.repeat(np.array([pence for _, pence in bills]), sizes), cum)
    parts = np.diff(upto, prepend=0)
    parts[first] = upto[first]
    redirect = town.ledger.redirect
    may_close = rows < redirect.size
    instead = np.where(may_close, redirect[np.where(may_close, rows, 0)], rows)
    paid, some = np.where(instead >= 0, instead, rows), parts != 0
    many = np.add.reduceat(some, first, dtype=np.int64)
    return many, paid[some].astype(np.int32), parts[some]


def sellers_like(town: Town, like: int, buyer: int) -> Sellers:
    """Find the trading rows that sell inputs to a firm.

    Parameters
    ----------
    town : Town
    like : int
        The firm's row; -1 for none.
    buyer : int
        Row of the buyer.

    Returns
    -------
    Sellers
        In the shares in which the firm buys. What it imports itself is bought from the same
        dealers. Where it has no dealer, or there is no firm, the largest trading row of the
        buyer's area sells all, or of any area where there is none.
    """
    links, n = town.economy.supply, town.n_firms
    if like >= 0:
        edges = slice(int(links.start[like]), int(links.start[like + 1]))
        rows, steps = links.payee[edges], np.diff(links.cum[edges].astype(np.int64), prepend=0)
        dealers = (rows < n) & (steps > 0)
        if dealers.any():
            upto = np.cumsum(steps[dealers])
            return Sellers(rows[dealers].astype(np.int32), upto * CUM_ONE // upto[-1])
    parties, sales = town.economy.parties, town.economy.firms.sales_expected
    near = parties.area[:n] == parties.area[buyer]
    rank = np.lexsort((parties.uid[:n], -sales, ~near))
    return Sellers(rank[:1].astype(np.int32), np.array([CUM_ONE], dtype=np.int64))
