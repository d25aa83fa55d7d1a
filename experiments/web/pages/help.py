"""The page on which each word is explained."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from experiments.web.setting import page
from experiments.web.words import all_words

router = APIRouter()


@router.get("/help")
def words(request: Request) -> HTMLResponse:
    """Explain the words of the pages and of the report."""
    return page(request, "help.html.j2", title="Words explained", groups=all_words())
