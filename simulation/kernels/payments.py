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
ROUND_DOWN = 0.9999999999999991


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
def dye_along_edges(
    first, budget, start, payee, cum, redirect,
    opening, dye, dye_out, dye_inbox, cell, received, hop,
):  # fmt: skip
    """Move dye with the payments of `pay_along_edges`.

    Of each payment the share dye / balance of the payer's opening account is dyed. The share is
    rounded down, so that a payment of p pence never carries more than 1024 p units and a payer
    never parts with more than it holds.

    Parameters
    ----------
    opening : int64[n_rows]
        Balances at the opening of the phase [pence].
    dye : int64[n_rows, n_tags]
        Dye held at the opening of the phase [1/1024 pence].
    dye_out, dye_inbox : int64[n_rows, n_tags], updated
        Dye that leaves and dye that arrives; `fold_dye` carries both into `dye`.
    cell : int32[n_rows]
        Area x institution cell of each row.
    received : int64[n_cells, n_tags], updated
        Third-party receipts of dye; untouched where `hop` is 0.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    """
    tags = dye.shape[1]
    for k in range(budget.size):
        whole = budget[k]
        row = first + k
        if whole <= 0:
            continue
        held = 0
        for t in range(tags):
            held += dye[row, t]
        if held == 0:
            continue
        before = 0
        for e in range(start[k], start[k + 1]):
            upto = share_of(whole, cum[e])
            pence = upto - before
            before = upto
            to = redirect[payee[e]]
            if to < 0 or pence == 0:
                continue
            rate = (pence / float(opening[row])) * ROUND_DOWN
            for t in range(tags):
                units = int(dye[row, t] * rate)
                if units == 0:
                    continue
                tag = min(t + hop, tags - 1)
                dye_out[row, t] += units
                dye_inbox[to, tag] += units
                if hop > 0:
                    received[cell[to], tag] += units


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
def dye_list(payer, payee, pence, opening, dye, dye_out, dye_inbox, cell, received, hop):
    """Move dye with listed payments, each at its payer's opening share; see `dye_along_edges`.

    Parameters
    ----------
    opening : int64[n_rows]
        Balances at the opening of the phase [pence].
    dye_out, dye_inbox : int64[n_rows, n_tags], updated
        Dye that leaves and dye that arrives.
    """
    tags = dye.shape[1]
    for k in range(pence.size):
        row = payer[k]
        if pence[k] == 0 or opening[row] <= 0:
            continue
        rate = (pence[k] / float(opening[row])) * ROUND_DOWN
        to = payee[k]
        for t in range(tags):
            units = int(dye[row, t] * rate)
            if units == 0:
                continue
            tag = min(t + hop, tags - 1)
            dye_out[row, t] += units
            dye_inbox[to, tag] += units
            if hop > 0:
                received[cell[to], tag] += units


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
def fold_dye(balance, dye, dye_out, dye_inbox, rounding):
    """Carry moved dye into the dye held; what rounding leaves above the balance is let go.

    Parameters
    ----------
    balance : int64[n_rows]
        Balances after the fold [pence].
    dye, dye_out, dye_inbox : int64[n_rows, n_tags], updated
        Dye held, gone and received [1/1024 pence]; the last two are emptied.
    rounding : int64[n_tags], updated
        Dye let go so that no account holds more dye than money.
    """
    tags = dye.shape[1]
    for row in range(balance.size):
        held = 0
        for t in range(tags):
            held += dye[row, t] | dye_inbox[row, t]
        if held == 0:
            continue
        held = 0
        for t in range(tags):
            dye[row, t] += dye_inbox[row, t] - dye_out[row, t]
            dye_inbox[row, t] = 0
            dye_out[row, t] = 0
            held += dye[row, t]
        excess = held - max(balance[row], 0) * 1024
        t = 0
        while excess > 0 and t < tags:
            gone = min(excess, dye[row, t])
            dye[row, t] -= gone
            rounding[t] += gone
            excess -= gone
            t += 1


@njit(cache=True)
def sink_dye(first, end, dye, sunk):
    """Take all dye out of rows `first .. end - 1` and count it as sunk.

    Parameters
    ----------
    dye : int64[n_rows, n_tags], updated
        Dye held [1/1024 pence].
    sunk : int64[n_tags], updated
        Dye that has left the circuit.
    """
    for row in range(first, end):
        for t in range(dye.shape[1]):
            sunk[t] += dye[row, t]
            dye[row, t] = 0


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
def audit_dye(balance, dye, cell, cells):
    """Sum dye by cell and tag, and look for accounts that hold more of it than they can.

    Parameters
    ----------
    balance : int64[n_rows]
        Money held [pence].
    dye : int64[n_rows, n_tags]
        Dye held [1/1024 pence].
    cell : int32[n_rows]
        Area x institution cell of each row.
    cells : int64[n_cells, n_tags], updated
        Dye by cell and tag.

    Returns
    -------
    over : int
        The most by which dye exceeds 1024 times the money on one account, 0 where it nowhere does.
    lowest : int
        The least dye of one account and tag, 0 where none is negative.
    """
    over = 0
    lowest = 0
    for row in range(balance.size):
        held = 0
        for t in range(dye.shape[1]):
            units = dye[row, t]
            held += units
            lowest = min(lowest, units)
            cells[cell[row], t] += units
        over = max(over, held - max(balance[row], 0) * 1024)
    return over, lowest


@njit(cache=True)
def move_dye(first, pence, source, source_dye, target_dye):
    """Move dye between two accounts of the same owner, with its share of what is moved.

    The share is rounded down; what would then lie above the balance that stays moves too, so that
    neither account ever holds more dye than money.

    Parameters
    ----------
    first : int
        Row of the first owner; owner k is row `first + k`.
    pence : int64[n_owners]
        What moves from the source account to the target account.
    source : int64[n_rows]
        Balances of the source accounts before the move [pence].
    source_dye, target_dye : int64[n_rows, n_tags], updated
        Dye held in both [1/1024 pence].
    """
    for k in range(pence.size):
        row = first + k
        if pence[k] <= 0 or source[row] <= 0:
            continue
        rate = (pence[k] / float(source[row])) * ROUND_DOWN
        excess = -1024 * (source[row] - pence[k])
        for t in range(source_dye.shape[1]):
            units = int(source_dye[row, t] * rate)
            source_dye[row, t] -= units
            target_dye[row, t] += units
            excess += source_dye[row, t]
        t = 0
        while excess > 0 and t < source_dye.shape[1]:
            units = min(excess, source_dye[row, t])
            source_dye[row, t] -= units
            target_dye[row, t] += units
            excess -= units
            t += 1


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
