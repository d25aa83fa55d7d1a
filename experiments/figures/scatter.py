"""An answer against a factor: a dot for each setting tried, and the line that was fitted.

A full line is a slope that was found, a dashed one a slope that was not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.palette import INK, QUIET, RULE, look
from experiments.figures.svg import ROUND, SMALL, WIDTH, house_style, shorten, stack_panels

_LEFT = 56.0
_HIGH = 110.0
_ABOVE = 50.0
_BELOW = 54.0
_LETTERS = 50
_NOTE = 62


@dataclass(frozen=True)
class Cloud:
    """One panel.

    Parameters
    ----------
    title, against : str
        What is shown, with its unit, and against what.
    axis : str
        The factor, with its unit.
    x, y : sequence of float
        Factor and answer of each setting.
    ends : (float, float)
        Range of the factor.
    fitted : (float, float) or None
        Fitted answer at both ends.
    found : bool
        Whether the slope's interval keeps clear of zero.
    note : str
        Slope and interval in words.
    """

    title: str
    against: str
    axis: str
    x: Sequence[float]
    y: Sequence[float]
    ends: tuple[float, float]
    fitted: tuple[float, float] | None
    found: bool
    note: str


def scatter_figure(clouds: Sequence[Cloud]) -> Figure:
    """Draw the panels one below the other, 360 pixels wide."""
    colour = look(0).colour
    with house_style():
        titles = ["" for _ in clouds]
        figure, page, panels = stack_panels(
            titles, [_HIGH] * len(clouds), _LEFT, WIDTH - _LEFT - 14, _ABOVE, _BELOW
        )
        for cloud, (top, axes) in zip(clouds, panels, strict=True):
            heading = "\n".join(shorten(one, _LETTERS) for one in (cloud.title, cloud.against))
            page.text(4, top - _ABOVE + 14, heading, fontsize=SMALL,
                      fontweight="bold", va="top", linespacing=1.2)  # fmt: skip
            for line, said in enumerate((cloud.axis, cloud.note)):
                page.text(4, top + _HIGH + 32 + 15 * line, shorten(said, _NOTE),
                          fontsize=SMALL - 2, color=QUIET)  # fmt: skip
            axes.set_ylim(auto=True)
            axes.set_yticks([])
            axes.yaxis.set_major_locator(MaxNLocator(3, steps=ROUND))
            axes.xaxis.set_major_locator(MaxNLocator(4, steps=ROUND))
            low, high = cloud.ends
            room = 0.03 * (high - low)
            axes.set_xlim(low - room, high + room)
            if not cloud.y:
                page.text(_LEFT + 8, top + 40, "no answer", fontsize=SMALL, color=QUIET)
                continue
            axes.plot(list(cloud.x), list(cloud.y), "o", markersize=4, markerfacecolor="none",
                      markeredgecolor=colour, markeredgewidth=1.1)  # fmt: skip
            if min(cloud.y) <= 0 <= max(cloud.y):
                axes.axhline(0.0, color=RULE, linewidth=0.8, zorder=0)
            if cloud.fitted is not None:
                style = "-" if cloud.found else (0, (4, 3))
                axes.plot([low, high], list(cloud.fitted), color=INK, linewidth=1.6,
                          linestyle=style)  # fmt: skip
            bottom, ceiling = _ends(cloud)
            axes.set_ylim(bottom, ceiling)
    return figure


def _ends(cloud: Cloud) -> tuple[float, float]:
    values = [*cloud.y, *(cloud.fitted or ())]
    low, high = min(values), max(values)
    room = 0.08 * (high - low) or abs(high) * 0.1 or 1.0
    return low - room, high + room
