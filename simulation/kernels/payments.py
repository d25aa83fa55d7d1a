"""Moves each phase's payments: the payer's account falls, the payee's inbox fills.

Every kernel reads opening balances, collects receipts in an inbox and leaves the folding to
`fold`, so the order of rows cannot matter. Cumulative shares in 65,536ths split a budget without
losing a penny: payee e receives (B c_e >> 16) - (B c_(e-1) >> 16), within one penny of its
share, never negative. The product is taken in two halves so that it cannot overflow.

`sums` holds, for each slot (a payer class, a payee class and a kind), the pence and the count
of payments; a negative redirect means that the payee has closed and the payer keeps the money.
"""

import numpy as np
from numba import njit

CUM_ONE = 65536
INDEX = np.uint64
"""Links are walked by unsigned numbers: no test for negative ones, a third of the time."""


@njit(cache=True)
def share_of(budget, cum):
    """Return floor(budget * cum / 65536) without overflow for budget < 2**62."""
    return (budget >> 16) * cum + (((budget & 0xFFFF) * cum) >> 16)


@njit(cache=True)
def pay_along_edges(
    first, budget, linked, start, payee, cum, slot, redirect, balance, inbox, sums, bits, touched
):  # fmt: skip
    """Split each payer's budget along its edges.

    A budget stays below 2**46 pence, so its product with a cumulative share cannot overflow.

    Parameters
    ----------
    first : int
        Row of the first payer; payer k is row `first + k`.
    budget : int64[n_payers]
        Pence to pay, none negative, none above the payer's balance.
    linked : int32[m]
        The payers k that have an edge.
    start : int32[n_payers + 1]
        Edges of payer k are `start[k] : start[k + 1]`.
    payee, cum, slot : int32[n_edges]
        Receiving row, cumulative share, class-pair slot.
    redirect : int32[n_rows]
        Row that receives in place of another; -1 where nobody does.
    balance, inbox : int64[n_rows], updated
        Opening balances less what is paid; what is received [pence].
    sums : int64[n_slots, 2], updated
        Pence and number of payments by slot.
    bits : int
        A page is 2**bits neighbouring rows.
    touched : bool[n_pages], updated
        Set for the pages of all who are paid.
    """
    for k in linked:
        whole = budget[k]
        if whole <= 0:
            continue
        paid = 0
        before = 0
        for e in range(INDEX(start[k]), INDEX(start[k + 1])):
            upto = (whole * cum[e]) >> 16
            pence = upto - before
            before = upto
            to = redirect[INDEX(payee[e])]
            if to < 0 or pence == 0:
                continue
            inbox[INDEX(to)] += pence
            touched[INDEX(to >> bits)] = True
            pair = INDEX(slot[e])
            sums[pair, 0] += pence
            sums[pair, 1] += 1
            paid += pence
        balance[first + k] -= paid


@njit(cache=True)
def pay_list(payer, payee, pence, balance, inbox):
    """Make each listed payment; receipts wait in the inbox.

    Parameters
    ----------
    payer, payee : int32[m]
        Rows.
    pence : int64[m]
        Amounts, none negative.
    balance, inbox : int64[n_rows], updated
        Money held and money received [pence].
    """
    for k in range(pence.size):
        balance[payer[k]] -= pence[k]
        inbox[payee[k]] += pence[k]


@njit(cache=True)
def fold(balance, inbox, total, opening, bits, touched):
    """Add the inbox of the touched pages to balances and to a running total, and empty it.

    Parameters
    ----------
    balance, inbox, total : int64[n_rows], updated
        Money held, money received in this phase, money received this month [pence].
    opening : int64[n_rows], updated
        Balances as the next phase opens [pence]; of no rows where nobody asks for them.
    bits : int
        A page is 2**bits neighbouring rows.
    touched : bool[n_pages], updated
        Pages on which somebody has paid or is paid; none is marked after.

    Returns
    -------
    int
        Rows that were below zero before their receipts: they paid more than they held.
    """
    overdrawn = 0
    for page in range(touched.size):
        if not touched[page]:
            continue
        touched[page] = False
        begin, end = page << bits, min((page + 1) << bits, inbox.size)
        for row in range(INDEX(begin), INDEX(end)):
            overdrawn += balance[row] < 0
            balance[row] += inbox[row]
            total[row] += inbox[row]
            inbox[row] = 0
        if opening.size:
            opening[begin:end] = balance[begin:end]
    return overdrawn


@njit(cache=True)
def sum_by_class(klass, values, out):
    """Add each row's value to its class.

    Parameters
    ----------
    klass : int32[n_rows]
        Class of each row.
    values : int64[n_rows]
        What is summed.
    out : int64[n_classes], updated
        Sums by class.
    """
    for row in range(values.size):
        out[klass[row]] += values[row]


@njit(cache=True)
def sum_block(klass, pence, sums):
    """Add a block of payments to sums by class.

    Parameters
    ----------
    klass : int32[n_block]
        Class of each row of the block.
    pence : int64[n_block]
        Amounts; those of zero are no payments.
    sums : int64[n_classes, 2], updated
        Pence and number of payments by class.
    """
    for k in range(pence.size):
        if pence[k] > 0:
            sums[klass[k], 0] += pence[k]
            sums[klass[k], 1] += 1


@njit(cache=True)
def save_block(pence, klass, deposits, savings, put, drawn):
    """Move money between deposits and savings of the same owners.

    Parameters
    ----------
    pence : int64[n_block]
        Put into savings; negative where drawn from them.
    klass : int32[n_block]
        Class of each owner.
    deposits, savings : int64[n_block], updated
        Money held [pence].
    put, drawn : int64[n_classes, 2], updated
        Pence and number of payments each way, by class.

    Returns
    -------
    int
        Pence put into savings less pence drawn.
    """
    saved = 0
    for k in range(pence.size):
        moved = pence[k]
        if moved == 0:
            continue
        deposits[k] -= moved
        savings[k] += moved
        saved += moved
        if moved > 0:
            put[klass[k], 0] += moved
            put[klass[k], 1] += 1
        else:
            drawn[klass[k], 0] -= moved
            drawn[klass[k], 1] += 1
    return saved


@njit(cache=True)
def take_sums(sums, slot, pence, count):
    """Take what has been summed by slot, and set the sums to nothing.

    Parameters
    ----------
    sums : int64[n_slots, 2], emptied
        Pence and number of payments by slot.
    slot, pence, count : int[n_slots], written
        The slots in which something was paid, rising, and their sums.

    Returns
    -------
    int
        Number of slots taken.
    """
    taken = 0
    for s in range(sums.shape[0]):
        if sums[s, 1] > 0:
            slot[taken] = s
            pence[taken] = sums[s, 0]
            count[taken] = sums[s, 1]
            sums[s, 0] = 0
            sums[s, 1] = 0
            taken += 1
    return taken


@njit(cache=True)
def rise(payer, payee):
    """Say whether pairs stand in rising order, each there once.

    Parameters
    ----------
    payer, payee : int32[n_pairs]
        Classes.
    """
    for k in range(1, payer.size):
        if payer[k] < payer[k - 1] or (payer[k] == payer[k - 1] and payee[k] <= payee[k - 1]):
            return False
    return True
