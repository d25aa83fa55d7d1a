"""Where the making of a place stands: read from the files and the jobs, so that nothing is lost.

Closing the browser, stopping the server or killing a job changes nothing of it: each time the page
is opened it is found out anew.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from experiments.runner.jobs import Jobs
from experiments.web.case import Case
from experiments.web.places.section import PlaceChoice
from experiments.web.refusals import told_here
from scenarios.errors import InputError
from scenarios.sources import register_columns
from scenarios.sources.fields import rules

UNDER_WAY = ("queued", "running")
FINISHED = "finished"


class Standing(StrEnum):
    """The states of the page."""

    NOTHING = "nothing"
    WHOSE = "whose"
    READING = "reading"
    REFUSED = "refused"
    CONFIRM = "confirm"
    BUILDING = "building"
    FAILED = "failed"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Stands:
    """Where it stands.

    Attributes
    ----------
    standing : Standing
    job : str
        The job that decides it; empty where there is none.
    status, message : str
        How that job is, and what it said.
    waiting : int
        How many jobs are before it.
    """

    standing: Standing
    job: str = ""
    status: str = ""
    message: str = ""
    waiting: int = 0


def stands(case: Case, choice: PlaceChoice | None, jobs: Jobs) -> Stands:
    """Find out where the making of a place stands.

    Parameters
    ----------
    case : Case
        The case that is open.
    choice : PlaceChoice or None
        What was chosen.
    jobs : Jobs
        Those of the server.
    """
    if choice is None:
        return Stands(Standing.NOTHING)
    if choice.way == "payments":
        before = _of_payments(choice, jobs)
        if before is not None:
            return before
    if choice.building:
        found = job_stands(jobs, choice.building)
        if found.status in UNDER_WAY:
            return _with(found, Standing.BUILDING)
        if found.status != FINISHED:
            return _with(found, Standing.FAILED)
    return Stands(Standing.READY if case.place_file.is_file() else Standing.FAILED)


def _of_payments(choice: PlaceChoice, jobs: Jobs) -> Stands | None:
    """Say where reading stands; None once all is read and confirmed."""
    if not choice.area or not choice.code:
        return Stands(Standing.WHOSE)
    asked = [job for job in (choice.reading, choice.listing, choice.resolving) if job]
    found = [job_stands(jobs, job) for job in asked]
    busy = next((one for one in found if one.status in UNDER_WAY), None)
    if busy is not None:
        return _with(busy, Standing.READING)
    for one in found:
        if one.status != FINISHED and one.job != choice.resolving:
            return _with(one, Standing.REFUSED)
    if choice.confirmed:
        return None
    review = next((one for one in found if one.job == choice.resolving), None)
    if review is not None and review.status != FINISHED:
        return _with(review, Standing.CONFIRM)
    return Stands(Standing.CONFIRM)


def _with(found: Stands, standing: Standing) -> Stands:
    return Stands(standing, found.job, found.status, found.message, found.waiting)


def job_stands(jobs: Jobs, job: str) -> Stands:
    """Say how one job is, without what it means for the place; one that is not known has died."""
    try:
        found = jobs.state(job)
    except (InputError, OSError, ValueError):
        return Stands(Standing.NOTHING, job, "died", "Nothing is left of this job.")
    return Stands(Standing.NOTHING, job, found.status, found.message, found.position)


def in_words(text: str, folder: Path, choice: PlaceChoice) -> str:
    """Call files in a message what their owner calls them, and options what the page has for them.

    Parameters
    ----------
    text : str
        What a command said.
    folder : Path
        Of the uploads.
    choice : PlaceChoice
        With the names.
    """
    for one in choice.uploads:
        for path in (str(folder / one.stored), one.stored):
            text = text.replace(path, one.name)
    return for_the_page(text.replace(f"{folder.parent}/", ""))


def for_the_page(text: str) -> str:
    """Write what a command says of its options as what the page has for them."""
    for option, words in _OPTIONS:
        text = text.replace(option, words)
    return told_here(_SETTING.sub(_set_below, _SET.sub(r"Column “\1”: found", text)))


_SET = re.compile(r"--map (\S[^=\n]*)=\w+: found")
_SETTING = re.compile(r'--map "(#?)([^"=]*)=(\w+)"')


def _set_below(found: re.Match[str]) -> str:
    """Say what `--map` would set as a line of the form."""
    which = f"column {found[2]}" if found[1] else f"“{found[2]}”"
    rule = rules().get(found[3]) or register_columns.rules().get(found[3])
    return f"the form below: {which}, {rule.what if rule else 'left out'}"


_OPTIONS = (
    ('Say which it is with --map "HEADING=FIELD" or --map "#POSITION=FIELD".',
     "Say which it is in the form below."),
    ("Press “Go on” to start it again.", ""),
    ("--area", "the council’s area"),
    ("--council", "the council’s name"),
    ("; --map can change that", "; change that below if it is wrong"),
    ("; --keep names those that are none", ""),
)  # fmt: skip
