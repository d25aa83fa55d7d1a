"""A month of each home in two passes: what the state pays and takes, then spending and saving.

A home's account, its dye and its links are read once a pass instead of once a phase. Homes of one
class stand in blocks; what a block pays is counted in a till by receiving row, and the till is
poured out class by class. The same payments through the ledger's other doors, one kind at a time,
come to the same books: the tests' slow twin is written so.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.accounts import (
    FOUR,
    INDEX,
    any_dye,
    let_go,
    move_own,
)
from simulation.kernels.compiling import kernel, part
from simulation.kernels.splitting import pay_budget
from simulation.kernels.tills import pour

BENEFIT, STATE_PENSION, OCCUPATIONAL_PENSION = 0, 1, 2
PUT, DRAWN, SPENT = 0, 1, 2
AFTER_RENT, AFTER_SHOPPING = 0, 1
YEAR = 12


class Claims(NamedTuple):
    """What each home is due from the state and pension funds, and owes its council.

    Attributes
    ----------
    other, earned, pension, occupational, council_tax : int64[n_homes]
        Benefit without earnings; net earnings of last month; pensions; council tax [pence a month].
    in_row : int32[n_homes]
        Households in the row; the benefits of an account of many are not tapered.
    seekers : int64[n_homes]
        Members who look for work.
    """

    other: Any
    earned: Any
    pension: Any
    occupational: Any
    council_tax: Any
    in_row: Any
    seekers: Any


class Taper(NamedTuple):
    """How benefits fall with earnings: pence left out, 65,536ths lost, pence to each jobseeker."""

    disregard: int
    rate: int
    jobseeker: int


class Purse(NamedTuple):
    """What each home decides by, and what it remembers.

    Attributes
    ----------
    housing, council_tax, income : int64[n_homes]
        Due for the home and the council; received since the last decision [pence].
    propensity, buffer : float64[n_homes]
        Share of free income spent; months of income kept at hand.
    savings : int64[n_homes], updated
        Savings accounts [pence].
    old_money : int64[n_homes], updated
        Deposits that were counted as income before; what is above them is new [pence].
    income_year : int64[n_homes], updated
        Receipts of the last twelve months [pence].
    """

    housing: Any
    council_tax: Any
    income: Any
    propensity: Any
    buffer: Any
    savings: Any
    old_money: Any
    income_year: Any


@part
def benefit_of(claims, taper, k):
    """Return a home's benefits: tapered by last month's earnings, and jobseekers' pay [pence]."""
    due = claims.other[k]
    if claims.in_row[k] <= 1:
        lost = (max(claims.earned[k] - taper.disregard, 0) * taper.rate) >> 16
        due = max(due - lost, 0)
    return due + taper.jobseeker * claims.seekers[k]


@kernel
def benefits(claims, taper, out):
    """Write down each home's benefits, int64[n_homes] [pence]."""
    for k in range(out.size):
        out[k] = benefit_of(claims, taper, k)


@kernel
def receive_and_be_taxed(
    blocks, claims, taper, links, accounts, till, received, taxed, old_money, dye, gone, lost
):  # fmt: skip
    """Pay homes their benefits and pensions, then take council tax as far as they can pay.

    Parameters
    ----------
    blocks : int64[n_blocks + 1]
        Homes `blocks[b] : blocks[b + 1]` are of one class; none of them is empty.
    claims : Claims
    taper : Taper
    links : Links
        Who shares in each home's council tax.
    accounts : Accounts, updated
    till : Till, updated
    received : int64[n_blocks, 3, 2], written
        Pence and number of benefits, state and occupational pensions by block.
    taxed : int64[n_homes] or None, written
        Council tax that each home has paid, or would have to an office that is open [pence].
    old_money : int64[n_homes], updated
        See `Purse`; what is paid was counted before.
    dye : Dye or None, updated
    gone : int64[n_tags] or None, written
        Room to work in; None stands for four tags.
    lost : int64[n_tags], updated
        Dye let go.

    Returns
    -------
    int
        Rows written in `till.told`.
    """
    told = 0
    for b in range(blocks.size - 1):
        received[b] = 0
        for k in range(blocks[b], blocks[b + 1]):
            row = INDEX(links.first + k)
            due = benefit_of(claims, taper, k)
            note(received, b, BENEFIT, due)
            note(received, b, STATE_PENSION, claims.pension[k])
            note(received, b, OCCUPATIONAL_PENSION, claims.occupational[k])
            opening = accounts.balance[row] + due + claims.pension[k] + claims.occupational[k]
            whole = min(claims.council_tax[k], opening)
            if taxed is not None:
                taxed[k] = whole
            paid = 0
            if whole > 0:
                paid = pay_budget(
                    whole, k, row, opening, links, accounts, None, till.sums, dye, 1, gone, lost
                )
            accounts.balance[row] = opening - paid
            old_money[k] -= paid
        if gone is None and dye is not None:
            told = pour(till, dye.inbox, till.klass[links.first + blocks[b]], told)
        else:
            told = pour(till, None, till.klass[links.first + blocks[b]], told)
    return told


@part
def note(sums, block, what, pence):
    """Add a payment to a block's sums; one of nothing is no payment."""
    sums[block, what, 0] += pence
    sums[block, what, 1] += pence > 0


@kernel
def spend_and_save(
    blocks, purse, share, begins_year, links, accounts, till, saved, amounts, dye, savings_dye,
    late_dye, gone, after_rent, after_shopping,
):  # fmt: skip
    """Let each home take in the rent it received, shop, and move money to or from savings.

    Spending = propensity x (income - housing - council tax) + share x wealth above the buffer,
    never negative, drawing on savings where the account is short; money above the buffer is then
    put aside.

    Parameters
    ----------
    blocks : int64[n_blocks + 1]
        Homes `blocks[b] : blocks[b + 1]` are of one class; none of them is empty.
    purse : Purse, updated
        No home has 2**46 pence or more in its accounts, so that what it spends can be split.
    share : float
        Share of spare wealth spent in a month.
    begins_year : bool
        Whether no month has been counted yet; the first stands for a year.
    links : Links
        Shops of each home; none of them is a home.
    accounts : Accounts, updated
    till : Till, updated
    saved : int64[n_blocks, 2, 2], written
        Pence and number of moves into savings and out of them, by block.
    amounts : int64[3, n_homes] or None, written
        Put into savings, drawn from them, and spent or meant for a shop that has closed [pence].
    dye : Dye or None, updated
    savings_dye : int64[n_rows, n_tags] or None, updated
        Dye in savings accounts [1/1024 pence].
    late_dye : int64[n_rows, n_tags] or None, updated
        Dye that has come with the rent and waits for its home.
    gone : int64[n_tags] or None, written
        Room to work in; None stands for four tags.
    after_rent, after_shopping : int64[n_tags], updated
        Dye let go.

    Returns
    -------
    int
        Rows written in `till.told`.
    """
    tags = FOUR if gone is None else gone.size
    told = 0
    for b in range(blocks.size - 1):
        saved[b] = 0
        for k in range(blocks[b], blocks[b + 1]):
            row = INDEX(links.first + k)
            late, income, savings = accounts.inbox[row], purse.income[k], purse.savings[k]
            balance = accounts.balance[row] + late
            if late > 0:
                accounts.inbox[row] = 0
                if dye is not None:
                    take_in(tags, row, dye, late_dye)
            if dye is not None:
                let_go(tags, dye.held, row, balance, after_rent)
            wanted = wanted_of(purse, k, share, balance + savings)
            drawn = min(max(wanted - balance, 0), savings)
            if drawn > 0:
                if dye is not None:
                    if any_dye(tags, savings_dye, row):
                        move_own(tags, row, drawn, savings, savings_dye, dye.held)
                balance += drawn
                savings -= drawn
            spent = min(wanted, balance)
            if spent > 0:
                balance -= pay_budget(
                    spent, k, row, balance, links, accounts, None, till.sums, dye, 1, gone,
                    after_shopping,
                )  # fmt: skip
            put = max(balance - int(income * purse.buffer[k]), 0)
            if put > 0:
                if dye is not None:
                    if any_dye(tags, dye.held, row):
                        move_own(tags, row, put, balance, dye.held, savings_dye)
                balance -= put
                savings += put
            note(saved, b, PUT, put)
            note(saved, b, DRAWN, drawn)
            if amounts is not None:
                amounts[PUT, k], amounts[DRAWN, k], amounts[SPENT, k] = put, drawn, spent
            accounts.balance[row] = balance
            purse.savings[k] = savings
            purse.old_money[k] = balance - late
            # unsigned, since rounding down below zero takes three times as long
            year = income * YEAR if begins_year else purse.income_year[k]
            purse.income_year[k] = year + income - np.int64(INDEX(year) // INDEX(YEAR))
        if gone is None and dye is not None:
            told = pour(till, dye.inbox, till.klass[links.first + blocks[b]], told)
        else:
            told = pour(till, None, till.klass[links.first + blocks[b]], told)
    return told


@part
def wanted_of(purse, k, share, wealth):
    """Return what a home wants to spend in shops [pence]; see `spend_and_save`."""
    free = max(purse.income[k] - purse.housing[k] - purse.council_tax[k], 0)
    spare = max(wealth - free - int(free * purse.buffer[k]), 0)
    return np.int64(free * purse.propensity[k] + spare * share)


@part
def take_in(tags, row, dye, late):
    """Carry dye that has come with the rent into the dye that a home holds."""
    for t in range(tags):
        dye.arrived[dye.cell[row], t] += late[row, t]
        dye.held[row, t] += late[row, t]
        late[row, t] = 0


@kernel
def count_short(links, budget, balance):
    """Count the homes with links that are asked for more than they hold.

    Parameters
    ----------
    links : Links
    budget : int64[n_homes]
        What each is asked for [pence].
    balance : int64[n_rows]
        Money held [pence].

    Returns
    -------
    int
    """
    short = 0
    for k in links.linked:
        short += max(budget[k], 0) > balance[INDEX(links.first + k)]
    return short


@kernel
def pay_for_homes(links, budget, accounts, slot, sums, dye, gone):
    """Let homes pay their landlords and lenders, some of whom are homes and pay in this phase too.

    Parameters
    ----------
    links : Links
        A home pays along one network of rents and mortgages only.
    budget : int64[n_homes]
        Due, as far as the account reaches [pence]; see `count_short`.
    accounts : Accounts, updated
        Nobody receives at once.
    slot : int32[n_links]
        Where each payment is counted.
    sums : int64[n_slots, 2], updated
        Pence and number of payments by slot.
    dye : Dye or None, updated
        What homes receive waits in `inbox` until they take it in.
    gone : int64[n_tags] or None, written
        Room to work in; None stands for four tags.
    """
    for k in links.linked:
        whole = budget[k]
        if whole > 0:
            row = INDEX(links.first + k)
            opening = accounts.balance[row]
            accounts.balance[row] = opening - pay_budget(
                whole, k, row, opening, links, accounts, slot, sums, dye, 1, gone, None
            )
