"""Indices by our own path: published ones within 0.02, and no hole ever reaches SALib."""

import math

import numpy as np
import pytest

from experiments.analysis.sensitivity import (
    UnevenDesignError,
    luck_beside,
    sensitivity,
)
from experiments.analysis.values import Float64
from experiments.design.layouts import group_size, morris, sobol

NAMES = ("x1", "x2", "x3")
WORD = 1 << 40
S1 = {"x1": 0.3139, "x2": 0.4424, "x3": 0.0}
ST = {"x1": 0.5576, "x2": 0.4424, "x3": 0.2437}
"""Ishigami and Homma (1990) with a = 7, b = 0.1; closed form in Saltelli and others (2000)."""
NEAR = 0.02


def laid(kind: str, many: int, *, second_order: bool = False) -> Float64:
    """Points in the layout of a sweep's design."""
    if kind == "sobol":
        cube = sobol(3, many, WORD, second_order=second_order)
    else:
        cube = morris(3, many, WORD, levels=4)
    return (2.0 * cube - 1.0) * math.pi


def ishigami(x: Float64) -> Float64:
    """The function that every tool is tried on."""
    value: Float64 = (
        np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )
    return value


def with_luck(answer: Float64, replicates: int, spread: float) -> Float64:
    """The answer once a replicate, each with luck that has no mean."""
    luck = np.random.default_rng(2).normal(0.0, spread, (answer.size, replicates))
    return answer[:, None] + luck - luck.mean(axis=1, keepdims=True)


def test_sobol_indices_of_ishigami_are_the_published_ones() -> None:
    """First and total order within 0.02, through replicates with luck on top; and settled."""
    points = laid("sobol", 4096)

    told = sensitivity("sobol", NAMES, points, with_luck(ishigami(points), 2, 1.0))

    for one in told["factors"]:
        assert one["s1"] == pytest.approx(S1[one["factor"]], abs=NEAR)
        assert one["st"] == pytest.approx(ST[one["factor"]], abs=NEAR)
    assert [one["factor"] for one in told["factors"]] == ["x1", "x2", "x3"]
    assert told["settled"]
    assert [step["groups"] for step in told["convergence"]] == [512, 1024, 2048, 4096]


def test_second_order_names_the_pair_that_works_together() -> None:
    """Of Ishigami's pairs only x1 with x3 has an interaction, of 0.2437."""
    points = laid("sobol", 1024, second_order=True)

    told = sensitivity("sobol", NAMES, points, ishigami(points)[:, None], second_order=True)

    first = told["pairs"][0]
    assert first["factors"] == ["x1", "x3"]
    assert first["s2"] == pytest.approx(0.2437, abs=3 * NEAR)


def test_morris_tells_a_line_from_a_curve() -> None:
    """Of 3 x1 + x2 ** 2 the first effect is the same everywhere; the third factor does nothing."""
    points = laid("morris", 20)
    answer = 3.0 * points[:, 0] + points[:, 1] ** 2

    told = sensitivity("morris", NAMES, points, answer[:, None])

    found = {one["factor"]: one for one in told["factors"]}
    assert found["x1"]["mu_star"] == pytest.approx(3.0 * 2.0 * math.pi)
    assert found["x1"]["sigma"] == pytest.approx(0.0, abs=1e-9)
    assert found["x2"]["sigma"] > 1.0
    assert (found["x3"]["mu_star"], found["x3"]["sigma"]) == (0.0, 0.0)
    assert told["factors"][0]["factor"] == "x1"


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_one_hole_drops_its_whole_group_and_no_more(kind: str) -> None:
    """What is told is what the design without that group tells; nothing turns to zero."""
    points = laid(kind, 16)
    size = group_size(kind, 3)
    values = np.column_stack([ishigami(points), ishigami(points)])
    values[5 * size + 2, 1] = np.nan

    told = sensitivity(kind, NAMES, points, values)

    without = np.delete(np.arange(values.shape[0]), np.s_[5 * size : 6 * size])
    alone = sensitivity(kind, NAMES, points[without], values[without])
    assert (told["groups"], told["groups_dropped"], told["points_dropped"]) == (15, 1, 1)
    assert told["factors"] == alone["factors"]
    assert all(
        math.isfinite(one["mu_star" if kind == "morris" else "st"]) for one in told["factors"]
    )


def test_too_few_groups_and_a_flat_answer_say_so() -> None:
    """No index is told of what cannot have one."""
    points = laid("sobol", 4)
    holes = np.full((points.shape[0], 1), np.nan)
    holes[:5] = 1.0

    few = sensitivity("sobol", NAMES, points, holes)
    nearly = 0.3 + 1e-17 * np.arange(2 * points.shape[0]).reshape(-1, 2)
    flat = sensitivity("sobol", NAMES, points, nearly)

    assert few["factors"] == []
    assert "1 whole groups" in few["why"]
    assert "same at every point" in flat["why"]


def test_points_that_are_no_such_design_are_refused() -> None:
    """A lost row would shift every group after it."""
    points = laid("sobol", 4)[:-1]

    with pytest.raises(UnevenDesignError, match=r"19 points do not come in groups of 5"):
        sensitivity("sobol", NAMES, points, np.ones((19, 1)))


def test_the_variance_of_luck_stands_beside() -> None:
    """By hand: 2 and 8 within the points, so 5 a run; replicates of 2 and 5 on average share most.

    What is left is half off everywhere: 1 a run, 0.5 a mean. Means of 1 and 6 vary by 12.5.
    """
    beside = luck_beside(np.array([[0.0, 2.0], [4.0, 8.0]]))

    assert beside == {
        "variance_of_run": 5.0,
        "variance_unshared": 1.0,
        "variance_of_mean": 0.5,
        "variance_over_points": 12.5,
        "share": 0.04,
    }
    assert luck_beside(np.array([[1.0], [2.0]]))["share"] is None
