"""The page run: how long it will take, how far it is, what has come out so far; stop and go on."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from experiments.runner.jobs import Jobs
from experiments.web.asked import CaseHere, JobsHere, Typed
from experiments.web.case import Case
from experiments.web.runs.begin import NotReadyError, begin, last_run
from experiments.web.runs.choice import (
    LEAST_FUTURES,
    LEAST_MONTHS,
    MOST_FUTURES,
    MOST_MONTHS,
    TypedSize,
    typed_size,
)
from experiments.web.runs.view import ask_of, changed, last_choice, run_of
from experiments.web.setting import page, shelf
from scenarios.errors import InputError

router = APIRouter()

LOOK_SECONDS = 1.0
LONGEST_SECONDS = 600.0
"""After which a browser asks anew."""


def _shown(
    request: Request, case: Case, jobs: Jobs, *, status: int = 200, typed: TypedSize | None = None,
    faults: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    run = run_of(case, jobs)
    ask, refused, put_right = None, "", "place"
    try:
        ask = ask_of(case)
    except NotReadyError as fault:
        refused, put_right = str(fault), fault.page
    except InputError as fault:
        refused = f"The place of this case cannot be read: {fault}"
    choice = last_choice(case, ask.months if ask else 0)
    return page(
        request, "run.html.j2", title="Run", status=status, case=case, step="run",
        faults=faults or (typed.faults if typed else None), run=run, ask=ask, refused=refused,
        put_right=put_right,
        changed=run is not None and changed(case), typed=typed or choice,
        load=jobs.load(), bounds=(LEAST_FUTURES, MOST_FUTURES, LEAST_MONTHS, MOST_MONTHS),
    )  # fmt: skip


@router.get("/cases/{case}/run")
def run(request: Request, case: CaseHere, jobs: JobsHere) -> Response:
    """Show how the run of a case stands, or what one would take."""
    return _shown(request, case, jobs)


@router.post("/cases/{case}/run")
def start(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Begin a run, or put it into the queue."""
    size = typed_size(typed)
    if size.faults:
        return _shown(request, case, jobs, status=422, typed=size)
    try:
        begin(case, jobs, size.choice(ask_of(case).months))
    except NotReadyError:
        return _shown(request, case, jobs, status=422, typed=size)
    except InputError as fault:
        return _shown(request, case, jobs, status=422, typed=size, faults={"effort": str(fault)})
    return _back(case)


@router.post("/cases/{case}/run/stop")
def stop(case: CaseHere, jobs: JobsHere) -> Response:
    """Stop the run of a case, or take it out of the queue; what is finished is kept."""
    job = last_run(case, jobs)
    if job is not None:
        jobs.stop(job.job)
    return _back(case)


@router.post("/cases/{case}/run/go-on")
def go_on(case: CaseHere, jobs: JobsHere) -> Response:
    """Go on with a run that was stopped or broke off, from what is finished."""
    job = last_run(case, jobs)
    if job is not None:
        jobs.resume(job.job)
    return _back(case)


@router.get("/cases/{case}/run/live", response_class=EventSourceResponse)
async def live(case: CaseHere, jobs: JobsHere) -> AsyncIterator[ServerSentEvent]:
    """Tell how the run stands each time that it changes, until it waits and runs no more."""
    told = ""
    for _ in range(int(LONGEST_SECONDS / LOOK_SECONDS)):
        stands = await run_in_threadpool(run_of, case, jobs)
        if stands is None or not stands.under_way:
            break
        text = shelf().get_template("run_live.html.j2").render(run=stands)
        if text != told:
            yield ServerSentEvent(raw_data=text, event="stands")
            told = text
        await asyncio.sleep(LOOK_SECONDS)
    else:
        return
    yield ServerSentEvent(raw_data="ended", event="ended")


def _back(case: Case) -> Response:
    return RedirectResponse(f"/cases/{case.name}/run", status_code=303)
