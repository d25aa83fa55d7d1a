"""What those who buy from a co-operative get back of its surplus, by what they are taken to buy."""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.apportion import largest_remainder
from simulation.economy.columns import Float64, Int32, Int64
from simulation.economy.enterprises import Enterprise
from simulation.economy.town import Town


def refund(town: Town, one: Enterprise, pence: int) -> int:
    """Refund patrons; return what was paid [pence]. The caller settles `Kind.PATRONAGE`."""
    if pence <= 0:
        return 0
    patrons, each = by_patronage(town, one, pence)
    payer = np.full_like(patrons, one.row)
    town.ledger.listed(Kind.PATRONAGE, payer, patrons, each)
    return pence


def by_patronage(town: Town, one: Enterprise, pence: int) -> tuple[Int32, Int64]:
    """Divide a sum among patrons, of whom a council has its part back for the service.

    Homes whose shopping links name the row have it by the shares of those links. Where no home
    buys, the patron is the council that let it work.

    Returns
    -------
    int32[n], int64[n]
        Rows of those who have something of it, and how much [pence].
    """
    homes, weight = _patrons(town, one.row)
    if not homes.size:
        homes, weight = np.array([one.council], dtype=np.int32), np.ones(1)
        town.enterprises.give_back(one, pence)
    each = largest_remainder(pence, weight)
    some = each > 0
    return homes[some], each[some]


def _patrons(town: Town, row: int) -> tuple[Int32, Float64]:
    """Return the homes that shop there, and the part of their shopping that is done there."""
    links = town.links.shopping
    at = np.flatnonzero(links.payee == row)
    payer = np.searchsorted(links.start, at, side="right") - 1
    before = np.where(at > links.start[payer], links.cum[np.maximum(at - 1, 0)], 0)
    weight: Float64 = (links.cum[at] - before).astype(np.float64)
    order = np.argsort(town.economy.parties.uid[links.first + payer], kind="stable")
    homes = (links.first + payer[order]).astype(np.int32)
    return homes, weight[order]
