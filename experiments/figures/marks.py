"""Round marks along an axis of values, each number whole within the picture."""

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from experiments.figures.svg import INCH, ROUND, WIDTH

Ticks = Callable[[float, float], str]
"""Writes a value of an axis with its unit, fine enough to show the step that it is given."""


def round_marks(low: float, high: float, most: int) -> list[float]:
    """Return round values from one end of an axis to the other, with so many steps at most."""
    places = MaxNLocator(most, steps=ROUND).tick_values(low, high)
    return [float(value) for value in places if low <= value <= high]


def mark_across(axes: Axes, low: float, high: float, most: int, ticks: Ticks) -> None:
    """Lay an axis from left to right and mark it.

    A number stands in the middle below its mark; where the picture would cut it, it is moved in.
    Nothing is written without a unit, so that it leaves the others room.

    Parameters
    ----------
    axes : Axes
        Changed.
    low, high, most
        As in `round_marks`.
    ticks : callable
    """
    marks = round_marks(low, high, most)
    step = marks[1] - marks[0] if len(marks) > 1 else 0.0
    told = [ticks(value, step) if value else "0" for value in marks]
    axes.set_xlim(low, high)
    axes.set_xticks(marks)
    place = axes.get_position()
    for mark, label in zip(marks, axes.set_xticklabels(told), strict=True):
        at = WIDTH * (place.x0 + place.width * (mark - low) / (high - low))
        half = label.get_window_extent().width / 2
        moved = max(half - at, 0.0) + min(WIDTH - half - at, 0.0)
        if moved:
            label.set_transform(
                label.get_transform()
                + ScaledTranslation(moved / INCH, 0.0, axes.figure.dpi_scale_trans)
            )
