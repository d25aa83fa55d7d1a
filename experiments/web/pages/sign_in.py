"""Sign in and out, where the pages ask for a password."""

import re
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from experiments.web.asked import Typed
from experiments.web.password import is_right
from experiments.web.sessions import is_signed_in, sign_in, sign_out
from experiments.web.setting import page

router = APIRouter()

_OURS = re.compile(r"(/[a-z0-9][a-z0-9-]*)+/?")
"""A path of these pages, where signing in may lead."""

WRONG = "This is not the password. Check capital letters, and try again."


def _shown(request: Request, back: str, *, wrong: bool = False) -> HTMLResponse:
    return page(
        request, "sign_in.html.j2", title="Sign in", status=422 if wrong else 200,
        faults={"password": WRONG} if wrong else None, back=back,
    )  # fmt: skip


@router.get("/sign-in")
def ask(request: Request, back: Annotated[str, Query(alias="next")] = "/") -> Response:
    """Ask for the password; whoever has given it is led on."""
    if not request.app.state.settings.password or is_signed_in(request):
        return RedirectResponse(_ours(back), status_code=303)
    return _shown(request, _ours(back))


@router.post("/sign-in")
def enter(request: Request, typed: Typed) -> Response:
    """Try the password. Being a plain function, it waits beside the loop that serves others."""
    settings = request.app.state.settings
    back, tried = (_text(typed.get(name)) for name in ("next", "password"))
    if not settings.password:
        return RedirectResponse("/", status_code=303)
    right = is_right(settings.password, tried)
    if right is None:
        raise HTTPException(429)
    if not right:
        return _shown(request, _ours(back), wrong=True)
    sign_in(request)
    return RedirectResponse(_ours(back), status_code=303)


@router.post("/sign-out")
def leave(request: Request) -> Response:
    """End the session."""
    sign_out(request)
    return RedirectResponse("/sign-in", status_code=303)


def _ours(path: str) -> str:
    """Where to go on; the start page where a path is not one of ours."""
    return path if _OURS.fullmatch(path) else "/"


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""
