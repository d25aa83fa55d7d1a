"""The same economy with its rows in another order, or with one firm more that nobody knows.

A row number is where a number is kept and must decide nothing; identity is the uid. Rows move
within their blocks: single firms, firms' accounts, single households, households' accounts,
workers. Whatever points to a row is pointed to its new place.
"""

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.economy.columns import Economy, Edges

Int64 = NDArray[np.int64]


def shuffled(economy: Economy, seed: int) -> Economy:
    """Return the economy with the rows of every block in a random order.

    Parameters
    ----------
    economy : Economy
        As built; left as it is.
    seed : int
        Of the order.
    """
    luck = np.random.default_rng(seed)
    firms, homes = economy.firms, economy.households
    f, h = firms.jobs.size, homes.n
    firm_order = _within_blocks(luck, (0, firms.n_agents, f))
    home_order = _within_blocks(luck, (0, homes.n_agents, h))
    worker_order = luck.permutation(economy.workers.uid.size)
    order = np.arange(economy.parties.uid.size)
    order[:f] = firm_order
    order[homes.first : homes.first + h] = homes.first + home_order
    return rearranged(economy, order, firm_order, home_order, worker_order)


def _within_blocks(luck: np.random.Generator, ends: tuple[int, ...]) -> Int64:
    """Shuffle 0 .. n within blocks that end where said."""
    blocks = [first + luck.permutation(last - first) for first, last in pairwise(ends)]
    return np.concatenate(blocks)


def rearranged(
    economy: Economy, order: Int64, firm_order: Int64, home_order: Int64, worker_order: Int64
) -> Economy:
    """Return the economy with new row k taken from old row `order[k]`, and so for each block.

    An order may name a row twice: the second is a copy to which nothing points.
    """
    firms, homes, workers = economy.firms, economy.households, economy.workers
    place = _first_place(order, economy.parties.uid.size)
    home_place = _first_place(home_order, homes.n)
    more = order.size - economy.parties.uid.size

    def at(rows: NDArray[Any]) -> NDArray[Any]:
        return np.where(rows >= 0, place[rows], rows).astype(rows.dtype)

    return replace(
        economy,
        parties=_taken(economy.parties, order),
        firms=replace(
            _taken(firms, firm_order),
            n_agents=int((firm_order < firms.n_agents).sum()),
            owner=at(firms.owner)[firm_order],
            head=at(firms.head)[firm_order],
            landlord=at(firms.landlord)[firm_order],
        ),
        households=replace(
            _taken(homes, home_order),
            first=homes.first + more,
            landlord=at(homes.landlord)[home_order],
        ),
        workers=replace(
            _taken(workers, worker_order),
            employer=at(workers.employer)[worker_order],
            household=home_place[workers.household].astype(np.int32)[worker_order],
        ),
        buyers=replace(economy.buyers, row=at(economy.buyers.row)),
        supply=_edges(economy.supply, firm_order, place),
        shopping=_edges(economy.shopping, home_order, place),
        payroll=_edges(economy.payroll, order[: economy.payroll.start.size - 1 + more], place),
        contracts=[
            replace(one, supplier=int(place[one.supplier])) for one in economy.contracts[::-1]
        ],
        government=int(place[economy.government]),
        world=int(place[economy.world]),
        outside_demand=int(place[economy.outside_demand]),
        bank=int(place[economy.bank]),
        pension_fund=int(place[economy.pension_fund]),
    )


def _first_place(order: Int64, size: int) -> Int64:
    place = np.full(size, -1, dtype=np.int64)
    place[order[::-1]] = np.arange(order.size)[::-1]
    return place


def _taken(table: Any, order: Int64) -> Any:
    """Take the rows of a table's columns in an order; what is not a column stays."""
    columns = {column.name: getattr(table, column.name) for column in fields(table)}
    taken = {
        name: value[order] if isinstance(value, np.ndarray) else value
        for name, value in columns.items()
    }
    return type(table)(**taken)


def _edges(edges: Edges, order: Int64, place: Int64) -> Edges:
    """Lay each payer's links down in the new order of payers, each payer's own order kept."""
    count = np.diff(edges.start)[order]
    start = np.concatenate([[0], np.cumsum(count)])
    which = np.repeat(edges.start[order] - start[:-1], count) + np.arange(start[-1])
    return Edges(
        start=start.astype(edges.start.dtype),
        payee=place[edges.payee[which]].astype(edges.payee.dtype),
        cum=edges.cum[which],
    )


def joined_by(economy: Economy, uid: int, like: int, **traits: Any) -> Economy:
    """Return the economy with one more single firm that has no trade, no staff and no money.

    Parameters
    ----------
    economy : Economy
        As built; left as it is.
    uid : int
        The newcomer's identity.
    like : int
        Row of the single firm whose trade, place and traits it shares.
    **traits : Any
        Columns of `Firms` in which it differs.
    """
    firms, homes = economy.firms, economy.households
    firm_order = np.insert(np.arange(firms.jobs.size), firms.n_agents, like)
    order = np.insert(np.arange(economy.parties.uid.size), firms.n_agents, like)
    wider = rearranged(
        economy, order, firm_order,
        np.arange(homes.n), np.arange(economy.workers.uid.size),
    )  # fmt: skip
    new = firms.n_agents
    wider.parties.uid[new] = uid
    for name in ("deposits", "savings", "loans", "receivable", "payable"):
        getattr(wider.parties, name)[new] = 0
    idle = dict.fromkeys(NO_TRADE, 0) | {"head": new} | traits
    for name, value in idle.items():
        getattr(wider.firms, name)[new] = value
    return wider


NO_TRADE = (
    "jobs", "aggregate_jobs", "aggregate_payroll", "rates_pence", "rent_pence", "export_pence",
    "sales_expected", "capacity_pence", "bidder",
)  # fmt: skip
"""Columns of `Firms` that are nothing for a firm nobody trades with."""
