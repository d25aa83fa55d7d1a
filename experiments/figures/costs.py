"""A picture of what things cost, on a logarithmic scale: several panels of one dot a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from experiments.figures.palette import INK, LEAVES, PAPER, QUIET, RULE, STAYS
from experiments.figures.svg import SMALL, WIDTH, house_style, shorten, stack_panels

_ROW = 34.0
_HEAD = 40.0
_AXIS = 50.0
_LEFT = 8.0
_SAID = 96.0
_MANY = 100.0
"""From this span on only powers of ten are written at the axis."""
_AIR = 1.25
"""Room left and right of the outermost dots, as a factor."""


@dataclass(frozen=True)
class Dot:
    """One row.

    Parameters
    ----------
    label : str
        What it is.
    value : float
        Where the dot stands; above zero.
    said : str
        The figure in words, beside the dot.
    good : bool
        Whether it is as it should be; a bad one is hollow.
    """

    label: str
    value: float
    said: str
    good: bool = True


@dataclass(frozen=True)
class Scale:
    """Rows on one scale.

    Parameters
    ----------
    heading, note, axis : str
        What is shown, how to read it, and what the axis is, which is said to be logarithmic.
    dots : sequence of Dot
        From the top down; at least one.
    line : float or None
        Where a line is drawn from top to bottom.
    """

    heading: str
    note: str
    axis: str
    dots: Sequence[Dot]
    line: float | None = None


def _draw(axes: Axes, scale: Scale) -> None:
    """Draw dots, each on a thin rule."""
    values = [dot.value for dot in scale.dots] + ([] if scale.line is None else [scale.line])
    axes.set_xscale("log")
    axes.set_xlim(min(values) / _AIR, max(values) * _AIR)
    wide = max(values) / min(values) > _MANY
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0,) if wide else (1.0, 2.0, 5.0)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    if scale.line is not None:
        axes.axvline(scale.line, color=INK, linewidth=1, zorder=1)
    for row, dot in enumerate(scale.dots):
        y, colour = (row + 0.72) * _ROW, STAYS if dot.good else LEAVES
        axes.axhline(y, color=RULE, linewidth=0.6, zorder=0)
        axes.plot(
            [dot.value], [y], "o" if dot.good else "s", markersize=7.5, markeredgecolor=colour,
            markeredgewidth=1.4, markerfacecolor=colour if dot.good else PAPER, zorder=2,
        )  # fmt: skip


def costs_figure(scales: Sequence[Scale]) -> Figure:
    """Draw panels of dots one below the other.

    Parameters
    ----------
    scales : sequence of Scale
        From the top down.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the rows.
    """
    headings, heights = [s.heading for s in scales], [_ROW * len(s.dots) for s in scales]
    with house_style():
        figure, page, places = stack_panels(
            headings, heights, _LEFT, WIDTH - _LEFT - _SAID, _HEAD, _AXIS
        )
        for scale, (top, axes) in zip(scales, places, strict=True):
            page.text(4, top - 9, scale.note, fontsize=SMALL - 1, color=QUIET)
            _draw(axes, scale)
            page.text(4, top + _ROW * len(scale.dots) + 32, f"{scale.axis}, logarithmic scale",
                      fontsize=SMALL - 1, color=QUIET)  # fmt: skip
            for row, dot in enumerate(scale.dots):
                page.text(4, top + (row + 0.28) * _ROW, shorten(dot.label, 57),
                          fontsize=SMALL - 1, va="center",
                          bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})  # fmt: skip
                page.text(WIDTH - _SAID + 8, top + (row + 0.72) * _ROW, dot.said,
                          fontsize=SMALL - 1, color=QUIET, va="center")  # fmt: skip
        return figure
