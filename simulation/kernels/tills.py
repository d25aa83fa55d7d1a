"""What a block of homes pays is counted in a till by receiving row, and poured out by class."""

from typing import Any, NamedTuple

from simulation.kernels.compiling import kernel

DYE, WIDTH = 4, 8
"""Where the dye of the first tag stands in a row of a till that holds dye, and how long that is."""


class Till(NamedTuple):
    """Where a block's payments are counted.

    Attributes
    ----------
    sums : int64[n_rows_before_homes, 2 or 8]
        By receiving row: pence and number of payments; where there are four tags, two places that
        are not used and the dye as payers held it, so that a row is one line of the cache. Empty
        between blocks.
    klass : int32[n_rows]
        Class of each row.
    by_class : int64[n_classes, 2]
        The same by class; empty between blocks.
    told : int64[m, 4]
        Payer class, payee class, pence, number of payments.
    inbox : int64[n_rows_before_homes] or more
        Where rows are paid into when a block is done [pence].
    """

    sums: Any
    klass: Any
    by_class: Any
    told: Any
    inbox: Any


@kernel
def pour(till, dye_inbox, payer_class, begin):
    """Empty a till into the inboxes of those who were paid, and write down the sums by class.

    Parameters
    ----------
    till : Till, updated
        `told` is written from row `begin` on.
    dye_inbox : int64[n_rows_before_homes, 4] or more, or None, updated
        Where dye of four tags comes, a hop on; None where the till holds none.
    payer_class : int
        Class of the block.
    begin : int
        First free row of `told`.

    Returns
    -------
    int
        First row of `told` that is free after.
    """
    sums, klass, by_class, told, inbox = till
    for row in range(sums.shape[0]):
        if sums[row, 1] > 0:
            k = klass[row]
            inbox[row] += sums[row, 0]
            by_class[k, 0] += sums[row, 0]
            by_class[k, 1] += sums[row, 1]
            sums[row, 0] = 0
            sums[row, 1] = 0
            if dye_inbox is not None:
                dye_inbox[row, 1] += sums[row, DYE]
                dye_inbox[row, 2] += sums[row, DYE + 1]
                dye_inbox[row, 3] += sums[row, DYE + 2] + sums[row, DYE + 3]
                for t in range(DYE, WIDTH):
                    sums[row, t] = 0
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


@kernel
def tell_payers(by_class, payee_class, told, begin):
    """Write down what a block was paid by class of the payer, and set the sums to nothing.

    Parameters
    ----------
    by_class : int64[n_classes, 2], emptied
        Pence and number of payments by class of the payer.
    payee_class : int
        Class of the block.
    told : int64[m, 4], written from row `begin` on
        See `Till`.
    begin : int

    Returns
    -------
    int
        First row of `told` that is free after.
    """
    for k in range(by_class.shape[0]):
        if by_class[k, 1] > 0:
            told[begin, 0] = k
            told[begin, 1] = payee_class
            told[begin, 2] = by_class[k, 0]
            told[begin, 3] = by_class[k, 1]
            by_class[k, 0] = 0
            by_class[k, 1] = 0
            begin += 1
    return begin
