"""One future among those nobody can rule out: a value for each uncertain entry.

Inverse transform sampling (Devroye, Non-Uniform Random Variate Generation, 1986, ch. II). The
uniforms come keyed from the design, so the same future is drawn for every policy. A drawn value
changes the state of a run, so the logarithm and exponential of `log_uniform` are taken in decimal
arithmetic, whose results are the same on every machine; the square root of IEEE 754 already is.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal

from scenarios.assumptions.entry import Entry

DIGITS = Context(prec=30)
"""Ten digits more than a float64 holds, so that the last rounding is the only one that counts."""


def draw(entries: Iterable[Entry], uniforms: Sequence[float]) -> dict[str, float]:
    """Turn uniform numbers into values of entries.

    Parameters
    ----------
    entries : iterable of Entry
        n entries; a fixed one keeps its value and uses its uniform up.
    uniforms : sequence of float, n
        Each in [0, 1], in the order of the entries.

    Returns
    -------
    dict of str to float
        Entry name -> value, between low and high.

    Raises
    ------
    ValueError
        Where the lengths differ or a number lies outside [0, 1].
    """
    return {
        entry.name: quantile(entry, float(u)) for entry, u in zip(entries, uniforms, strict=True)
    }


def quantile(entry: Entry, u: float) -> float:
    """Give the value of an entry below which a share `u` of its distribution lies.

    Parameters
    ----------
    entry : Entry
        Distribution, low, value (the peak of a triangle) and high.
    u : float
        Share in [0, 1].

    Returns
    -------
    float
        Value in the entry's unit.
    """
    if not 0.0 <= u <= 1.0:
        raise ValueError(f"found the uniform number {u}; wanted one between 0 and 1")
    low, high = float(entry.low), float(entry.high)
    if entry.distribution == "fixed":
        return float(entry.value)
    if entry.distribution == "uniform":
        value = low + u * (high - low)
    elif entry.distribution == "triangular":
        value = _triangular(low, float(entry.value), high, u)
    else:
        value = _log_uniform(low, high, u)
    return min(max(value, low), high)


def _triangular(low: float, peak: float, high: float, u: float) -> float:
    width = high - low
    if u * width < peak - low:
        return low + math.sqrt(u * width * (peak - low))
    return high - math.sqrt((1.0 - u) * width * (high - peak))


def _log_uniform(low: float, high: float, u: float) -> float:
    ratio = DIGITS.divide(Decimal(high), Decimal(low))
    power = DIGITS.exp(DIGITS.multiply(DIGITS.ln(ratio), Decimal(u)))
    return float(DIGITS.multiply(Decimal(low), power))
