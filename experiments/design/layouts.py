"""Layouts of the unit cube that sensitivity analyses ask for.

Saltelli's layout of Sobol' points (Saltelli 2002; Saltelli et al. 2010) and the trajectories of
Morris (1991) come from SALib, whose analysers read them; Latin hypercubes (McKay, Beckman and
Conover 1979) from scipy. Every layout is seeded.
"""

import numpy as np
from numpy.typing import NDArray

from experiments.design.extras import need

Values = NDArray[np.float64]

SEED_BITS = 32
"""What every generator takes as a seed."""


def group_size(kind: str, n_factors: int, *, second_order: bool = False) -> int:
    """Points that belong together: a trajectory (Morris), a Saltelli group (Sobol'), else one."""
    if kind == "sobol":
        return (2 if second_order else 1) * n_factors + 2
    return n_factors + 1 if kind == "morris" else 1


def latin_hypercube(n_factors: int, points: int, word: int) -> Values:
    """Each of `points` equal parts of every factor holds one point.

    Parameters
    ----------
    n_factors, points : int
    word : int
        64-bit word that keys the layout.

    Returns
    -------
    float64[points, n_factors]
        Within [0, 1).
    """
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(n_factors, rng=_seed(word)).random(points))


def sobol(n_factors: int, base: int, word: int, *, second_order: bool) -> Values:
    """Scrambled Sobol' points in Saltelli's layout.

    Parameters
    ----------
    n_factors : int
    base : int
        A power of 2.
    word : int
        64-bit word that keys the scrambling.
    second_order : bool
        Whether indices of pairs are to be told, which takes twice the points.

    Returns
    -------
    float64[base * (n_factors + 2), n_factors]
        Within [0, 1); `base * (2 * n_factors + 2)` rows with pairs.
    """
    need("SALib", "analysis")
    from SALib.sample import sobol as saltelli

    laid = saltelli.sample(_unit(n_factors), base, calc_second_order=second_order, seed=_seed(word))
    return np.asarray(laid, dtype=np.float64)


def morris(n_factors: int, trajectories: int, word: int, *, levels: int) -> Values:
    """Trajectories on a grid of `levels`, each step of which moves one factor.

    Parameters
    ----------
    n_factors, trajectories : int
    word : int
        64-bit word that keys the trajectories.
    levels : int
        An even number.

    Returns
    -------
    float64[trajectories * (n_factors + 1), n_factors]
        Within [0, 1].
    """
    need("SALib", "analysis")
    from SALib.sample import morris as elementary

    laid = elementary.sample(_unit(n_factors), trajectories, num_levels=levels, seed=_seed(word))
    return np.clip(np.asarray(laid, dtype=np.float64), 0.0, 1.0)


def _seed(word: int) -> int:
    return word >> (64 - SEED_BITS)


def _unit(n_factors: int) -> dict[str, object]:
    names = [f"x{number}" for number in range(n_factors)]
    return {"num_vars": n_factors, "names": names, "bounds": [[0.0, 1.0]] * n_factors}
