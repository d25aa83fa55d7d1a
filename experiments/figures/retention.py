"""How long money stays: the part of a pound still in the place, month by month.

Each policy has its own line, dashes and marker, named in a key below, so that lines which lie on
one another can still be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.palette import INK, PAPER, QUIET, RULE, Look
from experiments.figures.svg import SMALL, WIDTH, blank, house_style, panel, shorten

_PLOT = 220.0
_LEFT = 44.0
_KEY = 20.0


@dataclass(frozen=True)
class Curve:
    """One policy's curve.

    Parameters
    ----------
    label : str
        The policy's name.
    look : Look
        Its colour, dashes and marker.
    months : sequence of int
        Months since the council paid.
    shares : sequence of float
        Part of the pound still in the place, as long as `months`, 0 to 1.
    """

    label: str
    look: Look
    months: Sequence[int]
    shares: Sequence[float]


def retention_figure(curves: Sequence[Curve]) -> Figure:
    """Draw the retention curves of all policies over one another.

    Parameters
    ----------
    curves : sequence of Curve
        In the order of the policies; at least one point among them.

    Returns
    -------
    Figure
        360 pixels wide, with a key below.
    """
    last = max(month for curve in curves for month in curve.months)
    highest = max(share for curve in curves for share in curve.shares)
    with house_style():
        figure, page = blank(30 + _PLOT + 46 + _KEY * len(curves))
        page.text(4, 14, "Part of each £1 still in the place", fontsize=SMALL, color=QUIET)
        axes = panel(figure, _LEFT, 26, WIDTH - _LEFT - 14, _PLOT)
        axes.set_xlim(0, max(last, 1))
        axes.set_ylim(0, min(1.0, highest * 1.08) if highest > 0 else 1.0)
        axes.grid(axis="y", color=RULE, linewidth=0.4)
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value * 100:.0f}p")
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        page.text(_LEFT + (WIDTH - _LEFT - 14) / 2, 26 + _PLOT + 32,
                  "Months since the council paid", fontsize=SMALL, color=QUIET,
                  ha="center")  # fmt: skip
        step = max(last // 6, 1)
        for order, curve in enumerate(curves):
            marks = slice(min(order, max(len(curve.months) - 1, 0)), None, step)
            style: str | tuple[float, tuple[float, ...]]
            style = (0.0, curve.look.dashes) if curve.look.dashes else "-"
            axes.plot(list(curve.months), list(curve.shares), linestyle=style,
                      color=curve.look.colour, linewidth=1.8)  # fmt: skip
            axes.plot(list(curve.months)[marks], list(curve.shares)[marks], curve.look.marker,
                      color=curve.look.colour, markersize=6.5, markeredgecolor=PAPER,
                      markeredgewidth=0.6, clip_on=False)  # fmt: skip
            y = 26 + _PLOT + 52 + _KEY * order
            page.plot([_LEFT, _LEFT + 34], [y, y], linestyle=style, color=curve.look.colour,
                      linewidth=1.8)  # fmt: skip
            page.plot([_LEFT + 17], [y], curve.look.marker, color=curve.look.colour,
                      markersize=6.5, markeredgecolor=PAPER, markeredgewidth=0.6)  # fmt: skip
            page.text(_LEFT + 44, y, shorten(curve.label, 38), fontsize=SMALL, va="center_baseline",
                      color=INK)  # fmt: skip
        return figure
