"""One line of the bench: what was measured, beside what, against which bar, and if it holds."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach.

    Attributes
    ----------
    figure : str
        `value` or `ratio`: the figure that is held against the bar.
    sense : str
        `>=` or `<=`.
    limit : float
    """

    figure: str
    sense: str
    limit: float

    def of(self, value: float | None, ratio: float | None) -> float | None:
        """Return the figure that is held against the bar."""
        return value if self.figure == "value" else ratio

    def holds(self, value: float | None, ratio: float | None) -> bool | None:
        """Say whether the bar is reached; None where its figure could not be measured."""
        found = self.of(value, ratio)
        if found is None:
            return None
        return found >= self.limit if self.sense == ">=" else found <= self.limit

    def __str__(self) -> str:
        return f"{self.figure} {self.sense} {self.limit:g}"


def at_least(limit: float, figure: str = "ratio") -> Bar:
    """Return a bar that asks for at least so much."""
    return Bar(figure, ">=", limit)


def at_most(limit: float, figure: str = "ratio") -> Bar:
    """Return a bar that allows at most so much."""
    return Bar(figure, "<=", limit)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table and of `bench.json`.

    Attributes
    ----------
    name : str
    value : float or None
        What was measured, in `unit`; None where it could not be.
    unit : str
    reference : float or None
        What it is compared with, in the same unit, measured in the same call.
    ratio : float or None
        How the two compare, as the name says.
    bar : Bar or None
        Words in `bench.json`.
    holds : bool or None
        None where there is no bar, or nothing to hold against it.
    why : str
        What the reference is; where something is None, the reason.
    """

    name: str
    value: float | None
    unit: str
    reference: float | None
    ratio: float | None
    bar: Bar | None
    holds: bool | None
    why: str


def measured(
    name: str,
    value: float,
    unit: str,
    *,
    reference: float | None = None,
    ratio: float | None = None,
    bar: Bar | None = None,
    why: str,
) -> Row:
    """Return the line of what was measured.

    Parameters
    ----------
    name : str
    value : float
    unit : str
    reference : float, optional
    ratio : float, optional
        By default value / reference, where there is a reference.
    bar : Bar, optional
    why : str
        What the reference is, or what the reader has to know.
    """
    # numpy's numbers, which kernels return where the compiler is off, would not go into JSON
    value, reference = float(value), None if reference is None else float(reference)
    if ratio is None and reference:
        ratio = value / reference
    ratio = None if ratio is None else float(ratio)
    holds = None if bar is None else bar.holds(value, ratio)
    return Row(name, value, unit, reference, ratio, bar, holds, why)


def not_measured(name: str, unit: str, why: str, bar: Bar | None = None) -> Row:
    """Return the line of what could not be measured, with the reason."""
    return Row(name, None, unit, None, None, bar, None, why)


def written(number: float) -> str:
    """Write a figure with three digits that count, whole from a hundred on."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:#.3g}".rstrip(".")


def document(
    rows: Iterable[Row], machine: dict[str, Any], versions: dict[str, str]
) -> dict[str, Any]:
    """Return what `bench.json` holds.

    Parameters
    ----------
    rows : iterable of Row
    machine : dict
        The kind of machine.
    versions : dict
        Of what the figures depend on.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "machine": machine,
        "versions": versions,
        "rows": [asdict(row) | {"bar": row.bar and str(row.bar)} for row in rows],
    }
