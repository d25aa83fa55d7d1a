"""A credit union's members: they save with it, have their savings back, and share its profit.

What a member puts in leaves its savings at the bank, and comes back to them. The union takes no
more than its capital may carry, and pays out no more than it holds. Nothing happens without one.
"""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.lender import CreditUnion
from simulation.economy.town import Town
from simulation.pillars import finance

MONTHS = 12


def save_with_union(town: Town) -> None:
    """Let members bring their shares to what they want, as far as capital and cash allow."""
    union, a = town.union, town.a
    if union is None:
        return
    homes, cash = town.household_rows(), int(town.ledger.deposits[union.row])
    saved = town.ledger.savings[homes] + union.shares
    wanted = np.minimum(union.goal, (saved * a["pillars.union_savings"]).astype(np.int64))
    held = int(union.shares.sum())
    room = finance.room_for_shares(capital_of(town, union), held, a["pillars.union_capital"])
    put = finance.in_proportion(np.maximum(wanted - union.shares, 0), room)
    back = finance.in_proportion(np.maximum(union.shares - wanted, 0), cash)
    if put.any():
        town.ledger.save(town.economy.bank, homes.start, -put)
        town.ledger.pay_for_homes(union.paying, put)
        town.ledger.settle(Kind.CAPITAL)
    if back.any():
        _pay_members(town, union, back, Kind.CAPITAL_REPAID)
        town.ledger.save(town.economy.bank, homes.start, back)
    union.shares += put - back


def pay_dividend(town: Town) -> None:
    """Once a year, share part of what the union has earned by shares, if its capital is enough.

    A loss is carried on.
    """
    union, a = town.union, town.a
    if union is None:
        return
    union.divided = 0
    if town.calendar % MONTHS != MONTHS - 1:
        return
    held, cash = int(union.shares.sum()), int(town.ledger.deposits[union.row])
    sum_pence = min(int(max(union.earned, 0) * a["pillars.union_dividend"]), cash)
    after = capital_of(town, union) - sum_pence
    if held and finance.room_for_shares(after, held, a["pillars.union_capital"]):
        each = finance.in_proportion(union.shares, sum_pence)
        _pay_members(town, union, each, Kind.DIVIDEND)
        union.divided = int(each.sum())
    union.earned = min(union.earned, 0)


def capital_of(town: Town, union: CreditUnion) -> int:
    """Return what a union holds and is owed above members' shares [pence]."""
    held = int(town.ledger.deposits[union.row])
    return held + int(union.owed.sum()) - int(union.shares.sum())


def _pay_members(town: Town, union: CreditUnion, pence: np.ndarray, kind: Kind) -> None:
    some = np.flatnonzero(pence)
    if some.size:
        homes = (town.economy.households.first + some).astype(np.int32)
        town.ledger.listed(kind, np.full_like(homes, union.row), homes, pence[some])
        town.ledger.settle(kind)
