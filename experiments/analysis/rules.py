"""A tree of plain rules that parts the futures where a policy fails from those where it does not.

CART (Breiman, Friedman, Olshen and Stone 1984) through scikit-learn. A leaf is a box: the limits on
the way to it, one interval a factor.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.values import Float64

DEPTH = 3
"""Questions on the way to a leaf, at most: what a person can hold in mind."""
SEED = 1


def tree_boxes(
    points: Float64, found: NDArray[np.bool_], names: Sequence[str], *, least_share: float = 0.05
) -> list[dict[str, Any]]:
    """Grow a tree and read its leaves.

    Parameters
    ----------
    points : float64[n, n_factors]
        Values of the factors in each future.
    found : bool[n]
        Where what is looked for happens.
    names : sequence of str
        Factors.
    least_share : float
        Part of the futures that a leaf holds at least.

    Returns
    -------
    list of dict
        The leaves in which it happens more often than elsewhere, the densest first: `{limits,
        coverage, density, mass, cases, hits}`, where `limits` is a list of `{factor, low, high}`,
        null for an open side. Empty where it happens everywhere or nowhere, or nothing parts them.
    """
    if found.all() or not found.any():
        return []
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(
        max_depth=DEPTH,
        min_samples_leaf=max(int(np.ceil(least_share * found.size)), 1),
        random_state=SEED,
    ).fit(points, found)
    leaf = tree.apply(points)
    boxes = []
    for node, limits in _leaves(tree.tree_):
        inside = leaf == node
        hits = int(found[inside].sum())
        if limits and hits / inside.sum() > found.mean():
            boxes.append(
                {
                    "limits": [
                        {"factor": names[k], "low": low, "high": high}
                        for k, (low, high) in sorted(limits.items())
                    ],
                    "coverage": hits / int(found.sum()),
                    "density": hits / int(inside.sum()),
                    "mass": float(inside.mean()),
                    "cases": int(inside.sum()),
                    "hits": hits,
                }
            )
    return sorted(boxes, key=lambda box: (-box["density"], -box["coverage"]))


def _leaves(tree: Any) -> list[tuple[int, dict[int, tuple[float | None, float | None]]]]:
    """Walk down to every leaf; return it with the limits on the way."""
    told = []
    ways: list[tuple[int, dict[int, tuple[float | None, float | None]]]] = [(0, {})]
    while ways:
        node, limits = ways.pop()
        left, right = int(tree.children_left[node]), int(tree.children_right[node])
        if left == right:
            told.append((node, limits))
            continue
        factor, cut = int(tree.feature[node]), float(tree.threshold[node])
        low, high = limits.get(factor, (None, None))
        ways.append((right, {**limits, factor: (cut, high)}))
        ways.append((left, {**limits, factor: (low, cut)}))
    return told
