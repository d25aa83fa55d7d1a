"""What the honest null asks of effects: mean, share of futures that gain nothing, power.

Figures of the place that effects are told by stand here with their source.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.bootstrap import LEVEL
from experiments.analysis.power import edge_of, least_effect, least_share
from experiments.analysis.shares import Share, exact_share
from experiments.analysis.values import Float64

GAINS, LOSES, UNCLEAR = "gains", "loses", "not told apart from nothing"
FEWEST = 2
BARELY = " (at 95 % only)"
PRIMARY = 5
"""Effects that are asked about first; a verdict stands where it would at 5 % over so many too."""


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
        """Whether the mean is above nothing, below, or not to be told from it.

        It says where it would not stand beside the other primary effects (Bonferroni).
        """
        if self.low <= 0.0 <= self.high:
            return UNCLEAR
        stands = abs(self.mean) > edge_of(1.0 - (1.0 - LEVEL) / PRIMARY, self.spread, self.n)
        return (GAINS if self.low > 0.0 else LOSES) + ("" if stands else BARELY)

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
    if told.size < FEWEST:
        raise ValueError(f"{told.size} futures are known; wanted two at least: live more of them.")
    mean, spread = float(told.mean()), float(told.std(ddof=1))
    half, least = edge_of(LEVEL, spread, told.size), least_effect(spread, told.size)
    return Answer(
        n=int(told.size), mean=mean, low=mean - half, high=mean + half, spread=spread,
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
    freedom : float
        Degrees of freedom that it is known with.
    between : float
        Standard deviation over futures of their means over luck.
    flips, lives : int
        Lives whose sign differs from that of the mean of the others of their future, of how many.
    """

    spread: float
    freedom: float
    between: float
    flips: int
    lives: int

    def least(self, replicates: int) -> float | None:
        """Effect in one future that so many lucks find with a chance of 80 %."""
        return least_effect(self.spread, replicates, freedom=self.freedom)


def by_luck(effects: Float64) -> ByLuck:
    """Pool the spread over lucks within futures, all of which meet the same lucks.

    What a luck does to all futures alike was seen once for each luck, not once for each life. So
    squares are parted into that main effect and the rest, and the degrees of freedom of their sum
    are those of Satterthwaite (1946): from n_lucks - 1, where luck moves all futures alike, to
    n_futures * (n_lucks - 1). The spread by luck is taken to be the same in every future.

    Parameters
    ----------
    effects : float64[n_futures, n_lucks]
        None nan; two futures and two lucks at least.
    """
    futures, lucks = effects.shape
    means = effects.mean(axis=1)
    around = effects - means[:, None]
    squares = float((around * around).sum())
    alike = futures * float((around.mean(axis=0) ** 2).sum())
    rest = squares - alike
    known = (alike * alike + rest * rest / (futures - 1)) / (lucks - 1)
    others = (effects.sum(axis=1, keepdims=True) - effects) / (lucks - 1)
    return ByLuck(
        spread=math.sqrt(squares / (futures * (lucks - 1))),
        freedom=squares * squares / known if known else float(futures * (lucks - 1)),
        between=float(np.std(means, ddof=1)),
        flips=int(((effects > 0.0) != (others > 0.0)).sum()),
        lives=effects.size,
    )
