"""How many replicates a sweep is to have, so that luck leaves a difference no wider than is wished.

A sequential procedure: live some, learn the spread, live as many more as it asks for, learn again
(Law 2015, sec. 9.4.1). A spread that was learnt from few is a guess, so no round may ask for more
than four times what there is; and as `compare` calls nothing clear on fewer than six replicates,
nothing is held on fewer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from experiments.analysis.factorial import FEWEST
from experiments.analysis.futures import Futures
from experiments.analysis.paired import luck_between

GROWTH = 4
"""Most times as many replicates that a round may ask for as there are."""


@dataclass(frozen=True, slots=True)
class Width:
    """How wide luck leaves the difference of a policy from the baseline.

    Attributes
    ----------
    measure, tier, unit, policy : str
        Of what, and whose.
    wished : float
        Half-width asked for, in the unit.
    half_width : float or None
        Of the 95 % interval now; None with fewer than two replicates that count.
    replicates : int
        Those that count now.
    needed : int or None
        Those that it takes; None where that is over a million, or not known.
    """

    measure: str
    tier: str
    unit: str
    policy: str
    wished: float
    half_width: float | None
    replicates: int
    needed: int | None

    @property
    def holds(self) -> bool:
        """Whether it is as narrow as wished, on replicates enough."""
        return self.needed is not None and self.replicates >= self.needed


def widths(futures: Futures, baseline: str, wished: float, *, shared: bool) -> list[Width]:
    """Ask how wide luck leaves the difference of each policy from the baseline.

    Parameters
    ----------
    futures : Futures
        One measure; the baseline is among its policies.
    baseline : str
    wished : float
        Half-width, in the unit of the measure, above zero.
    shared : bool
        Whether the policies of a block met the same luck.

    Returns
    -------
    list of Width
        By policy, the baseline left out.
    """
    base = futures.value[futures.policies.index(baseline)]
    found = []
    for k, policy in enumerate(futures.policies):
        if policy == baseline:
            continue
        luck = luck_between(futures.value[k], base, shared=shared)
        spread = luck.spread
        needed = None if spread is None else spread.replicates_needed(wished)
        found.append(
            Width(
                measure=futures.measure,
                tier=futures.tier,
                unit=futures.unit,
                policy=policy,
                wished=wished,
                half_width=None if spread is None else spread.half_width(luck.n),
                replicates=luck.n,
                needed=None if needed is None else max(needed, FEWEST),
            )
        )
    return found


def replicates_next(have: int, asked: Sequence[Width], most: int | None = None) -> int | None:
    """How many replicates the next round is to have in all.

    Parameters
    ----------
    have : int
        Replicates at every point, those that do not count included.
    asked : sequence of Width
    most : int, optional
        The user's own bound.

    Returns
    -------
    int or None
        None where there is nothing more to live: all hold, the bound is met, or no number would do.
    """
    if not wider(asked) or any(one.needed is None for one in asked):
        return None
    short = max(one.needed - one.replicates for one in asked if one.needed is not None)
    wanted = min(have + short, GROWTH * have, have + short if most is None else most)
    return wanted if wanted > have else None


def wider(asked: Iterable[Width]) -> list[Width]:
    """Those that are wider than wished."""
    return [one for one in asked if not one.holds]
