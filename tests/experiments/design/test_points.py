"""Points of a design lie where the plan says, and analysers of sensitivity take them so."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.design.accepted import AcceptedError
from experiments.design.extras import MissingExtraError, need
from experiments.design.ignorance import draw_ignorance, is_uncertain
from experiments.design.points import Points, number_of_points, points_of
from experiments.design.seeds import replicate_seed
from experiments.design.sweep import DesignPlan
from experiments.runner.replicate import all_entries
from scenarios.assumptions import Entry

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
"""Ishigami and Homma (1990) with a = 7, b = 0.1; as in Saltelli et al. (2008), table 4.5."""
WITHIN = 0.02


def entry(name: str, low: float, high: float, unit: str = "share", **more: Any) -> Entry:
    """An entry of the register."""
    given = {
        "value": (low + high) / 2,
        "distribution": "uniform",
        "what": "it does something",
        "source": "nobody, 2000",
        "grade": "judgement",
    }
    return Entry(name=name, low=low, high=high, unit=unit, **{**given, **more})


ANGLES = {name: entry(name, -math.pi, math.pi, "radians") for name in ("x.a", "x.b", "x.c")}


def design(**keys: Any) -> DesignPlan:
    """The design of a plan, as its file states it."""
    return DesignPlan.model_validate(keys)


def ishigami(points: Points) -> np.ndarray:
    """Ishigami's function of every point."""
    a, b, c = points.values.T
    return np.asarray(np.sin(a) + 7.0 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a))


def test_sobol_indices_of_ishigami_come_out_as_published() -> None:
    """First and total indices through our own points are those that the literature derives."""
    from SALib.analyze import sobol

    points = points_of(design(kind="sobol", points=4096), ANGLES, 1)

    told = sobol.analyze(dict(points.problem), ishigami(points), calc_second_order=False, seed=1)
    assert points.values.shape == (4096 * 5, 3)
    assert points.group == 5
    np.testing.assert_allclose(told["S1"], ISHIGAMI_FIRST, atol=WITHIN)
    np.testing.assert_allclose(told["ST"], ISHIGAMI_TOTAL, atol=WITHIN)


def test_pairs_cost_twice_the_points_and_show_what_acts_together() -> None:
    """Ishigami's first and third factor act together; the second acts alone."""
    from SALib.analyze import sobol

    points = points_of(design(kind="sobol", points=4096, second_order=True), ANGLES, 1)

    told = sobol.analyze(dict(points.problem), ishigami(points), calc_second_order=True, seed=1)
    assert points.group == 8
    assert told["S2"][0, 2] == pytest.approx(0.2437, abs=WITHIN)
    assert told["S2"][0, 1] == pytest.approx(0.0, abs=WITHIN)


def test_trajectories_of_morris_move_one_factor_at_a_time() -> None:
    """Each step changes one factor, and the effects of a sum are its slopes times the ranges."""
    from SALib.analyze import morris

    entries = {"x.a": entry("x.a", 0.0, 2.0), "x.b": entry("x.b", 10.0, 20.0, "km")}
    points = points_of(design(kind="morris", points=20, levels=4), entries, 1)

    told = morris.analyze(
        dict(points.problem), points.values, points.values @ [3.0, 1.0], num_levels=4, seed=1
    )
    steps = np.diff(points.values.reshape(20, points.group, 2), axis=1)
    assert points.group == 3
    assert ((steps != 0).sum(axis=2) == 1).all()
    np.testing.assert_allclose(told["mu_star"], [6.0, 10.0])
    np.testing.assert_allclose(told["sigma"], 0.0, atol=1e-9)


def test_a_latin_hypercube_tries_every_part_of_every_range_once() -> None:
    """With ten points each tenth of a factor's distribution holds one."""
    points = points_of(design(kind="latin_hypercube", points=10), ANGLES, 1)

    tenths = np.floor((points.values + math.pi) / (2 * math.pi) * 10)
    assert [sorted(column) for column in tenths.T.tolist()] == [list(range(10))] * 3


def test_a_layout_hangs_on_the_seed_alone() -> None:
    """The same plan gives the same points on another day; another seed gives others."""
    kinds = [design(kind=kind, points=8) for kind in ("latin_hypercube", "sobol", "morris")]

    for one in kinds:
        first, again, other = (points_of(one, ANGLES, seed).values for seed in (1, 1, 2))
        np.testing.assert_array_equal(first, again)
        assert (first != other).any()


def test_a_point_of_the_register_draws_what_that_future_of_a_comparison_draws() -> None:
    """So an auditor can live one point of a sweep with `compare`."""
    entries = all_entries()
    points = points_of(design(kind="register", points=3), entries, 7)

    assert points.values_at(2) == draw_ignorance(entries.values(), replicate_seed(7, 2))


def test_all_takes_what_is_uncertain_and_no_place_sets_by_hand() -> None:
    """A name written out is varied even where a place sets it."""
    entries = {
        **ANGLES,
        "x.d": entry("x.d", 1.0, 1.0, distribution="fixed"),
        "x.e": entry("x.e", 0.0, 1.0, role="target"),
    }

    whole = points_of(design(kind="register", points=1), entries, 1, held={"x.b"})
    named = points_of(design(kind="register", points=1, names=["x.b"]), entries, 1, held={"x.b"})

    assert whole.names == ("x.a", "x.c")
    assert named.names == ("x.b",)
    assert all(is_uncertain(entries[name]) for name in whole.names)


def test_a_range_of_the_plan_stands_in_place_of_the_registers() -> None:
    """Factors with a range of their own keep to it; others keep the register's."""
    factors = [{"name": "x.a", "low": 1.0, "high": 2.0}]
    points = points_of(design(kind="latin_hypercube", points=9, factors=factors), ANGLES, 1)
    beside = points_of(
        design(kind="latin_hypercube", points=9, names="all", factors=factors), ANGLES, 1
    )

    assert points.names == ("x.a",)
    assert 1.0 <= points.values.min() < points.values.max() <= 2.0
    assert beside.names == ("x.a", "x.b", "x.c")
    assert beside.values[:, 0].min() >= 1.0
    assert beside.values[:, 1].min() < 0.0


def test_a_log_uniform_range_has_as_many_points_below_its_geometric_middle_as_above() -> None:
    """Half the points of 0.01 to 100 lie below 1."""
    factors = [{"name": "x.a", "low": 0.01, "high": 100.0, "distribution": "log_uniform"}]
    points = points_of(design(kind="latin_hypercube", points=40, factors=factors), ANGLES, 1)

    assert (points.values < 1.0).sum() == 20


def test_counted_assumptions_take_whole_values() -> None:
    """A notice of two and a half months is tried as two or three."""
    entries = {"x.months": entry("x.months", 1.0, 6.0, "months", value=3.0)}
    points = points_of(design(kind="sobol", points=16), entries, 1)

    assert set(points.values[:, 0].tolist()) <= {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}


def test_a_grid_holds_every_combination_the_last_factor_fastest() -> None:
    """Two values by three are six points, in the order in which they are written."""
    factors = [{"name": "x.b", "values": [1, 2]}, {"name": "x.a", "values": [0.1, 0.2, 0.3]}]
    asked = design(kind="grid", factors=factors)
    points = points_of(asked, ANGLES, 1)

    assert points.names == ("x.b", "x.a")
    assert points.values[:4].tolist() == [[1.0, 0.1], [1.0, 0.2], [1.0, 0.3], [2.0, 0.1]]
    assert len(points) == number_of_points(asked, 2) == 6


def test_a_list_is_taken_point_by_point() -> None:
    """Each table is a point; names may stand in any order."""
    listed = [{"x.a": 1, "x.b": 2.5}, {"x.b": 3, "x.a": 4}]
    points = points_of(design(kind="list", points_list=listed), ANGLES, 1)

    assert [points.values_at(k) for k in range(2)] == listed


def test_fixed_is_one_point_that_varies_nothing() -> None:
    """What a comparison with held assumptions lives."""
    points = points_of(design(kind="fixed"), ANGLES, 1)

    assert (len(points), points.values_at(0)) == (1, {})


@pytest.mark.parametrize("name", ["accepted.parquet", "accepted.csv"])
def test_accepted_points_are_read_without_their_weights(tmp_path: Path, name: str) -> None:
    """Columns with a dot are assumptions; `points` takes the first rows only."""
    if name.endswith(".csv"):
        (tmp_path / name).write_text("x.b,weight,x.a\n1,0.5,2\n3,0.5,4\n")
    else:
        columns = {"x.b": [1.0, 3.0], "weight": [0.5, 0.5], "x.a": [2.0, 4.0]}
        pq.write_table(pa.table(columns), tmp_path / name)

    whole = points_of(design(kind="accepted", file=name), ANGLES, 1, folder=tmp_path)
    first = points_of(design(kind="accepted", file=name, points=1), ANGLES, 1, folder=tmp_path)

    assert whole.names == ("x.a", "x.b")
    assert whole.values.tolist() == [[2.0, 1.0], [4.0, 3.0]]
    assert first.values.tolist() == [[2.0, 1.0]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x.a\n", "0 rows of 1 assumptions"),
        ("weight\n1\n", "1 rows of 0 assumptions"),
        ("x.a\none\n", "text among the values"),
        ("x.a,x.b\n1,2\n3,\n", "no number in row 2 of `x.b`"),
    ],
)
def test_a_table_that_holds_no_points_is_refused(tmp_path: Path, text: str, found: str) -> None:
    """What is wrong with it is told, not averaged over."""
    (tmp_path / "a.csv").write_text(text)

    with pytest.raises(AcceptedError, match=found):
        points_of(design(kind="accepted", file="a.csv"), ANGLES, 1, folder=tmp_path)


def test_a_package_that_is_missing_is_named_with_its_command() -> None:
    """Whoever lacks an extra is told what to type."""
    need("numpy", "analysis")

    with pytest.raises(MissingExtraError, match=r'pip install "poundflow\[analysis\]"'):
        need("no_such_package", "analysis")
