"""Counts people and money by employer, by place and by any other group of accounts."""

from numba import njit

from simulation.kernels.accounts import share_of
from simulation.kernels.compiling import kernel
from simulation.kernels.labour import EMPLOYED


@njit(cache=True)
def jobs_by_area(employer, home, wage, status, row_area, living, sums):
    """Count jobs and pay by place of work and home.

    Parameters
    ----------
    employer : int32[n_workers]
        Employing row, -1 where none.
    home : int16[n_workers]
        Area where each lives.
    wage : int64[n_workers]
        Gross pay a month [pence].
    status : int8[n_workers]
        2 where employed.
    row_area : int16[n_rows]
        Area of each employer.
    living : int
        A month's full-time pay at the Real Living Wage [pence].
    sums : int64[3, n_areas, n_areas], updated
        Jobs, pay and jobs at a living wage, by area of work and of home.
    """
    for w in range(status.size):
        if status[w] == EMPLOYED:
            work = row_area[employer[w]]
            sums[0, work, home[w]] += 1
            sums[1, work, home[w]] += wage[w]
            sums[2, work, home[w]] += wage[w] >= living


@njit(cache=True)
def split_by_group(rows, budget, start, payee, cum, line, group, sums):
    """Split budgets along links, as payments do, and sum the parts by the payees' group.

    Parameters
    ----------
    rows : int32[n]
        Payers, as rows of the links.
    budget : int64[n]
        What each pays [pence].
    start, payee, cum
        See `accounts.Links`: int32[n_payers + 1], int32[n_links], int32[n_links].
    line : int[n]
        Line of `sums` that each payer's parts are added to.
    group : int[n_rows]
        Group of each account: its area, or its class.
    sums : int64[n_lines, n_groups], updated
        What the payers' budgets bring to each group [pence].
    """
    for k in range(rows.size):
        before = 0
        for e in range(start[rows[k]], start[rows[k] + 1]):
            upto = share_of(budget[k], cum[e])
            sums[line[k], group[payee[e]]] += upto - before
            before = upto


@kernel
def some(column):
    """Say whether a column, int64[n], has any number but zero; it looks no further than that."""
    at = 0
    while at < column.size and column[at] == 0:
        at += 1
    return at < column.size
