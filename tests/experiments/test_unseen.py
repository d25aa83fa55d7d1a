"""A region counts where it holds on futures on which it was not found."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import hypergeom

from experiments.analysis.unseen import box_of, unseen_boxes

pytest.importorskip("sklearn")

FUTURES, FACTORS = 240, 40
COINS, DENSE = 0.4, 0.7
"""How often a coin falls so, and how dense a box of nothing but coins looks where it was found."""
NEARLY = 0.9
"""Of the unseen futures in the box: its limit is known to one future in a hundred or so."""
CLOSE = 1e-9
ONE_IN_TWENTY = 0.05
"""Boxes that mean nothing and count all the same; of few boxes up to twice as many."""
NAMES = [f"factor_{k}" for k in range(FACTORS)]


def draws(seed: int) -> np.ndarray:
    """Futures that draw every factor evenly."""
    return np.random.default_rng(seed).random((FUTURES, FACTORS))


def test_a_region_that_is_there_counts() -> None:
    """Nothing is gained where factor 3 is high: box and rule say so, also on the other half."""
    points = draws(1)

    boxes = unseen_boxes(points, points[:, 3] > 0.7, NAMES)

    for way in ("PRIM", "CART"):
        best = next(one for one in boxes if one["way"] == way)
        assert best["limits"][0]["factor"] == "factor_3"
        assert best["counts"]
        assert best["hits"] > NEARLY * best["unseen"] > best["usual"] * best["unseen"]


def test_a_region_that_is_luck_does_not_count() -> None:
    """Coins: boxes look dense where they were found, and on the other half are like any other.

    Of boxes that mean nothing one in twenty counts: of the dozen and more found here hardly one.
    """
    boxes = [
        one
        for seed in (3, 4, 5)
        for one in unseen_boxes(
            draws(2), np.random.default_rng(seed).random(FUTURES) < COINS, NAMES
        )
    ]

    assert max(one["density"] for one in boxes) > DENSE
    assert len(boxes) > 1 / ONE_IN_TWENTY / 2
    assert sum(one["counts"] for one in boxes) <= 2 * ONE_IN_TWENTY * len(boxes)


def test_a_box_is_judged_within_the_half_that_it_has_not_seen() -> None:
    """Its chance is Fisher's: how many of that half are finds is not known but counted there."""
    luck = np.random.default_rng(3).random(FUTURES) < COINS

    boxes = unseen_boxes(draws(2), luck, NAMES)

    half = luck[FUTURES // 2 :]
    for one in boxes:
        wanted = hypergeom.sf(one["hits"] - 1, half.size, int(half.sum()), one["unseen"])
        assert one["chance"] == pytest.approx(wanted, rel=CLOSE)


def test_nothing_to_find_gives_no_box() -> None:
    """Where it happens everywhere, or nowhere."""
    for found in (np.ones(FUTURES, dtype=bool), np.zeros(FUTURES, dtype=bool)):
        assert unseen_boxes(draws(4), found, NAMES) == []


def test_limits_make_their_box() -> None:
    """Open sides stay open; both sides of one factor hold together."""
    limits: list[dict[str, Any]] = [
        {"factor": "b", "low": 0.2, "high": 0.6},
        {"factor": "a", "low": None, "high": 0.5},
    ]

    inside = box_of(limits, ["a", "b"]).holds(np.array([[0.4, 0.3], [0.6, 0.3], [0.4, 0.7]]))

    assert inside.tolist() == [True, False, False]
