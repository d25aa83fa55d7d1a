"""The path of a case: six short pages, and how far one has come on it."""

from dataclasses import dataclass

from experiments.web.case import Case


@dataclass(frozen=True, slots=True)
class Step:
    """A page on the path; done once the case holds its file."""

    name: str
    title: str
    file: str


STEPS = (
    Step("place", "Place", "place.toml"),
    Step("today", "Today", "today.json"),
    Step("policies", "Policies", "policies.json"),
    Step("uncertain", "What is uncertain", "uncertain.json"),
    Step("run", "Run", "answers/summary.json"),
    Step("answers", "Answers", "answers/summary.json"),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step as the navigation shows it."""

    title: str
    address: str
    here: bool
    done: bool


def path_of(case: Case, here: str) -> list[Stage]:
    """Give the six steps of a case, with where the reader stands.

    Parameters
    ----------
    case : Case
        The case that is open.
    here : str
        Name of the step whose page is shown; may be none of them.
    """
    return [
        Stage(
            title=step.title,
            address=f"/cases/{case.name}/{step.name}",
            here=step.name == here,
            done=(case.folder / step.file).exists(),
        )
        for step in STEPS
    ]
