"""Seats that are kept free for the enterprises which a public buyer may found.

A seat is a trading row without staff, money or customers: it is laid down before the first month,
for a buyer and a spending category, and is like a firm of that trade near the buyer, whose supply
links, pay and technology it shares. An economy for which no compared policy founds anything has
none, and stays as it was built. Who lets a seat stand empty changes nobody's luck.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.tables import category_sectors
from scenarios.vocabulary import Institution, OwnerKind
from simulation import streams
from simulation.economy.areas import distances_km
from simulation.economy.columns import Classes, Economy, Edges, Int32, Int64
from simulation.economy.traits import draw_honesty, draw_quality

NO_SECTOR = -1


class Seat(NamedTuple):
    """What a seat is kept for: buyer's index, spending category, and who is to own it."""

    buyer: int
    category: int
    kind: OwnerKind


def lay_seats(
    economy: Economy, wanted: Sequence[Seat], a: Assumptions, seed: int
) -> tuple[dict[Seat, int], Int32]:
    """Insert empty trading rows behind the single firms.

    Parameters
    ----------
    economy : Economy, updated
        As built. Whatever points to a row behind the single firms points to its new place.
    wanted : sequence of Seat
    a : Assumptions
        Traits of firms, distances.
    seed : int

    Returns
    -------
    dict of Seat to int
        Trading row of each; a seat for which the economy has no like firm is left out.
    int32[k]
        The firm that each seat is like, in the order of the seats.
    """
    likes = [(seat, _like(economy, seat, a)) for seat in wanted]
    seats = [seat for seat, like in likes if like >= 0]
    like = np.array([like for _, like in likes if like >= 0], dtype=np.int32)
    if not seats:
        return {}, like
    at, more = economy.firms.n_agents, like.size
    rows = at + np.arange(more, dtype=np.int32)
    _lay_firms(economy, like, rows)
    _lay_parties(economy, seats, like, rows)
    for edges, has_payer in ((economy.supply, True), (economy.payroll, True)):
        _lay_links(edges, like, at, more, payers=has_payer)
    _lay_links(economy.shopping, like, at, more, payers=False)
    _move_pointers(economy, at, more)
    uid = economy.parties.uid[rows]
    economy.firms.quality[rows] = draw_quality(uid, a, seed)
    economy.firms.honesty[rows] = draw_honesty(uid, a, seed)
    return dict(zip(seats, rows.tolist(), strict=True)), like


def _like(economy: Economy, seat: Seat, a: Assumptions) -> int:
    """Return the single firm that a seat is like, -1 where there is none.

    It is of the main trade of the category, stands for itself, lies as near to the buyer as any,
    and has the middle number of jobs among those equally near.
    """
    firms, parties, n = economy.firms, economy.parties, economy.firms.n_agents
    by_share = np.argsort(-category_sectors()[seat.category], kind="stable")
    sector, home = int(by_share[0]), int(parties.area[economy.buyers.row[seat.buyer]])
    own = firms.head[:n] == np.arange(n)
    rows = np.flatnonzero(own & (parties.sector[:n] == sector) & (firms.sales_expected[:n] > 0))
    if not rows.size:
        return -1
    far = distances_km(economy.areas, a)[home, parties.area[rows]]
    near = rows[far == far.min()]
    in_turn = near[np.lexsort((parties.uid[near], firms.jobs[near]))]
    return int(in_turn[in_turn.size // 2])


def _lay_firms(economy: Economy, like: Int32, rows: Int32) -> None:
    firms, at = economy.firms, economy.firms.n_agents
    for column in fields(firms):
        old = getattr(firms, column.name)
        if isinstance(old, np.ndarray):
            setattr(firms, column.name, np.insert(old, at, old[like]))
    for pointer in (firms.owner, firms.head, firms.landlord):
        _shift(pointer, at, rows.size)
    firms.n_agents += rows.size
    firms.head[rows] = rows
    firms.owner[rows] = -1
    for name in ("aggregate_jobs", "aggregate_payroll", "export_pence", "capacity_pence",
                 "rent_pence", "rates_pence",
                 "age_months", "arrears_months"):  # fmt: skip
        getattr(firms, name)[rows] = 0
    firms.alive[rows] = False
    firms.bidder[rows] = True


def _lay_parties(economy: Economy, seats: Sequence[Seat], like: Int32, rows: Int32) -> None:
    parties, buyers, at = economy.parties, economy.buyers, int(rows[0])
    home = buyers.row[[seat.buyer for seat in seats]]
    uid, area = parties.uid[home].copy(), parties.area[home].copy()
    for column in fields(parties):
        old = getattr(parties, column.name)
        setattr(parties, column.name, np.insert(old, at, old[like]))
    parties.uid[rows] = [
        streams.key("enterprise", int(one), seat.category, int(seat.kind))
        for one, seat in zip(uid, seats, strict=True)
    ]
    parties.area[rows] = parties.owner_area[rows] = area
    parties.owner_kind[rows] = [int(seat.kind) for seat in seats]
    parties.klass[rows] = [
        _class_of(economy, int(parties.sector[row]), int(parties.area[row]), seat.kind)
        for row, seat in zip(rows.tolist(), seats, strict=True)
    ]
    for name in ("deposits", "savings", "loans", "receivable", "payable"):
        getattr(parties, name)[rows] = 0


def _class_of(economy: Economy, sector: int, area: int, kind: OwnerKind) -> int:
    """Return the class of a firm, adding it where no firm was of it yet."""
    old = economy.classes
    firms = (old.institution == Institution.FIRM) & (old.area == area)
    told = bool((old.sector[firms] != NO_SECTOR).any()) or not firms.any()
    named = sector if told else NO_SECTOR
    same = np.flatnonzero(firms & (old.sector == named) & (old.owner_kind == int(kind)))
    if same.size:
        return int(same[0])
    new = {"institution": Institution.FIRM, "sector": named, "area": area, "owner_kind": kind}
    economy.classes = Classes(
        **{name: _appended(getattr(old, name), int(value)) for name, value in new.items()}
    )
    return int(old.area.size)


def _appended(column: NDArray[Any], value: int) -> NDArray[Any]:
    return np.append(column, np.array([value], dtype=column.dtype))


def _lay_links(edges: Edges, like: Int32, at: int, more: int, *, payers: bool) -> None:
    """Give new payers the links of those they are like; move all payees behind the new rows."""
    if payers:
        which = [np.arange(edges.start[one], edges.start[one + 1]) for one in like.tolist()]
        there, copied = int(edges.start[at]), np.concatenate(which)
        sizes = np.array([each.size for each in which], dtype=edges.start.dtype)
        behind = edges.start[at + 1 :] + sizes.sum(dtype=edges.start.dtype)
        begun = edges.start[at] + np.cumsum(sizes, dtype=edges.start.dtype)
        edges.start = np.concatenate([edges.start[: at + 1], begun, behind])
        for name in ("payee", "cum"):
            old: Int64 = getattr(edges, name)
            setattr(edges, name, np.insert(old, there, old[copied]))
    _shift(edges.payee, at, more)


def _shift(pointer: NDArray[Any], at: int, more: int) -> None:
    np.add(pointer, more, out=pointer, where=pointer >= at)


def _move_pointers(economy: Economy, at: int, more: int) -> None:
    """Let what points to institutions, buyers, households and accounts point behind the seats."""
    economy.households.first += more
    for pointer in (economy.households.landlord, economy.workers.employer, economy.buyers.row):
        _shift(pointer, at, more)
    for name in ("government", "world", "outside_demand", "bank", "pension_fund"):
        setattr(economy, name, getattr(economy, name) + more)
    for contract in economy.contracts:
        contract.supplier += more if contract.supplier >= at else 0
