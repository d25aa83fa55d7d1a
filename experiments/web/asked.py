"""What a page is handed with a request: the work room, the case that is open, what was typed."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.datastructures import FormData

from experiments.runner.jobs import Jobs
from experiments.web.case import Case
from experiments.web.workroom import Workroom


def _workroom(request: Request) -> Workroom:
    room: Workroom = request.app.state.workroom
    return room


Room = Annotated[Workroom, Depends(_workroom)]
"""The cases of this server."""


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


JobsHere = Annotated[Jobs, Depends(_jobs)]
"""The queue of long work of this server."""


def _case(room: Room, case: Annotated[str, Path(pattern="^[0-9a-f]{16}$")]) -> Case:
    return room.find(case)


CaseHere = Annotated[Case, Depends(_case)]
"""The case that the address names as `{case}`."""


async def _typed(request: Request) -> AsyncIterator[FormData]:
    async with request.form() as typed:
        yield typed  # files among it are closed once the page is answered


Typed = Annotated[FormData, Depends(_typed)]
"""The fields of a form as they were typed."""


def text_of(typed: FormData, name: str) -> str:
    """Give a field's text without blanks around it; empty where the field is not there."""
    found = typed.get(name)
    return found.strip() if isinstance(found, str) else ""
