"""Settings spread evenly over the register's ranges: a scrambled Sobol sequence (Sobol 1967).

Every entry runs evenly from its low to its high end, whatever its distribution: the search looks
where an effect might be, not where an assumption is likely.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from scenarios.assumptions import Entry


def settings(
    entries: Sequence[Entry], many: int, seed: int
) -> tuple[NDArray[np.float64], list[dict[str, float]]]:
    """Draw settings.

    Parameters
    ----------
    entries : sequence of Entry, k
        What is varied.
    many : int
        How many settings; the first n of more are the same n.
    seed : int
        Scrambles the sequence.

    Returns
    -------
    (float64[many, k], list of dict)
        Where each stands in its range, from 0 to 1, and the values by name.
    """
    sequence = qmc.Sobol(len(entries), scramble=True, rng=np.random.default_rng(seed))
    whole = 1 << max(many - 1, 0).bit_length()
    where = np.asarray(sequence.random(whole), dtype=np.float64)[:many]
    values = [
        {
            one.name: float(one.low) + at * (float(one.high) - float(one.low))
            for one, at in zip(entries, row.tolist(), strict=True)
        }
        for row in where
    ]
    return where, values
