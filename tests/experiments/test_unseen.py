"""A region counts where it holds on futures on which it was not found."""

from typing import Any

import numpy as np
import pytest

from experiments.analysis.unseen import box_of, unseen_boxes

pytest.importorskip("sklearn")

FUTURES, FACTORS = 240, 40
COINS, DENSE = 0.4, 0.7
"""How often a coin falls so, and how dense a box of nothing but coins looks where it was found."""
NEARLY = 0.9
"""Of the unseen futures in the box: its limit is known to one future in a hundred or so."""
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
    """Coins: boxes look dense where they were found, and on the other half are like any other."""
    luck = np.random.default_rng(3).random(FUTURES) < COINS

    boxes = unseen_boxes(draws(2), luck, NAMES)

    assert max(one["density"] for one in boxes) > DENSE
    assert not any(one["counts"] for one in boxes)


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
