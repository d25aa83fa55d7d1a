"""Stored rows turned into one small matrix for each measure and tier: policies by futures.

A number that is undefined is a hole (nan) here and is never counted; holes never leave this room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from experiments.store.records import ReplicateResult

Float64 = NDArray[np.float64]

WHOLE_WINDOW = 0
"""The month code of a number that stands for the whole measured window."""


@dataclass(slots=True)
class Measured:
    """One measure at one tier.

    `value[p, r]` is what policy `p` came to in replicate `r`, nan where undefined; `why[p]` the
    first reason given for a hole.
    """

    measure: str
    tier: str
    unit: str
    value: Float64
    why: dict[int, str] = field(default_factory=dict)


def measured_values(
    results: Iterable[ReplicateResult], regimes: Sequence[str]
) -> dict[tuple[str, str], Measured]:
    """Gather the outcomes of the whole window.

    Parameters
    ----------
    results : iterable of ReplicateResult
        The replicates, each a column of the matrices in the order given.
    regimes : sequence of str
        The policies, each a row.

    Returns
    -------
    dict of (measure, tier) to Measured
        In the order in which the measures were first met.
    """
    results = list(results)
    row_of = {regime: number for number, regime in enumerate(regimes)}
    table: dict[tuple[str, str], Measured] = {}
    for column, result in enumerate(results):
        for row in result.rows:
            policy = row_of.get(row.regime)
            if row.month != WHOLE_WINDOW or policy is None:
                continue
            key = (row.measure, row.tier)
            if key not in table:
                holes = np.full((len(regimes), len(results)), np.nan)
                table[key] = Measured(row.measure, row.tier, row.unit, holes)
            if row.value is not None:
                table[key].value[policy, column] = row.value
            elif row.why:
                table[key].why.setdefault(policy, row.why)
    return table
