"""What knowing an assumption is worth, held against choices whose value is known exactly."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from experiments.analysis.knowing import Knowing, value_of_knowing
from experiments.analysis.values import Float64
from experiments.design.layouts import sobol

SIDE = 64
N = SIDE * SIDE
WITHIN = 0.03
"""Of the exact value: the points are many, and lie evenly."""
INERT_ABOVE = 0.05
"""Share of assumptions that mean nothing whose value may lie above what chance shows."""
ABOVE_WITHIN = 0.07
"""Of that share: three standard errors of eighty assumptions."""

Groups = NDArray[np.int64]


def alone(n: int) -> Groups:
    """Each point its own group."""
    return np.arange(n, dtype=np.int64)


def even(n: int, seed: int) -> Float64:
    """Values that part [0, 1] evenly, in a shuffled order."""
    return (np.random.default_rng(seed).permutation(n) + 0.5) / n


def two_options(gain: Float64) -> Float64:
    """Gains of doing nothing and of doing something, without luck."""
    return np.stack([np.zeros_like(gain), gain])[:, :, None]


def worth(found: Knowing, name: str) -> float:
    """Value of one assumption."""
    return next(one.value for one in found.factors if one.factor == name)


def test_a_line_over_an_even_range_is_worth_its_triangle():
    """Gain m + b (x - 1/2), x even: knowing x is worth (m + b/2)^2 / 2b - max(0, m)."""
    side = (np.arange(SIDE) + 0.5) / SIDE
    x, y = (one.ravel() for one in np.meshgrid(side, side))
    m, b = 0.2, 3.0
    gain = m + b * (x - 0.5) + 1.0 * (y - 0.5)

    found = value_of_knowing(["x", "y"], np.column_stack([x, y]), two_options(gain), alone(N))

    exact = (m + b / 2) ** 2 / (2 * b) - m
    assert worth(found, "x") == pytest.approx(exact, rel=WITHIN)
    other = (m + 0.5) ** 2 / 2 - m
    assert worth(found, "y") == pytest.approx(other, rel=WITHIN)
    assert [one.factor for one in found.factors] == ["x", "y"]
    assert found.best == 1


def test_a_normal_gain_is_worth_the_unit_loss():
    """Gain m + s z: worth s phi(m/s) - |m| Phi(-|m|/s), whatever the ranks are drawn from."""
    from scipy.stats import norm

    z, m, s = norm.ppf(even(N, 3)), -0.4, 1.0
    gain = m + s * z

    found = value_of_knowing(["z"], z[:, None], two_options(gain), alone(N))

    density = math.exp(-((m / s) ** 2) / 2) / math.sqrt(2 * math.pi)
    exact = s * density - abs(m) * float(norm.cdf(-abs(m) / s))
    assert worth(found, "z") == pytest.approx(exact, rel=WITHIN)
    assert found.perfect == pytest.approx(exact, rel=WITHIN)
    share = 1 - float(norm.cdf(0.4))
    assert found.factors[0].changes == pytest.approx(share, abs=WITHIN)


def test_an_assumption_that_changes_no_choice_is_worth_nothing():
    """The gain moves a lot with x and is never below zero."""
    x = even(N, 4)

    found = value_of_knowing(["x"], x[:, None], two_options(1.0 + x), alone(N))

    assert worth(found, "x") == 0.0
    assert found.factors[0].changes == 0.0
    assert found.perfect == 0.0


def test_one_assumption_of_many_cannot_beat_all_of_them():
    """Three options that each lead somewhere: no single value exceeds the value of all."""
    x, y = even(N, 5), even(N, 6)
    gains = np.stack([np.zeros(N), x - 0.5, y - 0.6])[:, :, None]

    found = value_of_knowing(["x", "y"], np.column_stack([x, y]), gains, alone(N))

    assert 0.0 < worth(found, "y") < worth(found, "x") < found.perfect


def test_luck_is_not_taken_for_knowledge():
    """Gains that are luck alone: naive perfect information is worth much, by halves nothing."""
    luck = np.random.default_rng(7).normal(size=(3, 512, 4))
    x = even(512, 8)

    found = value_of_knowing(["x"], x[:, None], luck, alone(512))

    assert found.perfect > 0.3
    assert abs(found.perfect_by_luck) < 0.1
    assert worth(found, "x") <= 2 * found.chance
    assert found.chance < 0.1


def test_one_replicate_cannot_part_luck_from_knowledge():
    """There are no two halves."""
    x = even(64, 9)

    found = value_of_knowing(["x"], x[:, None], two_options(x - 0.5), alone(64))

    assert math.isnan(found.perfect_by_luck)


def test_the_interval_holds_the_value_and_narrows_with_points():
    """Sixteen times the points make it about a quarter as wide."""
    widths = []
    for n in (128, 2048):
        x = even(n, 10)
        noise = np.random.default_rng(11).normal(size=n)

        found = value_of_knowing(["x"], x[:, None], two_options(x - 0.5 + noise), alone(n))

        one = found.factors[0]
        assert one.low <= one.value <= one.high
        widths.append(one.high - one.low)
    assert widths[1] < widths[0] / 2


def test_one_in_twenty_assumptions_that_mean_nothing_lies_above_chance_on_saltelli_points():
    """Two of twelve matter, and their gain jumps as if by luck; within a group each of the others
    takes two values.
    """
    above = []
    for seed in range(8):
        draw = np.random.default_rng(seed)
        x = sobol(12, 32, int(draw.integers(2**63)), second_order=False)
        groups = np.arange(len(x)) // 14
        gain = (x[:, 0] - x[:, 1]) / 2 + 1.4 * np.sin(200.0 * x[:, :2] @ draw.normal(size=2))

        found = value_of_knowing([f"x{one}" for one in range(12)], x, two_options(gain), groups)

        inert = [one for one in found.factors if one.factor not in ("x0", "x1")]
        above += [one.value > found.chance for one in inert]
    assert len(above) == 80
    assert np.mean(above) == pytest.approx(INERT_ABOVE, abs=ABOVE_WITHIN)
    assert any(above)


def test_chance_is_told_where_points_of_a_group_were_left_out():
    """Groups of five, four and one: an assumption dealt to them anew still has its own values."""
    x = sobol(3, 16, 5, second_order=False)
    kept = np.flatnonzero(np.random.default_rng(12).random(len(x)) < 0.7)
    groups = np.unique(kept // 5, return_inverse=True)[1]
    noise = np.random.default_rng(13).normal(size=len(kept))

    found = value_of_knowing(["a", "b", "c"], x[kept], two_options(noise), groups)

    assert 0.0 < found.chance < found.perfect


def test_a_value_that_is_not_seen_is_not_said_to_be_none_for_certain():
    """No curve moves, so knowing is worth nothing; some resamples move, and say up to how much."""
    x = even(64, 4)
    noise = np.random.default_rng(2).normal(size=64)

    found = value_of_knowing(["x"], x[:, None], two_options(noise), alone(64))

    assert found.factors[0].value == 0.0
    assert found.factors[0].low == 0.0
    assert found.factors[0].high > 0.0
