"""Lays the links of an economy while it is built: what each payer's orders are for, and who sells.

Half a million orders are drawn by bisection in rising columns; numpy would make a dozen temporary
columns of them.
"""

import numpy as np
from numba import njit

from simulation.kernels.accounts import CUM_ONE

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
    flat, width, group, drawn, imports, base, home, marks, budget, uid, start,
    payer, payee, cell, cum, pence, luck,
):  # fmt: skip
    """Write the edges of every payer: imports first, then duties, then equal domestic orders.

    Parameters
    ----------
    flat : float64[n_groups * width]
        Shares of each group's basket, risen over its cells, plus the group's number.
    width : int
        Cells.
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
    uid : int64[n_payers]
        Identity.
    start : int64[n_payers + 1]
        Where each payer's edges begin.
    payer, cell, pence, luck : int64[n_edges], written
        Who pays; the cell looked for, -1 where none; pence; a key for draws.
    payee, cum : int32[n_edges], written
        The mark; the cumulative share.
    """
    for k in range(group.size):
        fixed = start[k + 1] - start[k] - home[k]
        low, high = group[k] * width, (group[k] + 1) * width
        whole = max(home[k], 1)
        before = 0
        for turn in range(start[k + 1] - start[k]):
            edge = start[k] + turn
            step = turn - fixed
            payer[edge] = k
            luck[edge] = uid[k] + turn
            cell[edge] = -1
            if turn == 0 and imports[k] > 0:
                payee[edge], upto = marks[1], imports[k]
            elif step < 0:
                payee[edge], upto = marks[2], base[k]
            else:
                payee[edge] = marks[0]
                upto = base[k] + (CUM_ONE - base[k]) * (step + 1) // whole
                point = group[k] + max(min((step + drawn[k]) / whole, BELOW_ONE), 0.0)
                cell[edge] = min(first_above(flat, low, high, point) - low, width - 1)
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
