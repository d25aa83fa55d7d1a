"""How the run of a case stands, as its page shows it: read from the disk each time it is asked."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from experiments.design.plan import Plan, plan_comparison
from experiments.report.so_far import SoFar, so_far
from experiments.runner.job_kept import Kept, kept_in
from experiments.runner.jobs import Jobs, JobState
from experiments.runner.label import code_fingerprint
from experiments.runner.pace import Needs, needs, pace, rough_seconds
from experiments.runner.reading import text_with_ways
from experiments.store.errors import FolderError
from experiments.store.manifest import OTHER_VERSION, read_manifest
from experiments.web.case import Case
from experiments.web.refusals import told_here
from experiments.web.runs.begin import UNDER_WAY, NotReadyError, last_run, question_text
from experiments.web.runs.choice import EFFORTS, OWN, RunChoice
from experiments.web.runs.words import about, between, gigabytes
from scenarios.errors import ExitCode
from scenarios.spec import Scenario

CHOSEN = frozenset({"policies", "counterfactual", "assumptions", "ranges"})
NAMED = frozenset({"regimes", "baseline"})
"""Parts of a question, and what it compares, that the pages after that of the place may say."""
SOME_FAILED = "some runs failed"

BY_ANOTHER = (
    "This run was begun by another version of the program. Numbers of two versions are never "
    "mixed, so it cannot go on. "
)
AFRESH = "Press “Start” below. The new run starts afresh; what was finished is put aside and kept."
SERVE_ANEW = (
    "The program was changed while these pages were open. Ask the person who looks after this "
    "computer to start the pages anew. Then press “Start” below, and the run starts afresh."
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way, or at its end.

    Attributes
    ----------
    job : JobState
        The job that lives it.
    kept : Kept
        What is finished of it.
    left : str
        How long the rest takes, where that is known.
    so_far : SoFar or None
        What it has come to; None before anything is finished.
    ready : bool
        Whether there are answers to read.
    complete : bool
        Whether they are those of this run.
    said : str
        What the program said, where it failed.
    another : str
        What to do, where another version of the program began it; else nothing.
    """

    job: JobState
    kept: Kept
    left: str
    so_far: SoFar | None
    ready: bool
    complete: bool
    said: str
    another: str = ""

    @property
    def under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.job.status in UNDER_WAY

    @property
    def can_go_on(self) -> bool:
        """Whether the same command may finish it."""
        return self.job.status in ("stopped", "died", "failed") and not self.another


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for before a run.

    Attributes
    ----------
    policies, months : int
        How many are compared, and how long each future is by default.
    sizes : list of tuple
        Name and description of each size to choose.
    processes, memory : str
        What it takes of this computer.
    too_little : bool
        Whether the computer has no room for it.
    """

    policies: int
    months: int
    sizes: list[tuple[str, str]]
    processes: int
    memory: str
    too_little: bool


def run_of(case: Case, jobs: Jobs) -> Run | None:
    """How the last run of a case stands; None where there was none."""
    job = last_run(case, jobs)
    if job is None:
        return None
    label = _label(case.answers) if job.started or job.attempt > 1 else {}
    found = so_far(case.answers, label) if label else None
    at = pace(case.answers, label) if label else None
    some_failed = job.code == ExitCode.SOME_RUNS_FAILED and label.get("status") == SOME_FAILED
    complete = job.status == "finished" or some_failed
    return Run(
        job=job,
        kept=kept_in(case.answers) if label else Kept(),
        left=about(at.left) if at and at.left and job.status == "running" else "",
        so_far=found if found and (found.lines or found.failed) else None,
        ready=(case.answers / "summary.json").is_file(),
        complete=complete and job.status not in UNDER_WAY,
        said=said_here(case, job.message),
        another="" if job.status in UNDER_WAY else _another(label, job),
    )


def said_here(case: Case, message: str) -> str:
    """What the program said, for a reader of the pages, without the paths of this server."""
    return told_here(message, {str(case.folder.resolve()): "the folder of this case"})


def _another(label: dict[str, Any], job: JobState) -> str:
    """Say what to do where another version of the program began a run, or refused to go on."""
    if label.get("code", code_fingerprint()) != code_fingerprint():
        return BY_ANOTHER + AFRESH
    words = " ".join(job.message.split())
    if job.status == "failed" and any(said in words for said in OTHER_VERSION):
        return BY_ANOTHER + SERVE_ANEW
    return ""


def ask_of(case: Case) -> Ask:
    """What a run of a case takes.

    Raises
    ------
    NotReadyError
        When there is no question yet.
    InputError
        When the place's file is at fault.
    """
    scenario = _asked(case)
    takes = needs(scenario)
    plan = _plan(case, scenario)
    sizes = [
        (one.name, f"{one.title}: {one.futures} futures, {_time(case, one.futures, takes)}. "
         f"It {one.good_for}.")
        for one in EFFORTS
    ]  # fmt: skip
    return Ask(
        policies=len(plan.regimes),
        months=plan.months,
        sizes=[*sizes, (OWN, "My own numbers, given below.")],
        processes=takes.workers,
        memory=f"{gigabytes(takes.memory)} of {gigabytes(takes.machine)}"
        if takes.machine
        else gigabytes(takes.memory),
        too_little=takes.too_little,
    )


def changed(case: Case) -> bool:
    """Whether the question was changed after the last run had begun, or can be asked no more."""
    try:
        asked = case.question_file.read_text("utf-8")
    except OSError:
        return False
    try:
        return asked != question_text(case)
    except NotReadyError:
        return True


def place_changed(case: Case) -> bool:
    """Whether another place was chosen after the last run had begun."""
    try:
        asked = _of_the_place(case.question_file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
    try:
        return asked != _of_the_place(case.place_file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return True


@lru_cache(64)
def _of_the_place(text: str) -> dict[str, Any]:
    """What a question says of its place alone."""
    asked = {key: one for key, one in tomllib.loads(text).items() if key not in CHOSEN}
    said = {key: one for key, one in asked.get("compare", {}).items() if key not in NAMED}
    return {**asked, "compare": said}


def last_choice(case: Case, months: int) -> RunChoice:
    """What to offer: what was chosen last, or a quick look."""
    first = EFFORTS[0]
    usual = RunChoice(effort=first.name, futures=first.futures, months=months)
    return case.read(RunChoice) or usual


def _time(case: Case, futures: int, takes: Needs) -> str:
    """How long so many futures take: from the pace seen in this case, else a rough guess."""
    scenario = _asked(case)
    plan = _plan(case, scenario, futures)
    label = _label(case.answers)
    same = label.get("months") == plan.months and not changed(case)
    at = pace(case.answers, _asked_for(plan)) if same else None
    if at and at.left is not None:
        return "finished already" if at.done == at.total else f"{about(at.left)} more"
    return between(*rough_seconds(scenario, plan, takes.workers))


def _plan(case: Case, scenario: Scenario, futures: int | None = None) -> Plan:
    """What the question of a case compares, in so many futures."""
    regimes, baseline = _compared(question_text(case))
    return plan_comparison(scenario, regimes=regimes, baseline=baseline, replicates=futures)


@lru_cache(64)
def _compared(text: str) -> tuple[list[str] | None, str | None]:
    """The policies that a question names, and what they are measured from."""
    asked = tomllib.loads(text).get("compare", {})
    return asked.get("regimes"), asked.get("baseline")


def _asked_for(plan: Plan) -> dict[str, int]:
    return {
        "replicates": plan.replicates,
        "luck_replicates": plan.luck_runs_needed,
        "twin_replicates": plan.twin_replicates,
    }


def _label(answers: Path) -> dict[str, Any]:
    """The label of a folder; empty where there is none."""
    try:
        written = (answers / "manifest.json").stat().st_mtime_ns
        return _read_label(answers, written)
    except (OSError, FolderError):
        return {}


@lru_cache(64)
def _read_label(answers: Path, written: int) -> dict[str, Any]:
    return read_manifest(answers) or {}


def _asked(case: Case) -> Scenario:
    return _read(question_text(case), str(case.question_file))


@lru_cache(64)
def _read(text: str, file: str) -> Scenario:
    from simulation.model.check import registry_faults

    draft = text_with_ways(text, file)
    return draft.require(registry_faults(draft))
