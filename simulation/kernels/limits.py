"""What the machine can do at best: long columns read and written in turn, and words met by chance.

After STREAM (McCalpin 1995): copy, triad and read. Every pass of a loop is given its own number, so
that no compiler can do one pass in place of many.
"""

from simulation.kernels.accounts import INDEX
from simulation.kernels.compiling import kernel


@kernel
def copy(source, target, passes):
    """Write each word of one column to another: 16 bytes a word and pass.

    Parameters
    ----------
    source : int64[n]
    target : int64[n], written
        The source plus the number of the last pass.
    passes : int
    """
    for turn in range(passes):
        for k in range(source.size):
            target[k] = source[k] + turn


@kernel
def triad(first, second, target, passes):
    """Add a multiple of one column to another: 24 bytes a word and pass.

    Parameters
    ----------
    first, second : float64[n]
    target : float64[n], written
        The first plus the second times the number of the last pass.
    passes : int
    """
    for turn in range(passes):
        for k in range(first.size):
            target[k] = first[k] + turn * second[k]


@kernel
def read(source, passes):
    """Add up what is read of each word: 8 bytes a word and pass.

    Parameters
    ----------
    source : int64[n]
    passes : int

    Returns
    -------
    int
        Sum over passes of each word xor the number of the pass.
    """
    total = 0
    for turn in range(passes):
        for k in range(source.size):
            total += source[k] ^ turn
    return total


@kernel
def gather(table, index):
    """Add up the words of a table that an index names.

    Parameters
    ----------
    table : int64[n]
    index : int32[m]

    Returns
    -------
    int
    """
    total = 0
    for k in range(index.size):
        total += table[INDEX(index[k])]
    return total


@kernel
def scatter_add(table, index):
    """Add the place in an index to each word of a table that it names.

    Parameters
    ----------
    table : int64[n], updated
    index : int32[m]
    """
    for k in range(index.size):
        table[INDEX(index[k])] += k
