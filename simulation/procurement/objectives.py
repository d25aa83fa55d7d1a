"""Which objective an award serves: the first end of the thread from mission to decision.

Objectives are set and weighted with communities and partners, who also say what each is about and
which ways of buying are meant to serve it. They change no award: they are what an award is later
held against (National Audit Office, *Successful commissioning* guidance, 2010, first stage).
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from simulation.procurement.arrangements import Need

UNSERVED = "none that this way of buying is meant to serve; the weightiest: {}"
"""Stands for the weightiest objective of a need that is bought in a way meant for none of them."""


class Objectives(NamedTuple):
    """Objectives of one spending category: text, weight, and ways of buying meant to serve each."""

    texts: tuple[str, ...]
    weights: tuple[float, ...]
    ways: tuple[tuple[str, ...], ...]


def objectives_for(
    category: str, every: Iterable[tuple[str, float, tuple[str, ...], tuple[str, ...]]]
) -> Objectives:
    """Take the objectives that are about a spending category.

    Parameters
    ----------
    category : str
        Its id.
    every : iterable of (text, weight, ways, categories)
        All objectives of the scenario; one without categories is about every category.

    Returns
    -------
    Objectives
        All of them where none is about the category.
    """
    listed = list(every)
    about = [one for one in listed if not one[3] or category in one[3]] or listed
    return Objectives(
        tuple(one[0] for one in about),
        tuple(one[1] for one in about),
        tuple(one[2] for one in about),
    )


def objective_served(need: Need, way: str) -> str:
    """Name the weightiest objective of a need that a way of buying is meant to serve.

    Parameters
    ----------
    need : Need
        Its objectives are about its category; one that names no ways is served by each.
    way : str
        Name of the way of buying.

    Returns
    -------
    str
        Where none is served, the weightiest of all with words that say so; empty where there are
        no objectives.
    """
    return _served(need.objectives, need.objective_weights, need.objective_ways, way)


@lru_cache(maxsize=256)
def _served(
    texts: tuple[str, ...], given: tuple[float, ...], ways: tuple[tuple[str, ...], ...], way: str
) -> str:
    if not texts:
        return ""
    weights = given or (1.0,) * len(texts)
    meant = ways or ((),) * len(texts)
    served = [i for i in range(len(texts)) if not meant[i] or way in meant[i]]
    first = max(served or range(len(texts)), key=lambda i: (weights[i], -i))
    return texts[first] if served else UNSERVED.format(texts[first])
