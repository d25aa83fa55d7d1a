"""Writes sums of payments on a sheet, as they come, in runs of one kind."""

from typing import Any, NamedTuple

from simulation.kernels.accounts import INDEX
from simulation.kernels.compiling import kernel, part


class Sheet(NamedTuple):
    """Sums of payments as they were written.

    Attributes
    ----------
    payer, payee, count : int32[n_room]
        Classes, and number of payments.
    pence : int64[n_room]
        Sum of the payments [pence].
    """

    payer: Any
    payee: Any
    count: Any
    pence: Any


@part
def write_row(sheet, n, payer, payee, pence, count):
    """Write one row."""
    at = INDEX(n)
    sheet.payer[at] = payer
    sheet.payee[at] = payee
    sheet.pence[at] = pence
    sheet.count[at] = count


@kernel
def write_slots(sums, slot_payer, slot_payee, sheet, n):
    """Write what has been summed by slot, and set the sums to nothing.

    Parameters
    ----------
    sums : int64[n_slots, 2], emptied
        Pence and number of payments by slot.
    slot_payer, slot_payee : int32[n_slots]
        Classes of each slot.
    sheet : Sheet, written
    n : int
        First free row.

    Returns
    -------
    int
        First row that is free after.
    """
    for s in range(sums.shape[0]):
        write_row(sheet, n, slot_payer[s], slot_payee[s], sums[s, 0], sums[s, 1])
        n += sums[s, 1] > 0
        sums[s, 0] = 0
        sums[s, 1] = 0
    return n


@kernel
def write_classes(sums, other, pays, sheet, n):
    """Write what classes paid to one other (or were paid by it), and set the sums to nothing.

    Parameters
    ----------
    sums : int64[n_classes, 2], emptied
        Pence and number of payments by class.
    other : int
        Class of the other.
    pays : bool
        Whether the classes pay.
    sheet, n
        See `write_slots`.

    Returns
    -------
    int
        First row that is free after.
    """
    for k in range(sums.shape[0]):
        if sums[k, 1] > 0:
            payer, payee = (k, other) if pays else (other, k)
            write_row(sheet, n, payer, payee, sums[k, 0], sums[k, 1])
            n += 1
            sums[k, 0] = 0
            sums[k, 1] = 0
    return n


@kernel
def write_list(payer, payee, pence, klass, sums, sheet, n):
    """Write listed payments; those to one class are summed by the payer's first.

    Parameters
    ----------
    payer, payee : int32[m]
        Rows.
    pence : int64[m]
        Amounts; those of zero are no payments.
    klass : int32[n_rows]
        Class of each row.
    sums : int64[n_classes, 2]
        Room to work in: zero, and left so.
    sheet, n
        See `write_slots`.

    Returns
    -------
    int
        First row that is free after.
    """
    alike = True
    for k in range(1, payee.size):
        alike &= klass[payee[k]] == klass[payee[0]]
    if not alike or not payee.size:
        for k in range(pence.size):
            if pence[k] > 0:
                write_row(sheet, n, klass[payer[k]], klass[payee[k]], pence[k], 1)
                n += 1
        return n
    for k in range(pence.size):
        if pence[k] > 0:
            sums[klass[payer[k]], 0] += pence[k]
            sums[klass[payer[k]], 1] += 1
    return write_classes(sums, klass[payee[0]], True, sheet, n)


@kernel
def write_rows(payer, payee, pence, count, sheet, n):
    """Write sums by pair of classes: int32[m], int32[m], int64[m] and int64[m].

    Returns
    -------
    int
        First row that is free after.
    """
    for k in range(pence.size):
        if count[k] > 0:
            write_row(sheet, n, payer[k], payee[k], pence[k], count[k])
            n += 1
    return n
