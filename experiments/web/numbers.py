"""Numbers of the register as an officer types and reads them: shares in per cent, counts whole."""

import math

from experiments.report.units import number_read, reach_read, reading_of, value_read
from scenarios.assumptions import Entry
from scenarios.checks.amounts import amount_problems


class NotANumberError(ValueError):
    """Raised when what was typed is no number that can be used; its text is for the officer."""


def unit_of(entry: Entry) -> str:
    """Write the unit as it stands beside a field: `%`, `£`, `months`; the rest is said above it."""
    return reading_of(entry.unit).sign


def what(entry: Entry) -> str:
    """Say what a number is, in the unit in which it is typed."""
    in_percent = reading_of(entry.unit).after.startswith("%")
    return entry.what.replace("0 to 1", "0 to 100%") if in_percent else entry.what


def shown(entry: Entry, value: float) -> str:
    """Write a value as it is typed, without its unit."""
    return number_read(value, entry.unit)


def with_unit(entry: Entry, value: float) -> str:
    """Write a value with its unit."""
    return value_read(value, entry.unit)


def reach(entry: Entry, low: float, high: float) -> str:
    """Write a range with its unit."""
    return reach_read(low, high, entry.unit)


def typed_value(entry: Entry, text: str) -> float:
    """Read a value as it was typed, into the unit of the register.

    Raises
    ------
    NotANumberError
        Where it is no number, or one that the unit of the entry does not allow.
    """
    bare = text.replace(",", "").replace("£", "").replace("%", "").strip()
    try:
        value = float(bare)
    except ValueError:
        found = f"“{text[:30]}” is no number" if bare else "nothing is there"
        raise NotANumberError(
            f"{found}. Type a number, such as {shown(entry, entry.value)}."
        ) from None
    if not math.isfinite(value) or abs(value) > 1e12:
        raise NotANumberError(f"“{text[:30]}” is too big. Type a smaller number.")
    value = round(value / reading_of(entry.unit).factor, 14)
    for problem in amount_problems((), value, entry):
        wanted = problem.wanted.partition(" [")[0]
        if wanted == "a share between 0 and 1":
            wanted = "a number from 0 to 100"
        raise NotANumberError(f"We found {with_unit(entry, value)}. We need {wanted}.")
    return value


def in_bounds(entry: Entry, text: str) -> float:
    """Read a value that has to lie between the lowest and highest that the register knows.

    Raises
    ------
    NotANumberError
        Where it does not, or is no number.
    """
    value = typed_value(entry, text)
    lowest = entry.low if entry.null is None else min(entry.low, entry.null)
    highest = entry.high if entry.null is None else max(entry.high, entry.null)
    if not lowest <= value <= highest:
        raise NotANumberError(
            f"We found {shown(entry, value)}. Type a number from {reach(entry, lowest, highest)}."
        )
    return value
