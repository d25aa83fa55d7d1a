"""What a block of homes pays is counted in a till by receiving row, and poured out by class."""

from typing import Any, NamedTuple

from simulation.kernels.accounts import FOUR, any_dye, let_go
from simulation.kernels.compiling import kernel, part
from simulation.kernels.splitting import split, split_any, split_four


class Till(NamedTuple):
    """Where a block's payments are counted.

    Attributes
    ----------
    sums : int64[n_rows_before_homes, 2]
        Pence and number of payments by receiving row; empty between blocks.
    klass : int32[n_rows]
        Class of each row.
    by_class : int64[n_classes, 2]
        The same by class; empty between blocks.
    told : int64[m, 4]
        Payer class, payee class, pence, number of payments.
    """

    sums: Any
    klass: Any
    by_class: Any
    told: Any


@kernel
def pour(till, inbox, payer_class, begin):
    """Empty a till into the inboxes of those who were paid, and write down the sums by class.

    Parameters
    ----------
    till : Till, updated
        `told` is written from row `begin` on.
    inbox : int64[n_rows], updated
        Money received [pence].
    payer_class : int
        Class of the block.
    begin : int
        First free row of `told`.

    Returns
    -------
    int
        First row of `told` that is free after.
    """
    sums, klass, by_class, told = till
    for row in range(sums.shape[0]):
        if sums[row, 1] > 0:
            k = klass[row]
            inbox[row] += sums[row, 0]
            by_class[k, 0] += sums[row, 0]
            by_class[k, 1] += sums[row, 1]
            sums[row, 0] = 0
            sums[row, 1] = 0
    for k in range(by_class.shape[0]):
        if by_class[k, 1] > 0:
            told[begin, 0] = payer_class
            told[begin, 1] = k
            told[begin, 2] = by_class[k, 0]
            told[begin, 3] = by_class[k, 1]
            by_class[k, 0] = 0
            by_class[k, 1] = 0
            begin += 1
    return begin


@part
def pay_own(whole, k, row, opening, links, accounts, sums, dye, gone, lost):
    """Split a home's budget along its links into a till, its own dye with it.

    Whoever is paid is no home. `lost` gathers dye that rounding leaves above what is left of the
    `opening` balance.
    """
    if dye is None:
        paid = split(whole, k, links, accounts, None, sums)
    elif not any_dye(FOUR if gone is None else gone.size, dye.held, row):
        paid = split(whole, k, links, accounts, None, sums)
    elif gone is None:
        paid, a, b, c, d = split_four(whole, k, links, accounts, None, sums, dye, row, opening, 1)
        dye.held[row, 0] -= a
        dye.held[row, 1] -= b
        dye.held[row, 2] -= c
        dye.held[row, 3] -= d
        let_go(FOUR, dye.held, row, opening - paid, lost)
    else:
        paid = split_any(whole, k, links, accounts, None, sums, dye, row, opening, 1, gone)
        for t in range(gone.size):
            dye.held[row, t] -= gone[t]
        let_go(gone.size, dye.held, row, opening - paid, lost)
    return paid
