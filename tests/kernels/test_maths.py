"""The house's own exp, log and normal quantile: close to the truth, and the same bytes anywhere."""

import hashlib
import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import maths

ULPS = 4.0
"""Error that `exp` and `log` promise, in units in the last place of the result."""
QUANTILE_ERROR = 1.2e-9
"""Relative error that the normal quantile promises (Acklam 2003: 1.15e-9)."""
POWER_ERROR = 1e-13
"""Relative error of a power whose result lies between 1e-20 and 1e20: error of log x exponent."""

GRID = np.arange(-4096, 4097) / 64.0
POSITIVE = np.concatenate([np.arange(1, 4097) / 256.0, 2.0 ** np.arange(-1000, 1000, 37)])
CHANCES = np.concatenate([np.arange(1, 4096) / 4096.0, 2.0 ** -np.arange(13.0, 53.0)])
GOLDEN = {
    "exp": "0ef71de69abdf308",
    "log": "302f6387930d900c",
    "normal_quantile": "078635bc4afcc530",
}
"""First 16 hex digits of the SHA-256 of the results' bytes, little-endian."""


def in_ulps(found: float, true: float) -> float:
    """Return how far a result is off, in units in the last place of the truth."""
    return abs(found - true) / math.ulp(true)


@given(st.floats(-700.0, 700.0))
def test_exp_is_within_its_promise(x):
    """Over the whole range, `exp` is within four units in the last place."""
    assert in_ulps(float(maths.exp(x)), math.exp(x)) <= ULPS


@given(st.floats(5e-324, 1.7e308))
def test_log_is_within_its_promise(x):
    """Of any positive number, subnormal ones included, `log` is within its promise."""
    assert in_ulps(float(maths.log(x)), math.log(x)) <= ULPS


@given(st.floats(0.5, 2.0))
def test_log_near_one_loses_no_figures(x):
    """Close to one, where the logarithm is small, the error stays relative to the result."""
    assert in_ulps(float(maths.log(x)), math.log(x)) <= ULPS


@given(st.floats(0.01, 100.0), st.floats(-10.0, 10.0))
def test_power_agrees_with_the_library(base, exponent):
    """A power is the exponential of exponent times logarithm."""
    assert float(maths.power(base, exponent)) == pytest.approx(base**exponent, rel=POWER_ERROR)


@given(st.floats(1e-12, 1.0 - 1e-12))
def test_normal_quantile_is_within_its_promise(p):
    """In the middle and in both tails the quantile is within its promise."""
    found, true = float(maths.normal_quantile(p)), NormalDist().inv_cdf(p)

    assert found == pytest.approx(true, rel=QUANTILE_ERROR, abs=1e-15)


@given(st.integers(1, 2**51))
def test_normal_quantile_is_symmetric(step):
    """A chance and its complement give opposite numbers, to the bit, in the steps of a draw."""
    p = step / 2**52

    assert maths.normal_quantile(1.0 - p) == -maths.normal_quantile(p)


def test_exact_results_are_exact():
    """The numbers that everyone knows come out without error."""
    assert maths.exp(0.0) == 1.0
    assert maths.log(1.0) == 0.0
    assert maths.normal_quantile(0.5) == 0.0


def test_exp_stops_at_the_ends_of_its_range():
    """Exponents beyond 700 are moved to the end, so that nothing overflows."""
    assert maths.exp(1e9) == maths.exp(700.0)
    assert maths.exp(-1e9) == maths.exp(-700.0)
    assert maths.exp(-1e9) > 0.0


@pytest.mark.parametrize("x", [0.0, -1.0])
def test_log_refuses_what_is_not_positive(x):
    """A logarithm of nothing is an error of the caller, and says so."""
    with pytest.raises(ValueError, match="positive"):
        maths.log(np.array([1.0, x]))


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 1.1])
def test_normal_quantile_refuses_what_is_no_chance(p):
    """Certainty has no quantile."""
    with pytest.raises(ValueError, match="positive"):
        maths.normal_quantile(p)


@pytest.mark.parametrize("function", [maths.exp, maths.log])
def test_a_rising_function_never_falls(function):
    """Draws keep their order when transformed, so ties and ranks do not depend on rounding."""
    found = function(POSITIVE[:4096])

    assert np.all(np.diff(found) > 0)


@pytest.mark.parametrize(
    ("name", "points"), [("exp", GRID), ("log", POSITIVE), ("normal_quantile", CHANCES)]
)
def test_the_bytes_are_those_of_every_other_machine(name, points):
    """The results' bytes are fixed: a drift of one bit on some platform turns this red."""
    found = getattr(maths, name)(points)

    assert hashlib.sha256(found.astype("<f8").tobytes()).hexdigest()[:16] == GOLDEN[name]


def test_length_does_not_change_a_result():
    """One number alone gives the bits that it gives among many (vector and scalar paths agree)."""
    many = maths.exp(GRID)

    alone = np.array([float(maths.exp(x)) for x in GRID[::97]])

    np.testing.assert_array_equal(many[::97], alone)
