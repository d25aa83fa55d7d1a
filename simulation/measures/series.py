"""How much re-spending a first payment sets off: x + xP + xPP + ..., summed until nothing is left.

The Leontief series (Leontief 1941; Miller and Blair 2009, section 2.4) with a bound on what is left
out, so that no inverse of a large matrix is ever made.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.measures.measure import Undefined

Float64 = NDArray[np.float64]

TOLERANCE = 1e-11
"""Largest share of the sum that may be left out."""
BLOCK = 8
MOST_TERMS = 20_000
NO_LEAK = 1e-9
"""A loop that loses less than this share in a whole block of rounds never ends."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The sum of a spending series.

    Attributes
    ----------
    visits : float64[n]
        Money received by each member over all rounds, the first included, x (I - P)^-1.
    terms : int
        Rounds that were added.
    bound : float
        No more than this was left out of the sum over all members.
    """

    visits: Float64
    terms: int
    bound: float


def spread(shares: Any, start: Float64, tolerance: float = TOLERANCE) -> Spread:
    """Sum the spending series that starts from `start`.

    Parameters
    ----------
    shares : sparse float64[n, n]
        P: share of member i's outlays that is paid to member j; rows sum to at most 1.
    start : float64[n]
        What each member receives at first, none negative.
    tolerance : float
        Largest share of the sum that may be left out.

    Returns
    -------
    Spread
        With c_m the largest row sum of P^m over the members that the money can reach, what is
        left after a round of x pounds is at most |x| m / (1 - c_m).

    Raises
    ------
    Undefined
        When money can reach a loop from which nothing leaks: the series has no end.
    """
    step = shares.T.tocsr()
    factor = _tail_factor(shares, _reached(step, start))
    here = start.astype(np.float64)
    visits = here.copy()
    terms = 1
    bound = float(here.sum()) * factor
    while bound > tolerance * float(visits.sum()):
        if terms >= MOST_TERMS:
            raise Undefined("hardly anything leaks: the rounds of spending do not end")
        for _ in range(BLOCK):
            here = step @ here
            visits += here
        terms += BLOCK
        bound = float(here.sum()) * factor
    return Spread(visits, terms, bound)


def _reached(step: Any, start: Float64) -> NDArray[np.bool_]:
    reached: NDArray[np.bool_] = start > 0
    while True:
        grown = reached | ((step @ reached.astype(np.float64)) > 0)
        if (grown == reached).all():
            return reached
        reached = grown


def _tail_factor(shares: Any, reached: NDArray[np.bool_]) -> float:
    if not reached.any():
        return 0.0
    left = reached.astype(np.float64)
    rounds = 0
    while rounds < MOST_TERMS:
        for _ in range(BLOCK):
            left = shares @ left
        rounds += BLOCK
        most = float(left[reached].max())
        if most <= 1 - NO_LEAK:
            return rounds / (1 - most)
        if rounds >= int(np.count_nonzero(reached)) + BLOCK:
            break
    raise Undefined("nothing leaks: the rounds of spending do not end")
