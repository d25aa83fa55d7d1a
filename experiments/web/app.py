"""The application: its pages, its style, and what stands around them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path
from fastapi.responses import Response
from starlette.middleware.sessions import SessionMiddleware

from experiments.runner.jobs import Jobs
from experiments.web.faults import Faults, add_faults, write_down
from experiments.web.guards import Guards
from experiments.web.headers import Headers
from experiments.web.heavy_questions import HeavyQuestions
from experiments.web.pages import ROUTERS
from experiments.web.sessions import COOKIE, HOURS, UNASKED_HOURS, Gate, secret
from experiments.web.setting import style
from experiments.web.settings import Settings
from experiments.web.tokens import checked
from experiments.web.workroom import Workroom

KEPT = {"Cache-Control": "no-cache"}
"""A style or a script may be kept by the browser, which asks each time whether it is still so."""
TEND_SECONDS = 2.0
"""How often we look whether a job has ended and the next may start."""


def create_app(settings: Settings) -> FastAPI:
    """Make the application.

    Parameters
    ----------
    settings : Settings
        Where work is kept, and who may see it.

    Raises
    ------
    experiments.store.errors.FolderError
        When the folder of the results cannot be written to.
    """
    app = FastAPI(
        title="poundflow", docs_url=None, redoc_url=None, openapi_url=None,
        dependencies=[Depends(checked)], lifespan=_living,
    )  # fmt: skip
    app.state.settings = settings
    app.state.workroom = Workroom(settings)
    app.state.jobs = Jobs(settings.jobs)
    app.state.heavy = HeavyQuestions()
    # A request goes through these from the last to the first.
    app.add_middleware(Gate)
    app.add_middleware(Guards, settings=settings)
    app.add_middleware(
        SessionMiddleware,
        secret_key=secret(settings),
        session_cookie=f"{COOKIE}-{settings.port}",  # cookies do not know ports apart
        max_age=3600 * (HOURS if settings.password else UNASKED_HOURS),
        https_only=settings.secret_ways,
    )
    app.add_middleware(Faults, folder=settings.server)
    app.add_middleware(Headers, https=settings.secret_ways)
    app.add_api_route("/static/style.css", _style, include_in_schema=False)
    app.add_api_route("/static/{name}", _script, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router)
    add_faults(app)
    return app


def _style() -> Response:
    return Response(style(), media_type="text/css", headers=KEPT)


def _script(name: Annotated[str, Path(pattern=r"^[a-z]{1,20}\.js$")]) -> Response:
    found = files("experiments.web").joinpath("static", name)
    if not found.is_file():
        raise HTTPException(404)
    return Response(found.read_bytes(), media_type="text/javascript", headers=KEPT)


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    """Tend the jobs as long as the server lives; beside the loop, which serves the pages."""
    await asyncio.to_thread(app.state.workroom.tidy)
    tending = asyncio.create_task(_tend(app))
    yield
    tending.cancel()
    with suppress(asyncio.CancelledError):
        await tending


async def _tend(app: FastAPI) -> None:
    while True:
        try:
            await asyncio.to_thread(app.state.jobs.tend)
        except Exception as fault:
            write_down(app.state.settings.server, "tending the jobs", fault)
        await asyncio.sleep(TEND_SECONDS)
