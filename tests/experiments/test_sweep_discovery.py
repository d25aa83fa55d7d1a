"""Boxes and trees, held against cases worked by hand."""

import numpy as np
import pytest

from experiments.analysis.discovery import Box, pasted, peeled, prim, quasi_p
from experiments.analysis.rules import tree_boxes
from experiments.analysis.values import Float64

TEN = np.arange(1.0, 11.0)[:, None]


def square(side: int = 10) -> Float64:
    """A grid of points, each factor from 1 to `side`."""
    x, y = np.meshgrid(np.arange(1.0, side + 1), np.arange(1.0, side + 1), indexing="ij")
    return np.column_stack([x.ravel(), y.ravel()])


def test_ten_futures_by_hand() -> None:
    """Finds at 7 to 10. Peeled one by one from below: densities 4/9, 4/8, 4/7, 4/6, 4/5, 1."""
    found = TEN[:, 0] >= 7

    (box,) = prim(TEN, found, ("pay",), peel=0.1, least_mass=0.1)

    assert box["limits"] == [
        {"factor": "pay", "low": 6.5, "high": None, "quasi_p": pytest.approx(0.4**4)}
    ]
    assert (box["coverage"], box["density"], box["mass"]) == (1.0, 1.0, 0.4)
    densities = [step["density"] for step in box["trajectory"]]
    assert densities == pytest.approx([0.4, 4 / 9, 0.5, 4 / 7, 2 / 3, 0.8, 1.0])
    assert all(step["coverage"] == 1.0 for step in box["trajectory"])


def test_what_was_peeled_too_much_is_pasted_back() -> None:
    """Peels of three take 1 to 3 though 3 is a find; pasting gives 3 back, and stops before 2."""
    found = TEN[:, 0] >= 3

    way = peeled(TEN, found, 0.3, 0.1)
    box = pasted(TEN, found, way[-1])

    assert way[-1].low.tolist() == [3.5]
    assert box.low.tolist() == [2.5]
    assert prim(TEN, found, ("x",), peel=0.3)[0]["coverage"] == 1.0


def test_a_corner_of_two_factors() -> None:
    """Finds where both are above 7, nine of a hundred; a third factor of noise has no limit."""
    points = np.column_stack([square(), np.random.default_rng(1).uniform(size=100)])
    found = (points[:, 0] > 7) & (points[:, 1] > 7)

    (box,) = prim(points, found, ("x", "y", "noise"))

    assert {one["factor"]: one["low"] for one in box["limits"]} == {"x": 7.5, "y": 7.5}
    assert (box["coverage"], box["density"], box["mass"]) == (1.0, 1.0, 0.09)


def test_a_limit_that_does_nothing_has_a_large_quasi_p_value() -> None:
    """Finds where x is above 5; a limit on y leaves the density as it is."""
    points = square()
    found = points[:, 0] > 5
    box = Box(np.array([5.5, 5.5]), np.array([np.inf, np.inf]))

    # Without the limit on x: 25 of 50 are finds, and all 25 of 25 in the box are.
    assert quasi_p(points, found, box, 0) == pytest.approx(0.5**25)
    assert quasi_p(points, found, box, 1) == pytest.approx(1.0)


def test_a_second_box_is_looked_for_in_what_the_first_leaves() -> None:
    """Finds at both ends of one factor: two boxes, coverage adding up to all of them."""
    found = (TEN[:, 0] <= 2) | (TEN[:, 0] >= 8)

    boxes = prim(TEN, found, ("x",), peel=0.1, least_mass=0.1)

    assert [one["hits"] for one in boxes] == [3, 2]
    assert sum(one["coverage"] for one in boxes) == pytest.approx(1.0)


def test_values_of_a_grid_are_peeled_together() -> None:
    """Points that share a value are never parted."""
    points = np.repeat([[1.0], [2.0], [3.0]], 4, axis=0)
    found = points[:, 0] == 3.0

    (box,) = prim(points, found, ("x",))

    assert box["limits"][0]["low"] == 2.5
    assert box["cases"] == 4


@pytest.mark.parametrize("everywhere", [True, False])
def test_what_happens_everywhere_or_nowhere_has_no_box(everywhere: bool) -> None:
    """There is nothing to tell apart."""
    found = np.full(10, everywhere)

    assert prim(TEN, found, ("x",)) == []
    assert tree_boxes(TEN, found, ("x",)) == []


def test_the_tree_finds_the_same_corner() -> None:
    """Its densest leaf is the corner, with limits half-way between values."""
    points = square()
    found = (points[:, 0] > 7) & (points[:, 1] > 7)

    first = tree_boxes(points, found, ("x", "y"))[0]

    assert first["limits"] == [
        {"factor": "x", "low": 7.5, "high": None},
        {"factor": "y", "low": 7.5, "high": None},
    ]
    assert (first["coverage"], first["density"], first["cases"]) == (1.0, 1.0, 9)
    assert tree_boxes(points, found, ("x", "y"))[0] == first
