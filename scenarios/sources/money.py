"""A column of amounts in pence."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.amounts import read_amount
from scenarios.sources.sheet import Column


class Pence(NamedTuple):
    """What the cells of a column come to.

    Attributes
    ----------
    pence : int64[rows]
        Zero where a cell is blank or no amount.
    read : bool[rows]
        Where a cell is an amount.
    rounded : bool[rows]
        Where a part of a penny was rounded.
    """

    pence: NDArray[np.int64]
    read: NDArray[np.bool_]
    rounded: NDArray[np.bool_]


def pence_of(column: Column) -> Pence:
    """Read each distinct cell once.

    Parameters
    ----------
    column : Column
        Below the headings.

    Returns
    -------
    Pence
        A row each.
    """
    size = len(column.texts)
    pence, read, rounded = np.zeros(size, np.int64), np.zeros(size, bool), np.zeros(size, bool)
    for code, text in enumerate(column.texts):
        amount = read_amount(text) if text else None
        if amount is not None:
            pence[code], read[code], rounded[code] = amount.pence, True, amount.rounded
    return Pence(pence[column.codes], read[column.codes], rounded[column.codes])
