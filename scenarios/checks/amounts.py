"""A number given for an entry of the register must be one that its unit allows."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from scenarios.assumptions import Entry
from scenarios.checks.loose import Path, number
from scenarios.errors import Problem
from scenarios.spec.explain import show

COUNTED = frozenset(("code", "draws", "lots", "members", "months", "providers", "suppliers"))
"""Units of which there are no parts, where the register has none itself."""


ENDS = ("low", "central", "high")
"""Keys of a range, rising."""


def amount_problems(path: Path, value: Any, entry: Entry) -> Iterator[Problem]:
    """Check that shares lie between 0 and 1, counts are whole, and nothing else is below 0.

    The entry's own range and null are allowed whatever its unit.

    Parameters
    ----------
    path : Path
        Where the value stands.
    value : object
        As given.
    entry : Entry
    """
    amount, unit = number(value), entry.unit
    usual = [entry.low, entry.high] if entry.null is None else [entry.low, entry.high, entry.null]
    if amount is None:
        yield Problem(path, show(value), f"a number [{unit}]")
    elif unit == "share" and not min(0.0, *usual) <= amount <= max(1.0, *usual):
        yield Problem(path, show(value), "a share between 0 and 1")
    elif amount < min(0.0, *usual):
        least = f"{min(0.0, *usual):g}"
        yield Problem(path, show(value), f"a number of at least {least} [{unit}]")
    elif is_counted(entry) and amount != int(amount):
        yield Problem(path, show(value), f"a whole number [{unit}]")


def range_problems(path: Path, row: Any, entry: Entry) -> Iterator[Problem]:
    """Check that a range of an entry rises, and holds amounts that its unit allows.

    Parameters
    ----------
    path : Path
        Where the range stands.
    row : object
        As given; what is no table is told elsewhere.
    entry : Entry
    """
    if not isinstance(row, Mapping):
        return
    if entry.role != "input":
        found = f"a range of `{entry.name}`, which is a target of calibration"
        yield Problem(path, found, "an input of the model", "Leave it out: no future draws it.")
        return
    given = [(key, row[key]) for key in ENDS if number(row.get(key)) is not None]
    for key, value in given:
        yield from amount_problems((*path, key), value, entry)
    for (below, least), (key, value) in pairwise(given):
        if least > value:
            yield Problem((*path, key), show(value), f"at least {below}, {least:g}")


def is_counted(entry: Entry) -> bool:
    """Whether an entry is of a thing that has no parts: its unit has none, nor its own range."""
    ends = (entry.low, entry.high, 0.0 if entry.null is None else entry.null)
    return entry.unit in COUNTED and all(one == int(one) for one in ends)
