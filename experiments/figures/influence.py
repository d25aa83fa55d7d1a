"""How much each assumption moves an answer, and whether a larger design would say the same.

Above, a filled mark for all that a factor does and a hollow one for what it does alone (Sobol'),
or for how uneven its effect is (Morris), with intervals. Below, the filled ones again as told by
growing parts of the design: lines that run level have settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from experiments.figures.palette import INK, PAPER, QUIET, RULE, Look, look
from experiments.figures.svg import (
    SMALL,
    WIDTH,
    house_style,
    in_two_lines,
    shorten,
    stack_panels,
)

_ROW = 30.0
_LETTERS = 24
_NAMES = 156.0
_ABOVE = 42.0
_BELOW = 40.0
_COURSE = 130.0
_SHORT = 6
"""Characters of a figure up to which five of them stand side by side."""
_PLACES = 10
_LINES = 5
"""Factors whose course is drawn: more lines than that cannot be told apart."""


@dataclass(frozen=True)
class Factor:
    """One factor.

    Parameters
    ----------
    name : str
        What it is called.
    main, main_half : float
        The filled mark and the half-width of its interval.
    other : float
        The hollow mark.
    other_half : float or None
        Half-width of its interval, where it has one.
    """

    name: str
    main: float
    main_half: float
    other: float
    other_half: float | None = None


@dataclass(frozen=True)
class Course:
    """What one factor's filled mark was, by groups of points that counted."""

    groups: Sequence[int]
    values: Sequence[float]


def influence_figure(
    factors: Sequence[Factor], main: str, other: str, courses: Sequence[Course]
) -> Figure:
    """Draw the factors from the largest down, and how the first few settled.

    Parameters
    ----------
    factors : sequence of Factor
        At least one.
    main, other : str
        What the filled and the hollow mark are.
    courses : sequence of Course
        Of the first factors, in the same order; without two steps there is no lower panel.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the factors.
    """
    drawn = [course for course in courses[:_LINES] if len(course.groups) > 1]
    heights = [_ROW * len(factors), *([_COURSE] if drawn else [])]
    headings = ["", *(["As the design grew"] if drawn else [])]
    with house_style():
        figure, page, places = stack_panels(
            headings, heights, _NAMES, WIDTH - _NAMES - 18, _ABOVE, _BELOW
        )
        top, axes = places[0]
        page.plot([10], [12], "o", color=INK, markersize=6.5)
        page.text(20, 12, shorten(main, 54), fontsize=SMALL - 1, va="center")
        page.plot([10], [28], "o", color=INK, markerfacecolor=PAPER, markersize=6.5)
        page.text(20, 28, shorten(other, 54), fontsize=SMALL - 1, va="center")
        for row, factor in enumerate(factors):
            y, style = (row + 0.5) * _ROW, look(row)
            page.text(4, top + y, in_two_lines(factor.name, _LETTERS), fontsize=SMALL - 1.5,
                      va="center", linespacing=1.1)  # fmt: skip
            axes.axhline(y, color=RULE, linewidth=0.5, zorder=0)
            _mark(axes, factor.other, factor.other_half, y + 5, style, PAPER)
            _mark(axes, factor.main, factor.main_half, y - 4, style, style.colour)
        axes.axvline(0.0, color=RULE, linewidth=1, zorder=0)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(_figure)
        if any(len(_figure(mark, None)) > _SHORT for mark in axes.get_xticks()):
            axes.xaxis.set_major_locator(MaxNLocator(2))
        if drawn:
            _draw_courses(places[1][1], drawn)
            under = places[1][0] + _COURSE + 34
            page.text(_NAMES, under, "whole groups of points", fontsize=SMALL - 1, color=QUIET)
            for row in range(len(drawn)):
                y = places[1][0] + 10 + 27 * row
                page.plot([10], [y], marker=look(row).marker, color=look(row).colour, markersize=6)
                page.text(20, y, _parted(factors[row].name), fontsize=SMALL - 2.5,
                          va="center", linespacing=1.05)  # fmt: skip
        return figure


def _mark(axes: Axes, value: float, half: float | None, y: float, style: Look, inside: str) -> None:
    if half:
        axes.plot([value - half, value + half], [y, y], color=style.colour, linewidth=1.6,
                  zorder=1)  # fmt: skip
    axes.plot([value], [y], color=style.colour, marker=style.marker, markersize=6.5,
               markeredgecolor=style.colour,
              markeredgewidth=1.3, markerfacecolor=inside, zorder=2, clip_on=False)  # fmt: skip


def _figure(value: float, _: object) -> str:
    """Write a number in full at its own mark: no power of ten stands apart from it."""
    text = f"{value:,.{_PLACES}f}".rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}")


def _parted(name: str) -> str:
    """Break a name of the register after its family, any other one between words."""
    family, dot, rest = name.partition(".")
    if dot and " " not in name:
        return f"{family}.\n{shorten(rest, 17)}"
    return in_two_lines(name, 17)


def _draw_courses(axes: Axes, courses: Sequence[Course]) -> None:
    groups = sorted({count for course in courses for count in course.groups})
    axes.set_xscale("log")
    axes.set_xlim(groups[0] * 0.85, groups[-1] * 1.18)
    axes.set_xticks(groups)
    axes.set_xticklabels([f"{count:,}" for count in groups])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_ylim(auto=True)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.yaxis.set_major_formatter(_figure)
    axes.spines["left"].set_visible(True)
    seen = [value for course in courses for value in course.values]
    room = 0.08 * (max(seen) - min(seen)) or abs(max(seen)) * 0.1 or 1.0
    for row, course in enumerate(courses):
        style = look(row)
        axes.plot(list(course.groups), list(course.values), color=style.colour, linewidth=1.6,
                  marker=style.marker, markersize=5.5,
                  linestyle=(0, style.dashes) if style.dashes else "-")  # fmt: skip
    axes.set_ylim(min(seen) - room, max(seen) + room)
