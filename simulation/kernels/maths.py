"""Exponential, logarithm and the normal quantile, the same to the last bit on every machine.

Library versions of these change with the processor's instructions. Here they are built from
addition, multiplication, division, square root and exact scaling by powers of two, in a fixed
order, so every result is fixed by IEEE 754. Errors are below 4 units in the last place for `exp`
and `log`; the quantile is Acklam's rational approximation (2003), relative error below 1.2e-9.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def _polynomial(coefficients: tuple[float, ...], x: Float64) -> Float64:
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value


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
    if np.any(values <= 0.0):
        raise ValueError("log needs positive numbers; found one that is zero or below.")
    mantissa, power = np.frexp(values)
    low = mantissa < _SQRT_HALF
    mantissa = np.where(low, mantissa * 2.0, mantissa)
    scale = power.astype(np.float64) - low.astype(np.float64)
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = np.zeros_like(ratio)
    for term in range(25, 0, -2):
        series = series * square + 1.0 / term
    return scale * _LN2_HIGH + (2.0 * ratio * series + scale * _LN2_LOW)


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
    centre = values - 0.5
    square = centre * centre
    found = np.asarray(_polynomial(_A, square) * centre / _polynomial(_B, square))
    tail = np.minimum(values, 1.0 - values)
    outer = tail < _TAIL
    if np.any(outer):
        depth = np.sqrt(-2.0 * log(tail[outer]))
        edge = _polynomial(_C, depth) / _polynomial(_D, depth)
        found[outer] = np.where(values[outer] < 0.5, edge, -edge)
    return found
