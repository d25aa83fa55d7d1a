"""How small an effect, and how small a region, a design could have found: its power, beforehand.

For a mean of paired differences the test is Student's, two-sided, and its power the noncentral t
distribution (Cohen 1988, sec. 2.2; Lehmann and Romano 2005, sec. 5.2). A region that holds a share
s of all futures is met by at least one of n independent ones with chance 1 - (1 - s)^n.
"""

import math

from experiments.analysis.bootstrap import LEVEL

POWER = 0.8
"""Chance with which an effect of the least size is found."""
_LARGEST = 40.0
"""Least effects are looked for up to here [standard deviations of the mean]."""


def least_effect(
    spread: float,
    n: int,
    *,
    freedom: float | None = None,
    power: float = POWER,
    level: float = LEVEL,
) -> float | None:
    """Return the least mean effect that n paired differences find with a given chance.

    The chance of finding it on the wrong side is left out; at these powers it is nil.

    Parameters
    ----------
    spread : float
        Standard deviation of one difference, in the unit of the answer.
    n : int
        Differences that are averaged.
    freedom : float, optional
        Degrees of freedom that the spread is known with; n - 1 where left out. With a spread pooled
        over several groups it is what all of them bring together.
    power, level : float
        Chance of finding it, and level of the two-sided interval.

    Returns
    -------
    float or None
        None where there are no degrees of freedom.
    """
    from scipy.optimize import brentq
    from scipy.stats import nct

    known = n - 1 if freedom is None else freedom
    if known < 1:
        return None
    edge = _edge(known, level)
    far = brentq(lambda moved: nct.sf(edge, known, moved) - power, 0.0, edge + _LARGEST)
    return float(far) * spread / math.sqrt(n)


def least_share(n: int, power: float = POWER) -> float:
    """Return the least share of all futures that n of them meet at least once with a given chance.

    Solves 1 - (1 - s)^n = power.
    """
    return float(-math.expm1(math.log1p(-power) / n))


def edge_of(level: float, spread: float, n: int) -> float:
    """Return how far from nothing the mean of n differences has to lie to be told from it.

    Half of Student's interval of that level, in the unit of the spread.
    """
    return _edge(n - 1, level) * spread / math.sqrt(n)


def _edge(freedom: float, level: float) -> float:
    from scipy.stats import t

    return float(t.ppf((1.0 + level) / 2.0, freedom))
