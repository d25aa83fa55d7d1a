"""A column of amounts in pence."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scenarios.sources.amounts import read_amount
from scenarios.sources.sheet import Column

PLAIN = r"^-?[0-9]{1,9}(\.[0-9]{1,2})?$"


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


def _plain_pence(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Read all plain amounts at once, digit by digit, as `read_amount` does."""
    cells = pa.array(texts, pa.string())
    read = pc.match_substring_regex(cells, PLAIN)
    pointed = pc.if_else(pc.match_substring(cells, "."), "", ".")
    padded = pc.binary_join_element_wise(cells, pointed, "00", "")
    digits = pc.replace_substring_regex(padded, r"^(-?[0-9]+)\.([0-9]{2})0*$", r"\1\2")
    pence = pc.cast(pc.if_else(read, digits, pa.scalar("0", pa.string())), pa.int64())
    return pence.to_numpy().copy(), read.to_numpy(zero_copy_only=False).copy()


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
    pence, read = _plain_pence(column.texts)
    rounded = np.zeros(read.size, bool)
    for code in np.flatnonzero(~read).tolist():
        amount = read_amount(column.texts[code]) if column.texts[code] else None
        if amount is not None:
            pence[code], read[code], rounded[code] = amount.pence, True, amount.rounded
    return Pence(pence[column.codes], read[column.codes], rounded[column.codes])
