"""One number that is not data: its value, its range, what it does, and who says so.

The grades follow the usual order of evidence: official statistics, peer-reviewed work, surveys,
vendors, and our own judgement, which is marked as such.
"""

import math
import re
from dataclasses import dataclass, fields, replace
from typing import Any

DISTRIBUTIONS = ("uniform", "triangular", "log_uniform", "fixed")
GRADES = ("official", "peer_reviewed", "survey", "vendor", "judgement")
ROLES = ("input", "target")
NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A register entry.

    Attributes
    ----------
    name : str
        Two or more words joined by dots; a regime's parameters are `REGIME.param`.
    value, low, high : float
        Central value and the range within which nobody knows, in `unit`.
    unit : str
        Unit of all three.
    distribution : str
        uniform, triangular (peak at `value`), log_uniform, or fixed (not drawn).
    null : float or None
        The value at which the mechanism is absent: its switch.
    what, source, grade : str
        What it does, who says so, and how good that is.
    role : str
        `input` of the model, or `target` of calibration.

    Raises
    ------
    ValueError
        Where the entry contradicts itself; the message names every contradiction.
    """

    name: str
    value: float
    unit: str
    low: float
    high: float
    distribution: str
    null: float | None = None
    what: str
    source: str
    grade: str
    role: str = "input"

    def __post_init__(self) -> None:
        wrong = list(_contradictions(self))
        if wrong:
            raise ValueError(f"assumption `{self.name}`: {'; '.join(wrong)}")


ENTRY_KEYS = tuple(field.name for field in fields(Entry) if field.name != "name")


def _contradictions(entry: Entry) -> Any:
    if not isinstance(entry.name, str) or not NAME.fullmatch(entry.name):
        yield "the name must be lower-case words joined by dots"
    numbers = {"value": entry.value, "low": entry.low, "high": entry.high}
    if entry.null is not None:
        numbers["null"] = entry.null
    for key, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int | float):
            yield f"{key} must be a number, found {number!r}"
            return
        if not math.isfinite(number):
            yield f"{key} must be finite, found {number}"
            return
    if not entry.low <= entry.value <= entry.high:
        yield f"low <= value <= high is broken: {entry.low}, {entry.value}, {entry.high}"
    for key, word, words in (
        ("distribution", entry.distribution, DISTRIBUTIONS),
        ("grade", entry.grade, GRADES),
        ("role", entry.role, ROLES),
    ):
        if word not in words:
            yield f"{key} must be one of {', '.join(words)}, found {word!r}"
    if entry.distribution != "fixed" and not entry.low < entry.high:
        yield "a drawn entry needs low below high; else it is `fixed`"
    if entry.distribution == "log_uniform" and entry.low <= 0:
        yield "log_uniform needs low above 0"
    for key, text in (("unit", entry.unit), ("what", entry.what), ("source", entry.source)):
        if not isinstance(text, str) or not text.strip():
            yield f"{key} must not be empty"


def with_range(entry: Entry, low: float, central: float, high: float) -> Entry:
    """Give an entry a range of the scenario's own; how likely each value is stays the register's.

    Parameters
    ----------
    entry : Entry
    low, central, high : float
        Rising, in the entry's unit.

    Returns
    -------
    Entry
        Of the grade `judgement`. A range without width is `fixed`. One that the register does not
        draw, or whose logarithm has no end, is drawn evenly.
    """
    distribution = entry.distribution
    if low == high:
        distribution = "fixed"
    elif distribution == "fixed" or (distribution == "log_uniform" and low <= 0.0):
        distribution = "uniform"
    return replace(
        entry, low=low, value=central, high=high, distribution=distribution,
        source="range set in the scenario", grade="judgement",
    )  # fmt: skip
