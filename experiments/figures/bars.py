"""Bars from one line, one under the other, each with its name above it and its figure beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.figures.palette import INK, LEAVES, PAPER, QUIET, RULE, STAYS
from experiments.figures.svg import SMALL, WIDTH, blank, house_style, shorten

_ROW = 36.0
_TOP = 6.0
_SAID = 84.0
_THICK = 11.0
_LETTERS = 46


@dataclass(frozen=True)
class Bar:
    """One bar.

    Parameters
    ----------
    label : str
        What it is of.
    value : float
        Its length; below zero it goes to the left, in another colour and hollow.
    said : str
        The figure in words.
    ends : (float, float) or None
        An interval, drawn as a capped line over the bar's end.
    """

    label: str
    value: float
    said: str
    ends: tuple[float, float] | None = None


def bars_figure(bars: Sequence[Bar]) -> Figure:
    """Draw bars on one scale that begins at zero.

    Parameters
    ----------
    bars : sequence of Bar
        From the top down; at least one.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the rows.
    """
    reached = [value for bar in bars for value in (bar.value, *(bar.ends or ()))]
    low, high = min(0.0, *reached), max(0.0, *reached)
    scale = (WIDTH - 8 - _SAID) / ((high - low) or 1.0)
    zero = 4 - low * scale
    with house_style():
        figure, page = blank(_TOP + _ROW * len(bars))
        page.plot([zero, zero], [_TOP, _TOP + _ROW * len(bars) - 4], color=RULE, linewidth=0.8)
        for row, bar in enumerate(bars):
            top = _TOP + row * _ROW
            page.text(zero + 4 if low == 0 else 4, top + 9, shorten(bar.label, _LETTERS),
                      fontsize=SMALL - 1, va="center")  # fmt: skip
            good = bar.value >= 0
            page.barh(
                top + 22, bar.value * scale, height=_THICK, left=zero, linewidth=1.2,
                color=STAYS if good else "none", edgecolor=STAYS if good else LEAVES,
            )  # fmt: skip
            if bar.ends is not None:
                ends = [zero + end * scale for end in bar.ends]
                page.plot(ends, [top + 22] * 2, "-|", color=PAPER, linewidth=3.4, markersize=9,
                          markeredgewidth=3.4)  # fmt: skip
                page.plot(ends, [top + 22] * 2, "-|", color=INK, linewidth=1.4, markersize=9)
            page.text(WIDTH - _SAID + 8, top + 22, bar.said, fontsize=SMALL - 1, color=QUIET,
                      va="center")  # fmt: skip
        page.set_xlim(0, WIDTH)
        page.set_ylim(_TOP + _ROW * len(bars), 0)
        return figure
