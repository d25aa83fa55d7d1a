"""A page of the report as PDF that a screen reader can read, with the same bytes for the same page.

WeasyPrint sets it (the extra `pdf`); nothing outside the page is ever fetched. Its text is tagged
as PDF/UA asks, and no time enters the file.
"""

import re
from hashlib import sha256
from typing import Any

from experiments.design.extras import need
from experiments.report.page import theme
from scenarios.errors import InputError

EXTRA = "pdf"

SIZES = ("8.4pt", "7.9pt", "7.4pt", "6.9pt", "6.4pt")
"""Sizes of letters that are tried in turn until a sheet fits its page."""

_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_ROLE = re.compile(r"var\(--(\w+)\)")
_SIZE = re.compile(r"(?<=html \{ font-size: )[\d.]+pt(?=; line-height: 1\.35; \})")

_ADDED = """
.pictures, .answer, .apart { display: block; }
.answer li, .apart div { margin: 0 0 .6rem; }
.facts { display: block; columns: 2; }
figure { break-inside: auto; margin: 0 0 1.2rem; }
figure svg { max-width: 100mm; break-after: avoid; }
figure h3, figcaption { break-after: avoid; max-width: none; }
nav { display: block; }
nav ol { columns: 2; font-size: 1rem; list-style: decimal; }
nav li { padding: .1rem 0; }
nav a { color: inherit; text-decoration: none; }
nav a::after { content: leader(".") target-counter(attr(href), page); }
"""
"""What only a PDF has: one picture below the other, and the contents with their pages."""

_FREELY = "* { break-inside: auto !important; break-after: auto !important; }"
"""Breaks anywhere: WeasyPrint gives up on a thing that must not be cut and fits no page."""


class MissingLibraryError(InputError):
    """Raised when the libraries of the system that set text are not there."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"found no Pango on this system ({reason}); wanted it to set a PDF. Install it with: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu); "
            "dnf install pango (Fedora); brew install pango (macOS); "
            "pacman -S mingw-w64-x86_64-pango in MSYS2 (Windows). "
            "Or open report.html and print it from the browser."
        )
        self.reason = reason

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (self.reason,)


def require_pdf() -> Any:
    """Give WeasyPrint, before any work is done.

    Raises
    ------
    experiments.design.extras.MissingExtraError
        When the extra is not installed; it says how to install it.
    MissingLibraryError
        When a library of the system is missing; it says which.
    """
    need("weasyprint", EXTRA)
    try:
        import weasyprint
    except OSError as fault:
        raise MissingLibraryError(str(fault).partition("\n")[0]) from fault
    return weasyprint


def page_pdf(html: str) -> bytes:
    """Set a report as PDF.

    Parameters
    ----------
    html : str
        A page that holds everything, as `read_report` gives it.

    Returns
    -------
    bytes
        PDF/UA-1, A4; the same page gives the same bytes.

    Raises
    ------
    MissingExtraError, MissingLibraryError
        As of `require_pdf`.
    """
    weasyprint = require_pdf()
    try:
        document = _set(weasyprint, _styled(html, _ADDED))
    except AssertionError:
        document = _set(weasyprint, _styled(html, _ADDED + _FREELY))
    return _written(document, html)


def sheet_pdf(html: str) -> bytes:
    """Set the summary as PDF, on one page.

    Letters become smaller, step by step, until it fits; the smallest still reads.

    Parameters
    ----------
    html : str
        The sheet, as `read_report` gives it.

    Returns
    -------
    bytes
        As of `page_pdf`.

    Raises
    ------
    MissingExtraError, MissingLibraryError
        As of `require_pdf`.
    """
    weasyprint = require_pdf()
    for size in SIZES:
        document = _set(weasyprint, _SIZE.sub(size, html))
        if len(document.pages) == 1:
            break
    return _written(document, html)


def _styled(html: str, more: str) -> str:
    return html.replace("</style>", f"{more}</style>", 1)


def _set(weasyprint: Any, html: str) -> Any:
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    page = weasyprint.HTML(string=_on_paper(html), url_fetcher=fetcher)
    return page.render(pdf_tags=True)


def _written(document: Any, html: str) -> bytes:
    name = sha256(html.encode()).digest()[:16]
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=name)
    return pdf


def _on_paper(html: str) -> str:
    """Give the pictures the colours of a light page: a PDF has no roles."""
    light = {role: colour for role, colour, _ in theme()}
    return _PICTURE.sub(
        lambda drawn: _ROLE.sub(lambda role: light.get(role[1], role[0]), drawn[0]), html
    )
