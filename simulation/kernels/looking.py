"""Looks columns through in a row before a kernel reads them in an order of its own.

Between two months other columns have taken their place in the caches. What is fetched in a row
comes before it is asked for; what is fetched row by row, in the order of candidates or of links, is
waited for. The looks return numbers of no worth, which a kernel passes on: else the compiler would
leave them out.
"""

from simulation.kernels.compiling import kernel, part

NEAR = 1 << 15
"""Rows of which some columns all fit into the second cache, or nearly so."""
CACHE_LINE = 64
"""Bytes."""
MANY_SLOTS = range(1 << 14, 1 << 16)
"""Sums of so many slots outgrow the nearest cache and fit into the second."""


@part
def look(column, n):
    """Look at one of the first rows in each cache line of a column; return how many are not 0."""
    found = 0
    for k in range(0, n, CACHE_LINE // column.itemsize):
        found += column[k] != 0
    return found


@part
def look_at_rows(table, n):
    """Look the first rows of a table through as `look` does a column."""
    found = 0
    for k in range(0, n, max(CACHE_LINE // max(table.itemsize * table.shape[1], 1), 1)):
        found += table[k, 0] != 0
    return found


@kernel
def look_at_sums(sums, inbox, dye_inbox, n):
    """Look through what payments along links add to, in the order of the links.

    Preston's supply takes 465 us with dye of four tags in place of 525.

    Parameters
    ----------
    sums : int64[n_slots, 2]
    inbox : int64[n_rows]
    dye_inbox : int64[n_rows, n_tags] or None
        None where nobody holds dye.
    n : int
        Rows, the first, in which payees are looked for.

    Returns
    -------
    int
        Of no worth.
    """
    looked = look_at_rows(sums, sums.shape[0]) + look(inbox, n)
    if dye_inbox is not None:
        looked += look_at_rows(dye_inbox, n)
    return looked
