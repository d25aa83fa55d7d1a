"""What the ledger files of dye: a record of a month by cell and tag."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]


@dataclass(slots=True)
class DyePiece:
    """Dye of one month by area x institution cell and tag."""

    month: int
    record: int
    kind: int
    units: Int64
