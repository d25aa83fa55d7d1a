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
    "other": "Other measures",
}


_TENTH = "income_decile_"


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
    """

    measure: str
    title: str
    means: str
    better: str
    style: str
    group: str
    key: bool

    def writes(self, unit: str) -> Callable[[float], str]:
        """Give the function that writes a value of this measure."""
        return partial(words.quantity, unit=unit, style=self.style)

    def writes_change(self, unit: str) -> Callable[[float], str]:
        """Give the function that writes a difference in this measure."""
        return partial(words.change, unit=unit, style=self.style)


@cache
def glossary() -> dict[str, Term]:
    """Read the terms, in the order in which a report shows them.

    Returns
    -------
    dict of str to Term
        By name of the measure.
    """
    text = files("experiments.report").joinpath("measures.toml").read_text(encoding="utf-8")
    return {
        name: Term(
            measure=name,
            title=row["title"],
            means=row["means"],
            better=row["better"],
            style=row.get("style", ""),
            group=row["group"],
            key=row.get("key", False),
        )
        for name, row in tomllib.loads(text).items()
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
