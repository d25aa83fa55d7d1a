"""Data beside what was built: a hollow bar from least to most and a full mark, row by row.

The data's bar is outlined, so that it can be told from the mark on grey paper; where the data are a
single number the bar is a short upright line.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from experiments.figures.palette import INK, LEAVES, PAPER, QUIET, RULE, STAYS
from experiments.figures.svg import ROUND, SMALL, WIDTH, blank, house_style, panel, shorten

_ROW = 34.0
_LEFT = 14.0
_TOP = 26.0
_AXIS = 30.0
_LETTERS = 52
_NARROW = 0.012
_LEGEND = "grey: data, least to most; built: dot agrees, square differs, ring not held"


@dataclass(frozen=True)
class Beside:
    """One row.

    Parameters
    ----------
    label : str
        What it is of.
    low, high : float or None
        The data, least and most; None where there are none.
    built : float or None
        What was built.
    alike : bool or None
        Whether they agree; where not, the mark is a hollow square; a hollow ring where that cannot
        be said.
    """

    label: str
    low: float | None
    high: float | None
    built: float | None
    alike: bool | None


_LOOK = {True: (STAYS, "o"), False: (LEAVES, "s"), None: (QUIET, "o")}


def sides_figure(
    rows: Sequence[Beside], ticks: Callable[[float], str], *, logarithmic: bool = False
) -> Figure:
    """Draw rows on one scale.

    Parameters
    ----------
    rows : sequence of Beside
        From the top down; at least one number among them, above 0 where the scale is logarithmic.
    ticks : callable
        Writes a value of the axis.
    logarithmic : bool
        Whether each step of the scale is a factor.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the rows.
    """
    seen = [v for row in rows for v in (row.low, row.high, row.built) if v is not None]
    tall = _ROW * len(rows)
    with house_style():
        figure, page = blank(_TOP + tall + _AXIS)
        page.text(4, 12, _LEGEND, fontsize=SMALL - 2, color=QUIET, va="center")
        axes = panel(figure, _LEFT, _TOP, WIDTH - 2 * _LEFT, tall)
        axes.set_ylim(tall, 0)
        axes.set_yticks([])
        if logarithmic:
            axes.set_xscale("log")
            axes.set_xlim(min(seen) / 1.6, max(seen) * 1.6)
            axes.xaxis.set_major_locator(LogLocator(subs=(1.0,), numticks=6))
            axes.xaxis.set_minor_locator(NullLocator())
        else:
            axes.set_xlim(0.0, max(seen) * 1.06 or 1.0)
            axes.xaxis.set_major_locator(MaxNLocator(4, steps=ROUND))
        axes.xaxis.set_major_formatter(lambda value, _: ticks(value))
        for at, row in enumerate(rows):
            y = at * _ROW + 22
            page.text(
                4, _TOP + at * _ROW + 8, shorten(row.label, _LETTERS), fontsize=SMALL - 1,
                va="center", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
            )  # fmt: skip
            axes.axhline(y, color=RULE, linewidth=0.6, zorder=0)
            if row.low is not None and row.high is not None:
                if _wide(row.low, row.high, axes.get_xlim(), logarithmic=logarithmic):
                    axes.barh(y, row.high - row.low, height=9, left=row.low, color=PAPER,
                              edgecolor=QUIET, linewidth=1.4, zorder=1)  # fmt: skip
                else:
                    axes.plot([row.low, row.low], [y - 6, y + 6], color=QUIET, linewidth=2.4)
            if row.built is not None:
                colour, mark = _LOOK[row.alike]
                axes.plot([row.built], [y], mark, markersize=7.5,
                          markeredgecolor=colour, markeredgewidth=1.6, zorder=3, clip_on=False,
                          markerfacecolor=colour if row.alike else PAPER)  # fmt: skip
        return figure


def _wide(low: float, high: float, ends: tuple[float, float], *, logarithmic: bool) -> bool:
    """Say whether a range is wide enough on its scale to be drawn as one."""
    if logarithmic:
        return math.log(high / low) > _NARROW * math.log(ends[1] / ends[0])
    return high - low > _NARROW * (ends[1] - ends[0])


def lorenz_figure(curves: Sequence[tuple[str, Sequence[float], tuple[float, ...]]]) -> Figure:
    """Draw Lorenz curves on one square.

    Parameters
    ----------
    curves : sequence of (str, sequence of float, tuple of float)
        Name with its Gini coefficient, shares from 0 to 1 in equal steps of suppliers, and the
        dashes of its line (none for a full one).

    Returns
    -------
    Figure
        360 pixels wide.
    """
    side = 268.0
    with house_style():
        figure, page = blank(side + 84)
        axes = panel(figure, 56, 10, WIDTH - 72, side)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.plot([0, 1], [0, 1], color=RULE, linewidth=0.8)
        for (name, shares, dashes), colour in zip(curves, (INK, STAYS), strict=False):
            at = [k / (len(shares) - 1) for k in range(len(shares))]
            style = (0, dashes) if dashes else "-"
            axes.plot(at, list(shares), color=colour, linewidth=2.0, label=name, linestyle=style)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(4, steps=ROUND))
            axis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
        axes.legend(loc="upper left", frameon=False, fontsize=SMALL - 1, handlelength=3.2)
        page.text(56, side + 54, "share of suppliers, from the smallest", fontsize=SMALL - 1,
                  color=QUIET)  # fmt: skip
        page.text(56, side + 72, "upright: their share of purchases; thin line: all alike",
                  fontsize=SMALL - 1, color=QUIET)  # fmt: skip
        return figure
