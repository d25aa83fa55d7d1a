"""Who pays a co-op and whom it pays in a month: in by use, out by what is due, the rest back.

The co-op's account never goes below zero: what it pays out in a month is at most what its members
have paid in. Fees and patronage follow use, one of the co-operative principles (ICA 1995).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from scenarios.vocabulary import Kind
from simulation.kernels import runs
from simulation.procurement.club_rules import Clubs
from simulation.procurement.interface import LENDER, OWN_STAFF, Bool, Float64, Int64, Live
from simulation.procurement.payments import Payments, alike
from simulation.procurement.rolls import add_up, in_turn


def monthly_payments(
    rules: Mapping[str, float],
    clubs: Clubs,
    buyer: Int64,
    account: Int64,
    joining: Bool,
    live: Live,
) -> tuple[Int64, Payments]:
    """Return the month's payments of co-ops, each in the order in which they are made.

    Parameters
    ----------
    rules : mapping
        Parameters of `cooperative_membership` by short name.
    clubs : Clubs
    buyer, account : int64[m]
        Party rows of the council and of the co-op's account, -1 where it has none.
    joining : bool[m]
        Who has not paid its contribution on founding yet.
    live : Live
        The month of all members.

    Returns
    -------
    int64[k]
        The co-op that each payment belongs to, rising.
    Payments
        Contributions on founding; fees by use; secretariat and interest; rent to those who
        contribute assets; patronage. Nothing where the arrangement has no account.
    """
    m = account.size
    begins = clubs.begins + np.arange(m + 1)
    owner = np.repeat(np.arange(m), np.diff(begins))
    user = np.arange(owner.size)
    council = begins[1:] - 1
    member = np.delete(user, council)

    def with_council(of_members: Any, of_council: Any) -> Any:
        column = np.empty(owner.size, dtype=of_members.dtype)
        column[member], column[council] = of_members, of_council
        return column

    def each_user(pence: Int64, reason: str) -> tuple[Int64, Payments]:
        paid = alike(payers, account[owner], pence, Kind.MEMBER_CONTRIBUTION, reason)
        return owner, paid

    def out(pence: Int64, by: Float64, kind: Kind, reason: str) -> tuple[Int64, Payments]:
        parts = np.empty(by.size, dtype=np.int64)
        runs.pay_runs(pence, by, add_up(by, begins), begins, parts)
        return owner, alike(account[owner], payers, parts, kind, reason)

    council_units = add_up(live.units, clubs.begins)
    use = with_council(clubs.use, council_units)
    payers = with_council(live.supplier.astype(np.int64), buyer)
    open_account = account >= 0
    fee = (100.0 * clubs.fee() * (1.0 + rules["reserve"]))[owner]
    fees = np.where(open_account[owner], np.rint(fee * use).astype(np.int64), 0)
    entry = np.where(joining[owner], np.rint(fees * rules["joining_months"]).astype(np.int64), 0)
    income = np.add.reduceat(fees, begins[:-1])
    interest_share = rules["debt"] * rules["debt_rate"] / 12.0
    bare = 100.0 * clubs.fixed_units / (1.0 + rules["secretariat"] + interest_share)
    staff = np.minimum(_whole(bare * rules["secretariat"]), income)
    owed = _whole(bare * rules["debt"] * rules["debt_rate"] / 12.0)
    interest = np.minimum(owed, income - staff)
    rent = np.minimum(_whole(bare), income - staff - interest)
    left = ((income - staff - interest - rent) * rules["patronage"]).astype(np.int64)
    assets = with_council(np.maximum(live.capacity, 0.0), council_units)
    clubs_own = np.arange(m)
    return in_turn(
        [
            each_user(entry, "contribution on joining"),
            each_user(fees, "fee by use"),
            (clubs_own, alike(account, OWN_STAFF, staff, Kind.PROCESS_COST, "secretariat")),
            (clubs_own, alike(account, LENDER, interest, Kind.INTEREST, "debt of the co-op")),
            out(rent, assets, Kind.COMMERCIAL_RENT, "assets contributed"),
            out(left, use, Kind.PATRONAGE, "surplus returned by use"),
        ]
    )


def _whole(pence: Float64) -> Int64:
    return np.rint(pence).astype(np.int64)
