"""Where one pound goes: it leaves on the left, and each band ends with who receives that part.

A band is as thick as its part of the pound, on the same scale for every policy. What stays in the
place is solid, what leaves has slanted lines, what is not yet spent has upright lines: grey print
keeps the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from experiments.figures.palette import INK, LEAVES, PAPER, STAYS, WAITS
from experiments.figures.svg import TEXT, blank, house_style

Fate = Literal["stays", "waits", "leaves"]

PAINT: dict[Fate, tuple[str, str]] = {
    "stays": (STAYS, ""),
    "waits": (WAITS, "|||"),
    "leaves": (LEAVES, "////"),
}
"""Colour and hatch of each fate."""

BLOCK = 12.0
"""Width of the block at the end of a band [CSS pixels]."""

_POUND = 180.0
_SLOT = 18.0
_HEAD = 22.0
_TOP = 14.0


@dataclass(frozen=True)
class Part:
    """One part of a pound.

    Parameters
    ----------
    label : str
        Who receives it, with the amount, as it stands in the picture.
    share : float
        Part of the pound, 0 to 1; below 0 (drawn from reserves) it is named and has no band.
    """

    label: str
    share: float


@dataclass(frozen=True)
class Group:
    """Parts of a pound with one fate.

    Parameters
    ----------
    heading : str
        What the parts have in common, with their total.
    fate : {"stays", "waits", "leaves"}
        Decides colour and hatch.
    parts : sequence of Part
        From the top down.
    """

    heading: str
    fate: Fate
    parts: Sequence[Part]


def _height(groups: Sequence[Group]) -> float:
    slots = sum(max(p.share * _POUND, _SLOT) + 3 for g in groups for p in g.parts)
    return _TOP + slots + (_HEAD + 6) * len(groups) + 6


def same_height(pictures: Sequence[Sequence[Group]]) -> float:
    """Give the height that holds each of several pictures of a pound [CSS pixels]."""
    return max((_height(groups) for groups in pictures), default=_TOP)


def draw_band(
    axes: Axes, start: float, end: float, left: float, right: float, thick: float, fate: Fate
) -> None:
    """Draw a band that bends from one height to another, with a block at its end.

    Parameters
    ----------
    axes : Axes
        One unit a pixel.
    start, end : float
        Where it begins and ends, from the left.
    left, right : float
        Its upper edge there, from the top.
    thick : float
        Its thickness.
    fate : {"stays", "waits", "leaves"}
        Decides colour and hatch.
    """
    colour, hatch = PAINT[fate]
    middle = (start + end) / 2
    points = [
        (start, left),
        (middle, left),
        (middle, right),
        (end, right),
        (end, right + thick),
        (middle, right + thick),
        (middle, left + thick),
        (start, left + thick),
        (start, left),
    ]
    curve = Path.CURVE4
    codes = [Path.MOVETO, curve, curve, curve, Path.LINETO, curve, curve, curve, Path.CLOSEPOLY]
    shape = Path(points, codes)
    axes.add_patch(PathPatch(shape, facecolor=colour, edgecolor="none", alpha=0.35))
    block = Rectangle((end, right), BLOCK, thick, facecolor=colour, edgecolor=PAPER, linewidth=0)
    if hatch:
        block.set_hatch(hatch)
        axes.add_patch(
            PathPatch(shape, facecolor="none", edgecolor=colour, linewidth=0, hatch=hatch)
        )
    axes.add_patch(block)


def pound_figure(groups: Sequence[Group], height: float, source: str = "£1 spent") -> Figure:
    """Draw the parts of one pound as bands from the council to who receives them.

    Parameters
    ----------
    groups : sequence of Group
        What stays, what waits, what leaves; shares sum to 1.
    height : float
        Height of the picture [CSS pixels], from `same_height`.
    source : str
        The words above the pound.

    Returns
    -------
    Figure
        360 pixels wide. No label covers another: each part has a slot of at least a line.
    """
    with house_style():
        figure, axes = blank(height)
        needed = _height(groups)
        left = _TOP + (needed - _TOP - _POUND) / 2
        axes.text(8, left - 8, source, fontsize=TEXT, fontweight="bold", va="baseline")
        y = _TOP - 10
        for group in groups:
            axes.text(168, y + 15, group.heading, fontsize=TEXT, fontweight="bold")
            y += _HEAD
            for part in group.parts:
                thick = max(part.share, 0.0) * _POUND
                slot = max(thick, _SLOT)
                if thick > 0:
                    colour, hatch = PAINT[group.fate]
                    axes.add_patch(
                        Rectangle(
                            (24, left), 20, thick, facecolor=colour, edgecolor=PAPER,
                            linewidth=0, hatch=hatch,
                        )
                    )  # fmt: skip
                    draw_band(axes, 44.0, 168.0, left, y + (slot - thick) / 2, thick, group.fate)
                left += thick
                axes.text(186, y + slot / 2, part.label, va="center_baseline", color=INK)
                y += slot + 3
            y += 6
        return figure
