"""Who buys from whom: each firm's suppliers and each household's shops.

A payer's edges are drawn systematically from its basket: trades by the technology, areas by
sourcing, sellers by size. Every edge of a payer carries the same share, but for imports and for
the taxes inside prices, which go to the government (fuel duty, irrecoverable VAT and the like), so
across payers the flows have the shares of the tables. No order is larger than a set part of what
its seller can sell, so a big buyer does not fall upon a small shop.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Tier
from simulation import streams
from simulation.economy.apportion import starts
from simulation.economy.columns import Bool, Edges, Float64, Int32, Int64
from simulation.economy.costing import Recipe
from simulation.economy.firms import TradingRows
from simulation.economy.place import Place
from simulation.economy.shelves import Shelves
from simulation.economy.sourcing import Sourcing
from simulation.kernels.links import lay_orders
from simulation.kernels.scales import CUM_ONE

SELLER, ABROAD, DUTY = -1, -2, -3
"""What an edge looks for while it has no payee."""
AT_ONCE = 1 << 18
"""Payers whose sellers are looked for together: a country needs no more room than a town."""


@dataclass(slots=True)
class Links:
    """Edges while they are being laid: one entry an edge, payers in order.

    Payers count from 0 within their kind and have `start[k] : start[k + 1]`; `uid` are theirs.
    `cell` is the trade and area looked for, -1 for imports; `pence` what flows along an edge in a
    month. A country has hundreds of millions of edges: what its payer tells is not kept again.
    """

    start: Int32
    uid: Int64
    payee: Int32
    cell: Int32
    cum: Int32
    pence: Int64

    def edges(self) -> Edges:
        """Return the finished columns."""
        return Edges(self.start, self.payee, self.cum)

    def payer(self, edge: Int64) -> Int64:
        """Say who pays along edges: int64[m]."""
        return np.searchsorted(self.start, edge, side="right") - 1

    def luck(self, edge: Int64) -> Int64:
        """Return a stable key for the draws of edges: int64[m]."""
        payer = self.payer(edge)
        return self.uid[payer] + edge - self.start[payer]


@dataclass(frozen=True, slots=True)
class Basket:
    """What kinds of payers buy: G groups, cells = area x sector.

    `cum[g]` rises to 1 over cells; `imports[g]` is the share bought abroad, `duties[g]` the share
    that is taxes inside prices.
    """

    cum: Float64
    imports: Float64
    duties: Float64


def supply_baskets(place: Place, recipe: Recipe, sourcing: Sourcing) -> Basket:
    """Return the baskets of firms, one group for each area and sector (area-major)."""
    n_areas, n_sectors = place.jobs.shape
    buys = recipe.inputs.T[None, :, :, None] * sourcing.inputs
    cells = np.moveaxis(buys, 3, 2).reshape(n_areas * n_sectors, n_areas * n_sectors)
    whole = np.maximum(recipe.intermediate, 1e-12)
    imports, duties = recipe.imports / whole, recipe.duties / whole
    return Basket(_rising(cells), np.tile(imports, n_areas), np.tile(duties, n_areas))


def shopping_baskets(place: Place, sourcing: Sourcing, a: Assumptions) -> Basket:
    """Return the baskets of households, one group an area.

    Rents leave the basket, for they are paid to the landlord; taxes on products stay with the
    shop, which remits them, so imports are a smaller part of what is paid.
    """
    technology = place.technology
    final = np.array(technology.household_final, dtype=np.float64)
    final[place.sector("real_estate")] *= 1.0 - a["network.rents_in_property"]
    cells = np.moveaxis(final[None, :, None] * sourcing.shopping, 2, 1)
    abroad = technology.household_imports / (1.0 + technology.household_taxes)
    imports = np.full(cells.shape[0], abroad)
    whole = cells.reshape(place.jobs.shape[0], -1)
    return Basket(_rising(whole), imports, np.zeros_like(imports))


def _rising(cells: Float64) -> Float64:
    cum = np.cumsum(cells, axis=1)
    return cum / np.maximum(cum[:, -1:], 1e-300)


def lay_links(
    basket: Basket,
    group: Int64,
    uid: Int64,
    budget: Int64,
    count: Int64,
    purpose: str,
    seed: int,
) -> Links:
    """Choose trade and area for every edge of every payer.

    Parameters
    ----------
    basket : Basket
    group : int64[n]
        Group of each payer.
    uid, budget : int64[n]
        Identity and what it spends a month [pence].
    count : int64[n]
        Domestic edges of each payer; a payer whose basket is empty has the import edge only.
    purpose : str
        Name of the draw.
    seed : int

    Returns
    -------
    Links
        With `payee` still a mark: SELLER on domestic edges, ABROAD and DUTY on the others.
    """
    empty = basket.cum[group, -1] <= 0.0
    imports = np.rint(basket.imports[group] * CUM_ONE).astype(np.int64)
    imports = np.where(empty, CUM_ONE, np.minimum(imports, CUM_ONE - count))
    duties = np.rint(basket.duties[group] * CUM_ONE).astype(np.int64)
    base = np.minimum(
        imports + np.where(empty, 0, duties), np.where(empty, CUM_ONE, CUM_ONE - count)
    )
    home = np.where(empty, 0, count)
    fixed = (imports > 0).astype(np.int64) + (base > imports)
    each = home + fixed
    start = starts(each)
    many = int(start[-1])
    links = Links(start, uid, *(np.empty(many, dtype=t) for t in ("i4", "i4", "i4", "i8")))
    lay_orders(
        basket.cum, group, streams.uniform(seed, purpose, uid), imports, base, home,
        np.array([SELLER, ABROAD, DUTY], dtype=np.int32), budget, start,
        links.payee, links.cell, links.cum, links.pence,
    )  # fmt: skip
    return links


class Fallback:
    """Sends orders that nobody near can take to the country at large, else abroad."""

    def __init__(self, place: Place, rows: TradingRows, world: int, government: int) -> None:
        self.world = world
        self.government = government
        self.n_sectors = len(place.sector_ids)
        national = np.flatnonzero(place.areas.leaf & (place.areas.tier == Tier.UK))
        self.seller = np.full(self.n_sectors, world, dtype=np.int32)
        many = np.arange(rows.n) >= rows.n_agents
        account = np.flatnonzero(many & np.isin(rows.area, national))
        order = account[np.lexsort((rows.uid[account], rows.jobs[account]))]
        self.seller[rows.sector[order]] = order

    def instead(self, found: Int32, cell: Int64) -> Int32:
        """Return `found`, with the national account of the trade in place of every -1."""
        missing = found < 0
        out = found.copy()
        out[missing] = self.seller[cell[missing] % self.n_sectors]
        return out


def find_sellers(
    links: Links,
    shelves: Shelves,
    fallback: Fallback,
    payer_row: Int32 | None,
    single: Bool,
    largest_share: float,
    purpose: str,
    seed: int,
) -> None:
    """Choose the seller of every domestic edge.

    Parameters
    ----------
    links : Links, updated
        `payee` becomes a party row.
    shelves : Shelves
        Trading rows by cell.
    fallback : Fallback
        Where an order goes that nobody in the cell is large enough for.
    payer_row : int32[n] or None
        Trading row of each payer, None for households.
    single : bool[n]
        Payers that are single firms, which never supply themselves; an account row stands for
        many firms that buy from each other, so it may.
    largest_share : float
        Largest order as a share of the seller's sales.
    purpose : str
    seed : int
    """
    uid = links.uid
    ends = np.arange(0, uid.size + AT_ONCE, AT_ONCE).clip(max=uid.size)
    for first, last in pairwise(ends.tolist()):
        begin, end = links.start[first], links.start[last]
        payee = links.payee[begin:end]
        edge = np.flatnonzero(payee == SELLER)
        payer = np.repeat(np.arange(first, last), np.diff(links.start[first : last + 1]))[edge]
        turn = (edge + begin - links.start[payer]).astype(np.uint16)
        u = np.empty(edge.size)
        for k, at in enumerate(_by_turn(turn)):
            u[at] = streams.uniform(seed, purpose, uid[payer[at]], k)
        least = (links.pence[begin:end][edge] / largest_share).astype(np.int64)
        cell = links.cell[begin:end][edge].astype(np.int64)
        found = shelves.draw(cell, u, least)
        if payer_row is not None:
            found = shelves.other_than(found, payer_row[payer], single[payer])
        payee[edge] = fallback.instead(found, cell)
        payee[payee == ABROAD] = fallback.world
        payee[payee == DUTY] = fallback.government


def _by_turn(turn: NDArray[np.uint16]) -> list[Int64]:
    """Return the edges that are a payer's first, second, third one and so on."""
    order = np.argsort(turn, kind="stable")
    return np.split(order, np.cumsum(np.bincount(turn))[:-1]) if turn.size else []


def edge_counts(rows: TradingRows, a: Assumptions) -> Int64:
    """Return how many domestic suppliers each trading row has, int64[n].

    Larger firms have more (`network.supply_edges`, `network.supply_edges_per_band`); account
    rows stand for many and have `network.account_edges`.
    """
    base, step = a["network.supply_edges"], a["network.supply_edges_per_band"]
    firms = np.rint(base + step * (rows.band.astype(np.float64) - 1.0)).astype(np.int64)
    many = np.arange(rows.n) >= rows.n_agents
    return np.where(many, round(a["network.account_edges"]), np.maximum(firms, 1))
