"""Whether pillars do more together than apart: the joint effect held against sum and product.

By replicate, so that luck and ignorance cancel; intervals by the bootstrap of all comparisons. On
the additive scale together - sum of the parts; on the ratio scale the joint ratio over the product
of the single ones (its logarithm is what is averaged). Interaction contrasts in the sense of
Rothman (1976) and VanderWeele and Knol (2014).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.bootstrap import LEVEL, mean_interval

Float64 = NDArray[np.float64]

FEWEST = 1 - math.floor(math.log2(1.0 - LEVEL))
"""Replicates from which on it is no likely chance that all point one way: 2 ** (1 - n) is at most
5 %. A bootstrap of fewer says that it is sure whenever they do (the sign test; Fisher 1925)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over replicates, with its 95 % interval."""

    mean: float
    low: float
    high: float
    replicates: int

    @property
    def verdict(self) -> str:
        """Whether it is above, below, or not to be told from nothing, as by a few replicates."""
        if self.replicates < FEWEST:
            return "unclear"
        if self.low > 0.0:
            return "more"
        return "less" if self.high < 0.0 else "unclear"

    @property
    def replicates_wanted(self) -> int | None:
        """How many would tell it from nothing if it is as large as it looks.

        An interval narrows with the root of their number. None where there is nothing to tell.
        """
        if self.verdict != "unclear":
            return self.replicates
        half = 0.5 * (self.high - self.low)
        if self.mean == 0.0:
            return None if self.replicates >= FEWEST else FEWEST
        wanted = math.ceil(self.replicates * (half / abs(self.mean)) ** 2)
        return max(wanted, FEWEST, self.replicates + 1 if self.replicates >= FEWEST else 1)


@dataclass(frozen=True, slots=True)
class Joint:
    """What factors do alone and together, in the unit of the measure.

    Attributes
    ----------
    effects : mapping of frozenset of str to Interval
        Of each combination of factors against none.
    together, sum_of_parts : Interval
        All factors at once, and the effects of each alone added up.
    above_sum : Interval
        together - sum of parts.
    above_product : Interval or None
        What the joint ratio is above the product of single ratios, times the level without any;
        None where a level is not above nothing.
    replicates : int
        Those in which every combination is known.
    """

    effects: Mapping[frozenset[str], Interval]
    together: Interval
    sum_of_parts: Interval
    above_sum: Interval
    above_product: Interval | None
    replicates: int


def joint_effect(levels: Mapping[frozenset[str], Float64], factors: Sequence[str]) -> Joint | None:
    """Compare all factors at once with each alone.

    Parameters
    ----------
    levels : mapping of frozenset of str to float64[n]
        Level of a measure by combination of factors and replicate; nan where unknown.
    factors : sequence of str
        At least two.

    Returns
    -------
    Joint or None
        None where no replicate knows every combination.
    """
    whole = np.all([np.isfinite(column) for column in levels.values()], axis=0)
    if not whole.any():
        return None
    known = {on: column[whole] for on, column in levels.items()}
    none, everything = known[frozenset()], known[frozenset(factors)]
    singles = [known[frozenset((factor,))] for factor in factors]
    parts = np.sum([single - none for single in singles], axis=0)
    together = everything - none
    return Joint(
        effects={on: _interval(column - none) for on, column in known.items() if on},
        together=_interval(together),
        sum_of_parts=_interval(parts),
        above_sum=_interval(together - parts),
        above_product=_above_product(none, everything, singles),
        replicates=int(whole.sum()),
    )


def _above_product(
    none: Float64, everything: Float64, singles: Sequence[Float64]
) -> Interval | None:
    if min(float(column.min()) for column in (none, everything, *singles)) <= 0.0:
        return None
    logarithm = np.log(everything / none) - np.sum(
        [np.log(single / none) for single in singles], axis=0
    )
    level = float(np.mean(none))
    found = _interval(logarithm)
    mean, low, high = (
        level * float(np.expm1(value)) for value in (found.mean, found.low, found.high)
    )
    return Interval(mean, low, high, found.replicates)


def _interval(values: Float64) -> Interval:
    mean, low, high = mean_interval(values)
    return Interval(mean, low, high, int(values.size))
