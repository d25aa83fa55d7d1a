"""Bars side by side: how many there are under each heading, and how much that is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.palette import QUIET, RULE, STAYS, WAITS
from experiments.figures.svg import SMALL, TEXT, WIDTH, blank, house_style, shorten

_ROW = 34.0
_HEAD = 26.0
_BAR = 9.0
_SAID = 84.0
_LEFT = 6.0


@dataclass(frozen=True)
class Bar:
    """One heading.

    Parameters
    ----------
    label : str
        What it is.
    share : float
        Its length as a share of the whole, 0 to 1.
    said : str
        The figure, beside the bar.
    known : bool
        Whether it is a finding; what is not known is grey and hollow.
    """

    label: str
    share: float
    said: str
    known: bool = True


def tallies_figure(panels: Sequence[tuple[str, Sequence[Bar]]]) -> Figure:
    """Draw panels of bars one below the other, the longest of each as long as there is room.

    Parameters
    ----------
    panels : sequence of (str, sequence of Bar)
        Heading, and bars from the top down; at least one each.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the bars.
    """
    tall = sum(_HEAD + _ROW * len(bars) + 8 for _, bars in panels)
    with house_style():
        figure, page = blank(tall)
        top = 0.0
        for heading, bars in panels:
            page.text(_LEFT, top + 17, heading, fontsize=TEXT - 0.5, fontweight="bold")
            longest = max(bar.share for bar in bars) or 1.0
            room = WIDTH - _LEFT - _SAID
            for row, bar in enumerate(bars):
                y = top + _HEAD + _ROW * row
                page.text(_LEFT, y + 11, shorten(bar.label, 48), fontsize=SMALL - 0.5)
                page.plot([_LEFT, _LEFT], [y + 16, y + 16 + _BAR], color=RULE, linewidth=1)
                wide = bar.share / longest * room
                colour = STAYS if bar.known else WAITS
                page.add_patch(
                    Rectangle(
                        (_LEFT, y + 16), wide, _BAR, edgecolor=colour, linewidth=1,
                        facecolor=colour if bar.known else "none",
                    )
                )  # fmt: skip
                page.text(_LEFT + wide + 6, y + 16 + _BAR - 0.5, bar.said, fontsize=SMALL - 1,
                          color=QUIET)  # fmt: skip
            top += _HEAD + _ROW * len(bars) + 8
        return figure
