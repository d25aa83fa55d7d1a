"""Lays the links of an economy while it is built: what each payer's orders are for, and who sells.

Half a million orders are drawn by bisection in rising columns; numpy would make a dozen temporary
columns of them.
"""

import numpy as np
from numba import njit

from simulation.kernels.scales import CUM_ONE

BELOW_ONE = 1.0 - 1e-12


@njit(cache=True)
def first_above(column, low, high, value):
    """Return the first place in `column[low : high]`, rising, that is above a value, else high."""
    while low < high:
        middle = (low + high) >> 1
        if column[middle] <= value:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True)
def lay_orders(
    basket, group, drawn, imports, base, home, marks, budget, start, payee, cell, cum, pence
):  # fmt: skip
    """Write the edges of every payer: imports first, then duties, then equal domestic orders.

    Parameters
    ----------
    basket : float64[n_groups, n_cells]
        Shares of each group's basket, risen over its cells.
    group : int64[n_payers]
        Whose basket a payer has.
    drawn : float64[n_payers]
        One draw each, for all of its orders.
    imports, base : int64[n_payers]
        Cumulative share after the import edge and after the duty edge [1/65536].
    home : int64[n_payers]
        Domestic orders.
    marks : int32[3]
        What stands for a payee at home, abroad, for duties.
    budget : int64[n_payers]
        What is spent a month [pence].
    start : int32[n_payers + 1]
        Where each payer's edges begin.
    payee, cell, cum : int32[n_edges], written
        The mark; the cell looked for, -1 where none; the cumulative share.
    pence : int64[n_edges], written
    """
    for k in range(group.size):
        fixed = start[k + 1] - start[k] - home[k]
        shares = basket[group[k]]
        whole = max(home[k], 1)
        before = 0
        for turn in range(start[k + 1] - start[k]):
            edge = start[k] + turn
            step = turn - fixed
            cell[edge] = -1
            if turn == 0 and imports[k] > 0:
                payee[edge], upto = marks[1], imports[k]
            elif step < 0:
                payee[edge], upto = marks[2], base[k]
            else:
                payee[edge] = marks[0]
                upto = base[k] + (CUM_ONE - base[k]) * (step + 1) // whole
                point = max(min((step + drawn[k]) / whole, BELOW_ONE), 0.0)
                cell[edge] = min(first_above(shares, 0, shares.size, point), shares.size - 1)
            share = upto - before
            pence[edge] = (budget[k] >> 16) * share + (((budget[k] & 0xFFFF) * share) >> 16)
            cum[edge] = upto
            before = upto


@njit(cache=True)
def draw_sellers(first, key, cum, row, cell, u, wanted, found):
    """Draw a seller of at least the wanted key's size from each cell.

    Parameters
    ----------
    first : int64[n_cells + 1]
        Where each cell's sellers begin.
    key : int64[n]
        Rising; larger sellers of a cell come first.
    cum : int64[n + 1]
        Sizes added up before each seller.
    row : int64[n]
        Trading row of each seller.
    cell : int64[m]
        Where to look.
    u : float64[m]
        Draws in (0, 1).
    wanted : int64[m]
        Key of the smallest seller that will do.
    found : int32[m], written
        Trading rows, -1 where the cell has none.
    """
    for k in range(cell.size):
        low = first[cell[k]]
        high = first_above(key, low, first[cell[k] + 1], wanted[k])
        if high <= low:
            found[k] = -1
            continue
        span = cum[high] - cum[low]
        point = cum[low] + np.int64(u[k] * span)
        at = first_above(cum, low, high + 1, point) - 1
        found[k] = row[min(max(at, low), high - 1)]


@njit(cache=True)
def add_orders(payee, pence, out):
    """Add what edges bring to each trading row; other payees come after those or have none.

    Parameters
    ----------
    payee : int32[n_edges]
        Party rows, negative where none.
    pence : int64[n_edges]
    out : int64[n_trading_rows], updated
    """
    for edge in range(payee.size):
        if 0 <= payee[edge] < out.size:
            out[payee[edge]] += pence[edge]


@njit(cache=True)
def orders_to(payee, cell, wanted, found):
    """Find the edges that look for a seller in a cell and have found one of the wanted rows.

    Parameters
    ----------
    payee, cell : int32[n_edges]
        Party rows; -1 where no cell was looked for.
    wanted : bool[n_trading_rows]
    found : int64[m], written
        As many of the edges as there is room for, in order.

    Returns
    -------
    int
        How many there are.
    """
    many = 0
    for edge in range(payee.size):
        if 0 <= payee[edge] < wanted.size and cell[edge] >= 0 and wanted[payee[edge]]:
            if many < found.size:
                found[many] = edge
            many += 1
    return many


@njit(cache=True)
def rises_to_one(start, cum):
    """Say whether each payer's shares rise by at least 1 at each link and end at 65536.

    Parameters
    ----------
    start : int32[n_payers + 1]
    cum : int32[n_edges]
        Cumulative shares [1/65536].
    """
    for k in range(start.size - 1):
        before = 0
        for edge in range(start[k], start[k + 1]):
            if cum[edge] <= before:
                return False
            before = cum[edge]
        if start[k] < start[k + 1] and before != CUM_ONE:
            return False
    return True


@njit(cache=True)
def mark_classes(payee, klass, paid):
    """Mark the classes of all who are paid.

    Parameters
    ----------
    payee : int32[n_edges]
    klass : int32[n_rows]
    paid : bool[n_classes], updated
    """
    for edge in range(payee.size):
        paid[klass[payee[edge]]] = True


@njit(cache=True)
def count_pairs(order, payer_class, start, payee, klass, n_classes, slot):
    """Number the pairs of classes that pay each other, in rising order of payer, then payee.

    One class of payers at a time: a table of all pairs of a country's classes would not fit.

    Parameters
    ----------
    order : int64[n_payers]
        Payers in order of class.
    payer_class : int32[n_payers]
    start : int32[n_payers + 1]
    payee : int32[n_edges]
    klass : int32[n_rows]
    n_classes : int
    slot : int32[n_edges], written
        Number of each edge's pair.

    Returns
    -------
    int32[n_pairs, 2]
        Class of the payer and of the payee.
    """
    pairs = np.empty((n_classes, 2), dtype=np.int32)
    number = np.full(n_classes, -1, dtype=np.int32)
    many, begin = 0, 0
    while begin < order.size:
        one, end, found = payer_class[order[begin]], begin, 0
        while end < order.size and payer_class[order[end]] == one:
            for edge in range(start[order[end]], start[order[end] + 1]):
                other = klass[payee[edge]]
                if number[other] < 0:
                    number[other] = 0
                    found += 1
            end += 1
        if many + found > pairs.shape[0]:
            wider = np.empty((2 * (many + found), 2), dtype=np.int32)
            wider[:many] = pairs[:many]
            pairs = wider
        for other in range(n_classes):
            if number[other] == 0:
                number[other] = many
                pairs[many, 0], pairs[many, 1] = one, other
                many += 1
        for at in range(begin, end):
            for edge in range(start[order[at]], start[order[at] + 1]):
                slot[edge] = number[klass[payee[edge]]]
        number[:] = -1
        begin = end
    return pairs[:many].copy()
