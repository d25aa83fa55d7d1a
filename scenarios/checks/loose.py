"""Reading plain data that may be faulty: what has the right shape is given, the rest passed over.

The schema reports wrong types; relations are checked among what is sound, so that a reader sees
every fault at once.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scenarios.errors import Problem
from scenarios.nearest import did_you_mean

Path = tuple[str | int, ...]

SHARES_TOLERANCE = 0.001
"""Published shares are rounded to a tenth of a per cent."""

LARGEST = 1e12
"""The schema refuses larger numbers; nan compares false."""


def rows(data: Any, key: str, above: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield path and content of each table in a list."""
    members = data.get(key) if isinstance(data, Mapping) else None
    for number, member in enumerate(members if isinstance(members, list) else ()):
        if isinstance(member, Mapping):
            yield (*above, key, number), member


def table(data: Any, key: str) -> Mapping[str, Any]:
    """Give a table, empty where there is none."""
    inner = data.get(key) if isinstance(data, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def word(row: Mapping[str, Any], key: str) -> str | None:
    """Give a text value."""
    value = row.get(key)
    return value if isinstance(value, str) else None


def words(row: Mapping[str, Any], key: str) -> list[tuple[int, str]]:
    """Give the texts of a list with their positions."""
    values = row.get(key)
    if not isinstance(values, list):
        return []
    return [(k, value) for k, value in enumerate(values) if isinstance(value, str)]


def number(value: Any) -> float | None:
    """Give a finite number of a size that the schema allows."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= LARGEST else None


def total(values: Iterable[Any]) -> float | None:
    """Add numbers; None where one of them is no number (the schema says so)."""
    numbers = [number(value) for value in values]
    return None if None in numbers else math.fsum(n for n in numbers if n is not None)


def shares_problem(path: Path, values: Iterable[Any]) -> Iterator[Problem]:
    """Refuse shares that do not sum to 1."""
    whole = total(values)
    if whole is not None and abs(whole - 1) > SHARES_TOLERANCE:
        gap = 1 - whole
        change = f"Add {gap:.6g} in all." if gap > 0 else f"Take {-gap:.6g} away in all."
        yield Problem(path, f"shares that sum to {whole:.6g}", "shares that sum to 1", change)


def unknown(path: Path, value: str | None, known: Iterable[str], what: str) -> Iterator[Problem]:
    """Refuse a name that is not among the known ones; None is passed over."""
    if value is not None and value not in known:
        yield Problem(path, f'"{value}"', what, did_you_mean(value, known))
