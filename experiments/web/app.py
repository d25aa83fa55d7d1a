"""The application: its pages, its style, and what it says when something is wrong."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from experiments.web.case import DamagedCaseError
from experiments.web.pages import ROUTERS
from experiments.web.setting import page, style
from experiments.web.settings import Settings
from experiments.web.workroom import NoCaseError, Workroom

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'none'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every answer: nothing but what this server serves is ever loaded or run."""


def create_app(settings: Settings) -> FastAPI:
    """Make the application.

    Parameters
    ----------
    settings : Settings
        Where work is kept. The folder is made with the first case.
    """
    app = FastAPI(title="poundflow", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.workroom = Workroom(settings)
    app.middleware("http")(_with_headers)
    app.add_api_route("/static/style.css", _style, include_in_schema=False)
    app.add_api_route("/static/page.js", _script, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(NoCaseError, _not_here)
    app.add_exception_handler(DamagedCaseError, _damaged)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    return app


async def _with_headers(
    request: Request, answer: Callable[[Request], Awaitable[Response]]
) -> Response:
    found = await answer(request)
    for name, value in HEADERS.items():
        found.headers.setdefault(name, value)
    return found


def _style() -> Response:
    return Response(style(), media_type="text/css")


def _script() -> Response:
    text = files("experiments.web").joinpath("static/page.js").read_text("utf-8")
    return Response(text, media_type="text/javascript")


def _fault(request: Request, status: int, title: str, message: str) -> HTMLResponse:
    return page(request, "fault.html.j2", title=title, status=status, message=message)


def _not_here(request: Request, fault: Exception) -> Response:
    return _fault(request, 404, "This case is not here", f"{fault}".capitalize())


def _damaged(request: Request, fault: Exception) -> Response:
    return _fault(request, 500, "A file of this case is damaged", f"{fault}".capitalize())


def _refused(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    title = "This page is not here" if fault.status_code == 404 else "This did not work"
    message = (
        "There is no page at this address. Begin again from the start page."
        if fault.status_code == 404
        else f"{HTTPStatus(fault.status_code).phrase}. Go back and try again."
    )
    return _fault(request, fault.status_code, title, message)


def _not_understood(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    return _fault(
        request, 404, "This page is not here",
        "There is no page at this address. Begin again from the start page.",
    )  # fmt: skip
