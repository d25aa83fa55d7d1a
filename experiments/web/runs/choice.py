"""How large a run is to be: a quick look, an ordinary run, a thorough one, or numbers of one's own.

All but the last take the months of the question, so that a larger run goes on from a smaller one.
"""

from dataclasses import dataclass
from typing import ClassVar

from starlette.datastructures import FormData

from experiments.web.asked import text_of
from experiments.web.case import Section

LEAST_FUTURES, MOST_FUTURES = 2, 500
LEAST_MONTHS, MOST_MONTHS = 6, 240
OWN = "own"


@dataclass(frozen=True, slots=True)
class Effort:
    """A size to choose, and what it is good for."""

    name: str
    title: str
    good_for: str
    futures: int


EFFORTS = (
    Effort("quick", "A quick look", "shows whether the question is well put", 5),
    Effort("ordinary", "An ordinary run", "is enough for most questions", 20),
    Effort("thorough", "A thorough run", "is for a decision, or where policies lie close", 100),
)


class RunChoice(Section):
    """What was asked for last.

    Attributes
    ----------
    effort : str
        A name of `EFFORTS`, or `own`.
    futures, months : int
        How many, and how long each.
    job : str
        The job that lives them.
    """

    FILE: ClassVar[str] = "run.json"

    effort: str
    futures: int
    months: int
    job: str = ""


@dataclass(frozen=True, slots=True)
class TypedSize:
    """A size as it was typed, with what is wrong with it."""

    effort: str
    futures: str
    months: str
    faults: dict[str, str]

    def choice(self, usual_months: int) -> RunChoice:
        """The size; ask only where there are no faults."""
        for one in EFFORTS:
            if one.name == self.effort:
                return RunChoice(effort=one.name, futures=one.futures, months=usual_months)
        return RunChoice(effort=OWN, futures=int(self.futures), months=int(self.months))


def typed_size(typed: FormData) -> TypedSize:
    """Read a form; every fault at once."""
    effort, futures, months = (text_of(typed, name) for name in ("effort", "futures", "months"))
    faults = {}
    if effort == OWN:
        faults = {
            name: fault
            for name, fault in (
                ("futures", _number("futures", futures, LEAST_FUTURES, MOST_FUTURES)),
                ("months", _number("months", months, LEAST_MONTHS, MOST_MONTHS)),
            )
            if fault
        }
    elif effort not in [one.name for one in EFFORTS]:
        faults = {"effort": "Choose how large the run is to be."}
    return TypedSize(effort, futures, months, faults)


def _number(what: str, text: str, least: int, most: int) -> str:
    """Say what is wrong with a number; empty where nothing is."""
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return ""
    found = f"not “{text[:20]}”" if text else "the field is empty"
    return f"Give the number of {what} as a whole number from {least} to {most}: {found}."
