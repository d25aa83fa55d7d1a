"""Begins a run: freezes the question, keeps what fits it, and hands the work to the queue."""

from pathlib import Path
from typing import Any

from experiments.design.plan import Plan, plan_comparison
from experiments.runner.jobs import Jobs, JobState
from experiments.runner.label import label
from experiments.runner.reading import read_question
from experiments.store.aside import write_aside
from experiments.store.errors import FolderError
from experiments.store.locking import label_held
from experiments.store.manifest import disagreements, read_manifest
from experiments.web.case import Case
from experiments.web.chosen import Policies, Uncertain
from experiments.web.moved import fitted
from experiments.web.question import NotAskedError, question_of
from experiments.web.runs.choice import RunChoice
from scenarios.spec import Scenario

COMPARE = "compare"
UNDER_WAY = ("queued", "running")
MOVED = "You chose the place anew. Say first what becomes of your policies and ranges."


class NotReadyError(Exception):
    """Raised when a case holds no question that can be run; says why, and which page puts it."""

    def __init__(self, reason: str, page: str) -> None:
        super().__init__(reason)
        self.page = page


def question_text(case: Case) -> str:
    """The question as the pages before this one put it; the place's own where they put none.

    Raises
    ------
    NotReadyError
        When no place was chosen, or policies or ranges were that make no question.
    """
    if not case.place_file.is_file():
        raise no_place()
    if case.read(Policies) is None and case.read(Uncertain) is None:
        return case.place_file.read_text("utf-8")
    if fitted(case) is not None:
        raise NotReadyError(MOVED, "policies")
    try:
        return question_of(case)
    except NotAskedError as refused:
        raise NotReadyError(str(refused), refused.faults[0].step) from refused


def no_place() -> NotReadyError:
    """Say that a place is to be chosen."""
    return NotReadyError("Choose a place first: there is nothing to run yet.", "place")


def begin(case: Case, jobs: Jobs, choice: RunChoice) -> None:
    """Begin a run, unless one of this case is under way.

    What is finished of the same question is kept and added to; results of another question are put
    aside in a folder of their own.

    Raises
    ------
    NotReadyError
        When there is no question.
    ScenarioError, PlanError
        When the question cannot be asked.
    FolderError
        When the disk refuses a file.
    """
    with label_held(case.folder):
        if any(one.status in UNDER_WAY for one in jobs.of_case(case.name, COMPARE)):
            return
        write_aside(case.question_file, question_text(case).encode())
        scenario = read_question(str(case.question_file), ())
        plan = plan_comparison(scenario, months=choice.months, replicates=choice.futures)
        put_aside(case.answers, scenario, plan)
        job = jobs.submit(
            COMPARE,
            [
                COMPARE, str(case.question_file.resolve()), "--months", str(choice.months),
                "--replicates", str(choice.futures), "--out", str(case.answers.resolve()),
                "--quiet",
            ],
            case=case.name,
            label=case.about.title,
        )  # fmt: skip
        case.write(choice.model_copy(update={"job": job}))


def put_aside(answers: Path, scenario: Scenario, plan: Plan) -> Path | None:
    """Make room where a folder answers another question; say where its results are now."""
    if not answers.exists():
        return None
    ours: dict[str, Any] = label(COMPARE, scenario, plan, 1)
    try:
        theirs = read_manifest(answers)
        agree = theirs is not None and not disagreements(ours, theirs)
    except FolderError:
        agree = False
    if agree or not any(answers.iterdir()):
        return None
    number = 1
    while (aside := answers.with_name(f"{answers.name}-before-{number}")).exists():
        number += 1
    answers.rename(aside)
    return aside


def last_run(case: Case, jobs: Jobs) -> JobState | None:
    """The job that was asked for last."""
    return next(iter(jobs.of_case(case.name, COMPARE)), None)
