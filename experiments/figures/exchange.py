"""Who pays whom in one month: payers on the left, payees on the right, a band for each pair.

A band is as thick as its sum, on one scale for every month of a run. What stays in the place is
solid, what leaves has slanted lines, what comes in has upright lines: grey print keeps the
difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.palette import PAPER, QUIET
from experiments.figures.pound import BLOCK, PAINT, Fate, draw_band
from experiments.figures.svg import SMALL, TEXT, WIDTH, blank, house_style

BANDS = 250.0
"""Thickness of all bands together in the largest month [CSS pixels]."""
THINNEST = 0.7
"""A band is drawn no thinner, so that it can be seen [CSS pixels]."""

_LEFT, _RIGHT = 126.0, 234.0
_SLOT = 33.0
_HEAD = 46.0
_GAP = 4.0


@dataclass(frozen=True)
class Band:
    """What one group paid another.

    Parameters
    ----------
    payer, payee : str
        Names of groups.
    size : float
        Its part of what the largest month moved, 0 to 1.
    fate : {"stays", "waits", "leaves"}
        Stays in the place, comes into it ("waits"), or leaves it.
    """

    payer: str
    payee: str
    size: float
    fate: Fate


@dataclass(frozen=True)
class End:
    """A group as it stands on one side.

    Parameters
    ----------
    group : str
        As in the bands.
    name, amount : str
        Two lines beside its block.
    """

    group: str
    name: str
    amount: str


def exchange_figure(payers: Sequence[End], payees: Sequence[End], bands: Sequence[Band]) -> Figure:
    """Draw a month's payments between groups.

    Parameters
    ----------
    payers, payees : sequence of End
        From the top down.
    bands : sequence of Band
        Each between two groups that are there.

    Returns
    -------
    Figure
        360 pixels wide. No label covers another: each group has two lines of room.
    """
    paid = [(one.payer, one.size) for one in bands]
    received = [(one.payee, one.size) for one in bands]
    tall = max(_tall(payers, paid), _tall(payees, received))
    with house_style():
        figure, axes = blank(tall)
        axes.text(4, 18, "Who pays", fontsize=TEXT, fontweight="bold")
        axes.text(WIDTH - 4, 18, "Who is paid", fontsize=TEXT, fontweight="bold", ha="right")
        left, right = _side(axes, payers, paid, "left"), _side(axes, payees, received, "right")
        order = {one.group: k for k, one in enumerate(payees)}
        first = {one.group: k for k, one in enumerate(payers)}
        begins: dict[int, float] = {}
        for k in sorted(range(len(bands)), key=lambda k: order[bands[k].payee]):
            begins[k] = left[bands[k].payer]
            left[bands[k].payer] += _thick(bands[k].size)
        for k in sorted(range(len(bands)), key=lambda k: first[bands[k].payer]):
            one, thick = bands[k], _thick(bands[k].size)
            colour, hatch = PAINT[one.fate]
            block = Rectangle((_LEFT - BLOCK, begins[k]), BLOCK, thick, facecolor=colour,
                              edgecolor=PAPER, linewidth=0, hatch=hatch)  # fmt: skip
            axes.add_patch(block)
            draw_band(axes, _LEFT, _RIGHT, begins[k], right[one.payee], thick, one.fate)
            right[one.payee] += thick
        return figure


def _thick(size: float) -> float:
    return max(size * BANDS, THINNEST)


def _of(end: End, parts: Sequence[tuple[str, float]]) -> float:
    """Thickness of all bands of a group."""
    return sum(_thick(size) for group, size in parts if group == end.group)


def _tall(ends: Sequence[End], parts: Sequence[tuple[str, float]]) -> float:
    return _HEAD + sum(max(_of(end, parts), _SLOT) + _GAP for end in ends) + _GAP


def _side(
    axes: Axes, ends: Sequence[End], parts: Sequence[tuple[str, float]], side: str
) -> dict[str, float]:
    """Write the groups of a side; return where the bands of each begin, from the top."""
    at, top = {}, _HEAD
    for end in ends:
        thick = _of(end, parts)
        room = max(thick, _SLOT)
        at[end.group] = top + (room - thick) / 2
        middle = top + room / 2
        x, align = (_LEFT - BLOCK - 6, "right") if side == "left" else (_RIGHT + BLOCK + 6, "left")
        axes.text(x, middle - 2, end.name, fontsize=SMALL, ha=align, va="bottom")
        axes.text(x, middle + 1, end.amount, fontsize=SMALL, ha=align, va="top", color=QUIET)
        top += room + _GAP
    return at
