"""Writes down at links who receives in place of those who have closed.

A link leads to a row; where nobody receives in its place it holds `~row`, which is negative, so
that the row that was meant, and with it its class, can still be told.
"""

import numpy as np

from simulation.kernels.accounts import INDEX
from simulation.kernels.compiling import kernel, part


@part
def meant(payee):
    """Return a row of the class that a link leads to: who receives, or would if it were open."""
    return payee if payee >= 0 else ~payee


@part
def instead(row, redirect, at):
    """Return what a link to a row holds now; `at` is where the row stands in `redirect`."""
    return redirect[at] if redirect[at] >= 0 else ~row


@kernel
def sort_links(named, first, begins, order):
    """Sort links by the row that they name.

    Parameters
    ----------
    named : int32[n_links]
        Rows; those beyond the last that may close are left out.
    first : int
        The first row that is named.
    begins : int64[n_rows + 1], updated
        Zero; then where the links of each row, from `first` on, begin in `order`.
    order : int32[n_links], written
    """
    rows = begins.size - 1
    for e in range(named.size):
        if named[e] - first < rows:
            begins[named[e] - first + 1] += 1
    for row in range(1, begins.size):
        begins[row] += begins[row - 1]
    for e in range(named.size):
        row = named[e] - first
        if row < rows:
            order[begins[row]] = e
            begins[row] += 1
    for row in range(rows, 0, -1):
        begins[row] = begins[row - 1]
    begins[0] = 0


@kernel
def send_on(changed, first, redirect, begins, order, payee):
    """Write down who receives now in place of some rows, at each link that names them.

    Parameters
    ----------
    changed : int64[m]
        Rows, counted from `first`, as are those of the next but one.
    first : int
    redirect : int32[n_rows]
        Row that receives in place of each, -1 where nobody does.
    begins, order
        See `sort_links`.
    payee : int32[n_links], updated
    """
    for row in changed:
        for place in range(begins[row], begins[row + 1]):
            payee[order[place]] = instead(np.int32(first + row), redirect, row)


@kernel
def count_named(named, first, counts):
    """Count the links that name each row.

    Parameters
    ----------
    named : int32[n_links]
    first : int
        The first row that is named.
    counts : int32[n_rows], updated
        By row from `first` on; links to rows beyond are not counted.
    """
    for e in range(INDEX(0), INDEX(named.size)):
        row = INDEX(named[e] - first)
        if row < INDEX(counts.size):
            counts[row] += 1


@kernel
def overwrite(payee, first, away, redirect, at, named):
    """Write down who receives in place of others in the links themselves.

    Parameters
    ----------
    payee : int32[n_links], updated
        Rows as named before.
    first : int
        The first row that is named.
    away : bool[n_rows]
        Whether others receive in place of a row, or nobody, by row from `first` on; beyond them
        that is never so.
    redirect : int32[n_rows]
        From `first` on; see `send_on`.
    at, named : int32[m], written
        Links that no longer hold what they name, and what that is; m as counted.
    """
    found = 0
    for e in range(INDEX(0), INDEX(payee.size)):
        row = INDEX(payee[e] - first)
        if row < INDEX(away.size) and away[row]:
            at[found] = e
            named[found] = payee[e]
            found += 1
            payee[e] = instead(payee[e], redirect, row)


@kernel
def put_back(payee, at, named):
    """Let links hold again what they name; see `overwrite`."""
    for k in range(at.size):
        payee[at[k]] = named[k]
