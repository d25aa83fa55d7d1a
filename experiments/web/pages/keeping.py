"""Rename a case, copy it to ask "what if", or delete it with all that is kept for it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from experiments.runner.jobs import LONG, Jobs, JobState
from experiments.web.asked import CaseHere, JobsHere, Room, Typed, text_of
from experiments.web.case import Case, DamagedCaseError
from experiments.web.pages.start import LONGEST_TITLE, fault_of_title, title_of
from experiments.web.setting import page

router = APIRouter(prefix="/cases/{case}")

BUSY = frozenset({"queued", "running"})
"""How a job stands that may still write into the folder of its case."""


def _at_work(case: Case, jobs: Jobs) -> list[JobState]:
    """Jobs of a case that wait or run."""
    return [job for job in jobs.of_case(case.name) if job.status in BUSY]


def _shown(
    request: Request, case: Case, jobs: Jobs, *, typed: str | None = None, kept: bool = False,
    faults: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    damaged, title = "", ""
    try:
        title = case.about.title
    except DamagedCaseError as fault:
        damaged = f"T{str(fault)[1:]}"
    return page(
        request, "keep.html.j2", title="Rename, copy or delete", status=422 if faults else 200,
        case=None if damaged else case, faults=faults, name=case.name, damaged=damaged, kept=kept,
        typed=title if typed is None else typed, longest=LONGEST_TITLE,
        at_work=_at_work(case, jobs),
    )  # fmt: skip


@router.get("/keep")
def keep(
    request: Request, case: CaseHere, jobs: JobsHere,
    kept: Annotated[str, Query(max_length=3)] = "",
) -> HTMLResponse:  # fmt: skip
    """Show what can be done with a case as a whole."""
    return _shown(request, case, jobs, kept=kept == "yes")


@router.post("/rename")
def rename(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Give a case another title."""
    title = title_of(typed)
    faults = fault_of_title(title)
    if faults:
        return _shown(request, case, jobs, typed=title, faults=faults)
    case.write(case.about.model_copy(update={"title": title}))
    return RedirectResponse(f"/cases/{case.name}/keep?kept=yes", status_code=303)


@router.post("/copy")
def copy(request: Request, case: CaseHere, jobs: JobsHere, room: Room) -> Response:
    """Begin another case from what was chosen in this one, and go to its policies.

    A place that is still being made is not copied: the work would write into this case alone, and
    whoever stopped it in one would stop it in both.
    """
    if any(job.kind not in LONG for job in _at_work(case, jobs)):
        fault = "The place of this case is still being made. Wait until it is, or stop it below."
        return _shown(request, case, jobs, faults={"copy": fault})
    title = f"What if: {case.about.title}"[:LONGEST_TITLE]
    return RedirectResponse(f"/cases/{room.copy(case, title).name}/policies", status_code=303)


@router.post("/stop")
def stop(case: CaseHere, jobs: JobsHere) -> Response:
    """Stop all work on a case, so that it can be deleted; what is finished is kept."""
    for job in _at_work(case, jobs):
        jobs.stop(job.job)
    return RedirectResponse(f"/cases/{case.name}/keep#delete", status_code=303)


@router.post("/delete")
def delete(request: Request, case: CaseHere, jobs: JobsHere, room: Room, typed: Typed) -> Response:
    """Delete a case, once the reader has said that it is meant."""
    fault = {}
    if _at_work(case, jobs):
        fault["stop"] = "Work on this case goes on. Stop it first, then delete the case."
    elif text_of(typed, "sure") != "yes":
        fault["sure"] = "Tick the box to say that you are sure. The case is still here."
    if fault:
        return _shown(request, case, jobs, faults=fault)
    room.delete(case)
    return RedirectResponse("/?gone=yes", status_code=303)
