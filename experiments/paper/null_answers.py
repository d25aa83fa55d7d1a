"""What the honest null asks of effects: mean, share of futures that gain nothing, power.

Figures of the place that effects are told by stand here with their source.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.power import least_effect, least_share
from experiments.analysis.shares import Share, exact_share
from experiments.analysis.spread import shared_spread
from experiments.analysis.values import Float64

GAINS, LOSES, UNCLEAR = "gains", "loses", "not told apart from nothing"


@dataclass(frozen=True, slots=True)
class Answer:
    """One effect over the futures.

    Attributes
    ----------
    n : int
        Futures.
    mean, low, high : float
        Mean effect with its 95 % interval (Student).
    spread : float
        Standard deviation over futures.
    nothing : Share
        Futures whose effect is nothing or less.
    least : float
        Mean effect that the design finds with a chance of 80 %.
    """

    n: int
    mean: float
    low: float
    high: float
    spread: float
    nothing: Share
    least: float

    @property
    def verdict(self) -> str:
        """Whether the mean is above nothing, below, or not to be told from it."""
        if self.low > 0.0:
            return GAINS
        return LOSES if self.high < 0.0 else UNCLEAR

    @property
    def least_region(self) -> float:
        """Share of all futures that so many meet at least once with a chance of 80 %."""
        return least_share(self.n)


def answer(effects: Sequence[float | None] | Float64) -> Answer:
    """Answer both questions of one effect.

    Parameters
    ----------
    effects : sequence of float
        One a future, in one unit; None or nan where it is not known. Two known at least.

    Raises
    ------
    ValueError
        Where fewer are known.
    """
    told = np.array([math.nan if one is None else one for one in effects], dtype=np.float64)
    told = told[np.isfinite(told)]
    spread = shared_spread(told)
    if spread is None:
        raise ValueError(f"{told.size} futures are known; wanted two at least: live more of them.")
    half = spread.half_width(told.size)
    mean = float(told.mean())
    least = least_effect(spread.one, told.size)
    return Answer(
        n=int(told.size), mean=mean, low=mean - half, high=mean + half, spread=spread.one,
        nothing=exact_share(int((told <= 0.0).sum()), int(told.size)),
        least=0.0 if least is None else least,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ByLuck:
    """How far luck alone spreads an effect.

    Attributes
    ----------
    spread : float
        Standard deviation of one future's effect over lucks, pooled over futures.
    freedom : int
        Degrees of freedom that it is known with.
    futures : int
    between : float
        Standard deviation over futures of their means over luck.
    flips : Share
        Lives whose sign differs from that of their future's mean.
    """

    spread: float
    freedom: int
    futures: int
    between: float
    flips: Share

    def least(self, replicates: int) -> float | None:
        """Effect in one future that so many lucks find with a chance of 80 %."""
        return least_effect(self.spread, replicates, freedom=self.freedom)


def by_luck(effects: Float64) -> ByLuck:
    """Pool the spread over lucks within futures.

    Parameters
    ----------
    effects : float64[n_futures, n_lucks]
        None nan; two lucks at least.
    """
    means = effects.mean(axis=1)
    freedom = effects.shape[0] * (effects.shape[1] - 1)
    around = effects - means[:, None]
    flipped = int(((effects > 0.0) != (means > 0.0)[:, None]).sum())
    return ByLuck(
        spread=math.sqrt(float((around * around).sum()) / freedom),
        freedom=freedom,
        futures=effects.shape[0],
        between=float(np.std(means, ddof=1)),
        flips=exact_share(flipped, effects.size),
    )
