"""What a comparison tells by year, by area and by size of supplier: facts beside the measures."""

from collections.abc import Mapping
from typing import Any

from experiments.report.folder import Estimate, Policy, Results
from experiments.report.place import year_name

NOT_TOLD = "this comparison was made before this was reported; make it again to see it"

Fact = tuple[str, str, int]
"""(what, key, year of the story); year 0 stands for the measured window."""


class Facts:
    """The facts of a comparison by name.

    Parameters
    ----------
    results : Results
        A comparison; one of an earlier version tells none.
    """

    def __init__(self, results: Results) -> None:
        self._rows: dict[tuple[Fact, str], Mapping[str, Any]] = {}
        for row in results.summary.get("facts", ()):
            fact = (str(row["what"]), str(row["key"]), int(row["year"]))
            self._rows[fact, str(row["regime"])] = row

    def __bool__(self) -> bool:
        return bool(self._rows)

    def value(self, fact: Fact, policy: Policy) -> Estimate:
        """Give the average of a fact, or why there is none."""
        row = self._rows.get((fact, policy.name))
        return _estimate(row, row) if row else _MISSING

    def gap(self, fact: Fact, policy: Policy) -> Estimate:
        """Give the paired difference from the baseline, or why there is none."""
        row = self._rows.get((fact, policy.name))
        return _estimate(row, row.get("gap")) if row else _MISSING

    def keys(self, what: str) -> list[str]:
        """Give the keys of a kind of fact, as first told."""
        return list(dict.fromkeys(fact[1] for fact, _ in self._rows if fact[0] == what))

    def years(self, what: str) -> list[int]:
        """Give the years of the story in which a kind of fact is told."""
        return sorted({fact[2] for fact, _ in self._rows if fact[0] == what})


def _estimate(row: Mapping[str, Any], found: Mapping[str, Any] | None) -> Estimate:
    if found is None:
        return _MISSING
    return Estimate(
        str(row["unit"]), float(found["mean"]), float(found["low"]), float(found["high"]),
        int(found["n"]), "",
    )  # fmt: skip


_MISSING = Estimate("", None, None, None, 0, "no run tells it")


def story_year(results: Results, year: int) -> str:
    """Name a year of the story by its months and the financial years that they lie in.

    Parameters
    ----------
    results : Results
        A comparison.
    year : int
        From 1.

    Returns
    -------
    str
        For instance "Months 1 to 12 (2012/13)".
    """
    months = int(results.summary.get("months", 0))
    first, last = 12 * year - 11, 12 * year
    if first <= months:
        last = min(last, months)
    names = list(dict.fromkeys((year_name(results, first), year_name(results, last))))
    return f"Months {first} to {last} ({' to '.join(names)})"
