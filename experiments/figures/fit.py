"""A calibration in one picture: where each fitted number may lie, and how near each target came.

On top, each fitted number over the range that was tried: how much of the weight lies in each part
of it, beside what was assumed before, and the middle of what is left. Below, each target in
tolerances: the band is what is near enough, the bar what the particles came to, the cross what the
central values came to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.palette import INK, LEAVES, PAPER, QUIET, RULE, STAYS
from experiments.figures.svg import SMALL, WIDTH, house_style, shorten, stack_panels

_LEFT = 24.0
_ROW = 74.0
_TALL = 34.0
_MARK = 52.0
_ABOVE = 30.0
_BELOW = 34.0
_LETTERS = 50
FARTHEST = 4.0
"""Tolerances that the axis reaches; what lies beyond is drawn at its end, as an arrow."""


@dataclass(frozen=True)
class Spread:
    """A fitted number.

    Parameters
    ----------
    name : str
        What it is called, with its unit.
    ends : (str, str)
        The range that was tried, written out.
    before, after : sequence of float
        Share of the weight in equal parts of that range: assumed, and left.
    middle : float
        Where the middle of what is left lies, from 0 to 1.
    """

    name: str
    ends: tuple[str, str]
    before: Sequence[float]
    after: Sequence[float]
    middle: float


@dataclass(frozen=True)
class Nearness:
    """A target, all in tolerances from its value.

    Parameters
    ----------
    name : str
        What it is called.
    low, middle, high : float
        What the particles came to.
    centre : float
        What the central values came to.
    """

    name: str
    low: float
    middle: float
    high: float
    centre: float


def fit_figure(spreads: Sequence[Spread], targets: Sequence[Nearness]) -> Figure:
    """Draw a calibration.

    Parameters
    ----------
    spreads : sequence of Spread
        At least one.
    targets : sequence of Nearness
        At least one.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the rows.
    """
    headings = ["Fitted: assumed and left", "Targets: how far off, in tolerances"]
    heights = [_ROW * len(spreads), _MARK * len(targets)]
    with house_style():
        figure, page, panels = stack_panels(
            headings, heights, _LEFT, WIDTH - 2 * _LEFT, _ABOVE, _BELOW
        )
        top, axes = panels[0]
        axes.set_xlim(0, 1)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        for row, one in enumerate(spreads):
            y = top + row * _ROW
            page.text(_LEFT, y + 10, shorten(one.name, _LETTERS), fontsize=SMALL - 1)
            _draw_spread(axes, one, (row + 1) * _ROW - 22)
            for x, end, side in (
                (_LEFT, one.ends[0], "left"),
                (WIDTH - _LEFT, one.ends[1], "right"),
            ):
                page.text(x, y + _ROW - 10, end, fontsize=SMALL - 2, color=QUIET, ha=side)
        page.text(_LEFT, top + heights[0] + 16, "grey: assumed; blue: left; mark: its middle",
                  fontsize=SMALL - 1.5, color=QUIET)  # fmt: skip
        top, axes = panels[1]
        axes.set_xlim(-FARTHEST, FARTHEST)
        axes.set_xticks([-3, -2, -1, 0, 1, 2, 3])
        axes.axvspan(-1, 1, color=RULE, alpha=0.25, linewidth=0)
        axes.axvline(0, color=RULE, linewidth=1)
        for row, target in enumerate(targets):
            page.text(_LEFT, top + row * _MARK + 16, shorten(target.name, _LETTERS),
                      fontsize=SMALL - 1)  # fmt: skip
            _draw_target(axes, target, row * _MARK + 34)
        return figure


def _draw_spread(axes: Axes, one: Spread, foot: float) -> None:
    most = max(*one.before, *one.after)
    wide = 1.0 / len(one.after)
    for k, (before, after) in enumerate(zip(one.before, one.after, strict=True)):
        tall = _TALL * after / most
        axes.bar((k + 0.5) * wide, -tall, wide * 0.86, bottom=foot, color=STAYS, linewidth=0)
        level = foot - _TALL * before / most
        axes.plot([k * wide, (k + 1) * wide], [level, level], color=QUIET, linewidth=1.4)
    axes.plot([0, 1], [foot, foot], color=RULE, linewidth=1)
    axes.plot([one.middle], [foot], "^", color=INK, markersize=6.5, markeredgecolor=PAPER,
              clip_on=False)  # fmt: skip


def _draw_target(axes: Axes, one: Nearness, y: float) -> None:
    colour = STAYS if one.low >= -1 and one.high <= 1 else LEAVES
    low, high = max(one.low, -FARTHEST), min(one.high, FARTHEST)
    if low <= high:
        axes.plot([low, high], [y, y], color=colour, linewidth=5, solid_capstyle="butt")
    for value, marker, size in ((one.middle, "o", 7.5), (one.centre, "x", 6.5)):
        at = min(max(value, -FARTHEST), FARTHEST)
        beyond = "<" if value < -FARTHEST else ">" if value > FARTHEST else marker
        colour_of = INK if marker == "x" else colour
        axes.plot([at], [y], beyond, color=colour_of, markersize=size, markeredgecolor=colour_of,
                  markeredgewidth=1.6, clip_on=False)  # fmt: skip
