"""The place in balance on its first day: what each firm sells near, and what it must sell outside.

Sales follow from jobs; what local firms, households and public buyers order follows from the
edges. Where orders exceed what a firm can sell they move to the next seller, then to the country
at large. What is left of a firm's sales is bought by outside demand, so that on the first day
everyone sells what their payroll calls for.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.columns import Bool, Float64, InitialContract, Int32, Int64
from simulation.economy.firms import TradingRows
from simulation.economy.networks import Fallback, Links
from simulation.economy.shelves import Shelves
from simulation.kernels.links import add_orders, orders_to

ROUNDS = 3
NO_EDGE = np.zeros(0, dtype=np.int64)


@dataclass(slots=True)
class Balance:
    """Monthly sales of trading rows, VAT included [pence], and what makes them up."""

    sales: Int64
    exports: Int64
    consumption: Int64
    vat_share: Float64
    raised: int


def contract_income(contracts: list[InitialContract], n: int) -> Int64:
    """Return what standing contracts pay each trading row [pence a month], int64[n]."""
    out = np.zeros(n, dtype=np.int64)
    for one in contracts:
        if one.supplier < n:
            out[one.supplier] += one.month_pence
    return out


def rent_income(landlord: Int32, rent: Int64, n: int) -> Int64:
    """Return the premises rent that each trading row receives [pence a month], int64[n]."""
    let = landlord < n
    out = np.zeros(n, dtype=np.int64)
    np.add.at(out, landlord[let], rent[let])
    return out


def orders(links: Links, n: int) -> Int64:
    """Return what edges bring each trading row [pence a month], int64[n]."""
    out = np.zeros(n, dtype=np.int64)
    add_orders(links.payee, links.pence, out)
    return out


def relieve(
    all_links: list[Links],
    fixed: Int64,
    net_sales: Int64,
    rows: TradingRows,
    fallback: Fallback,
    payer_rows: list[Int32 | None],
    a: Assumptions,
    seed: int,
) -> int:
    """Move orders that a seller cannot serve to others of its trade and place, else away.

    Parameters
    ----------
    all_links : list of Links, updated
        Supply and shopping edges.
    fixed : int64[n]
        Income that does not follow edges: contracts and rents.
    net_sales : int64[n]
        What each trading row can sell.
    rows : TradingRows
    fallback : Fallback
    payer_rows : list of int32[n] or None
        Trading row of each payer of each list of edges, None for households.
    a : Assumptions
        `network.fullest`: orders as a share of sales at which a firm is full.
    seed : int

    Returns
    -------
    int
        Number of edges moved.
    """
    n = rows.n
    cell = rows.area.astype(np.int64) * fallback.n_sectors + rows.sector
    last = np.zeros(n, dtype=np.bool_)
    last[fallback.seller[fallback.seller < n]] = True
    ceiling = (net_sales * a["network.fullest"]).astype(np.int64)
    moved = 0
    for turn in range(ROUNDS):
        demand = fixed + sum(orders(links, n) for links in all_links)
        over = (demand > ceiling) & ~last
        if not over.any():
            break
        slack = np.where(over, 0, np.maximum(ceiling - demand, 0))
        shelves = Shelves(cell, slack, rows.uid)
        room = ceiling - fixed
        for links, payer_row in zip(all_links, payer_rows, strict=True):
            edge = _too_many(links, over, room)
            moved += edge.size
            where = cell[links.payee[edge]]
            u = streams.uniform(seed, "build.moved", links.luck(edge), turn)
            found = shelves.draw(where, u, links.pence[edge])
            if turn == ROUNDS - 1:
                found[:] = -1
            if payer_row is not None:
                buyer = payer_row[links.payer(edge)]
                found = np.where(found == buyer, -1, found).astype(np.int32)
            links.payee[edge] = fallback.instead(found, where)
    return moved


def _too_many(links: Links, over: Bool, room: Int64) -> Int64:
    """Return the edges that bring a full seller more than it has room for; small ones stay."""
    edge = np.empty(orders_to(links.payee, links.cell, over, NO_EDGE), dtype=np.int64)
    orders_to(links.payee, links.cell, over, edge)
    order = edge[np.lexsort((links.luck(edge), links.pence[edge], links.payee[edge]))]
    seller = links.payee[order]
    running = np.cumsum(links.pence[order])
    first = np.searchsorted(seller, seller, side="left")
    before = np.where(first > 0, running[first - 1], 0)
    keeps = running - before <= room[seller]
    room -= np.bincount(
        seller[keeps], weights=links.pence[order][keeps], minlength=room.size
    ).astype(np.int64)
    return order[~keeps]


def balance(
    supply: Links, shopping: Links, fixed: Int64, net_sales: Int64, tax_in_shopping: float
) -> Balance:
    """Close the accounts of the first day.

    Parameters
    ----------
    supply, shopping : Links
    fixed : int64[n]
        Contracts and rents, VAT left out [pence a month].
    net_sales : int64[n]
        Sales that the payroll calls for, VAT left out.
    tax_in_shopping : float
        Taxes on products in a pound that households pay to a domestic seller.

    Returns
    -------
    Balance
        sales = net sales + VAT = contracts + rents + orders + shopping + exports; where orders
        exceed sales they are raised to the orders and exports are zero.
    """
    n = net_sales.size
    consumption = orders(shopping, n)
    vat = (consumption * tax_in_shopping).astype(np.int64)
    near = fixed + orders(supply, n) + consumption
    sales = np.maximum(net_sales + vat, near)
    share = vat / np.maximum(sales, 1)
    return Balance(
        sales=sales,
        exports=sales - near,
        consumption=consumption,
        vat_share=share,
        raised=int((near > net_sales + vat).sum()),
    )
