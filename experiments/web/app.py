"""The application: its pages, its style, and what stands around them."""

from importlib.resources import files

from fastapi import Depends, FastAPI
from fastapi.responses import Response
from starlette.middleware.sessions import SessionMiddleware

from experiments.web.faults import Faults, add_faults
from experiments.web.guards import Guards
from experiments.web.headers import Headers
from experiments.web.pages import ROUTERS
from experiments.web.sessions import COOKIE, HOURS, UNASKED_HOURS, Gate, secret
from experiments.web.setting import style
from experiments.web.settings import Settings
from experiments.web.tokens import checked
from experiments.web.workroom import Workroom

KEPT = {"Cache-Control": "no-cache"}
"""A style or a script may be kept by the browser, which asks each time whether it is still so."""


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
        dependencies=[Depends(checked)],
    )  # fmt: skip
    app.state.settings = settings
    app.state.workroom = Workroom(settings)
    app.state.workroom.tidy()
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
    app.add_api_route("/static/page.js", _script, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router)
    add_faults(app)
    return app


def _style() -> Response:
    return Response(style(), media_type="text/css", headers=KEPT)


def _script() -> Response:
    text = files("experiments.web").joinpath("static/page.js").read_text("utf-8")
    return Response(text, media_type="text/javascript", headers=KEPT)
