"""Enterprises are founded, paid in and grow into their seats.

A founding sizes the seat after a like firm of its trade, opens it for business, and pays in the
capital stack through the ledger: what the sources hold and no more, the bank lending the rest.
"""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.columns import Int32
from simulation.economy.enterprises import NOBODY, AtRisk, Capital, Enterprise
from simulation.economy.hands import back_to_founders
from simulation.economy.newcomers import take_over
from simulation.economy.seats import Seat
from simulation.economy.sizes import FLOOR
from simulation.economy.town import Town
from simulation.economy.traits import draw_honesty, draw_quality
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.founding import Charter, ramp, sources_of


def open_seats(town: Town, seats: dict[Seat, int], like: Int32) -> None:
    """Take empty seats out of business before the first month.

    Parameters
    ----------
    town : Town, updated
        Just opened.
    seats, like
        From `lay_seats`.
    """
    held, now = town.enterprises, town.now
    held.seats, held.like = seats, like
    rows = held.rows
    if not rows.size:
        return
    now.resident_share[rows] = now.resident_share[like]
    town.economy.firms.sales_expected[rows] = 0
    now.sales_last[rows] = 0


def found(
    town: Town, seat: Seat, charter: Charter, need_units: float, first_units: float,
    partner: int = NOBODY,
) -> Enterprise | None:  # fmt: skip
    """Found an enterprise in its seat; its capital is paid in when payments are next made.

    Parameters
    ----------
    town : Town, updated
    seat : Seat
    charter : Charter
    need_units : float
        What the buyer needs in the category [units a month].
    first_units : float
        What it is to serve first, before its ramp [units a month].
    partner : int
        Trading row of a private partner.

    Returns
    -------
    Enterprise or None
        None where there is no seat, somebody is in it, it would be too small, or one has closed
        and the charter does not try again.
    """
    held, now, firms = town.enterprises, town.now, town.economy.firms
    row = held.seats.get(seat, NOBODY)
    if row == NOBODY or firms.alive[row]:
        return None
    had_one = any(one.row == row for one in held.closed)
    if had_one and not charter.again:
        return None
    like = int(held.like[row - min(held.seats.values())])
    whole = round(PENCE_A_UNIT * need_units * charter.share)
    factor = whole / max(int(now.base_sales[like]), 1)
    jobs = float(firms.jobs[like]) * factor
    if whole <= 0 or jobs < charter.least_jobs:
        return None
    if had_one:
        take_over(town, np.array([row], dtype=np.int32))
        back_to_founders(town, np.array([row], dtype=np.int32))
    parties, a = town.economy.parties, town.a
    uid = parties.uid[row : row + 1]
    firms.jobs[row] = max(round(jobs), 1)
    firms.size_band[row] = np.searchsorted(FLOOR, firms.jobs[row], side="right")
    firms.rates_pence[row] = int(firms.rates_pence[like] * factor)
    firms.rent_pence[row] = int(firms.rent_pence[like] * factor)
    firms.wage_pence[row] = int(firms.wage_pence[like] * charter.pay)
    firms.quality[row] = draw_quality(uid, a, town.seed)[0] * charter.quality
    firms.honesty[row] = draw_honesty(uid, a, town.seed)[0]
    firms.price[row] = 1.0
    firms.age_months[row] = firms.arrears_months[row] = now.loss[row] = 0
    firms.sales_expected[row] = max(
        round(PENCE_A_UNIT * first_units * charter.share * ramp(0, charter.ramp_months)), 1
    )
    firms.alive[row] = True
    now.base_sales[row] = whole
    now.base_share[row] = whole / _capacity(town, whole)
    council = int(town.economy.buyers.row[seat.buyer])
    one = Enterprise(
        row=row, uid=int(parties.uid[row]), seat=seat, council=council,
        fund=_fund_of(town, seat.buyer), charter=charter, founded=town.month, whole_pence=whole,
        partner=partner, partner_uid=int(parties.uid[partner]) if partner != NOBODY else 0,
    )  # fmt: skip
    held.living.append(one)
    held.waiting.append(one)
    grow(town)
    return one


def _fund_of(town: Town, buyer: int) -> int:
    """Return the account that keeps what a buyer's enterprises put by for the next one."""
    mine = sorted(seat.category for seat in town.enterprises.seats if seat.buyer == buyer)
    return town.clubs.get((buyer, mine[0]), NOBODY)


def _capacity(town: Town, whole_pence: int) -> int:
    """Return the capacity of which public buyers' part serves the whole with some to spare."""
    roomy = whole_pence * (1.0 + town.a["firms.spare_capacity"])
    return max(int(roomy / max(town.a["market.public_share"], 1e-9)), 1)


def grow(town: Town) -> None:
    """Set this month's capacity of every enterprise that was founded, by its age."""
    for one in town.enterprises.living:
        if one.converted:
            continue
        part = ramp(town.month - one.founded, one.charter.ramp_months)
        town.economy.firms.capacity_pence[one.row] = int(_capacity(town, one.whole_pence) * part)


def pay_in(town: Town) -> list[Enterprise]:
    """Pay in the capital of those founded this month, and order their equipment.

    Returns
    -------
    list of Enterprise
        Those whose council has now to find its part in its budget.
    """
    held = town.enterprises
    new, held.waiting = held.waiting, []
    for one in new:
        whole = int(one.whole_pence * one.charter.stack.months)
        _pay_stack(town, one, whole)
        equipment = int(whole * one.charter.stack.equipment)
        town.now.extra_inputs[one.row] += equipment
        one.earned += equipment
    if new:
        town.ledger.settle(Kind.CAPITAL)
        rows = np.array([one.row for one in new], dtype=np.int32)
        lent = np.array([one.capital.bank for one in new], dtype=np.int64)
        town.ledger.lend(town.economy.bank, rows, lent)
        town.economy.parties.loans[rows] += lent
        town.ledger.settle(Kind.LOAN_DRAWN)
    return new


def _pay_stack(town: Town, one: Enterprise, whole: int) -> None:
    """Pay what each source has after its own payroll; note what it came to."""
    fund = int(town.ledger.deposits[one.fund]) if one.fund != NOBODY else 0
    asked, paid = sources_of(one.charter.stack, whole, fund), Capital()
    for name, payer, kind in (
        ("fund", one.fund, Kind.CAPITAL),
        ("partner", one.partner, Kind.CAPITAL),
        ("equity", one.council, Kind.CAPITAL),
        ("grant", one.council, Kind.GRANT),
        ("loan", one.council, Kind.CAPITAL),
    ):
        wanted = int(getattr(asked, name))
        pence = min(wanted, free_cash(town, payer)) if payer != NOBODY else 0
        if pence > 0:
            pay(town, kind, payer, one.row, pence)
            setattr(paid, name, pence)
    paid.bank = whole - paid.total
    one.capital, one.council_loan = paid, paid.loan
    one.at_risk = AtRisk(lent=paid.loan, shares=paid.equity)
    one.instalment = -(-paid.loan // max(round(one.charter.stack.loan_months), 1))


def free_cash(town: Town, row: int) -> int:
    """Return what a party holds beyond the payroll that it owes this month [pence]."""
    due = int(town.now.payroll[row]) if row < town.now.payroll.size else 0
    return max(int(town.ledger.deposits[row]) - due, 0)


def pay(town: Town, kind: Kind, payer: int, payee: int, pence: int) -> None:
    """Make one payment; the caller settles the phase."""
    pay_some(town, kind, [(payer, payee, pence)])


def pay_some(town: Town, kind: Kind, asked: list[tuple[int, int, int]]) -> None:
    """Make payments of one kind: payer, payee, pence; the caller settles the phase."""
    some = np.array([one for one in asked if one[2] > 0], dtype=np.int64).reshape(-1, 3)
    payer, payee = some[:, 0].astype(np.int32), some[:, 1].astype(np.int32)
    town.ledger.listed(kind, payer, payee, some[:, 2].copy())
