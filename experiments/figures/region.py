"""Where in the space of assumptions something happens: the way to a box, its limits, the cases.

On top, coverage and density of each box on the way inwards, the one that was taken filled. Then
each limited factor over its whole range, with the part inside the box thick. Below, each future as
a mark over the two surest factors: filled where it happens, hollow where it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from experiments.figures.palette import INK, LEAVES, PAPER, QUIET, RULE, STAYS
from experiments.figures.svg import (
    SMALL,
    WIDTH,
    house_style,
    in_two_lines,
    shorten,
    stack_panels,
)

_LEFT = 56.0
_WAY = 120.0
_ROW = 44.0
_CLOUD = 220.0
_ABOVE = 30.0
_BELOW = 44.0
_LETTERS = 52


@dataclass(frozen=True)
class Side:
    """A limited factor.

    Parameters
    ----------
    name : str
        What it is called, with its unit.
    ends : (float, float)
        The range that was tried.
    low, high : float or None
        Limits of the box; None where a side is open.
    """

    name: str
    ends: tuple[float, float]
    low: float | None
    high: float | None

    @property
    def inside(self) -> tuple[float, float]:
        """The part of the range in the box."""
        low, high = self.ends
        return (low if self.low is None else self.low), (high if self.high is None else self.high)


@dataclass(frozen=True)
class Cases:
    """The futures over two factors: places, and whether it happened."""

    x: Sequence[float]
    y: Sequence[float]
    found: Sequence[bool]


def region_figure(
    way: Sequence[tuple[float, float]], taken: tuple[float, float], sides: Sequence[Side],
    cases: Cases | None,
) -> Figure:  # fmt: skip
    """Draw one box.

    Parameters
    ----------
    way : sequence of (float, float)
        Coverage and density from the whole space inwards.
    taken : (float, float)
        Of the box that was taken, after pasting.
    sides : sequence of Side
        The surest first, at least one.
    cases : Cases or None
        Over the first two sides; None where there is one side alone.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the sides.
    """
    headings = ["The way to the box", "The box", *(["The futures"] if cases else [])]
    heights = [_WAY, _ROW * len(sides), *([_CLOUD] if cases else [])]
    with house_style():
        figure, page, places = stack_panels(
            headings, heights, _LEFT, WIDTH - _LEFT - 16, _ABOVE, _BELOW
        )
        top, axes = places[0]
        _draw_way(axes, way, taken)
        page.text(_LEFT, top + _WAY + 34, "up: density; across: coverage",
                  fontsize=SMALL - 1.5, color=QUIET)  # fmt: skip
        top, axes = places[1]
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.set_xlim(-0.02, 1.02)
        for row, side in enumerate(sides):
            y = (row + 0.5) * _ROW
            page.text(4, top + y - 10, shorten(side.name, _LETTERS + 4), fontsize=SMALL - 1.5,
                      va="center")  # fmt: skip
            low, high = (_part(value, side.ends) for value in side.inside)
            axes.plot([0, 1], [y + 5, y + 5], color=RULE, linewidth=1.2)
            axes.plot([low, high], [y + 5, y + 5], color=LEAVES, linewidth=6,
                      solid_capstyle="butt")  # fmt: skip
            page.text(_LEFT - 6, top + y + 5, f"{side.ends[0]:.3g}", fontsize=SMALL - 2,
                      color=QUIET, ha="right", va="center")  # fmt: skip
            page.text(WIDTH - 4, top + y - 10, f"to {side.ends[1]:.3g}", fontsize=SMALL - 2,
                      color=QUIET, ha="right", va="center",
                      bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})  # fmt: skip
        if cases:
            top, axes = places[2]
            _draw_cases(axes, cases, sides[0], sides[1])
            page.text(_LEFT, top + _CLOUD + 34, shorten(sides[0].name, _LETTERS),
                      fontsize=SMALL - 1.5, color=QUIET)  # fmt: skip
            page.text(102, top - 14, in_two_lines(f"up: {sides[1].name}", 44),
                      fontsize=SMALL - 1.5, color=QUIET, va="center")  # fmt: skip
        return figure


def _part(value: float, ends: tuple[float, float]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])


def _draw_way(axes: Axes, way: Sequence[tuple[float, float]], taken: tuple[float, float]) -> None:
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.03, 1.08)
    axes.set_yticks([0.0, 0.5, 1.0])
    axes.set_yticklabels(["0%", "50%", "100%"])
    axes.set_xticks([0.0, 0.5, 1.0])
    axes.set_xticklabels(["0%", "50%", "100%"])
    axes.spines["left"].set_visible(True)
    axes.plot([c for c, _ in way], [d for _, d in way], "-o", color=STAYS, linewidth=1.2,
              markersize=4.5, markerfacecolor=PAPER, clip_on=False)  # fmt: skip
    axes.plot([taken[0]], [taken[1]], "s", color=LEAVES, markersize=9, clip_on=False)


def _draw_cases(axes: Axes, cases: Cases, across: Side, up: Side) -> None:
    for found, colour, inside, marker in ((False, STAYS, PAPER, "o"), (True, LEAVES, LEAVES, "s")):
        at = [k for k, one in enumerate(cases.found) if bool(one) is found]
        axes.plot([cases.x[k] for k in at], [cases.y[k] for k in at], marker, linestyle="none",
                  markersize=4.5, markeredgecolor=colour, markerfacecolor=inside,
                  markeredgewidth=1.0)  # fmt: skip
    room_x, room_y = (0.03 * (side.ends[1] - side.ends[0]) for side in (across, up))
    axes.set_xlim(across.ends[0] - room_x, across.ends[1] + room_x)
    axes.set_ylim(up.ends[0] - room_y, up.ends[1] + room_y)
    (left, right), (low, high) = across.inside, up.inside
    axes.add_patch(Rectangle((left, low), right - left, high - low, fill=False, edgecolor=INK,
                             linewidth=1.6))  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.spines["left"].set_visible(True)
