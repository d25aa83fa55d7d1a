"""Which place each policy takes under each rule of choice: where lines cross, rules disagree.

A column a rule, the first place on top. A policy that a rule does not judge has no mark there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.figures.palette import INK, PAPER, RULE, Look
from experiments.figures.svg import SMALL, WIDTH, blank, house_style, panel, shorten

_ROW = 30.0
_HEAD = 46.0
_LEFT = 30.0
_RIGHT = 22.0
_KEY = 20.0
_LETTERS = 44


@dataclass(frozen=True)
class Placed:
    """One policy.

    Parameters
    ----------
    label : str
        Its name.
    look : Look
        Its colour and marker.
    places : sequence of float or None
        Its place under each rule, from 1; None where the rule does not judge it.
    """

    label: str
    look: Look
    places: Sequence[float | None]


def places_figure(rules: Sequence[str], policies: Sequence[Placed]) -> Figure:
    """Draw places by rule, and a key below.

    Parameters
    ----------
    rules : sequence of str
        Heading of each column; a line break parts it in two lines.
    policies : sequence of Placed
        In the order of the key.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the policies.
    """
    many = len(policies)
    tall = _ROW * many
    with house_style():
        figure, page = blank(_HEAD + tall + 10 + _KEY * many)
        axes = panel(figure, _LEFT, _HEAD, WIDTH - _LEFT - _RIGHT, tall)
        axes.set_xlim(-0.3, len(rules) - 0.7)
        axes.set_ylim(many + 0.5, 0.5)
        axes.set_xticks([])
        axes.set_yticks(range(1, many + 1))
        axes.tick_params(length=0)
        axes.spines["bottom"].set_visible(False)
        step = (WIDTH - _LEFT - _RIGHT) / (len(rules) - 0.4)
        for column, rule in enumerate(rules):
            axes.axvline(column, color=RULE, linewidth=0.8, zorder=0)
            page.text(_LEFT + (column + 0.3) * step, _HEAD - 6, rule, fontsize=SMALL - 2.5,
                      ha="center", va="bottom", linespacing=1.1)  # fmt: skip
        for row, policy in enumerate(policies):
            aside = _beside(policies, row)
            at = [(x, place) for x, place in enumerate(policy.places) if place is not None]
            look = policy.look
            axes.plot([x for x, _ in at], [y for _, y in at], color=look.colour, linewidth=1.6,
                      linestyle=(0, look.dashes) if look.dashes else "-", zorder=1)  # fmt: skip
            axes.plot([x + aside[x] for x, _ in at], [y for _, y in at], linestyle="none",
                      marker=look.marker, markersize=9, color=look.colour,
                      markeredgecolor=PAPER, zorder=2, clip_on=False)  # fmt: skip
            y = _HEAD + tall + 16 + _KEY * row
            page.plot([12], [y], marker=look.marker, markersize=8, color=look.colour)
            page.text(24, y, shorten(policy.label, _LETTERS), fontsize=SMALL - 0.5, va="center",
                      color=INK)  # fmt: skip
        return figure


def _beside(policies: Sequence[Placed], row: int) -> list[float]:
    """How far to the side the marks of a policy stand, so that equals do not hide each other."""
    aside = []
    for column, place in enumerate(policies[row].places):
        equals = [k for k, one in enumerate(policies) if one.places[column] == place]
        middle = (len(equals) - 1) / 2
        aside.append(0.13 * (equals.index(row) - middle) if row in equals else 0.0)
    return aside
