"""The three rounds of LM3 as a flow: what is paid, what of it is here, what of that stays again.

Columns are on one scale. Solid is what is known to stay, upright lines what may stay or not, for
want of data, slanted lines what leaves: grey print keeps the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.palette import INK, PAPER, QUIET
from experiments.figures.pound import BLOCK, PAINT, Fate, draw_band
from experiments.figures.svg import SMALL, TEXT, blank, house_style

_COLUMNS = (8.0, 130.0, 252.0)
_TALL = 190.0
_TOP = 58.0
_GAP = 7.0
_LINE = 19.0
_KEY: tuple[tuple[Fate, str], ...] = (
    ("stays", "stays in the place"),
    ("waits", "may stay or not: the data do not say"),
    ("leaves", "leaves, or is kept or taxed"),
)


@dataclass(frozen=True)
class Round:
    """One round after the first.

    Parameters
    ----------
    heading, said : str
        What it is, and its amount in words.
    low, high : float
        Least and most that stays, as shares of the first round.
    """

    heading: str
    said: str
    low: float
    high: float


def rounds_figure(paid: str, rounds: Sequence[Round]) -> Figure:
    """Draw the rounds from left to right.

    Parameters
    ----------
    paid : str
        The first round in words.
    rounds : sequence of Round
        The second and the third; shares never rise.

    Returns
    -------
    Figure
        360 pixels wide.
    """
    height = _TOP + _TALL + 2 * _GAP + 16 + _LINE * len(_KEY)
    with house_style():
        figure, axes = blank(height)
        _head(axes, _COLUMNS[0], "1 paid", paid)
        axes.add_patch(Rectangle((_COLUMNS[0], _TOP), BLOCK, _TALL, facecolor=INK, linewidth=0))
        came = [(_TOP, 1.0)]
        for at, one in enumerate(rounds, start=1):
            _head(axes, _COLUMNS[at], f"{at + 1} {one.heading}", one.said)
            came = _fall(axes, _COLUMNS[at - 1] + BLOCK, _COLUMNS[at], came, one)
        _key(axes, _TOP + _TALL + 2 * _GAP + 16)
        return figure


def _head(axes: Axes, left: float, heading: str, said: str) -> None:
    axes.text(left, 16, heading, fontsize=TEXT, fontweight="bold", va="baseline")
    for line, words in enumerate(said.split("\n")):
        axes.text(left, 33 + 14 * line, words, fontsize=SMALL - 1, color=QUIET, va="baseline")


def _fall(
    axes: Axes, start: float, end: float, came: Sequence[tuple[float, float]], one: Round
) -> list[tuple[float, float]]:
    """Draw the bands of one round; return where what may stay stands, and how much it is."""
    total = sum(share for _, share in came)
    parts: tuple[tuple[Fate, float], ...] = (
        ("stays", one.low),
        ("waits", one.high - one.low),
        ("leaves", total - one.high),
    )
    stands, right = [], _TOP
    sources = [list(source) for source in came]
    for fate, share in parts:
        if share <= 0:
            continue
        top, left_over = right, share
        for source in sources:
            used = min(source[1], left_over)
            if used > 0:
                draw_band(axes, start, end, source[0], top, used * _TALL, fate)
                source[0] += used * _TALL
                source[1] -= used
                top += used * _TALL
                left_over -= used
        if fate != "leaves":
            stands.append((right, share))
        right = top + _GAP
    return stands


def _key(axes: Axes, top: float) -> None:
    for line, (fate, words) in enumerate(_KEY):
        colour, hatch = PAINT[fate]
        y = top + _LINE * line
        swatch = Rectangle((8, y - 8), 20, 11, facecolor=colour, edgecolor=PAPER, linewidth=0)
        swatch.set_hatch(hatch)
        axes.add_patch(swatch)
        axes.text(36, y + 2, words, fontsize=SMALL - 1, color=INK, va="baseline")
