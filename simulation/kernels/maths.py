"""Exponential, logarithm and the normal quantile, the same to the last bit on every machine.

Library versions of these change with the processor's instructions. Here they are built from
addition, multiplication, division, square root and exact scaling by powers of two, in a fixed
order, so every result is fixed by IEEE 754. Errors are below 4 units in the last place for `exp`
and `log`; the quantile is Acklam's rational approximation (2003), relative error below 1.2e-9.
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.kernels.compiling import kernel, part

Float64 = NDArray[np.float64]

_LN2_HIGH: Final = 0.693147180369123816490
_LN2_LOW: Final = 1.90821492927058770002e-10
_INVERSE_LN2: Final = 1.44269504088896338700
_SQRT_HALF: Final = 0.70710678118654752440
_TERMS: Final = 14

_A: Final = (
    -3.969683028665376e01,
    2.209460984245205e02,
    -2.759285104469687e02,
    1.383577518672690e02,
    -3.066479806614716e01,
    2.506628277459239e00,
)
_B: Final = (
    -5.447609879822406e01,
    1.615858368580409e02,
    -1.556989798598866e02,
    6.680131188771972e01,
    -1.328068155288572e01,
    1.0,
)
_C: Final = (
    -7.784894002430293e-03,
    -3.223964580411365e-01,
    -2.400758277161838e00,
    -2.549732539343734e00,
    4.374664141464968e00,
    2.938163982698783e00,
)
_D: Final = (
    7.784695709041462e-03,
    3.224671290700398e-01,
    2.445134137142996e00,
    3.754408661907416e00,
    1.0,
)
_TAIL: Final = 0.02425


@part
def _polynomial(coefficients, x):
    value = coefficients[0]
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value


@part
def _log(x):
    """Return the logarithm of one positive number."""
    mantissa, power = math.frexp(x)
    scale = float(power)
    if mantissa < _SQRT_HALF:
        mantissa *= 2.0
        scale -= 1.0
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = 0.0
    for term in range(25, 0, -2):
        series = series * square + 1.0 / term
    return scale * _LN2_HIGH + (2.0 * ratio * series + scale * _LN2_LOW)


@kernel
def _logs(x, out):
    for k in range(x.size):
        out[k] = _log(x[k])


@kernel
def _quantiles(p, out):
    for k in range(p.size):
        centre = p[k] - 0.5
        square = centre * centre
        found = _polynomial(_A, square) * centre / _polynomial(_B, square)
        tail = min(p[k], 1.0 - p[k])
        if tail < _TAIL:
            depth = math.sqrt(-2.0 * _log(tail))
            edge = _polynomial(_C, depth) / _polynomial(_D, depth)
            found = edge if p[k] < 0.5 else -edge
        out[k] = found


def _need_positive(values: Float64) -> None:
    if np.any(values <= 0.0):
        raise ValueError("log needs positive numbers; found one that is zero or below.")


def _each(loop: Callable[[Float64, Float64], None], values: Float64) -> Float64:
    """Reckon a number for each value: in a loop, since whole columns of a few cost more."""
    out = np.empty(values.shape)
    loop(values.reshape(-1), out.reshape(-1))
    return out


def exp(x: ArrayLike) -> Float64:
    """Return e to the power x, elementwise, for -700 <= x <= 700.

    Parameters
    ----------
    x : float64[n]
        Exponents; values outside the range are moved to its ends.

    Returns
    -------
    float64[n]
    """
    clipped = np.minimum(np.maximum(np.asarray(x, dtype=np.float64), -700.0), 700.0)
    power = np.rint(clipped * _INVERSE_LN2)
    rest = (clipped - power * _LN2_HIGH) - power * _LN2_LOW
    series = np.ones_like(rest)
    for term in range(_TERMS, 0, -1):
        series = 1.0 + series * rest / term
    return np.ldexp(series, power.astype(np.int32))


def log(x: ArrayLike) -> Float64:
    """Return the natural logarithm, elementwise, for x > 0.

    Parameters
    ----------
    x : float64[n]
        Positive numbers.

    Returns
    -------
    float64[n]

    Raises
    ------
    ValueError
        When a value is not positive.
    """
    values = np.asarray(x, dtype=np.float64)
    _need_positive(values)
    return _each(_logs, values)


def power(base: ArrayLike, exponent: ArrayLike) -> Float64:
    """Return base ** exponent, elementwise, for base > 0."""
    return exp(np.asarray(exponent, dtype=np.float64) * log(base))


def normal_quantile(p: ArrayLike) -> Float64:
    """Return the standard normal quantile of p, elementwise, for 0 < p < 1.

    Parameters
    ----------
    p : float64[n]
        Probabilities strictly between 0 and 1.

    Returns
    -------
    float64[n]
        z with P(Z <= z) = p.
    """
    values = np.asarray(p, dtype=np.float64)
    _need_positive(np.minimum(values, 1.0 - values))
    return _each(_quantiles, values)
