"""The spread over futures: a dot for each future tried, and the range that luck alone makes.

The large mark is the average with the interval of that average; the capped line below the dots is
luck: the same assumptions throughout, other throws of the dice. The two are never mixed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.figures.marks import Ticks, mark_across
from experiments.figures.palette import INK, PAPER, QUIET, RULE, Look
from experiments.figures.svg import SMALL, WIDTH, blank, house_style, panel, shorten

_ROW = 74.0
_LEFT = 24.0
_LEVELS = 4


@dataclass(frozen=True)
class Strip:
    """One policy's row.

    Parameters
    ----------
    label : str
        The policy's name.
    look : Look
        Its colour and marker.
    futures : sequence of float
        One value a future.
    mean, low, high : float or None
        Average over the futures and its interval.
    luck : (float, float) or None
        Lowest and highest value by luck alone.
    """

    label: str
    look: Look
    futures: Sequence[float]
    mean: float | None
    low: float | None
    high: float | None
    luck: tuple[float, float] | None


def stacked(values: Sequence[float], width: float) -> list[int]:
    """Give each value a level, so that no two dots of a level are nearer than `width`.

    Parameters
    ----------
    values : sequence of float
        Places along the axis.
    width : float
        Width of a dot, in the same unit.

    Returns
    -------
    list of int
        Levels from 0 upwards, at most 3, in the order of `values`.
    """
    last: list[float] = []
    levels = [0] * len(values)
    for index in sorted(range(len(values)), key=lambda i: (values[i], i)):
        free = [level for level, edge in enumerate(last) if values[index] - edge >= width]
        if free:
            level = free[0]
        elif len(last) < _LEVELS:
            level = len(last)
            last.append(values[index])
        else:
            level = last.index(min(last))
        last[level] = values[index]
        levels[index] = level
    return levels


def strip_figure(strips: Sequence[Strip], ticks: Ticks, baseline: float | None = None) -> Figure:
    """Draw one row of dots for each policy over a common axis.

    Parameters
    ----------
    strips : sequence of Strip
        From the top down; at least one value among them.
    ticks : callable
        Writes a value of the axis with its unit, fine enough to show the step that it is given.
    baseline : float, optional
        Where to draw the baseline's average as a dashed line.

    Returns
    -------
    Figure
        360 pixels wide, 74 for each policy.
    """
    seen = [v for s in strips for v in (*s.futures, *(s.luck or ()), s.mean) if v is not None]
    low, high = min(seen), max(seen)
    margin = (high - low) * 0.04 or abs(high) * 0.05 or 1.0
    low, high = low - margin, high + margin
    wide = WIDTH - 2 * _LEFT
    dot = (high - low) / wide * 6.0
    with house_style():
        tall = _ROW * len(strips)
        figure, page = blank(tall + 32)
        axes = panel(figure, _LEFT, 4, wide, tall)
        axes.set_ylim(tall, 0)
        axes.set_yticks([])
        mark_across(axes, low, high, 4, ticks)
        if baseline is not None:
            axes.axvline(baseline, color=RULE, linewidth=1, dashes=(3, 3), zorder=0)
        for row, strip in enumerate(strips):
            y = row * _ROW
            look = strip.look
            page.text(4, y + 24, shorten(strip.label, 42), fontsize=SMALL, fontweight="bold",
                      bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})  # fmt: skip
            if not strip.futures and strip.mean is None:
                page.text(_LEFT, y + 48, "not known", fontsize=SMALL, color=QUIET)
                continue
            levels = stacked(strip.futures, dot)
            axes.plot(
                list(strip.futures), [y + 42 - 4.0 * level for level in levels], "o",
                markersize=4.5, markerfacecolor="none", markeredgecolor=look.colour,
                markeredgewidth=1.1,
            )  # fmt: skip
            if strip.mean is not None:
                if strip.low is not None and strip.high is not None:
                    axes.plot([strip.low, strip.high], [y + 49, y + 49], color=INK, linewidth=3,
                              solid_capstyle="butt")  # fmt: skip
                axes.plot([strip.mean], [y + 49], marker=look.marker, markersize=8.5,
                          color=look.colour, markeredgecolor=PAPER, clip_on=False)  # fmt: skip
            if strip.luck is not None:
                axes.plot(list(strip.luck), [y + 57, y + 57], "-|", color=QUIET, linewidth=1,
                          markersize=5)  # fmt: skip
        return figure
