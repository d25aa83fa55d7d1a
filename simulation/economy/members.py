"""Members of enterprises: they buy in out of pay, have accounts, and leave with what is theirs.

Evergreen's worker-owners pay in $3,000 at 50 cents an hour; Mondragon's have locked capital
accounts that are paid when they leave. What is kept back comes off pay before tax, as with shares
bought under a share incentive plan (Income Tax (Earnings and Pensions) Act 2003, Sch. 2). Members
are the individual workers; commuters from areas that are accounts hold no stake.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.columns import Int32, Int64
from simulation.economy.enterprises import Enterprise, Membership
from simulation.economy.founding import pay
from simulation.economy.roll import change_pay, let_go, newcomers, staff_of, take_on
from simulation.economy.town import Town
from simulation.procurement.assembly import admitted

COLUMNS = ("worker", "stake", "credit", "kept_back", "due", "forgone")
"""Columns of a membership, one entry a member."""


def collect_stakes(town: Town, one: Enterprise) -> int:
    """Credit members with what was kept back of this month's pay; return the sum [pence].

    Whoever has paid in the whole stake has the whole pay again.
    """
    of = one.members
    if not of.kept_back.any():
        return 0
    share = int(town.now.paid_share[one.row])
    paid = np.minimum((of.kept_back * share) >> 16, of.due)
    of.stake += paid
    of.due -= paid
    done = (of.due == 0) & (of.kept_back > 0)
    change_pay(town, of.worker[done].astype(np.int32), of.kept_back[done])
    of.kept_back[done] = 0
    total = int(paid.sum())
    of.credited += total
    return total


def homes_of(town: Town, one: Enterprise) -> list[int]:
    """Return the party row of each member's home."""
    homes = town.economy.households.first + town.economy.workers.household[one.members.worker]
    return [int(home) for home in homes]


def credit(one: Enterprise, pence: int) -> int:
    """Credit members' accounts in equal parts; return what was credited [pence]."""
    of = one.members
    each = pence // of.worker.size if of.worker.size else 0
    of.credit += each
    total = each * int(of.worker.size)
    of.credited += total
    return total


def remember_pay(town: Town) -> list[Int64]:
    """Note what members are paid before firms hire and lay off."""
    wages = town.economy.workers.wage_pence
    return [wages[one.members.worker] for one in town.enterprises.living]


def enrol(town: Town, before: list[Int64]) -> None:
    """Let leavers go with a claim on what they had, and let those who joined begin to buy in.

    Parameters
    ----------
    town : Town, updated
    before : list of int64[k]
        From `remember_pay`: who left and came back within the month is paid anew.
    """
    workers, heads = town.economy.workers, town.now.roll.heads
    for one, paid in zip(town.enterprises.living, before, strict=True):
        of = one.members
        stays = workers.employer[of.worker] == one.row
        stays &= workers.wage_pence[of.worker] == paid
        if stays.all() and int(heads[one.row]) == stays.size:
            continue
        staff = staff_of(town, np.array([one.row], dtype=np.int32))
        _leave(town, of, ~stays)
        new = newcomers(staff, of.worker)
        _join(town, one, _first(town, one, new.astype(np.int64)))


def _first(town: Town, one: Enterprise, new: Int64) -> Int64:
    """Return whom of those who are no members the members' vote and the cap admit, by identity."""
    cap, members = one.charter.life.nonmembers, one.members.worker.size
    many = admitted(members + new.size, members, cap, admit=one.decided.admit)
    if many == new.size:
        return new
    by_uid = np.argsort(town.economy.workers.uid[new], kind="stable")
    return np.sort(new[by_uid[:many]], kind="stable")


def part_with(town: Town, row: int, workers: Int32) -> None:
    """Let members who go over to another employer in mid-month leave with what is theirs.

    They go at their whole pay, before any of this month's is kept back.

    Parameters
    ----------
    town : Town, updated
    row : int
        Their employer till now; where it is no enterprise nothing happens.
    workers : int32[m]
        Its staff who go.
    """
    one = town.enterprises.in_business_at(row)
    if one is None:
        return
    of = one.members
    gone = np.isin(of.worker, workers)
    change_pay(town, of.worker[gone].astype(np.int32), (of.kept_back + of.forgone)[gone])
    _leave(town, of, gone)


def _leave(town: Town, of: Membership, gone: NDArray[np.bool_]) -> None:
    home = town.economy.households.first + town.economy.workers.household[of.worker[gone]]
    owed = of.stake[gone] + of.credit[gone]
    for row, pence in zip(home.tolist(), owed.tolist(), strict=True):
        if pence:
            of.leaving[row] = of.leaving.get(row, 0) + pence
    for name in COLUMNS:
        setattr(of, name, getattr(of, name)[~gone])


def _join(town: Town, one: Enterprise, new: Int64) -> None:
    of, charter = one.members, one.charter
    wage = town.economy.workers.wage_pence[new]
    due = (wage * charter.stake_months).astype(np.int64)
    kept = np.where(due > 0, (wage * charter.buy_in).astype(np.int64), 0)
    due = np.where(kept > 0, due, 0)
    change_pay(town, new.astype(np.int32), -kept)
    order = np.argsort(np.concatenate([of.worker, new]), kind="stable")
    nothing = np.zeros(new.size, dtype=np.int64)
    added = {"worker": new, "kept_back": kept, "due": due}
    for name in COLUMNS:
        column = np.concatenate([getattr(of, name), added.get(name, nothing)])
        setattr(of, name, column[order])


def redeploy(town: Town, hires: Int64, cuts: Int64) -> None:
    """Let enterprises of one council take on staff whom a sister would lay off.

    Parameters
    ----------
    town : Town, updated
    hires, cuts : int64[n_firms + n_buyers], updated
        Vacancies for residents; residents to be laid off.
    """
    living = town.enterprises.living
    for giver in living:
        left = int(cuts[giver.row] * giver.charter.redeployment)
        for taker in living if left > 0 else ():
            many = min(left, int(hires[taker.row]))
            if many > 0 and taker.council == giver.council and taker is not giver:
                _move(town, giver.row, taker.row, many)
                cuts[giver.row] -= many
                hires[taker.row] -= many
                left -= many


def _move(town: Town, giver: int, taker: int, many: int) -> None:
    """Move workers, those of lowest identity, from one employer to another at its pay."""
    workers = town.economy.workers
    staff = staff_of(town, np.array([giver], dtype=np.int32))
    moving = staff[np.argsort(workers.uid[staff], kind="stable")[:many]]
    let_go(town, moving)
    market = town.now.markets.number[workers.area[moving]]
    for one in np.unique(market).tolist():
        those: Int32 = moving[market == one]
        rows = np.full(those.size, taker, dtype=np.int32)
        wages = np.full(those.size, town.economy.firms.wage_pence[taker], dtype=np.int64)
        take_on(town, one, those, rows, wages)


def pay_out(town: Town, one: Enterprise, cash: int) -> None:
    """Pay members' accounts out of what is there; what cannot be paid is lost to them."""
    of, first = one.members, town.economy.households.first
    home = first + town.economy.workers.household[of.worker]
    claims = dict(of.leaving)
    for row, pence in zip(home.tolist(), (of.stake + of.credit).tolist(), strict=True):
        claims[row] = claims.get(row, 0) + pence
    owed = sum(claims.values())
    can = min(cash, owed)
    for row, claim in claims.items():
        pence = claim * can // max(owed, 1)
        if pence > 0:
            pay(town, Kind.CAPITAL_REPAID, one.row, row, pence)
            of.paid_out += pence
    of.lost += owed - sum(claim * can // max(owed, 1) for claim in claims.values())
    of.leaving.clear()
    for name in COLUMNS:
        setattr(of, name, np.zeros(0, dtype=np.int64))
