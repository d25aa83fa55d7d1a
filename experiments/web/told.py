"""What is wrong with a question, in the officer's words, and the page on which it is put right."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from experiments.web.chosen import Policies
from experiments.web.place_here import PlaceHere
from scenarios.errors import Fault
from simulation.procurement.registry import get, names

RULE = re.compile(r"policies\.(?P<key>[^.]+)(?:\.rules\.(?P<rule>\d+))?(?:\.(?P<rest>.+))?")
OUTSIDE = "a way of buying that the law of"
"""How a fault begins what it wants where a way is outside the law of place and date."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fault of the question.

    Attributes
    ----------
    step, text : str
        The step of the case on which it is put right, and what to say.
    policy : str
        Key of the policy, or empty.
    categories : tuple of str
        Which of its categories.
    field : str
        What of it, as the scenario has it: a setting, a lever, an assumption.
    outside : bool
        Whether the law of the date is what stands against it.
    """

    step: str
    text: str
    policy: str = ""
    categories: tuple[str, ...] = ()
    field: str = ""
    outside: bool = False


def officers_words(
    fault: Fault,
    here: PlaceHere,
    policies: Policies,
    rules: Mapping[str, tuple[tuple[str, ...], ...]],
) -> Told:
    """Say a fault of a scenario as an officer would.

    Parameters
    ----------
    fault : Fault
        Of a composed question.
    here : PlaceHere
    policies : Policies
    rules : mapping of str to tuple
        Which categories each rule of each policy is about.
    """
    said = _plain(f"We found {fault.found}. We need {fault.wanted}. {fault.hint}".strip())
    match = RULE.fullmatch(fault.path)
    if match is None:
        step = "uncertain" if fault.path.startswith(("ranges", "assumptions")) else "place"
        step = "policies" if fault.path.startswith("compare") else step
        return Told(step, said, field=fault.path.partition(".")[2])
    key, rest = match["key"], match["rest"] or ""
    made = policies.named(key)
    about = rules[key][int(match["rule"])] if match["rule"] and key in rules else ()
    bought = [line.category.name for line in here.lines if line.category.id in about]
    where = made.name if made else key
    if bought:
        where += f", {', '.join(bought).lower()}"
    outside = fault.wanted.startswith(OUTSIDE)
    if outside:
        way = made.choices[about[0]].way if made and about else here.rest.way
        said = (
            f"“{get(way).title}” is outside the law here in {here.month(0)}. "
            "Tick the box to try it all the same, or choose another way."
        )
    return Told("policies", f"{where}: {said}", key, about, rest.rpartition(".")[2], outside)


def _plain(text: str) -> str:
    """Put titles in the place of the names of ways of buying, and spaces for underscores."""
    for name in sorted(names(), key=len, reverse=True):
        text = text.replace(f"`{name}`", f"“{get(name).title}”")
    return re.sub(r"\b[a-z]+(?:_[a-z]+)+\b", lambda found: found[0].replace("_", " "), text)
