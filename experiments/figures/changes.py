"""Who gains and who loses: the change from the baseline, row by row, with its interval.

A filled mark says that the interval keeps clear of zero and that the change is more than tiny; a
hollow one, that the picture shows no clear change or hardly any. Left of the line of zero is less,
right of it is more.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.palette import INK, PAPER, QUIET, RULE, Look
from experiments.figures.svg import SMALL, WIDTH, house_style, in_two_lines, stack_panels

_ROW = 20.0
_TALL = 27.0
_LETTERS = 23
_HEAD = 24.0
_AXIS = 34.0
_NAMES = 160.0


@dataclass(frozen=True)
class Change:
    """One row: a change from the baseline.

    Parameters
    ----------
    label : str
        Who or what changes.
    mean, low, high : float or None
        Average change and its interval; None where not known.
    look : Look
        Colour and marker of the row.
    matters : bool
        Whether a change that is clear is also more than tiny.
    """

    label: str
    mean: float | None
    low: float | None
    high: float | None
    look: Look
    matters: bool = True


@dataclass(frozen=True)
class Panel:
    """Rows that share a unit.

    Parameters
    ----------
    heading : str
        What changes, in which unit.
    changes : sequence of Change
        Rows from the top down.
    reach : float
        The axis runs from -reach to +reach, the same for every policy.
    ticks : callable
        Writes a value of the axis with its sign and unit.
    """

    heading: str
    changes: Sequence[Change]
    reach: float
    ticks: Callable[[float], str]


def rounded(reach: float) -> float:
    """Give the largest round number of one digit that is at most nine tenths of a reach."""
    room = reach * 0.9
    power = 10.0 ** math.floor(math.log10(room))
    return max(step * power for step in (1, 2, 3, 4, 5, 6, 8) if step * power <= room * (1 + 1e-12))


def _row(panel_: Panel) -> float:
    """Height of a panel's rows: taller where a name takes two lines."""
    broken = any("\n" in in_two_lines(change.label, _LETTERS) for change in panel_.changes)
    return _TALL if broken else _ROW


def _draw(axes: Axes, panel_: Panel) -> None:
    for row, change in enumerate(panel_.changes):
        y = (row + 0.5) * _row(panel_)
        if change.mean is None:
            axes.text(0, y, "not known", fontsize=SMALL, color=QUIET, ha="center",
                      va="center_baseline",
                      bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})  # fmt: skip
            continue
        low = change.mean if change.low is None else change.low
        high = change.mean if change.high is None else change.high
        clear = change.matters and (low > 0 or high < 0)
        axes.plot([low, high], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
        axes.plot(
            [change.mean], [y], marker=change.look.marker, markersize=7.5, color=change.look.colour,
            markerfacecolor=change.look.colour if clear else PAPER,
            markeredgecolor=change.look.colour, markeredgewidth=1.4,
        )  # fmt: skip


def changes_figure(panels: Sequence[Panel]) -> Figure:
    """Draw panels of changes one below the other.

    Parameters
    ----------
    panels : sequence of Panel
        From the top down.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the rows.
    """
    headings, heights = [p.heading for p in panels], [_row(p) * len(p.changes) for p in panels]
    with house_style():
        figure, page, places = stack_panels(
            headings, heights, _NAMES, WIDTH - _NAMES - 24, _HEAD, _AXIS
        )
        for item, (top, axes) in zip(panels, places, strict=True):
            axes.set_xlim(-item.reach, item.reach)
            edge = rounded(item.reach)
            axes.set_xticks([-edge, 0, edge])
            axes.set_xticklabels([item.ticks(-edge), "0", item.ticks(edge)])
            axes.axvline(0, color=RULE, linewidth=1, zorder=0)
            _draw(axes, item)
            for row, change in enumerate(item.changes):
                page.text(4, top + (row + 0.5) * _row(item), in_two_lines(change.label, _LETTERS),
                          fontsize=SMALL - 0.5, va="center", linespacing=1.1)  # fmt: skip
        return figure
