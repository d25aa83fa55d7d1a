"""Owners retire: their firms close, pass to heirs, or are sold to owners outside the place.

Who retires in which month is a matter of luck that is the same under every policy; a policy may
change what becomes of the firm. After the European Commission's communications on the transfer of
businesses (2006, 2013).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, OwnerKind, SizeBand
from simulation import streams
from simulation.economy.closures import MONTHS, chance_of_closing, without_successor
from simulation.economy.founding import pay
from simulation.economy.handed import Owners
from simulation.economy.lending import local_firms
from simulation.economy.newcomers import change_hands
from simulation.economy.town import Town, owners_of
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
    lot = streams.uniform(town.seed, Purpose.DEATH, uid, town.month)
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
        identity = int(economy.parties.uid[row])
        abroad = streams.one(town.seed, "build.foreign", identity) < a["firms.foreign_share"]
        buyer = economy.world if abroad else economy.pension_fund
        if price:
            pay(town, Kind.CAPITAL, buyer, int(economy.firms.owner[row]), price)
        area = int(economy.parties.area[buyer])
        put_in_hands(town, row, Owners(buyer, int(OwnerKind.OUTSIDE), area))
    if sold.size:
        town.ledger.settle(Kind.CAPITAL)
    _lay_links(town)


def put_in_hands(town: Town, row: int, new: Owners) -> None:
    """Let a firm belong to others, whom the Books know as another party from now on."""
    handed, firms, parties = town.handed, town.economy.firms, town.economy.parties
    old = Owners(int(firms.owner[row]), int(parties.owner_kind[row]), int(parties.owner_area[row]))
    handed.founders.setdefault(row, old)
    change_hands(town, np.array([row], dtype=np.int32))
    _write(town, [row], [new])
    handed.klass[row] = _class_of(town, row)


def back_to_founders(town: Town, rows: Int32) -> None:
    """Let newcomers in rows that had changed hands be owned as the first firm there was."""
    founders = town.handed.founders
    again = [row for row in rows.tolist() if row in founders]
    if again:
        _write(town, again, [founders.pop(row) for row in again])
        for row in again:
            del town.handed.klass[row]


def _write(town: Town, rows: Sequence[int], owners: Sequence[Owners]) -> None:
    """Write down new owners; a new column of areas says that they have changed."""
    firms, parties = town.economy.firms, town.economy.parties
    parties.owner_area = parties.owner_area.copy()
    for row, new in zip(rows, owners, strict=True):
        firms.owner[row], parties.owner_kind[row] = new.owner, new.kind
        parties.owner_area[row] = new.area
    town.handed.stale = True


def _lay_links(town: Town) -> None:
    """Lay the links to owners anew where they have changed; none has been paid by this month."""
    if town.handed.stale:
        town.links.owners = owners_of(town.economy)
        town.handed.stale = False


def _class_of(town: Town, row: int) -> int:
    """Return the class for the profit of a firm: of its area and owners, and its trade if any."""
    classes, parties = town.economy.classes, town.economy.parties
    area, kind = parties.area[row], parties.owner_kind[row]
    like = np.flatnonzero((classes.area == area) & (classes.owner_kind == kind))
    same = like[classes.sector[like] == classes.sector[parties.klass[row]]]
    fitting = same if same.size else like
    return int(fitting[0]) if fitting.size else int(parties.klass[row])
