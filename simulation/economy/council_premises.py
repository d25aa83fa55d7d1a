"""Rents that come back to a council, and where premises go that an enterprise had of it.

What an enterprise was given stands for premises that it need not rent. Under an asset lock they go
on to a like body of the same council or back to the council, whoever is owed what (a right of
reverter in the transfer, an assumption), and never to members. Without a lock a freehold is sold:
to pay creditors as the enterprise closes, or as part of it where members sell.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.columns import Int32
from simulation.economy.enterprises import Enterprise
from simulation.economy.founding import free_cash, pay
from simulation.economy.leases import Lease, Premises
from simulation.economy.succession import buyer_from_outside
from simulation.economy.town import Town


def take_rents_of(town: Town, leases: Iterable[tuple[int, Lease]], council: int) -> int:
    """Let those who hold leases pay what is due, in the order in which these were granted.

    A rent is due whatever the premises earn; what cannot be paid is owed on.

    Parameters
    ----------
    town : Town, updated
    leases : iterable of (int, Lease)
        Party row of each holder, and its lease.
    council : int
        Party row of the freeholder.

    Returns
    -------
    int
        What came in [pence].
    """
    paid: dict[int, int] = {}
    for holder, one in leases:
        one.owed += one.ground_rent
        now = min(one.owed, free_cash(town, holder) - paid.get(holder, 0))
        one.owed -= now
        paid[holder] = paid.get(holder, 0) + now
    payer = np.array([row for row, pence in paid.items() if pence], dtype=np.int32)
    if not payer.size:
        return 0
    pence = np.array([paid[row] for row in payer.tolist()], dtype=np.int64)
    town.ledger.listed(Kind.COMMERCIAL_RENT, payer, np.full_like(payer, council), pence)
    town.ledger.settle(Kind.COMMERCIAL_RENT)
    town.now.duties[payer] += pence
    return int(pence.sum())


def rent_of(town: Town, row: int) -> int:
    """Return what a trading row pays a landlord a month, nothing where it has none [pence]."""
    firms = town.economy.firms
    return int(firms.rent_pence[row]) if firms.landlord[row] >= 0 else 0


def move_in(town: Town, one: Enterprise, premises: Premises) -> None:
    """Spare an enterprise the rent of premises that it has from now on."""
    town.economy.firms.rent_pence[one.row] -= premises.month
    one.premises.append(premises)


def move_out(town: Town, one: Enterprise, premises: Premises) -> None:
    """Let an enterprise rent again what it had."""
    town.economy.firms.rent_pence[one.row] += premises.month
    one.premises.remove(premises)


def sell_premises_of(town: Town, rows: Int32) -> None:
    """Sell the freeholds of enterprises without an asset lock that close, for their creditors.

    Parameters
    ----------
    town : Town, updated
    rows : int32[k]
        Trading rows that close, with their books still open.
    """
    closing = set(rows.tolist())
    for one in town.enterprises.living:
        worth = sum(premises.worth for premises in one.premises)
        if one.row in closing and worth and not one.charter.asset_lock:
            pay(town, Kind.CAPITAL, buyer_from_outside(town, one.row), one.row, worth)
    town.ledger.settle(Kind.CAPITAL)


def pass_on(town: Town, one: Enterprise, closing: Collection[int]) -> None:
    """Hand locked premises to a like body that pays rent, the first by identity; else back.

    Parameters
    ----------
    town : Town, updated
    one : Enterprise
        Which closes.
    closing : collection of int
        Trading rows that close with it.
    """
    if not one.charter.asset_lock:
        return
    like = [
        other
        for other in sorted(town.enterprises.living, key=lambda each: each.uid)
        if other.council == one.council and other.charter.asset_lock and other.row not in closing
    ]
    for premises in list(one.premises):
        heir = next((other for other in like if rent_of(town, other.row) > 0), None)
        if heir is not None:
            month = min(premises.month, rent_of(town, heir.row))
            lease = premises.lease and replace(premises.lease, row=heir.row, owed=0)
            move_in(town, heir, replace(premises, month=month, lease=lease))
