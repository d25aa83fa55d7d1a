"""The expected answer along one assumption: straight, bent, stepped, or not moving at all."""

import numpy as np
import pytest

from experiments.analysis.conditional import (
    BENT,
    TAIL,
    basis,
    curves,
    resampled,
    shares_of,
    swings,
)
from experiments.analysis.values import Float64

N = 1024
WITHIN = 0.02
"""Of the whole swing."""


def even(seed: int) -> Float64:
    """Values that part [0, 1] evenly, in a shuffled order."""
    return (np.random.default_rng(seed).permutation(N) + 0.5) / N


def bend(values: Float64, answer: Float64) -> int:
    """Degree of the curve through points that are each their own group."""
    n = values.size
    return int(curves(shares_of(values), answer, np.arange(n), np.ones((1, n)))[1][0])


def test_a_straight_line_swings_by_its_slope_over_nine_tenths():
    """The answer is 2 x - y: x swings up by 1.8, y down by 0.9, and x comes first."""
    x, y = even(1), even(2)

    found = swings(["y", "x"], np.column_stack([y, x]), 2 * x - y, np.arange(N))

    assert [one.factor for one in found] == ["x", "y"]
    assert found[0].at_high - found[0].at_low == pytest.approx(2 * (1 - 2 * TAIL), rel=WITHIN)
    assert found[1].at_high - found[1].at_low == pytest.approx(-(1 - 2 * TAIL), rel=0.1)
    assert found[0].low <= found[0].at_high - found[0].at_low <= found[0].high


def test_a_bent_answer_is_followed():
    """The answer is (x - 1/2)^2: both ends lie alike, above the middle."""
    x = even(3)

    (found,) = swings(["x"], x[:, None], (x - 0.5) ** 2, np.arange(N))

    assert found.degree >= 2
    assert found.at_low == pytest.approx((0.5 - TAIL) ** 2, rel=WITHIN)
    assert found.at_high == pytest.approx((0.5 - TAIL) ** 2, rel=WITHIN)


def test_an_answer_of_luck_alone_moves_little():
    """Whatever curve is taken, its swing keeps within a few standard errors."""
    x = even(4)
    noise = np.random.default_rng(5).normal(size=N)

    (found,) = swings(["x"], x[:, None], noise, np.arange(N))

    assert found.size < 0.3


def test_an_answer_that_is_not_seen_to_move_is_not_said_to_stand_still_for_certain():
    """Most resamples agree that there is no slope; some see one, and the interval tells of them."""
    x = even(4)[:64]
    noise = np.random.default_rng(2).normal(size=64)

    (found,) = swings(["x"], x[:, None], noise, np.arange(64))

    assert found.degree == 0
    assert found.size == 0.0
    assert found.low < 0.0 < found.high


def test_what_moves_in_one_eighth_of_the_range_is_seen_on_sobol_points_in_their_order():
    """Every eighth point of the order lies in the same eighth of the range: left out as one, it
    would not be missed.
    """
    x = np.array([int(f"{number:05b}"[::-1], 2) for number in range(32)]) / 32.0

    assert (x[7::8] >= 7 / 8).all()
    assert bend(x, np.maximum(0.0, x - 7 / 8)) == BENT


def test_a_curve_has_no_more_bends_than_the_assumption_has_values():
    """Counted assumptions with two values take a line at most, with one value none."""
    two = np.repeat([1.0, 2.0], N // 2)

    assert bend(two, two**3) == 1
    assert bend(np.ones(N), two) == 0


def test_equal_values_share_the_middle_of_their_own():
    """Two of four are alike: a quarter and three quarters, whatever the scale."""
    assert shares_of(np.array([3.0, 1.0, 3.0, 1.0])).tolist() == [0.75, 0.25, 0.75, 0.25]


def test_each_resample_draws_as_many_groups_as_there_are():
    """Some come twice, some not at all."""
    counts = resampled(np.repeat(np.arange(4), 3))

    assert (counts.sum(axis=1) == 4).all()
    assert counts.max() > 1
    assert counts.min() == 0


def test_a_group_that_counts_twice_is_as_good_as_two():
    """Counts of 2 and 1 fit what the points would, written down so often."""
    x = even(6)[:60]
    answer = x**2 + 0.05 * np.random.default_rng(7).normal(size=60)
    groups = np.repeat(np.arange(2), 30)

    (found,), (degree,) = curves(x, answer, groups, np.array([[2.0, 1.0]]))

    twice = np.concatenate([np.arange(30), np.arange(60)])
    at = basis(x, degree)
    wanted = np.linalg.lstsq(at[twice], answer[twice], rcond=None)[0]
    assert found[: degree + 1] == pytest.approx(wanted)
    assert not found[degree + 1 :].any()
