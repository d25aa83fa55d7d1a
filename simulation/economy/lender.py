"""A community lender: an account of the place that relends what it holds, and creates no money.

A mutual with an account of its own after the clubs'.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation import streams
from simulation.economy.clubs import add_mutuals
from simulation.economy.columns import Economy

Int64 = NDArray[np.int64]


@dataclass(slots=True)
class Lender:
    """The lender's account row, and what each trading row owes it: int64[n_firms] [pence]."""

    row: int
    owed: Int64


def add_lender(economy: Economy) -> Lender:
    """Append the account of a lender of the focus.

    Parameters
    ----------
    economy : Economy, updated
        Its parties and classes grow.
    """
    focus = economy.areas.focus
    uid = streams.key("lender", economy.areas.ids[focus])
    (row,) = add_mutuals(economy, [uid], np.array([focus], dtype=np.int16))
    return Lender(row, np.zeros(economy.firms.jobs.size, dtype=np.int64))
