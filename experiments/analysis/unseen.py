"""Whether a region holds on futures it was not found on: found on one half, judged on the other.

With hundreds of assumptions some box always looks dense where it was looked for. So boxes (PRIM)
and rules (CART) are found on the first half of the futures, and what they promise is counted on the
second, which they have not seen (a hold-out; Stone 1974), by a one-sided exact test of whether what
is looked for happens there more often inside the box than outside (Fisher 1935). Limits of a box
that may be chance (quasi-p above 5 %; Bryant and Lempert 2010) are taken away before that, and a
box without any other is none.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.discovery import CHANCE, Box, prim
from experiments.analysis.rules import tree_boxes
from experiments.analysis.shares import chance_of_more
from experiments.analysis.values import Float64

COUNTS = 0.05
"""Chance below which a box counts on the half it has not seen."""


def unseen_boxes(
    points: Float64, found: NDArray[np.bool_], names: Sequence[str]
) -> list[dict[str, Any]]:
    """Find boxes on the first half of the futures and judge them on the second.

    Parameters
    ----------
    points : float64[n, n_factors]
        Values of the factors in each future, in an order that means nothing.
    found : bool[n]
        Where what is looked for happens.
    names : sequence of str
        Factors.

    Returns
    -------
    list of dict
        `{way, limits, coverage, density, mass, seen, unseen, hits, usual, chance, counts,
        trajectory}` for each box: `way` is PRIM or CART; coverage, density and mass on the half
        where it was found, of `seen` futures; of the `unseen` futures of the other half that lie in
        it `hits` are finds, where `usual` is the share of finds among all of that half; `chance` is
        that of so many hits or more if the box did nothing, given how many finds that half has (1
        where no future lies in the box); `counts` where it is below 5 %; `trajectory` is empty for
        CART, and where limits were taken away.
    """
    half = found.size // 2
    first, second = slice(0, half), slice(half, None)
    boxes = [
        ("PRIM", sure)
        for one in prim(points[first], found[first], names)
        if (sure := _sure(one, points[first], found[first], names)) is not None
    ] + [("CART", one) for one in tree_boxes(points[first], found[first], names)]
    usual = float(found[second].mean()) if found[second].size else 0.0
    told = []
    for way, one in boxes:
        inside = box_of(one["limits"], names).holds(points[second])
        hits, unseen = int(found[second][inside].sum()), int(inside.sum())
        chance = chance_of_more(hits, unseen, int(found[second].sum()), found[second].size)
        told.append(
            {
                "way": way, "limits": one["limits"], "coverage": one["coverage"],
                "density": one["density"], "mass": one["mass"], "seen": one["cases"],
                "unseen": unseen, "hits": hits, "usual": usual, "chance": chance,
                "counts": chance < COUNTS, "trajectory": one.get("trajectory", []),
            }
        )  # fmt: skip
    return told


def _sure(
    one: Mapping[str, Any], points: Float64, found: NDArray[np.bool_], names: Sequence[str]
) -> dict[str, Any] | None:
    """A box with its sure limits alone; None where it has none.

    Without all of its limits it is not what the way inwards led to, and has no way.
    """
    limits = [limit for limit in one["limits"] if limit["quasi_p"] <= CHANCE]
    if not limits:
        return None
    inside = box_of(limits, names).holds(points)
    hits, cases = int(found[inside].sum()), int(inside.sum())
    return {
        **one, "limits": limits, "coverage": hits / int(found.sum()), "density": hits / cases,
        "mass": cases / found.size, "cases": cases, "hits": hits,
        "trajectory": one["trajectory"] if len(limits) == len(one["limits"]) else [],
    }  # fmt: skip


def box_of(limits: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Box:
    """Return the box that limits, each `{factor, low, high}` with None for an open side, make."""
    box = Box.whole(len(names))
    for one in limits:
        factor = list(names).index(one["factor"])
        for side, end in enumerate((one["low"], one["high"])):
            if end is not None:
                box = box.moved(factor, side, float(end))
    return box
