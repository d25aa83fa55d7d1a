"""Adds up what a month's books note: how needs were met, and what is due to whom."""

import numpy as np

from simulation.kernels.compiling import kernel, part
from simulation.kernels.scales import PENCE_A_UNIT

CELL, NEED, DONE, QUALITY, OUTLAY, STAFF, BUYER_PROCESS, BIDDER_PROCESS, WORTH = range(9)
"""Rows of what is noted of needs."""
MILLI, PPM = 1_000.0, 1_000_000.0


@kernel
def note_needs(month, policies, need, staff, out):
    """Note how needs were met, and begin a new month.

    A need served under several policy codes, and the buyer's own staff, are shared by units
    served; all goes to one code where nothing was: the last, if it has anything to tell, else the
    first.

    Parameters
    ----------
    month : serving.Sums, emptied
        By cell, one for each buyer, category and policy code.
    policies : int
        Policy codes.
    need : float64[n / policies]
        Units needed a month by buyer and category.
    staff : int64[n / policies]
        Pay of the buyer's own staff [pence a month].
    out : int64[9, n], written
        In columns, cell by cell that is open: the cell; thousandths of units needed and served;
        millionths of quality; outlay, staff, and what procedures cost each side [pence]; worth of
        the need at the built state's price [pence].

    Returns
    -------
    int
        How many cells are open.
    """
    n = 0
    for pair in range(need.size):
        begin, end = pair * policies, (pair + 1) * policies
        last = end - 1 if month.open[end - 1] else begin
        whole = 0.0
        for cell in range(begin, end):
            whole += month.units[cell]
        for cell in range(begin, end):
            if month.open[cell]:
                served, alone = month.units[cell], 1.0 if cell == last else 0.0
                wanted = _shared(need[pair], served, whole, alone)
                each = month.quality[cell] / served if served > 0.0 else 0.0
                out[CELL, n] = cell
                out[NEED, n] = _whole(wanted * MILLI)
                out[DONE, n] = _whole(served * MILLI)
                out[QUALITY, n] = _whole(each * PPM)
                out[OUTLAY, n] = max(month.outlay[cell], 0)
                out[STAFF, n] = _whole(_shared(np.float64(staff[pair]), served, whole, alone))
                out[BUYER_PROCESS, n] = month.buyer_process[cell]
                out[BIDDER_PROCESS, n] = month.supplier_process[cell]
                out[WORTH, n] = _whole(wanted * PENCE_A_UNIT)
                n += 1
    _begin(month)
    return n


@part
def _shared(amount, served, whole, alone):
    """Return the part of an amount that goes with what was served; all or none where none was."""
    return amount * served / whole if whole > 0.0 else amount * alone


@part
def _whole(amount):
    return np.int64(np.rint(amount))


@part
def _begin(month):
    """Set the month's sums to nothing."""
    month.open[:] = False
    month.units[:] = 0.0
    month.quality[:] = 0.0
    month.outlay[:] = 0
    month.buyer_process[:] = 0
    month.supplier_process[:] = 0


@kernel
def add_up_pairs(rows, pair, pence, klass, area, out):
    """Add up amounts by pair of class and area, and list the pairs in which anything is due.

    Parameters
    ----------
    rows : int64[m]
        The amounts that count.
    pair : int32[m]
        Pair of each.
    pence : int64[n]
        Amounts.
    klass, area : int64[n_pairs]
        Of each pair.
    out : int64[3, n_pairs], written
        Class, area and sum of the pairs.

    Returns
    -------
    int
        How many pairs are listed.
    """
    sums = out[2]
    sums[:] = 0
    for k in range(rows.size):
        sums[pair[k]] += pence[rows[k]]
    n = 0
    for k in range(klass.size):
        if sums[k] != 0:
            out[0, n], out[1, n], out[2, n] = klass[k], area[k], sums[k]
            n += 1
    return n
