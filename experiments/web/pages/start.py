"""The first page: begin a case, or go on with one."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from experiments.web.asked import Room, Typed, text_of
from experiments.web.setting import page
from experiments.web.workroom import Workroom

router = APIRouter()

LONGEST_TITLE = 120
"""Letters in the title of a case."""


def _shown(
    request: Request, room: Workroom, *, status: int = 200, typed: str = "",
    faults: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    return page(
        request, "start.html.j2", title="What would another way of buying do here?", status=status,
        faults=faults, typed=typed, longest=LONGEST_TITLE,
        cases=[(case, case.about) for case in room.all()],
    )  # fmt: skip


@router.get("/")
def start(request: Request, room: Room) -> HTMLResponse:
    """List the cases, and offer to begin one."""
    return _shown(request, room)


@router.post("/cases")
def begin(request: Request, room: Room, typed: Typed) -> Response:
    """Begin a case and go to its first page."""
    title = text_of(typed, "title")
    if not title or len(title) > LONGEST_TITLE:
        fault = (
            f"Give a title of at most {LONGEST_TITLE} letters: this one has {len(title)}."
            if title
            else "Give the case a title, such as “School meals, from 2027”."
        )
        return _shown(request, room, status=422, typed=title, faults={"title": fault})
    case = room.begin(title)
    return RedirectResponse(f"/cases/{case.name}/place", status_code=303)
