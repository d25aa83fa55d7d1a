"""A tornado's capped line tells how sure a bar is, whichever way the bar points."""

from matplotlib.figure import Figure

from experiments.figures.tornado import Blow, Span, tornado_figure
from experiments.paper import influence_figures
from experiments.paper.stored import Table

BELOW = 9.0
"""Pixels from the middle of a row to its capped line."""
ROW = 32.0

SCREENED = {
    "measure": ["quality"] * 2, "unit": ["index"] * 2, "policy": ["social_value"] * 2,
    "assumption": ["bid.busy", "bid.experience"], "mu": [-0.5, 0.25], "mu_star": [0.5, 0.25],
    "mu_star_conf": [0.125, 0.5], "sigma": [0.0, 0.0],
}  # fmt: skip
SWUNG = {
    "measure": ["quality"] * 2, "unit": ["index"] * 2, "policy": ["social_value"] * 2,
    "assumption": ["bid.busy", "bid.experience"], "middle": [0.25] * 2, "at_low": [0.75, 0.125],
    "at_high": [-0.25, 0.375], "low": [-1.5, -0.125], "high": [-0.5, 0.625], "degree": [1, 1],
}  # fmt: skip


def caps(figure: Figure) -> dict[int, list[float]]:
    """Both ends of the capped line of each row that has one."""
    return {
        int((line.get_ydata()[0] - BELOW) // ROW): [float(x) for x in line.get_xdata()]
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() == "|"
    }


def test_a_bar_of_the_screening_has_its_cap_around_its_far_end_to_the_left_as_to_the_right():
    """Mean changes of -1/2 with 1/8 to either side, and of 1/4 with 1/2."""
    figure = influence_figures.screening_tornado(Table(SCREENED, plan="made-up").rows, "quality")

    assert caps(figure) == {0: [-0.625, -0.375], 1: [-0.25, 0.75]}


def test_a_swing_has_its_cap_around_its_high_end_as_far_from_the_low_end_as_its_length_may_be():
    """From 3/4 down by 1/2 to 3/2: sure; from 1/8 between back by 1/8 and up by 5/8: not so."""
    figure = influence_figures.tornado(Table(SWUNG, plan="made-up").rows, "quality")

    assert caps(figure) == {0: [-0.75, 0.25], 1: [0.0, 0.75]}


def test_a_cap_is_never_cut_off_by_the_edge_of_its_panel():
    """One reaches far beyond both ends of its bar."""
    figure = tornado_figure([Blow("way", 0.0, [Span("one", 0.0, -1.0, (-5.0, 3.0))])],
                            lambda value, step: f"{value:g}")  # fmt: skip

    panel = next(axes for axes in figure.axes if any(one.get_marker() == "|" for one in axes.lines))
    low, high = panel.get_xlim()
    assert low < -5.0 < 3.0 < high
