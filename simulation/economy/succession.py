"""Owners retire: their firms close, pass to heirs, or are sold to owners outside the place.

Who retires in which month is a matter of luck that is the same under every policy; a policy may
change what becomes of the firm. After the European Commission's communications on the transfer of
businesses (2006, 2013).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, OwnerKind, SizeBand
from simulation import streams
from simulation.economy.closures import MONTHS, chance_of_closing, without_successor
from simulation.economy.founding import pay
from simulation.economy.handed import Owners
from simulation.economy.hands import lay_links, put_in_hands
from simulation.economy.lending import local_firms
from simulation.economy.town import Town
from simulation.streams import Purpose

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class Retiring(NamedTuple):
    """Firms of the focus whose owner retires this month, in the order of identities.

    Attributes
    ----------
    rows : int32[n]
        Trading rows.
    heirless : bool[n]
        Whether there is no successor, so that the firm closes as the month ends.
    """

    rows: Int32
    heirless: NDArray[np.bool_]


def retiring(town: Town) -> Retiring:
    """Say whose owners retire this month; nobody's before the story opens."""
    a, rows = town.a, _owner_managed(town)
    if town.month < 1 or not a["ownership.retirement"]:
        rows = rows[:0]
    uid = town.economy.parties.uid[rows]
    lot = streams.uniform(town.seed, Purpose.DEATH, uid, town.lived)
    heirless = lot < without_successor(town, chance_of_closing(town, rows))
    rate = a["ownership.retirement"] * (1.0 - a["ownership.closes"]) / MONTHS
    leaves = streams.uniform(town.seed, Purpose.RETIRE, uid, town.month) < rate
    some = heirless | leaves
    return Retiring(rows[some], heirless[some])


def _owner_managed(town: Town) -> Int32:
    """Return small and medium firms of the focus that belong to a household, by uid."""
    firms, parties, rows = town.economy.firms, town.economy.parties, local_firms(town)
    own = (parties.owner_kind[rows] == OwnerKind.LOCAL) & (firms.owner[rows] >= 0)
    own &= (firms.head[rows] == rows) & (firms.size_band[rows] != SizeBand.LARGE)
    found: Int32 = rows[own & ~np.isin(rows, town.enterprises.rows)]
    return found


def price_of(town: Town, rows: Int32) -> Int64:
    """Return what firms cost: years of last month's post-tax profit, at least nothing [pence]."""
    years = town.a["ownership.price_years"] * MONTHS
    price: Int64 = np.rint(np.maximum(town.now.profit[rows], 0) * years).astype(np.int64)
    return price


def hand_on(town: Town, leaving: Retiring) -> None:
    """Let those that have a successor pass on: to heirs, who change nothing, or to outsiders.

    A buyer is a fund of the country or somebody abroad; the owner gets the price from there.

    Parameters
    ----------
    town : Town, updated
    leaving : Retiring
        Whose owners retire and have not sold to anybody yet.
    """
    economy, a = town.economy, town.a
    rows = leaving.rows[~leaving.heirless]
    uid = economy.parties.uid[rows]
    lot = streams.uniform(town.seed, Purpose.SUCCESSION, uid, town.month)
    sold = rows[lot < a["ownership.sold_away"]]
    for row, price in zip(sold.tolist(), price_of(town, sold).tolist(), strict=True):
        buyer = buyer_from_outside(town, row)
        if price:
            pay(town, Kind.CAPITAL, buyer, int(economy.firms.owner[row]), price)
        area = int(economy.parties.area[buyer])
        put_in_hands(town, row, Owners(buyer, int(OwnerKind.OUTSIDE), area))
    if sold.size:
        town.ledger.settle(Kind.CAPITAL)
    lay_links(town)


def buyer_from_outside(town: Town, row: int) -> int:
    """Return who buys a firm from outside the place: a fund of the country, or somebody abroad."""
    economy, identity = town.economy, int(town.economy.parties.uid[row])
    abroad = streams.one(town.seed, "build.foreign", identity) < town.a["firms.foreign_share"]
    return economy.world if abroad else economy.pension_fund
