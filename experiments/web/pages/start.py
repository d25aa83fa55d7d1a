"""The first page: begin a case, or go on with one."""

from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from experiments.web.asked import Room, Typed, text_of
from experiments.web.case import About, Case
from experiments.web.setting import page
from experiments.web.steps import path_of
from experiments.web.workroom import Workroom

router = APIRouter()

LONGEST_TITLE = 120
"""Letters in the title of a case."""


class Listed(NamedTuple):
    """A case as the list shows it."""

    name: str
    title: str
    address: str
    state: str


def fault_of_title(title: str) -> dict[str, str]:
    """Say what is wrong with a title; empty where nothing is."""
    if not title:
        return {"title": "Give the case a title, such as “School meals, from 2027”."}
    if len(title) > LONGEST_TITLE:
        said = f"Give a title of at most {LONGEST_TITLE} letters: this one has {len(title)}."
        return {"title": said}
    return {}


def title_of(typed: Typed) -> str:
    """The title that was typed, in one line."""
    return " ".join(text_of(typed, "title").split())


def _shown(
    request: Request, room: Workroom, *, status: int = 200, typed: str = "", gone: bool = False,
    faults: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    return page(
        request, "start.html.j2", title="What would another way of buying do here?", status=status,
        faults=faults, typed=typed, longest=LONGEST_TITLE, gone=gone,
        cases=[_listed(case, about) for case, about in room.listed()],
    )  # fmt: skip


@router.get("/")
def start(
    request: Request, room: Room, gone: Annotated[str, Query(max_length=3)] = ""
) -> HTMLResponse:
    """List the cases, and offer to begin one."""
    return _shown(request, room, gone=gone == "yes")


@router.post("/cases")
def begin(request: Request, room: Room, typed: Typed) -> Response:
    """Begin a case and go to its first page."""
    title = title_of(typed)
    faults = fault_of_title(title)
    if faults:
        return _shown(request, room, status=422, typed=title, faults=faults)
    case = room.begin(title)
    return RedirectResponse(f"/cases/{case.name}/place", status_code=303)


def _listed(case: Case, about: About | None) -> Listed:
    if about is None:
        return Listed(
            case.name, "A case that cannot be read", f"/cases/{case.name}/keep",
            "Its file case.json is damaged. Put back a copy of it, or delete the case.",
        )  # fmt: skip
    stages = path_of(case, "")
    ahead = next((stage for stage in stages if not stage.done), None)
    done = sum(stage.done for stage in stages)
    state = (
        f"{done} of {len(stages)} steps done. Next: {ahead.title}." if ahead else "Answered."
    )  # fmt: skip
    return Listed(
        case.name, about.title, (ahead or stages[-1]).address, f"Begun {_day(about)}. {state}"
    )


def _day(about: About) -> str:
    try:
        begun = datetime.fromisoformat(about.begun)
    except ValueError:
        return "on a day that is not known"
    return f"{begun.day} {begun:%B %Y}"
