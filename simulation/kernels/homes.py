"""A month of each home in two passes: what the state pays and takes, then spending and saving.

Homes of one class stand in blocks. Some hundreds at a time reckon, then pay at a till, then close
their accounts: in loops of their own the processor reckons for eight homes at once, which takes it
a fifth of the time. The same payments through the ledger's other doors, one kind at a time, come to
the same books: the tests' slow twin is written so.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.accounts import FOUR, INDEX, any_dye, let_go, move_own
from simulation.kernels.compiling import AT_ONCE, kernel, part
from simulation.kernels.tills import close_block, close_till, pay_dyed, pay_plain

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
    seekers : int8[n_homes]
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
    lost = (max(claims.earned[k] - taper.disregard, 0) * taper.rate) >> 16
    tapered = max(claims.other[k] - lost, 0)
    due = tapered if claims.in_row[k] <= 1 else claims.other[k]
    return due + taper.jobseeker * np.int64(claims.seekers[k])


@kernel
def benefits(claims, taper, out):
    """Write down each home's benefits, int64[n_homes] [pence]."""
    for k in range(INDEX(0), INDEX(out.size)):
        out[k] = benefit_of(claims, taper, k)


@kernel
def receive_and_be_taxed(
    blocks, claims, taper, links, accounts, till, counter, received, taxed, old_money, dye, lost
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
    counter : Counter, updated
    received : int64[n_blocks, 3, 2], written
        Pence and number of benefits, state and occupational pensions by block.
    taxed : int64[n_homes] or None, written
        Council tax that each home has paid, or would have to an office that is open [pence].
    old_money : int64[n_homes], updated
        See `Purse`; what is paid was counted before.
    dye : Dye or None, updated
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
        for begin in range(blocks[b], blocks[b + 1], AT_ONCE):
            count = min(AT_ONCE, blocks[b + 1] - begin)
            receive(begin, count, claims, taper, links.first, accounts, counter, received, b)
            if taxed is not None:
                for i in range(count):
                    taxed[begin + i] = counter.due[i]
            if dye is None:
                pay_plain(begin, count, links, till, counter)
            else:
                pay_dyed(begin, count, links, till, counter, dye.held, lost)
            close_taxed(begin, count, links.first, accounts, counter, old_money)
        told = close_block(till, None if dye is None else dye.inbox, links, blocks, b, told)
    close_till(till, None if dye is None else dye.inbox)
    return told


@part
def receive(begin, count, claims, taper, first, accounts, counter, received, b):
    """Reckon what homes have once benefits and pensions are paid, and the tax that they can pay."""
    due_sum, due_many, state_sum, state_many, own_sum, own_many = 0, 0, 0, 0, 0, 0
    for i in range(INDEX(0), INDEX(count)):
        k = INDEX(begin) + i
        due, state, own = benefit_of(claims, taper, k), claims.pension[k], claims.occupational[k]
        opening = accounts.balance[INDEX(first) + k] + due + state + own
        counter.balance[i] = opening
        counter.due[i] = min(claims.council_tax[k], opening)
        due_sum += due
        due_many += due > 0
        state_sum += state
        state_many += state > 0
        own_sum += own
        own_many += own > 0
    note(received, b, BENEFIT, due_sum, due_many)
    note(received, b, STATE_PENSION, state_sum, state_many)
    note(received, b, OCCUPATIONAL_PENSION, own_sum, own_many)


@part
def close_taxed(begin, count, first, accounts, counter, old_money):
    """Write down what homes have when they have paid."""
    for i in range(INDEX(0), INDEX(count)):
        k = INDEX(begin) + i
        accounts.balance[INDEX(first) + k] = counter.balance[i] - counter.paid[i]
        old_money[k] -= counter.paid[i]


@part
def note(sums, block, what, pence, many):
    """Add payments to a block's sums; those of nothing are none."""
    sums[block, what, 0] += pence
    sums[block, what, 1] += many


@kernel
def spend_and_save(
    blocks, purse, share, begins_year, links, accounts, till, counter, saved, amounts, dye,
    savings_dye, late_dye, after_rent, after_shopping,
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
    counter : Counter, updated
    saved : int64[n_blocks, 2, 2], written
        Pence and number of moves into savings and out of them, by block.
    amounts : int64[3, n_homes] or None, written
        Put into savings, drawn from them, and spent or meant for a shop that has closed [pence].
    dye : Dye or None, updated
    savings_dye : int64[n_rows, n_tags] or None, updated
        Dye in savings accounts [1/1024 pence].
    late_dye : int64[n_rows, n_tags] or None, updated
        Dye that has come with the rent and waits for its home.
    after_rent, after_shopping : int64[n_tags], updated
        Dye let go.

    Returns
    -------
    int
        Rows written in `till.told`.
    """
    told = 0
    for b in range(blocks.size - 1):
        saved[b] = 0
        for begin in range(blocks[b], blocks[b + 1], AT_ONCE):
            count = min(AT_ONCE, blocks[b + 1] - begin)
            if dye is not None:
                take_in(begin, count, links.first, accounts, dye, late_dye, after_rent)
            decide(begin, count, purse, share, links.first, accounts, counter)
            if dye is None:
                pay_plain(begin, count, links, till, counter)
            else:
                row = links.first + begin
                move(row, count, counter.drawn, purse.savings, begin, savings_dye, dye.held)
                pay_dyed(begin, count, links, till, counter, dye.held, after_shopping)
            save(begin, count, purse, begins_year, links.first, accounts, counter, saved, b)
            if dye is not None:
                row = links.first + begin
                move(row, count, counter.put, counter.balance, 0, dye.held, savings_dye)
            if amounts is not None:
                for i in range(count):
                    amounts[PUT, begin + i] = counter.put[i]
                    amounts[DRAWN, begin + i] = counter.drawn[i]
                    amounts[SPENT, begin + i] = counter.due[i]
        told = close_block(till, None if dye is None else dye.inbox, links, blocks, b, told)
    close_till(till, None if dye is None else dye.inbox)
    return told


@part
def take_in(begin, count, first, accounts, dye, late_dye, lost):
    """Carry dye that has come with the rent into the dye that homes hold."""
    tags = lost.size
    for i in range(INDEX(0), INDEX(count)):
        row = INDEX(first + begin) + i
        late = accounts.inbox[row]
        if late > 0:
            for t in range(tags):
                dye.arrived[dye.cell[row], t] += late_dye[row, t]
                dye.held[row, t] += late_dye[row, t]
                late_dye[row, t] = 0
        if tags == FOUR:
            let_go(FOUR, dye.held, row, accounts.balance[row] + late, lost)
        elif tags == 1:
            let_go(1, dye.held, row, accounts.balance[row] + late, lost)
        else:
            let_go(tags, dye.held, row, accounts.balance[row] + late, lost)


@part
def decide(begin, count, purse, share, first, accounts, counter):
    """Reckon what homes want to spend, what they draw for it, and what they can spend."""
    for i in range(INDEX(0), INDEX(count)):
        k = INDEX(begin) + i
        row, savings = INDEX(first) + k, purse.savings[k]
        balance = accounts.balance[row] + accounts.inbox[row]
        wanted = wanted_of(purse, k, share, balance + savings)
        drawn = min(max(wanted - balance, 0), savings)
        counter.drawn[i] = drawn
        counter.balance[i] = balance + drawn
        counter.due[i] = min(wanted, balance + drawn)


@part
def wanted_of(purse, k, share, wealth):
    """Return what a home wants to spend in shops [pence]; see `spend_and_save`."""
    free = max(purse.income[k] - purse.housing[k] - purse.council_tax[k], 0)
    spare = max(wealth - free - int(free * purse.buffer[k]), 0)
    return np.int64(free * purse.propensity[k] + spare * share)


@part
def move(first, count, pence, balance, begin, source, target):
    """Move dye between the two accounts of each home, with its share of the money that moves."""
    tags = source.shape[1]
    if tags == FOUR:
        move_each(FOUR, first, count, pence, balance, begin, source, target)
    elif tags == 1:
        move_each(1, first, count, pence, balance, begin, source, target)
    else:
        move_each(tags, first, count, pence, balance, begin, source, target)


@part
def move_each(tags, first, count, pence, balance, begin, source, target):
    """Do the work of `move`; the compiler unrolls loops over a number of tags that it knows."""
    for i in range(INDEX(0), INDEX(count)):
        row = INDEX(first) + i
        if pence[i] > 0 and any_dye(tags, source, row):
            move_own(tags, row, pence[i], balance[INDEX(begin) + i], source, target)


@part
def save(begin, count, purse, begins_year, first, accounts, counter, saved, b):
    """Put aside what is above the buffer; write down what homes have, and remember.

    A year is divided unsigned, since rounding down below zero takes three times as long.
    """
    put_sum, put_many, drawn_sum, drawn_many, late_sum = 0, 0, 0, 0, 0
    for i in range(INDEX(0), INDEX(count)):
        k = INDEX(begin) + i
        row, income, drawn = INDEX(first) + k, purse.income[k], counter.drawn[i]
        late, balance = accounts.inbox[row], counter.balance[i] - counter.paid[i]
        put = max(balance - int(income * purse.buffer[k]), 0)
        counter.balance[i] = balance
        counter.put[i] = put
        accounts.balance[row] = balance - put
        purse.savings[k] += put - drawn
        purse.old_money[k] = balance - put - late
        year = income * YEAR if begins_year else purse.income_year[k]
        purse.income_year[k] = year + income - np.int64(INDEX(year) // INDEX(YEAR))
        put_sum += put
        put_many += put > 0
        drawn_sum += drawn
        drawn_many += drawn > 0
        late_sum += late
    note(saved, b, PUT, put_sum, put_many)
    note(saved, b, DRAWN, drawn_sum, drawn_many)
    if late_sum > 0:
        for i in range(INDEX(0), INDEX(count)):
            accounts.inbox[INDEX(first + begin) + i] = 0
