"""Who pays a co-op and whom it pays in a month: in by use, out by what is due, the rest back.

The co-op's account never goes below zero: what it pays out in a month is at most what its members
have paid in. Fees and patronage follow use, one of the co-operative principles (ICA 1995).
"""

from collections.abc import Mapping

import numpy as np

from scenarios.vocabulary import Kind
from simulation.procurement.club_rules import ClubState, fee_per_unit
from simulation.procurement.interface import LENDER, OWN_STAFF, Instruction, Live


def monthly_payments(
    rules: Mapping[str, float], buyer: int, state: ClubState, live: Live
) -> tuple[Instruction, ...]:
    """Return the month's payments of a co-op, in the order in which they are made.

    Parameters
    ----------
    rules : mapping
        Parameters of `cooperative_membership` by short name.
    buyer : int
        The council's party row.
    state : ClubState
    live : Live
        With `club`, the co-op's party row.

    Returns
    -------
    tuple of Instruction
        Contributions on founding; fees by use; secretariat and interest; rent to those who
        contribute assets; patronage. Nothing where the arrangement has no account.
    """
    if live.club < 0:
        return ()
    club = live.club
    council_units = float(live.units.sum())
    use = np.append(state.use, council_units)
    payers = [*live.supplier.tolist(), buyer]
    fee = fee_per_unit(state.fixed_units, state.council_use, state.use)
    fees = np.rint(100.0 * fee * (1.0 + rules["reserve"]) * use).astype(np.int64)
    payments = []
    if not state.paid_in:
        entry = np.rint(fees * rules["joining_months"]).astype(np.int64)
        payments.extend(_each(payers, entry, club, "contribution on joining"))
    payments.extend(_each(payers, fees, club, "fee by use"))
    income = int(fees.sum())
    bare = (
        100.0
        * state.fixed_units
        / (1.0 + rules["secretariat"] + rules["debt"] * rules["debt_rate"] / 12.0)
    )
    staff = min(round(bare * rules["secretariat"]), income)
    interest = min(round(bare * rules["debt"] * rules["debt_rate"] / 12.0), income - staff)
    rent = min(round(bare), income - staff - interest)
    payments.append(Instruction(club, OWN_STAFF, staff, Kind.PROCESS_COST, "secretariat"))
    payments.append(Instruction(club, LENDER, interest, Kind.INTEREST, "debt of the co-op"))
    assets = np.append(np.maximum(live.capacity, 0.0), council_units)
    payments.extend(_out(club, payers, rent, assets, Kind.COMMERCIAL_RENT, "assets contributed"))
    left = int((income - staff - interest - rent) * rules["patronage"])
    payments.extend(_out(club, payers, left, use, Kind.PATRONAGE, "surplus returned by use"))
    return tuple(payment for payment in payments if payment.pence > 0)


def _each(payers: list[int], pence: np.ndarray, club: int, reason: str) -> list[Instruction]:
    return [
        Instruction(payer, club, amount, Kind.MEMBER_CONTRIBUTION, reason)
        for payer, amount in zip(payers, pence.tolist(), strict=True)
    ]


def _out(
    club: int, payees: list[int], pence: int, by: np.ndarray, kind: Kind, reason: str
) -> list[Instruction]:
    """Pay `pence` out in proportion to `by`, losing none, by cumulative rounding."""
    total = float(by.sum())
    if pence <= 0 or total <= 0.0:
        return []
    cumulative = np.rint(pence * (np.cumsum(by) / total)).astype(np.int64)
    cumulative[-1] = pence
    parts = np.diff(cumulative, prepend=0)
    return [
        Instruction(club, payee, part, kind, reason)
        for payee, part in zip(payees, parts.tolist(), strict=True)
    ]
