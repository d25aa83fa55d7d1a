"""How long money stays: the part of a pound still in the place, month by month.

Each policy has its own line, dashes and marker, named in a key below. Lines may lie on one another,
so a second panel shows each line's difference from the baseline on a scale of its own. Upright
strokes at the markers reach from the lowest to the highest future.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.palette import INK, PAPER, QUIET, RULE, Look
from experiments.figures.svg import ROUND, SMALL, WIDTH, blank, house_style, panel, shorten

_PLOT = 220.0
_LEFT = 44.0
_KEY = 20.0
_ROOM = 66.0
_GAPS = 110.0
_MORE = 14.0
"""Height of the lower panel for up to six lines, and what each further line adds."""
_BETWEEN = 76.0


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
    low, high : sequence of float
        The lowest and the highest future, as long as `months`; empty where there is one future.
    """

    label: str
    look: Look
    months: Sequence[int]
    shares: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()

    @property
    def ends(self) -> Sequence[float]:
        """All that is drawn of it."""
        return [*self.shares, *self.low, *self.high]


def _lines(axes: Axes, curves: Sequence[Curve], last: int) -> None:
    step = max(last // 6, 1)
    for order, curve in enumerate(curves):
        marks = slice(min(order, max(len(curve.months) - 1, 0)), None, step)
        axes.plot(list(curve.months), list(curve.shares), linestyle=_style(curve.look),
                  color=curve.look.colour, linewidth=1.8)  # fmt: skip
        if curve.low:
            axes.vlines(list(curve.months)[marks], list(curve.low)[marks], list(curve.high)[marks],
                        color=curve.look.colour, linewidth=1.0)  # fmt: skip
        axes.plot(list(curve.months)[marks], list(curve.shares)[marks], linestyle="none",
                  marker=curve.look.marker, color=curve.look.colour, markersize=6.5,
                  markeredgecolor=PAPER, markeredgewidth=0.6, clip_on=False)  # fmt: skip


def _style(look: Look) -> str | tuple[float, tuple[float, ...]]:
    return (0.0, look.dashes) if look.dashes else "-"


def _height(gaps: Sequence[Curve]) -> float:
    return _GAPS + _MORE * max(len(gaps) - 6, 0)


def _gap_panel(
    figure: Figure, top: float, gaps: Sequence[Curve], last: int,
    ticks: Callable[[float, float], str],
) -> None:  # fmt: skip
    axes = panel(figure, _ROOM, top, WIDTH - _ROOM - 14, _height(gaps))
    reach = max(abs(share) for gap in gaps for share in gap.ends) * 1.1
    axes.set_xlim(0, max(last, 1))
    axes.set_ylim(-reach, reach)
    edge = MaxNLocator(2, symmetric=True, steps=ROUND).tick_values(-reach, reach)
    marks = [float(value) for value in edge if abs(value) <= reach]
    step = marks[1] - marks[0] if len(marks) > 1 else reach
    axes.set_yticks(marks)
    axes.set_yticklabels([ticks(value, step) for value in marks])
    axes.grid(axis="y", color=RULE, linewidth=0.4)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    _lines(axes, gaps, last)


def retention_figure(
    curves: Sequence[Curve],
    gaps: Sequence[Curve] = (),
    baseline: str = "the baseline",
    ticks: Callable[[float, float], str] = lambda value, step: f"{value:+.3g}",
) -> Figure:
    """Draw the retention curves of all policies over one another, and their differences below.

    Parameters
    ----------
    curves : sequence of Curve
        In the order of the policies; at least one point among them.
    gaps : sequence of Curve
        Differences of the curves from the baseline's; none for no second panel.
    baseline : str
        Title of the baseline.
    ticks : callable
        Writes a difference with its unit, fine enough to show the step that it is given.

    Returns
    -------
    Figure
        360 pixels wide, with a key below.
    """
    last = max(month for curve in curves for month in curve.months)
    highest = max(share for curve in curves for share in curve.ends)
    with house_style():
        lower = _BETWEEN + _height(gaps) if gaps else 0.0
        bottom = 26 + _PLOT + lower
        figure, page = blank(bottom + 50 + _KEY * len(curves))
        page.text(4, 14, "Part of each £1 that is still there", fontsize=SMALL, color=QUIET)
        left = _ROOM if gaps else _LEFT
        axes = panel(figure, left, 26, WIDTH - left - 14, _PLOT)
        axes.set_xlim(0, max(last, 1))
        axes.set_ylim(0, min(1.0, highest * 1.08) if highest > 0 else 1.0)
        axes.grid(axis="y", color=RULE, linewidth=0.4)
        axes.yaxis.set_major_locator(MaxNLocator(5, steps=ROUND))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value * 100:.3g}p")
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        if gaps:
            page.text(4, bottom - _height(gaps) - 16, shorten(f"Difference from {baseline}", 46),
                      fontsize=SMALL, color=QUIET)  # fmt: skip
            _gap_panel(figure, bottom - _height(gaps), gaps, last, ticks)
            page.text(left + (WIDTH - left - 14) / 2, bottom + 32,
                      "Months since the council paid", fontsize=SMALL, color=QUIET,
                      ha="center")  # fmt: skip
        page.text(left + (WIDTH - left - 14) / 2, 26 + _PLOT + 32,
                  "Months since the council paid", fontsize=SMALL, color=QUIET,
                  ha="center")  # fmt: skip
        _lines(axes, curves, last)
        for order, curve in enumerate(curves):
            y = bottom + 54 + _KEY * order
            page.plot([_LEFT, _LEFT + 34], [y, y], linestyle=_style(curve.look),
                      color=curve.look.colour, linewidth=1.8)  # fmt: skip
            page.plot([_LEFT + 17], [y], marker=curve.look.marker, color=curve.look.colour,
                      markersize=6.5, markeredgecolor=PAPER, markeredgewidth=0.6)  # fmt: skip
            page.text(_LEFT + 44, y, shorten(curve.label, 38), fontsize=SMALL, va="center_baseline",
                      color=INK)  # fmt: skip
        return figure
