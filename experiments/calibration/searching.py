"""What is asked of a search for values, and what it tells; the search itself is in `smc`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WITHIN = 1.0
"""The last threshold: a distance at most this means that every target is within its tolerance."""

Point = tuple[float, ...]
Live = Callable[[Sequence[Point]], Sequence[float]]
"""Gives the distance of each point, in order; infinite where it has none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How to search.

    Attributes
    ----------
    dimensions : int
        Numbers that are fitted.
    population : int
        Particles of a generation.
    most_generations : int
    least_accepted : float
        Share of proposals below which a generation is given up.
    seed : int
    side_by_side : int
        Proposals that may be lived at once; changes no result.
    """

    dimensions: int
    population: int
    most_generations: int
    least_accepted: float
    seed: int
    side_by_side: int = 1


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished generation: its threshold, and how many proposals it took."""

    number: int
    threshold: float
    proposals: int


@dataclass(frozen=True, slots=True)
class Population:
    """The last finished generation.

    Attributes
    ----------
    generations : tuple of Generation
        All of them.
    points : float64[n, n_dimensions]
        In the unit cube, in the order in which they were accepted.
    weights : float64[n]
        Sum to 1.
    """

    generations: tuple[Generation, ...]
    points: NDArray[np.float64]
    weights: NDArray[np.float64]

    @property
    def within(self) -> bool:
        """Whether it was held to every target's tolerance."""
        return self.generations[-1].threshold <= WITHIN
