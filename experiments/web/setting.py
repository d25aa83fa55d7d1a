"""Set a page from its template. Names and texts in it are escaped."""

from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from experiments.report.page import templates, theme
from experiments.web.case import Case
from experiments.web.explained import with_words
from experiments.web.moved import fitted
from experiments.web.sessions import is_signed_in
from experiments.web.steps import path_of
from experiments.web.tokens import with_tokens

if TYPE_CHECKING:
    from jinja2 import Environment


TOLD_OF_A_MOVE = ("place", "policies", "uncertain", "run")
"""Steps whose pages say that the policies were chosen for another place."""


@cache
def shelf() -> "Environment":
    """Give the shelf of templates: the pages' own, then those of the report."""
    from jinja2 import ChoiceLoader, PackageLoader

    found = templates()
    assert found.loader is not None
    found.loader = ChoiceLoader([PackageLoader("experiments.web"), found.loader])
    return found


@cache
def style() -> str:
    """The style sheet of all pages: the report's, then what forms need."""
    return shelf().get_template("pages.css.j2").render(theme=theme())


def page(
    request: Request,
    template: str,
    *,
    title: str,
    status: int = 200,
    case: Case | None = None,
    step: str = "",
    faults: dict[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Set a page.

    Parameters
    ----------
    request : Request
        What is answered.
    template : str
        Name of the template, which extends `base.html.j2`.
    title : str
        The page's heading and the first part of its title.
    status : int
        Status of the answer; 422 for a form with faults.
    case : Case, optional
        The case that is open; with it the page shows the path.
    step : str
        Name of the step that this page is.
    faults : dict of str to str, optional
        Field -> what is wrong with it; listed at the top, and told at each field.
    **context
        What the template needs beside these. Every form in it that posts is given its token; the
        technical words of the page are explained at its end.
    """
    text = shelf().get_template(template)
    set_page = text.render(
        request=request,
        title=title,
        case=case,
        about=case.about if case else None,
        stages=path_of(case, step) if case else [],
        faults=faults or {},
        moved=fitted(case) if case and step in TOLD_OF_A_MOVE else None,
        signed_in=is_signed_in(request),
        **context,
    )
    return HTMLResponse(with_tokens(with_words(set_page), request), status_code=status)
