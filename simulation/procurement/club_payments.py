"""Who pays a co-op and whom it pays in a month: in by use, out by what is due, the rest back.

The co-op's account never goes below zero: what it pays out in a month is at most what its members
have paid in. Fees and patronage follow use, one of the co-operative principles (ICA 1995).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scenarios.vocabulary import Kind
from simulation.kernels import runs
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.club_capital import Claims
from simulation.procurement.club_gifts import upkeep_pence
from simulation.procurement.club_rules import Clubs
from simulation.procurement.club_stakes import Stakes
from simulation.procurement.interface import (
    BUILDER,
    LENDER,
    OWN_STAFF,
    Bool,
    Float64,
    Int64,
    Live,
)
from simulation.procurement.payments import Payments, alike
from simulation.procurement.rolls import add_up, in_turn


def monthly_payments(
    rules: Mapping[str, float],
    clubs: Clubs,
    buyer: Int64,
    account: Int64,
    joining: Bool,
    live: Live,
    claims: Claims | None = None,
) -> tuple[Int64, Payments, Int64]:
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
    claims : Claims, optional
        What members' stakes ask, where the rules know any.

    Returns
    -------
    int64[k]
        The co-op that each payment belongs to, rising.
    Payments
        Contributions on founding; fees by use; secretariat and interest; rent to those who
        contribute assets; patronage; upkeep of what the council gave. Nothing where the
        arrangement has no account.
    int64[k]
        Capital repaid to each lender [pence].
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
    fee = (PENCE_A_UNIT * clubs.fee() * (1.0 + rules["reserve"]))[owner]
    fees = np.where(open_account[owner], np.rint(fee * use).astype(np.int64), 0)
    entry = np.where(joining[owner], np.rint(fees * rules["joining_months"]).astype(np.int64), 0)
    income = np.add.reduceat(fees, begins[:-1])
    interest_share = rules["debt"] * rules["debt_rate"] / 12.0
    bare = PENCE_A_UNIT * clubs.fixed_units / (1.0 + rules["secretariat"] + interest_share)
    staff = np.minimum(_whole(bare * rules["secretariat"]), income)
    owed = _whole(bare * rules["debt"] * rules["debt_rate"] / 12.0)
    relief = 0 if claims is None else claims.relief
    interest = np.minimum(np.maximum(owed - relief, 0), income - staff)
    after_debt = income - staff - interest
    of_stakes, repaid, pooled = list[tuple[Int64, Payments]](), np.zeros(0, dtype=np.int64), 1.0
    if claims is not None:
        of_stakes, repaid, after_debt = _stake_payments(claims, clubs, account, live, after_debt)
        pooled = claims.pooled
    rent = np.minimum(_whole(bare * pooled), after_debt)
    left = ((after_debt - rent) * rules["patronage"]).astype(np.int64)
    of_gifts = list[tuple[Int64, Payments]]()
    if rules["council_assets"] > 0.0:
        kept_up = upkeep_pence(rules, clubs, account)
        reason = "upkeep of assets given"
        of_gifts = [(np.arange(m), alike(buyer, BUILDER, kept_up, Kind.INTERMEDIATE, reason))]
    assets = with_council(np.maximum(live.capacity, 0.0), council_units)
    clubs_own = np.arange(m)
    asked_by, payments = in_turn(
        [
            each_user(entry, "contribution on joining"),
            each_user(fees, "fee by use"),
            (clubs_own, alike(account, OWN_STAFF, staff, Kind.PROCESS_COST, "secretariat")),
            (clubs_own, alike(account, LENDER, interest, Kind.INTEREST, "debt of the co-op")),
            *of_stakes,
            out(rent, assets, Kind.COMMERCIAL_RENT, "assets contributed"),
            out(left, use, Kind.PATRONAGE, "surplus returned by use"),
            *of_gifts,
        ]
    )
    return asked_by, payments, repaid


def _stake_payments(
    claims: Claims, clubs: Clubs, account: Int64, live: Live, left: Int64
) -> tuple[list[tuple[Int64, Payments]], Int64, Int64]:
    """Pay investors, then who replaces missing assets, then contributors, out of what is left.

    Returns
    -------
    list of (int64[k], Payments)
        Each with the co-op that pays.
    int64[k]
        Capital repaid to each lender [pence].
    int64[m]
        What is left then [pence].
    """
    lenders, owner = claims.lenders, claims.owner

    def to_lenders(due: Float64, left: Int64) -> tuple[Int64, Int64]:
        parts = np.empty(due.size, dtype=np.int64)
        whole = np.minimum(_whole(add_up(due, claims.begins)), left)
        runs.pay_runs(whole, due, add_up(due, claims.begins), claims.begins, parts)
        return parts, left - whole

    interest, left = to_lenders(claims.interest, left)
    repaid, left = to_lenders(claims.principal, left)
    replaced = np.minimum(claims.replacing, left)
    left = left - replaced
    rent = np.minimum(claims.rent, left)
    to_contributors = np.empty(claims.assets.size, dtype=np.int64)
    sums = add_up(claims.assets, clubs.begins)
    runs.pay_runs(rent, claims.assets, sums, clubs.begins, to_contributors)
    left = left - np.where(sums > 0.0, rent, 0)
    payer, club = account[owner], np.arange(account.size)
    rented = alike(
        account[clubs.owner], live.supplier.astype(np.int64), to_contributors,
        Kind.COMMERCIAL_RENT, "rent by rule of assets contributed",
    )  # fmt: skip
    built = alike(account, BUILDER, replaced, Kind.INTERMEDIATE, "assets replaced")
    parts = [
        (owner, alike(payer, lenders, interest, Kind.INTEREST, "interest to members")),
        (owner, alike(payer, lenders, repaid, Kind.REFUND, "capital repaid")),
        (club, built),
        (clubs.owner, rented),
    ]
    return parts, repaid, left


def capital_payments(
    clubs: Clubs,
    account: Int64,
    live: Live,
    lent: Int64,
    ended: Sequence[Stakes],
    payments: tuple[Int64, Payments],
) -> tuple[Int64, Payments]:
    """Add loans taken up, which build the shared assets, and what clubs that end still owe.

    Parameters
    ----------
    clubs : Clubs
    account : int64[m]
        Party rows of the clubs' accounts.
    live : Live
    lent : int64[n]
        By each member [pence].
    ended : sequence of Stakes
        Of each club; without lenders where it goes on. A club that ends repays what its account
        holds, and the rest is lost.
    payments : (int64[k], Payments)
        Those of the month, with the co-op that each belongs to.
    """
    whole = np.zeros(account.size, dtype=np.int64)
    np.add.at(whole, clubs.owner, lent)
    owed = np.concatenate([one.outstanding for one in ended])
    lenders = np.concatenate([one.lenders for one in ended])
    owner = np.repeat(np.arange(account.size), [one.lenders.size for one in ended])
    put_in = alike(
        live.supplier.astype(np.int64), account[clubs.owner], lent,
        Kind.MEMBER_CONTRIBUTION, "capital lent",
    )  # fmt: skip
    back = alike(
        account[owner], lenders, _whole(PENCE_A_UNIT * owed), Kind.REFUND, "capital at the end"
    )
    built = alike(account, BUILDER, whole, Kind.INTERMEDIATE, "building shared assets")
    return in_turn([payments, (clubs.owner, put_in), (np.arange(account.size), built),
                    (owner, back)])  # fmt: skip


def _whole(pence: Float64) -> Int64:
    return np.rint(pence).astype(np.int64)
