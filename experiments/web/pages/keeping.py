"""Rename a case, copy it to ask "what if", or delete it with all that is kept for it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from experiments.web.asked import CaseHere, Room, Typed, text_of
from experiments.web.case import Case, DamagedCaseError
from experiments.web.pages.start import LONGEST_TITLE, fault_of_title, title_of
from experiments.web.setting import page

router = APIRouter(prefix="/cases/{case}")

BUSY = frozenset({"queued", "running"})
"""How a job stands that may still write into the folder of its case."""


def _shown(
    request: Request, case: Case, *, typed: str | None = None, kept: bool = False,
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
    )  # fmt: skip


@router.get("/keep")
def keep(
    request: Request, case: CaseHere, kept: Annotated[str, Query(max_length=3)] = ""
) -> HTMLResponse:
    """Show what can be done with a case as a whole."""
    return _shown(request, case, kept=kept == "yes")


@router.post("/rename")
def rename(request: Request, case: CaseHere, typed: Typed) -> Response:
    """Give a case another title."""
    title = title_of(typed)
    faults = fault_of_title(title)
    if faults:
        return _shown(request, case, typed=title, faults=faults)
    case.write(case.about.model_copy(update={"title": title}))
    return RedirectResponse(f"/cases/{case.name}/keep?kept=yes", status_code=303)


@router.post("/copy")
def copy(case: CaseHere, room: Room) -> Response:
    """Begin another case from what was chosen in this one, and go to its policies."""
    title = f"What if: {case.about.title}"[:LONGEST_TITLE]
    return RedirectResponse(f"/cases/{room.copy(case, title).name}/policies", status_code=303)


@router.post("/delete")
def delete(request: Request, case: CaseHere, room: Room, typed: Typed) -> Response:
    """Delete a case, once the reader has said that it is meant."""
    fault = ""
    if text_of(typed, "sure") != "yes":
        fault = "Tick the box to say that you are sure. The case is still here."
    elif any(job.status in BUSY for job in request.app.state.jobs.of_case(case.name)):
        fault = "Work on this case goes on. Stop it on the page Run, then delete the case."
    if fault:
        return _shown(request, case, faults={"sure": fault})
    room.delete(case)
    return RedirectResponse("/?gone=yes", status_code=303)
