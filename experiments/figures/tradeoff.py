"""Two things that matter, one against the other: a mark a policy, its intervals as a cross.

The front is the line of policies that no other one beats on both counts by their averages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.figures.marks import round_marks
from experiments.figures.palette import INK, PAPER, QUIET, RULE, Look
from experiments.figures.svg import SMALL, WIDTH, blank, house_style, panel, shorten

_LEFT = 62.0
_TOP = 44.0
_TALL = 230.0
_FOOT = 62.0
_KEY = 20.0
_LETTERS = 44

Ticks = Callable[[float], str]


@dataclass(frozen=True)
class Mark:
    """One policy.

    Parameters
    ----------
    label : str
        Its name.
    look : Look
        Its colour and marker.
    x, y : (float, float, float)
        Average, low and high along each axis.
    front : bool
        Whether no other policy beats its averages on both counts.
    """

    label: str
    look: Look
    x: tuple[float, float, float]
    y: tuple[float, float, float]
    front: bool


@dataclass(frozen=True)
class Side:
    """One axis: its name with the better direction, and how its values are written."""

    name: str
    better: str
    ticks: Ticks


def tradeoff_figure(marks: Sequence[Mark], across: Side, up: Side) -> Figure:
    """Draw policies on two axes that cross at the baseline, the front, and a key below.

    Parameters
    ----------
    marks : sequence of Mark
        In the order of the key; at least one.
    across, up : Side
        The axes.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the policies.
    """
    with house_style():
        figure, page = blank(_TOP + _TALL + _FOOT + _KEY * len(marks) + 6)
        axes = panel(figure, _LEFT, _TOP, WIDTH - _LEFT - 24, _TALL)
        axes.spines["left"].set_visible(True)
        for side, axis, pick in ((across, axes.xaxis, 0), (up, axes.yaxis, 1)):
            low, high = _ends([(mark.x, mark.y)[pick] for mark in marks])
            (axes.set_ylim if pick else axes.set_xlim)(low, high)
            ticks = round_marks(low, high, 5 if pick else 4)
            axis.set_ticks(ticks, ["0" if not value else side.ticks(value) for value in ticks])
        axes.grid(color=RULE, linewidth=0.4)
        axes.axhline(0.0, color=RULE, linewidth=1, zorder=0)
        axes.axvline(0.0, color=RULE, linewidth=1, zorder=0)
        front = sorted((mark.x[0], mark.y[0]) for mark in marks if mark.front)
        axes.plot([x for x, _ in front], [y for _, y in front], color=INK, linewidth=1,
                  linestyle=(0, (4, 3)), zorder=1)  # fmt: skip
        for mark in marks:
            (x, left, right), (y, low, high) = mark.x, mark.y
            colour = mark.look.colour
            axes.plot([left, right], [y, y], color=colour, linewidth=1.6, zorder=2)
            axes.plot([x, x], [low, high], color=colour, linewidth=1.6, zorder=2)
            axes.plot([x], [y], marker=mark.look.marker, markersize=9, color=colour,
                      markerfacecolor=colour if mark.front else PAPER, markeredgecolor=colour,
                      markeredgewidth=1.4, linestyle="none", zorder=3)  # fmt: skip
        page.text(4, 14, f"Upwards: {shorten(up.name, 36)}", fontsize=SMALL, color=QUIET)
        page.text(4, 30, f"({up.better})", fontsize=SMALL, color=QUIET)
        bottom = _TOP + _TALL
        page.text(4, bottom + 34, f"To the right: {shorten(across.name, 34)}", fontsize=SMALL,
                  color=QUIET)  # fmt: skip
        page.text(4, bottom + 50, f"({across.better})", fontsize=SMALL, color=QUIET)
        for row, mark in enumerate(marks):
            y = bottom + _FOOT + 8 + _KEY * row
            page.plot([14], [y], marker=mark.look.marker, markersize=8, color=mark.look.colour,
                      markerfacecolor=mark.look.colour if mark.front else PAPER,
                      markeredgecolor=mark.look.colour, markeredgewidth=1.4)  # fmt: skip
            page.text(28, y, shorten(mark.label, _LETTERS), fontsize=SMALL - 0.5, va="center")
        return figure


def _ends(values: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    flat = [one for value in values for one in value]
    low, high = min(flat), max(flat)
    room = 0.08 * (high - low) or abs(high) * 0.05 or 1.0
    return low - room, high + room
