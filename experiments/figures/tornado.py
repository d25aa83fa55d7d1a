"""A tornado: how far each assumption moves an answer from one end of its range to the other.

One panel for each way of buying, its bars from the longest down. A bar is filled on the side of
the assumption's high end and hollow on that of its low end, so that the direction is seen without
colour. The capped line below stands around the far end of the bar and tells how sure its length
is: where it reaches back to the other end, the bar may be luck.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.marks import Ticks, mark_across
from experiments.figures.palette import INK, LEAVES, PAPER, QUIET, RULE, STAYS
from experiments.figures.svg import SMALL, WIDTH, house_style, in_two_lines, stack_panels

_ROW = 32.0
_THICK = 11.0
_LETTERS = 25
_NAMES = 168.0
_ABOVE = 30.0
_BELOW = 34.0
_MARKS = 2
"""Steps of the axis: more figures do not fit beside each other."""


@dataclass(frozen=True)
class Span:
    """One bar.

    Parameters
    ----------
    name : str
        Of the assumption.
    at_low, at_high : float
        Expected answer at the low and the high end of its range.
    sure : tuple of float or None
        Where the high end may lie if the low one stays: `at_low` plus the interval of their
        difference. None where it is not known.
    """

    name: str
    at_low: float
    at_high: float
    sure: tuple[float, float] | None = None


@dataclass(frozen=True)
class Blow:
    """One panel.

    Parameters
    ----------
    heading : str
    middle : float
        Expected answer over all points.
    spans : sequence of Span
        From the top down; at least one.
    """

    heading: str
    middle: float
    spans: Sequence[Span]


def tornado_figure(blows: Sequence[Blow], ticks: Ticks) -> Figure:
    """Draw a panel for each way of buying, all on one scale.

    Parameters
    ----------
    blows : sequence of Blow
        At least one.
    ticks : callable
        Writes a value of the axis, fine enough to show the step that it is given.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the rows.
    """
    reached = [value for blow in blows for span in blow.spans for value in _reach(span, blow)]
    low, high = min(reached), max(reached)
    margin = (high - low) * 0.03 or abs(high) * 0.1 or 1.0
    low, high = low - margin, high + margin
    with house_style():
        figure, page, panels = stack_panels(
            [blow.heading for blow in blows], [_ROW * len(blow.spans) for blow in blows],
            _NAMES, WIDTH - _NAMES - 14, _ABOVE, _BELOW,
        )  # fmt: skip
        for blow, (top, axes) in zip(blows, panels, strict=True):
            mark_across(axes, low, high, _MARKS, ticks)
            axes.axvline(0.0, color=RULE, linewidth=0.8, dashes=(2, 2), zorder=0)
            axes.axvline(blow.middle, color=INK, linewidth=0.9, zorder=3)
            for row, span in enumerate(blow.spans):
                y = (row + 0.5) * _ROW
                page.text(4, top + y, in_two_lines(span.name, _LETTERS), fontsize=SMALL - 1.5,
                          va="center", linespacing=1.05)  # fmt: skip
                _bar(axes, span, blow.middle, y)
        return figure


def _reach(span: Span, blow: Blow) -> tuple[float, ...]:
    return (span.at_low, span.at_high, blow.middle, *(span.sure or ()))


def _bar(axes: Axes, span: Span, middle: float, y: float) -> None:
    """Draw a bar from the middle to each end, and how sure its length is."""
    ends = ((span.at_low, PAPER, LEAVES), (span.at_high, STAYS, STAYS))
    longest_first = sorted(ends, key=lambda one: -abs(one[0] - middle))
    for value, fill, edge in longest_first:
        axes.barh(y - 3, value - middle, _THICK, left=middle, facecolor=fill, edgecolor=edge,
                  linewidth=1.4, zorder=2)  # fmt: skip
    if span.sure:
        axes.plot(span.sure, [y + 9, y + 9], "-|", color=QUIET, linewidth=1, markersize=5)
