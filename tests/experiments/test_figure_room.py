"""Pictures have room for what they say: names stand whole and free, strokes within their panels."""

from dataclasses import replace
from itertools import pairwise

from experiments.figures.front import Count, Way, front_figure
from experiments.figures.palette import look
from experiments.figures.retention import Curve, retention_figure
from experiments.figures.strips import Strip, strip_figure
from experiments.figures.tornado import Blow, Span, tornado_figure

ROUNDED = 1e-6
"""Pixels."""


def test_no_ring_reaches_the_name_above_it():
    """Not even where so many futures agree that their rings stand on one another."""
    row = Strip("b", look(0), [1.0] * 20 + [2.0], 1.5, 1.0, 2.0, None)
    page, axes = strip_figure([row], lambda value, step: f"{value}").axes

    name = next(text for text in page.texts if text.get_text() == "b")
    rings = next(line for line in axes.lines if len(line.get_ydata()) == 21)

    assert min(rings.get_ydata()) + 4 - rings.get_markersize() / 2 > name.get_position()[1] + 4


def test_the_number_of_an_outermost_tick_stands_within_the_picture():
    """Below dots, and below bars, where less room is left; and no number meets the next."""
    row = Strip("b", look(0), [-240_000.0, 92_000.0], None, None, None, None)
    _, dots = strip_figure([row], lambda value, step: f"{value:+,.0f}").axes
    blow = Blow("b", 0.0, [Span("c", -1.1, 1.05)])
    _, bars = tornado_figure([blow], lambda value, step: f"{value:+.1f} points").axes

    for axes in (dots, bars):
        page = axes.get_figure()
        boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
        assert min(box.x0 for box in boxes) >= -ROUNDED
        assert max(box.x1 for box in boxes) <= page.bbox.width + ROUNDED
        assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_strokes_of_a_curve_reach_from_the_lowest_to_the_highest_future():
    """In both panels, and no stroke leaves its panel; one future has none."""
    months = [1, 2, 3]
    one = Curve("b", look(0), months, [0.5, 0.3, 0.2], [0.4, 0.2, 0.1], [0.9, 0.4, 0.3])
    gap = replace(one, shares=[0.0, 0.0, 0.0], low=[-0.3, 0.0, 0.0], high=[0.1, 0.0, 0.0])

    drawn = retention_figure([one], [gap])
    alone = retention_figure([replace(one, low=(), high=())])

    reached = [
        (axes, tuple(strokes.get_segments()[0][:, 1]))
        for axes in drawn.axes
        for strokes in axes.collections
    ]
    assert sorted(ends for _, ends in reached) == [(-0.3, 0.1), (0.4, 0.9)]
    assert all(axes.get_ylim()[0] <= min(e) <= max(e) <= axes.get_ylim()[1] for axes, e in reached)
    assert not [axes for axes in alone.axes if axes.collections]


def test_where_two_axes_stand_their_names_stand_whole():
    """A name is cut only where many axes leave it no room."""
    counts = [Count("Cost of one unit of service", "£1.70", "£1.50"), Count("b", "0", "1")]

    figure = front_figure(counts, [Way("c", "", look(0), (0.0, 1.0), True)])

    told = [text.get_text().replace("\n", " ") for page in figure.axes for text in page.texts]
    assert "Cost of one unit of service" in told
