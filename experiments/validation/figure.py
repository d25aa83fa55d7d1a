"""One line of the table: what was worked out, what it ought to be, and whether it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite


class Sort(StrEnum):
    """What a figure is held against, in the order of the table."""

    IDENTITY = "identities"
    CLOSED_FORM = "closed forms"
    EXAMPLE = "worked examples"
    HABIT = "habits beside theory"
    TARGET = "calibrated targets"
    PATTERN = "emergent patterns"


class Verdict(StrEnum):
    """What there is to say of a figure."""

    HOLDS = "holds"
    MISS = "miss"
    MEASURED = "measured"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a check has come to.

    Attributes
    ----------
    value : float or None
        In `unit`; None where it could not be worked out.
    unit : str
    reference : float or None
        What it ought to be; None where a band alone is known.
    band : (float, float) or None
        Least and most that pass, both included; None where there is none.
    verdict : Verdict
        `measured` where nothing is published to hold it against, `open` where nothing was worked
        out.
    rounding : str
        How exact it is meant to be; where it is open, the reason.
    """

    value: float | None
    unit: str
    reference: float | None
    band: tuple[float, float] | None
    verdict: Verdict
    rounding: str


@dataclass(frozen=True, slots=True)
class Check:
    """A figure that can be worked out, and what is known of it beforehand.

    Attributes
    ----------
    name : str
        Of its own in the whole list.
    kind : Sort
    what : str
        In a sentence, what is compared.
    source : str
        Who published what it ought to be.
    run : callable
        Works the figure out.
    """

    name: str
    kind: Sort
    what: str
    source: str
    run: Callable[[], Figure]


def within(
    value: float,
    low: float,
    high: float,
    unit: str,
    rounding: str,
    *,
    reference: float | None = None,
) -> Figure:
    """Hold a value against a band, both ends included; one that is no number misses it."""
    if not isfinite(value):
        return Figure(None, unit, reference, (low, high), Verdict.MISS, f"no number: {value}")
    verdict = Verdict.HOLDS if low <= value <= high else Verdict.MISS
    return Figure(float(value), unit, reference, (low, high), verdict, rounding)


def equals(value: float, wanted: float, off: float, unit: str, rounding: str) -> Figure:
    """Hold a value against what it ought to be, give or take `off`."""
    return within(value, wanted - off, wanted + off, unit, rounding, reference=wanted)


def none_of(value: float, unit: str, rounding: str = "exact") -> Figure:
    """Hold what ought to be nothing against zero."""
    return equals(value, 0.0, 0.0, unit, rounding)


def gap(value: float, most: float, unit: str, rounding: str) -> Figure:
    """Hold a largest deviation, never negative, against the most that rounding explains."""
    return within(value, 0.0, most, unit, rounding, reference=0.0)


def still_open(
    why: str, unit: str, *, reference: float | None = None, band: tuple[float, float] | None = None
) -> Figure:
    """Say that there is no figure, and why."""
    return Figure(None, unit, reference, band, Verdict.OPEN, why)
