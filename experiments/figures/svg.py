"""A blank picture of fixed width, and its writing down as SVG whose bytes never change.

Text stays text and is never read as formulae, so a name may hold a dollar sign or markup. Widths
are measured with DejaVu Sans, among the widest of common faces: a page that shows another face
has room to spare. One unit of every picture is one CSS pixel at its natural width.
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from threading import RLock
from typing import Any
from xml.sax.saxutils import escape

from matplotlib import RcParams, rc_context, rcdefaults, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.palette import INK, PAPER, QUIET, RULE, THEME

INCH = 72
"""CSS pixels to an inch of a picture."""

WIDTH = 360
"""Width of every picture [CSS pixels]: it fits a telephone, and three stand abreast on a desk."""

Drawing = Figure
"""A finished picture, for those who pass it on and need to know no more of it."""

ROUND = (1, 2, 5, 10)
"""Steps between the marks of an axis, but for powers of ten: one digit tells such a step."""

TEXT = 12.5
SMALL = 11.5

_STYLE: Any = {
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.8,
    "figure.facecolor": PAPER,
    "font.family": ["DejaVu Sans"],
    "font.size": TEXT,
    "hatch.linewidth": 1.2,
    "path.sketch": None,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "poundflow",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": RULE,
    "xtick.labelcolor": QUIET,
    "xtick.labelsize": SMALL,
    "ytick.color": RULE,
    "ytick.labelcolor": QUIET,
    "ytick.labelsize": SMALL,
}


_TAG = re.compile(r"<[^>]+>")
_STATED = re.compile(r' style="([^"]*)"')
_COLOUR = re.compile(rf'((?:fill|stroke)=")({"|".join(THEME)})"')

_DRAWN = 'stroke-linejoin="round" stroke-linecap="butt"'
"""How lines meet and end where a line says nothing of its own; matplotlib states it in a sheet."""


_DRAWING = RLock()
"""Held while one thread draws: matplotlib's settings belong to the whole process."""


@contextmanager
def house_style() -> Iterator[RcParams]:
    """Draw with this project's settings, whatever the user's own matplotlib settings are."""
    with _DRAWING, rc_context(), warnings.catch_warnings():
        # A name may hold letters that the measuring face lacks; the reader's own face has them.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        rcdefaults()
        rcParams.update(_STYLE)
        yield rcParams


def blank(height: float) -> tuple[Figure, Axes]:
    """Make an empty picture with one unit a pixel, the origin at the top left.

    Parameters
    ----------
    height : float
        Height [CSS pixels].

    Returns
    -------
    tuple of (Figure, Axes)
        The picture, and axes over all of it that show nothing of their own.
    """
    figure = Figure(figsize=(WIDTH / INCH, height / INCH), dpi=INCH)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    axes.set_zorder(5)
    return figure, axes


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes at a place given in pixels from the top left of the picture.

    Parameters
    ----------
    figure : Figure
        A picture made by `blank`.
    left, top, width, height : float
        Place and size [CSS pixels].

    Returns
    -------
    Axes
        New axes with only a bottom line.
    """
    tall = figure.get_figheight() * INCH
    axes = figure.add_axes((left / WIDTH, 1 - (top + height) / tall, width / WIDTH, height / tall))
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.patch.set_visible(False)
    axes.tick_params(length=3, pad=3)
    return axes


def stack_panels(
    headings: Sequence[str], heights: Sequence[float], left: float, wide: float, above: float,
    below: float,
) -> tuple[Figure, Axes, list[tuple[float, Axes]]]:  # fmt: skip
    """Make a picture of panels one below the other, each under its heading.

    Parameters
    ----------
    headings, heights : sequence
        Of each panel [CSS pixels].
    left, wide, above, below : float
        Where panels begin and how wide they are; room above each for the heading, and below for
        the axis [CSS pixels].

    Returns
    -------
    tuple of (Figure, Axes, list of (float, Axes))
        The picture, axes over all of it, and each panel with where it begins from the top; what
        is drawn has rows from the top down.
    """
    figure, page = blank(sum(heights) + (above + below) * len(heights))
    panels, top = [], 0.0
    for heading, height in zip(headings, heights, strict=True):
        page.text(4, top + 16, heading, fontsize=TEXT - 0.5, fontweight="bold")
        axes = panel(figure, left, top + above, wide, height)
        axes.set_ylim(height, 0)
        axes.set_yticks([])
        panels.append((top + above, axes))
        top += above + height + below
    return figure, page, panels


def shorten(text: str, letters: int) -> str:
    """Cut a name that is longer than its room; the table beside a picture has all of it."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def in_two_lines(text: str, letters: int) -> str:
    """Break a name that is longer than its room; what does not go into two lines is cut."""
    first, *rest = wrap(text, letters) or [""]
    return "\n".join([first, shorten(" ".join(rest), letters)] if rest else [first])


def to_svg(figure: Figure, name: str, title: str, description: str) -> str:
    """Write a picture as SVG with its text alternative; the same picture gives the same bytes.

    Parameters
    ----------
    figure : Figure
        The picture.
    name : str
        Prefix of every id in it, so that many pictures can share one page.
    title, description : str
        The text alternative: what it is, and what it shows.

    Returns
    -------
    str
        One `<svg>` element in the colours of a light page, without any address to fetch and
        without a style of its own: a page that lets no foreign style in shows it as it is.
    """
    buffer = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with house_style():
        figure.savefig(buffer, format="svg", metadata=nothing)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    head, body = text.split(">", 1)
    body = re.sub(r"\s*<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\n?", "", body, flags=re.DOTALL)
    box = re.search(r'viewBox="([^"]+)"', head)
    view = box.group(1) if box else f"0 0 {WIDTH} {WIDTH}"
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    body = re.sub(r"\s*<defs>\s*<style .*?</style>\s*</defs>", "", body, flags=re.DOTALL)
    body = body.replace("'DejaVu Sans'", "'DejaVu Sans', sans-serif")
    body = _TAG.sub(lambda tag: _STATED.sub(_as_attributes, tag[0]), body)
    wide, tall = view.split()[2:]
    start = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{view}" width="{wide}" height="{tall}" {_DRAWN} role="img" '
        f'aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
    )
    return start + body.rstrip() + "\n"


def themed(svg: str) -> str:
    """Write the colours of a picture as `var(--role)`, for a page with a light and a dark ground.

    Parameters
    ----------
    svg : str
        A picture from `to_svg`.

    Returns
    -------
    str
        The same picture; the page says what colour each role has.
    """
    return _TAG.sub(
        lambda tag: _COLOUR.sub(lambda one: f'{one[1]}var(--{THEME[one[2]][0]})"', tag[0]), svg
    )


def _as_attributes(stated: re.Match[str]) -> str:
    """Write `a: b; c: d` as presentation attributes."""
    pairs = (one.split(":", 1) for one in stated[1].split(";"))
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
