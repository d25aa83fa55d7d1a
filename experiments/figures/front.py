"""What each policy comes to on several counts at once, each better towards the top.

A full line is a policy that none beats on every count at once, on average; a dashed one is beaten
by another. Each axis runs from the worst to the best policy: it shows order, not size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.figures.palette import PAPER, QUIET, RULE, Look
from experiments.figures.svg import SMALL, WIDTH, blank, house_style, in_two_lines, panel, shorten

_LEFT = 34.0
_HEAD = 62.0
_LETTER = 6.2
_NARROW, _ONE_LINE = 12, 26
"""Letters of a name in one line: where many axes stand, and where few do."""
_TALL = 200.0
_FOOT = 24.0
_KEY = 20.0
_LETTERS = 30


@dataclass(frozen=True)
class Count:
    """One axis: its name, and its worst and best end in words."""

    name: str
    worst: str
    best: str


@dataclass(frozen=True)
class Way:
    """One policy.

    Parameters
    ----------
    label, note : str
        Its name, and how often it is not dominated.
    look : Look
        Its colour and marker.
    heights : sequence of float
        Place on each axis: 0 the worst of all policies, 1 the best.
    free : bool
        Whether none dominates it on average.
    """

    label: str
    note: str
    look: Look
    heights: Sequence[float]
    free: bool


def front_figure(counts: Sequence[Count], ways: Sequence[Way]) -> Figure:
    """Draw the counts side by side, a line a policy, and a key below.

    Parameters
    ----------
    counts : sequence of Count
        At least two.
    ways : sequence of Way
        In the order of the key.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the policies.
    """
    wide = WIDTH - 2 * _LEFT
    with house_style():
        figure, page = blank(_HEAD + _TALL + _FOOT + _KEY * len(ways) + 8)
        axes = panel(figure, _LEFT, _HEAD, wide, _TALL)
        axes.set_xlim(0, len(counts) - 1)
        axes.set_ylim(-0.04, 1.04)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        room = min(_ONE_LINE, max(_NARROW, int(wide / (len(counts) - 1) / _LETTER)))
        for column, count in enumerate(counts):
            x = _LEFT + wide * column / (len(counts) - 1)
            first, last = column == 0, column == len(counts) - 1
            at, side = (4.0, "left") if first else (WIDTH - 4, "right") if last else (x, "center")
            axes.axvline(column, color=RULE, linewidth=1, zorder=0)
            page.text(at, _HEAD - 16, in_two_lines(count.name, room), fontsize=SMALL - 2.5,
                      ha=side, va="bottom", linespacing=1.1)  # fmt: skip
            page.text(x, _HEAD - 3, count.best, fontsize=SMALL - 2.5, ha="center", va="bottom",
                      color=QUIET)  # fmt: skip
            page.text(x, _HEAD + _TALL + 12, count.worst, fontsize=SMALL - 2.5, ha="center",
                      va="center", color=QUIET)  # fmt: skip
        for row, way in enumerate(ways):
            axes.plot(range(len(counts)), list(way.heights), color=way.look.colour,
                      linewidth=2.0 if way.free else 1.2,
                      linestyle="-" if way.free else (0, (4, 3)), marker=way.look.marker,
                      markersize=8, markeredgecolor=PAPER, clip_on=False)  # fmt: skip
            y = _HEAD + _TALL + _FOOT + 10 + _KEY * row
            page.plot([12], [y], marker=way.look.marker, markersize=8, color=way.look.colour)
            page.text(24, y, shorten(way.label, _LETTERS), fontsize=SMALL - 0.5, va="center")
            page.text(WIDTH - 4, y, way.note, fontsize=SMALL - 1.5, va="center", ha="right",
                      color=QUIET)  # fmt: skip
        return figure
