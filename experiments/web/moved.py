"""What was chosen for another place: told at once, and kept where it fits or begun anew.

Whoever chooses the place of a case anew has policies and ranges that were meant for the old one.
They stay as they are until the reader says what becomes of them, and nothing is run before.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from experiments.runner.replicate import all_entries
from experiments.web.case import Case, DamagedCaseError, Section
from experiments.web.chosen import Choice, Made, Policies, Uncertain
from experiments.web.place_here import PlaceHere, place_here
from experiments.web.question import settled
from experiments.web.ways import NEVER, OUTSIDE, footing
from scenarios.tables import category_names
from simulation.procurement.registry import get, names


class Moved(Section):
    """The place that policies and ranges were chosen for.

    Attributes
    ----------
    title : str
        What its file calls it.
    mark : str
        SHA-256 of that file: the same file again is no other place.
    as_now : dict of str to Choice
        How it bought each category.
    """

    FILE: ClassVar[str] = "moved.json"

    title: str
    mark: str
    as_now: dict[str, Choice]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is left of policies and ranges at another place.

    Attributes
    ----------
    title : str
        The place that they were chosen for.
    policies : Policies or None
    uncertain : Uncertain or None
        None where none were chosen.
    said : list of str
        What does not fit, each in a sentence.
    """

    title: str
    policies: Policies | None
    uncertain: Uncertain | None
    said: list[str]


def note_move(case: Case, in_signs: Callable[[str], str]) -> None:
    """Keep in mind which place was left, before its file goes; the first one left counts.

    Parameters
    ----------
    case : Case
    in_signs : callable
        Writes amounts in its title with the signs of their money.
    """
    try:
        if case.read(Moved) is not None or not _chosen(case):
            return
        here = place_here(case)
    except DamagedCaseError:
        return
    if here is not None:
        title = in_signs(here.scenario.title)
        case.write(Moved(title=title, mark=_mark(here), as_now=here.as_now()))


def fitted(case: Case) -> Fitted | None:
    """Say what of the policies and ranges of a case fits its place; None where that is no question.

    Raises
    ------
    DamagedCaseError
        When a file of the case cannot be read.
    """
    left = case.read(Moved)
    here = None if left is None or not _chosen(case) else place_here(case)
    if left is None or here is None or left.mark == _mark(here):
        return None
    policies, uncertain = case.read(Policies), case.read(Uncertain)
    said: list[str] = []
    if policies is not None:
        policies = _policies(here, policies, left, said)
    if uncertain is not None:
        known = all_entries(here.scenario)
        kept = {name: one for name, one in uncertain.ranges.items() if name in known}
        lost = [
            name.replace("_", " ").replace(".", ", ") for name in uncertain.ranges.keys() - kept
        ]
        uncertain = Uncertain(ranges=kept)
        if lost:
            said.append(f"Numbers that this place does not know: {'; '.join(sorted(lost))}.")
    return Fitted(left.title, policies, uncertain, said)


def keep_what_fits(case: Case) -> None:
    """Make policies and ranges those of the place that is chosen now."""
    found = fitted(case)
    for section in (found.policies, found.uncertain) if found else ():
        if section is not None:
            case.write(section)
    _forget(case, Moved)


def begin_anew(case: Case) -> None:
    """Let policies and ranges go."""
    _forget(case, Policies, Uncertain, Moved)


def _forget(case: Case, *models: type[Section]) -> None:
    for model in models:
        (case.folder / model.FILE).unlink(missing_ok=True)


def _chosen(case: Case) -> bool:
    return any((case.folder / model.FILE).exists() for model in (Policies, Uncertain))


def _mark(here: PlaceHere) -> str:
    return sha256(here.text.encode()).hexdigest()


def _policies(here: PlaceHere, policies: Policies, left: Moved, said: list[str]) -> Policies:
    """Fit each policy; what does not fit is told."""
    meant = dict.fromkeys(name for one in policies.policies for name in one.choices)
    title = category_names()
    for some, words in (
        ([name for name in meant if name not in here.spent], "The new place does not have"),
        ([name for name in here.spent if name not in meant],
         "New here, and bought as now by every policy"),
    ):  # fmt: skip
        if some:
            said.append(f"{words}: {', '.join(title.get(name, name).lower() for name in some)}.")
    outside = policies.what_if or here.scenario.counterfactual
    shut = {NEVER} if outside else {NEVER, OUTSIDE}
    made = tuple(_made(here, one, left, shut, said) for one in policies.policies)
    return settled(here, policies.model_copy(update={"policies": made}), allowed=policies.what_if)


def _made(here: PlaceHere, made: Made, left: Moved, shut: Collection[str], said: list[str]) -> Made:
    """Fit one policy; one that bought as the old place does now buys as the new one does."""
    now, title = here.as_now(), {line.category.id: line.category.name for line in here.lines}
    if made.choices == left.as_now:
        return made.model_copy(update={"choices": now, "pillars": _levers(here, made, said)})
    choices, refused = {}, []
    for name in here.spent:
        choice = made.choices.get(name, now[name])
        if choice.way not in names() or footing(here, choice.way, [name]).standing in shut:
            refused.append((choice.way, title[name].lower()))
            choice = now[name]
        if choice.begins >= here.scenario.compare.months:
            choice = choice.model_copy(update={"begins": 0})
            said.append(
                f"{made.name}: {title[name].lower()} was to change after the last month here. "
                "It changes at the start."
            )
        choices[name] = choice
    for way in dict.fromkeys(way for way, _ in refused):
        about = ", ".join(kind for one, kind in refused if one == way)
        called = get(way).title if way in names() else way
        said.append(f"{made.name}: “{called}” cannot be had here for {about}. It is bought as now.")
    return made.model_copy(update={"choices": choices, "pillars": _levers(here, made, said)})


def _levers(here: PlaceHere, made: Made, said: list[str]) -> dict[str, float]:
    lost = [name for name, pounds in made.pillars.items() if pounds and name in here.levers]
    said += [f"{made.name}: no money can go to {one.replace('_', ' ')} here." for one in lost]
    return {name: 0.0 if name in lost else pounds for name, pounds in made.pillars.items()}
