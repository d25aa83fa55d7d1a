"""Plain words for every measure: a title, what it means, which way is better, how to write it."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

from experiments.report import words

GROUPS = {
    "circulation": "Money that stays",
    "service": "Cost and service",
    "competition": "Who sells to the council",
    "promises": "Promises",
    "people": "People",
    "resilience": "After a shock",
    "other": "Other measures",
}


_TENTH = "income_decile_"
_FILES = ("measures_money.toml", "measures_service.toml")


@dataclass(frozen=True)
class Term:
    """One measure in plain words.

    Parameters
    ----------
    measure, title, means : str
        Its name in the files, its title, what it means.
    better : str
        "higher", "lower" or "" (neither).
    style : str
        How its numbers are written where the unit alone does not say.
    group : str
        A key of `GROUPS`.
    key : bool
        Whether the main table shows it.
    scale : str
        What a difference is small beside: "" (the baseline's average), "one" or "treated".
    below : str
        What a value below zero is; empty where it is just a number.
    """

    measure: str
    title: str
    means: str
    better: str
    style: str
    group: str
    key: bool
    scale: str = ""
    below: str = ""

    def writes(self, unit: str, step: float = 0.0) -> Callable[[float], str]:
        """Give the function that writes a value of this measure, fine enough to show `step`."""
        return partial(words.quantity, unit=unit, style=self.style, step=step)

    def writes_change(self, unit: str, step: float = 0.0) -> Callable[[float], str]:
        """Give the function that writes a difference in this measure."""
        return partial(words.change, unit=unit, style=self.style, step=step)

    def says(self, unit: str, step: float = 0.0) -> Callable[[float], str]:
        """Give the function that writes a value by itself: below zero in words, if it has any."""
        write = self.writes(unit, step)

        def say(value: float) -> str:
            return f"{write(-value)} {self.below}" if self.below and value < 0 else write(value)

        return say


@cache
def glossary() -> dict[str, Term]:
    """Read the terms, in the order in which a report shows them.

    Returns
    -------
    dict of str to Term
        By name of the measure.
    """
    shelf = files("experiments.report")
    rows = {
        name: row
        for file in _FILES
        for name, row in tomllib.loads(shelf.joinpath(file).read_text(encoding="utf-8")).items()
    }
    return {
        name: Term(
            measure=name,
            title=row["title"],
            means=row["means"],
            better=row["better"],
            style=row.get("style", ""),
            group=row["group"],
            key=row.get("key", False),
            scale=row.get("scale", ""),
            below=row.get("below", ""),
        )
        for name, row in rows.items()
    }


def term(measure: str) -> Term:
    """Give the words for a measure; one that has none yet is shown under its own name."""
    known = glossary().get(measure)
    if known is not None:
        return known
    if measure.startswith(_TENTH):
        place = measure.removeprefix(_TENTH)
        title = f"Income of tenth {place}, from the poorest"
        return Term(measure, title, "Average income of a household.", "higher", "", "people", False)
    return Term(measure, measure.replace("_", " ").capitalize(), "", "", "", "other", False)
