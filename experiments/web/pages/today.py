"""The page of today: what the payments or the place's file say before anything is changed."""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from experiments.report.today import NoTodayError, Today, read_today
from experiments.runner.jobs import Jobs
from experiments.web.asked import CaseHere, JobsHere, Typed
from experiments.web.case import Case
from experiments.web.downloads import csv_of, download
from experiments.web.places import commands, uploads
from experiments.web.places.here import clear, where
from experiments.web.places.section import PlaceChoice
from experiments.web.places.standing import (
    UNDER_WAY,
    Standing,
    Stands,
    in_words,
    job_stands,
)
from experiments.web.setting import page
from scenarios.sources.resolved import REVIEW

router = APIRouter()

MOST_REVIEW = 8 * 2**20
"""Bytes of a list of names; a long one has some thousand rows."""


@dataclass(frozen=True)
class _Now:
    """What the page shows: how it stands, and what is known."""

    standing: str
    found: Stands
    today: Today | None
    choice: PlaceChoice | None

    @property
    def mark(self) -> str:
        """Changes with the state."""
        return f"{self.standing}/{self.found.job}/{self.found.status}/{self.found.waiting}"


def _now(case: Case, jobs: Jobs) -> _Now:
    choice, stand = where(case, jobs)
    if choice is None or stand.standing != Standing.READY:
        return _Now("no place", stand, None, choice)
    today = _kept(case)
    if not choice.looking:
        return _Now("new", stand, today, choice)
    found = job_stands(jobs, choice.looking)
    if found.status in UNDER_WAY:
        return _Now("doing", found, today, choice)
    return _Now("known" if found.status == "finished" and today else "failed", found, today, choice)


def _kept(case: Case) -> Today | None:
    try:
        return read_today(case.folder / commands.TODAY)
    except NoTodayError:
        return None


@router.get("/cases/{case}/today")
def show(request: Request, case: CaseHere, jobs: JobsHere) -> Response:
    """Show what is known, or how far it is."""
    return _shown(request, case, jobs)


@router.get("/cases/{case}/today/state.json")
def state(case: CaseHere, jobs: JobsHere) -> Response:
    """Say how far it is."""
    return JSONResponse({"mark": _now(case, jobs).mark})


@router.post("/cases/{case}/today")
def look(case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Work out what is known; where it is known already, show it."""
    now = _now(case, jobs)
    if now.standing in ("new", "failed") and now.today is None:
        _look(case, jobs, now, start=False)
    return _back(case)


@router.post("/cases/{case}/today/start")
def start(case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Work it out with the start built."""
    now = _now(case, jobs)
    if now.standing in ("new", "known", "failed"):
        _look(case, jobs, now, start=True)
    return _back(case)


@router.post("/cases/{case}/today/stop")
def stop(case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Stop working it out."""
    now = _now(case, jobs)
    if now.standing == "doing":
        jobs.stop(now.found.job)
    return _back(case)


@router.get("/cases/{case}/today/tables/{name}.csv")
def table(case: CaseHere, name: str) -> Response:
    """Give a table of the page as CSV."""
    today = _kept(case)
    found = {} if today is None else today.tables()
    if name not in found:
        raise HTTPException(404)
    return download(f"{name}.csv", csv_of(found[name]))


@router.get("/cases/{case}/today/review.csv")
def review(case: CaseHere) -> Response:
    """Give the list of what is doubtful about suppliers."""
    path = case.imported / REVIEW
    if not path.is_file():
        raise HTTPException(404)
    return download(REVIEW, path.read_bytes())


@router.post("/cases/{case}/today/review")
def reviewed(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Take the list back with a person's answers, and resolve the suppliers anew."""
    now = _now(case, jobs)
    if now.choice is None or now.choice.way != "payments" or now.standing in ("no place", "doing"):
        return _back(case)
    files = uploads.files_of(typed, "review")[:1]
    fault = "" if files else "Choose the list with your answers."
    fault = fault or uploads.faults_of(files, needed=True)
    if not fault and not (files[0].filename or "").lower().endswith(".csv"):
        fault = "Save the list as CSV, then hand it in."
    if not fault and (files[0].size or 0) > MOST_REVIEW:
        fault = "This is larger than any list of names. Hand in the list that you downloaded."
    if fault:
        return _shown(request, case, jobs, faults={"review": fault})
    kept = uploads.keep(files, case.uploads)
    arguments = commands.resolve_suppliers(case, now.choice, case.uploads / kept[0].stored)
    job = jobs.submit("suppliers", arguments, case=case.name, label="Suppliers are told apart")
    clear(case)
    fresh = {"resolving": job, "confirmed": False, "building": "", "looking": ""}
    case.write(now.choice.model_copy(update=fresh))
    return RedirectResponse(f"/cases/{case.name}/place", status_code=303)


def _back(case: Case) -> Response:
    return RedirectResponse(f"/cases/{case.name}/today", status_code=303)


def _look(case: Case, jobs: Jobs, now: _Now, *, start: bool) -> None:
    assert now.choice is not None
    arguments = commands.today(case, now.choice, start=start)
    job = jobs.submit("today", arguments, case=case.name, label="What is known is worked out")
    case.write(now.choice.model_copy(update={"looking": job}))


def _shown(
    request: Request, case: Case, jobs: Jobs, faults: dict[str, str] | None = None
) -> Response:
    now = _now(case, jobs)
    said = in_words(now.found.message, case.uploads, now.choice) if now.choice else ""
    today = None if now.standing == "no place" else now.today
    return page(
        request, "today.html.j2", title="Today", status=422 if faults else 200, case=case,
        step="today", faults=faults, standing=now.standing, found=now.found, mark=now.mark,
        message=[line for line in said.splitlines() if line.strip()], today=today,
        started=today is not None and any(one.name == "start" for one in today.parts),
    )  # fmt: skip
