"""Which objective an award serves: the first end of the thread from mission to decision.

Objectives are set and weighted with communities and partners, who also say what each is about,
which ways of buying are meant to serve it, and what options are judged by for its sake. Where a
policy names options the objectives choose between them; else they change no award and are what it
is later held against (National Audit Office, *Successful commissioning* guidance, 2010).
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from simulation.procurement.arrangements import Need

UNSERVED = "none that this way of buying is meant to serve; the weightiest: {}"
"""Stands for the weightiest objective of a need that is bought in a way meant for none of them."""


class Wanted(NamedTuple):
    """One objective as it stands in the scenario; `judged_by` names a criterion, or none."""

    text: str
    weight: float
    ways: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    judged_by: str = ""


class Objectives(NamedTuple):
    """Objectives of one spending category: text, weight, ways meant to serve each, criterion."""

    texts: tuple[str, ...]
    weights: tuple[float, ...]
    ways: tuple[tuple[str, ...], ...]
    judged_by: tuple[str, ...]


def objectives_for(category: str, every: Iterable[Wanted]) -> Objectives:
    """Take the objectives that are about a spending category.

    Parameters
    ----------
    category : str
        Its id.
    every : iterable of Wanted
        All objectives of the scenario; one without categories is about every category.

    Returns
    -------
    Objectives
        All of them where none is about the category.
    """
    listed = list(every)
    about = [one for one in listed if not one.categories or category in one.categories] or listed
    return Objectives(
        tuple(one.text for one in about),
        tuple(one.weight for one in about),
        tuple(one.ways for one in about),
        tuple(one.judged_by for one in about),
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
