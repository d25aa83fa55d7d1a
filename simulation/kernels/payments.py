"""Moves each phase's payments: the payer's account falls, the payee's inbox fills.

Every kernel reads opening balances, collects receipts in an inbox and leaves the folding to
`fold`, so the order of rows cannot matter. Cumulative shares in 65,536ths split a budget without
losing a penny: payee e receives (B c_e >> 16) - (B c_(e-1) >> 16), within one penny of its
share, never negative. The product is taken in two halves so that it cannot overflow.

`sums` holds, for each slot (a payer class, a payee class and a kind), the pence and the count
of payments; a negative redirect means that the payee has closed and the payer keeps the money.
"""

from numba import njit

CUM_ONE = 65536


@njit(cache=True)
def share_of(budget, cum):
    """Return floor(budget * cum / 65536) without overflow for budget < 2**62."""
    return (budget >> 16) * cum + (((budget & 0xFFFF) * cum) >> 16)


@njit(cache=True)
def pay_along_edges(first, budget, start, payee, cum, slot, redirect, balance, inbox, sums):
    """Split each payer's budget along its edges.

    Parameters
    ----------
    first : int
        Row of the first payer; payer k is row `first + k`.
    budget : int64[n_payers]
        Pence to pay, none negative, none above the payer's balance.
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
    """
    for k in range(budget.size):
        whole = budget[k]
        if whole <= 0:
            continue
        paid = 0
        before = 0
        for e in range(start[k], start[k + 1]):
            upto = share_of(whole, cum[e])
            pence = upto - before
            before = upto
            to = redirect[payee[e]]
            if to < 0 or pence == 0:
                continue
            inbox[to] += pence
            sums[slot[e], 0] += pence
            sums[slot[e], 1] += 1
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
def mark_pages(pence, bits, touched):
    """Mark the pages of 2**bits rows on which some amount is not nothing.

    Parameters
    ----------
    pence : int64[n_rows]
        Amounts.
    bits : int
        Size of a page.
    touched : bool[n_pages], updated
        Set where a page holds an amount; other pages stay as they are.
    """
    for page in range(touched.size):
        some = 0
        for row in range(page << bits, min((page + 1) << bits, pence.size)):
            some |= pence[row]
        if some != 0:
            touched[page] = True


@njit(cache=True)
def fold(balance, inbox, total):
    """Add the inbox to the balances and to a running total, and empty it.

    Parameters
    ----------
    balance, inbox, total : int64[n_rows], updated
        Money held, money received in this phase, money received this month [pence].

    Returns
    -------
    int
        Rows that were below zero before their receipts: they paid more than they held.
    """
    overdrawn = 0
    for row in range(inbox.size):
        if balance[row] < 0:
            overdrawn += 1
        pence = inbox[row]
        if pence != 0:
            balance[row] += pence
            total[row] += pence
            inbox[row] = 0
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
