"""What a reader is told when something is wrong: plain words, and never how the server is built."""

import logging
import secrets
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from experiments.store.errors import FolderError
from experiments.web.case import DamagedCaseError
from experiments.web.setting import page
from experiments.web.workroom import NoCaseError

LOG = "faults.log"
LARGEST_LOG = 1_000_000
"""Bytes of the log of faults before it begins anew; one older log is kept."""


class Told(NamedTuple):
    """What is told of a kind of fault: a heading and what to do."""

    title: str
    message: str


TOLD = {
    400: Told(
        "Your browser sent something that cannot be read",
        "Go back to the page before, load it again, and try once more.",
    ),
    403: Told(
        "This form was not sent from our own page",
        "Nothing has been changed. Open the page again from the start page, then send the form "
        "once more. Cookies must be allowed for this address.",
    ),
    404: Told(
        "This page is not here",
        "There is no page at this address. Begin again from the start page.",
    ),
    405: Told(
        "This page cannot be used in that way",
        "Open it by its link on the page before, or begin again from the start page.",
    ),
    413: Told(
        "What you sent is too large",
        "Nothing has been kept. Send fewer files at once, or split a large file by year.",
    ),
    422: Told(
        "What you asked for cannot be read",
        "Something in the address or in the form is not what this page expects. Go back to the "
        "page before and choose again.",
    ),
    429: Told(
        "Too many tries in a short time",
        "Wait a few minutes, then try again. Nothing has been changed.",
    ),
    431: Told(
        "What you sent is too large",
        "The address is too long, or too much is kept for it in your browser. Delete the cookies "
        "of this address, then begin again from the start page.",
    ),
    500: Told(
        "Something went wrong here",
        "The fault is ours. What you had chosen before is kept.",
    ),
    503: Told(
        "There is no room to keep this",
        "The disk of the server is full, or its folder cannot be written to. What you had chosen "
        "before is kept. Tell whoever looks after the server.",
    ),
}
"""By status of the answer."""


def told(
    request: Request, status: int, *, message: str = "", title: str = "", reference: str = ""
) -> HTMLResponse:
    """Set the page of a fault, in the words of its status where no others are given."""
    usual = TOLD.get(status) or Told("This did not work", "Go back and try again.")
    return page(
        request, "fault.html.j2", title=title or usual.title, status=status,
        message=message or usual.message, reference=reference,
    )  # fmt: skip


def add_faults(app: FastAPI) -> None:
    """Tell the application which page answers which fault."""
    app.add_exception_handler(NoCaseError, _not_here)
    app.add_exception_handler(DamagedCaseError, _damaged)
    app.add_exception_handler(FolderError, _no_room)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)


class Faults:
    """Answer a fault of our own with a page that has a number, and write it down under that."""

    def __init__(self, app: ASGIApp, *, folder: Path) -> None:
        self.app = app
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = False

        async def sent(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception as fault:
            if scope["type"] != "http":
                raise
            reference = write_down(self.folder, f"{scope['method']} {scope['path']!r}", fault)
            if started:
                raise
            answer = told(Request(scope), 500, reference=reference)
            await answer(scope, receive, send)


def write_down(folder: Path, what: str, fault: Exception) -> str:
    """Write a fault of our own into the log.

    Parameters
    ----------
    folder : Path
        Where the log is; made where it is missing.
    what : str
        What was asked when it happened.
    fault : Exception
        What happened.

    Returns
    -------
    str
        The number under which it can be found there.
    """
    reference = secrets.token_hex(4)
    record = logging.LogRecord(
        "poundflow", logging.ERROR, "", 0, f"{reference}: {what}", None,
        (type(fault), fault, fault.__traceback__),
    )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log = RotatingFileHandler(folder / LOG, maxBytes=LARGEST_LOG, backupCount=1, delay=True)
    except OSError:
        return reference  # the disk that failed may be the fault itself
    log.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log.handleError = _unwritten  # type: ignore[method-assign]
    try:
        log.emit(record)
    finally:
        log.close()
    return reference


def _unwritten(record: logging.LogRecord) -> None:
    """Nothing more can be done: the disk that refuses the log may be the fault itself."""


def _not_here(request: Request, fault: Exception) -> Response:
    return told(request, 404, title="This case is not here", message=_sentence(fault))


def _damaged(request: Request, fault: Exception) -> Response:
    return told(request, 500, title="A file of this case is damaged", message=_sentence(fault))


def _no_room(request: Request, fault: Exception) -> Response:
    write_down(request.app.state.settings.server, request.url.path, fault)
    return told(request, 503)


def _refused(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    answer = told(request, fault.status_code)
    for name, value in (fault.headers or {}).items():
        answer.headers[name] = value
    return answer


def _not_understood(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    of_path = any(one["loc"][:1] == ("path",) for one in fault.errors())
    return told(request, 404 if of_path else 422)


def _sentence(fault: Exception) -> str:
    text = str(fault)
    return text[:1].upper() + text[1:]
