"""The order of a sweep is fixed, its luck shared, and the name of a run all that decides it."""

import pickle
import tracemalloc
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.design.blocks import Blocks, Ground
from experiments.design.points import Points
from experiments.design.seeds import replicate_seed

HERE = Ground("here", ("a", "b"), {"code": "c0", "scenario": "s0", "months": 12})
THERE = Ground("there", ("a", "b", "c"), {"code": "c0", "scenario": "s1", "months": 12})
POINTS = Points("list", ("x.a",), np.array([[0.1], [0.2], [0.3]]))


def blocks(*grounds: Ground, points: Points = POINTS, **keys: Any) -> Blocks:
    """Blocks of some places, four replicates a point."""
    return Blocks(grounds or (HERE,), points, **{"stages": (4,), "seed": 1, **keys})


def names(made: Blocks) -> list[str]:
    """The identities of all runs, in order."""
    return [run.run for block in made for run in block.runs]


def test_places_come_first_then_points_replicates_and_policies() -> None:
    """Every run has its place in the order, and every index finds its block."""
    made = blocks(HERE, THERE)

    listed = [
        (block.place, block.point, block.replicate, run.policy)
        for block in made
        for run in block.runs
    ]
    indices = [run.index for block in made for run in block.runs]
    assert listed == [
        (place, point, replicate, policy)
        for place, ground in enumerate((HERE, THERE))
        for point in range(3)
        for replicate in range(4)
        for policy in ground.policies
    ]
    assert indices == list(range(made.n_runs)) == list(range(60))
    assert len(made) == 24
    for block in made:
        assert {made.block_of(run.index) for run in block.runs} == {block.index}
        assert made[block.index] == block


def test_an_index_outside_the_plan_is_refused() -> None:
    """Nothing is made up for a block or a run that is not there."""
    made = blocks()

    with pytest.raises(IndexError, match="block 12 of 12"):
        made[12]
    with pytest.raises(IndexError, match="run 24 of 24"):
        made.block_of(24)
    assert made[-1] == made[11]
    assert made[2:4] == [made[2], made[3]]


def test_places_points_and_policies_meet_the_same_luck() -> None:
    """What differs between two policies or two points is not the luck they had."""
    made = blocks(HERE, THERE)

    for block in made:
        assert block.seed == replicate_seed(1, block.replicate)
    assert len({block.seed for block in made}) == 4


def test_unpaired_runs_have_each_its_own_luck() -> None:
    """To check that nothing hangs on shared luck, no two runs share it, and the order stays."""
    made = blocks(HERE, THERE, paired=False)

    assert len(made) == made.n_runs == 60
    assert len({block.seed for block in made}) == 60
    assert [block.runs[0].index for block in made] == list(range(60))
    assert [made.block_of(k) for k in (0, 59)] == [0, 59]
    paired = blocks(HERE, THERE)
    order = [(b.place, b.point, b.replicate, run.policy) for b in paired for run in b.runs]
    assert [(b.place, b.point, b.replicate, b.runs[0].policy) for b in made] == order


@pytest.mark.parametrize(
    "changed",
    [
        {"grounds": (replace(HERE, decides={**HERE.decides, "code": "c1"}),)},
        {"grounds": (replace(HERE, decides={**HERE.decides, "scenario": "s9"}),)},
        {"grounds": (replace(HERE, decides={**HERE.decides, "months": 13}),)},
        {"grounds": (replace(HERE, policies=("d", "e")),)},
        {"points": replace(POINTS, values=POINTS.values + 1e-12)},
        {"points": replace(POINTS, names=("x.b",))},
        {"seed": 2},
        {"drawn": True},
        {"paired": False},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_decides_a_number_changes_the_name_of_every_run(changed: dict[str, Any]) -> None:
    """Results of two models, places, horizons, values or lucks are never taken for each other."""
    before = names(blocks())

    after = names(blocks(*changed.pop("grounds", ()), **changed))

    assert len(set(before)) == len(before)
    assert not set(before) & set(after)


def test_what_decides_no_number_leaves_the_names() -> None:
    """More replicates, points and places, another name of a place: what was lived stays lived."""
    before = set(names(blocks()))
    more = Points("list", ("x.a",), np.vstack([POINTS.values, [[0.4]]]))

    for grown in (
        blocks(stages=(5,)),
        blocks(points=more),
        blocks(THERE, HERE),
        blocks(replace(HERE, name="elsewhere")),
        blocks(replace(HERE, decides=dict(reversed(HERE.decides.items())))),
    ):
        assert before <= set(names(grown))


def test_a_point_that_comes_again_is_another_run() -> None:
    """Trajectories may cross; an analysis asks for both, so both are lived."""
    twice = Points("morris", ("x.a",), np.array([[0.1], [0.2], [0.1], [0.1]]))
    made = blocks(points=twice, stages=(1,))

    assert len(set(names(made))) == made.n_runs == 8
    assert set(names(blocks(points=twice, stages=(1,)))) == set(names(made))


@given(
    stages=st.lists(st.integers(1, 4), min_size=2, max_size=4),
    places=st.integers(1, 2),
    paired=st.booleans(),
)
def test_what_is_added_stands_behind_what_stood(
    stages: list[int], places: int, paired: bool
) -> None:
    """No block, run, seed or name of an earlier stage moves, and every index finds its block.

    All stages together are the runs of a sweep that was begun with so many replicates.
    """
    where = (HERE, THERE)[:places]
    grown = blocks(*where, stages=stages, paired=paired)
    before = blocks(*where, stages=stages[:-1], paired=paired)
    large = blocks(*where, stages=(sum(stages),), paired=paired)

    assert grown[: len(before)] == list(before)
    assert [run.index for block in grown for run in block.runs] == list(range(grown.n_runs))
    assert [grown.block_of(run.index) for block in grown for run in block.runs] == [
        block.index for block in grown for _ in block.runs
    ]
    assert {block.replicate for block in grown[len(before) :]} == set(
        range(before.replicates, grown.replicates)
    )
    assert sorted(told(grown)) == sorted(told(large))


def told(made: Blocks) -> list[tuple[Any, ...]]:
    """All runs but for their place in the order."""
    return [
        (block.place, block.point, block.replicate, block.seed, run.policy, run.run)
        for block in made
        for run in block.runs
    ]


def test_a_million_runs_take_no_room() -> None:
    """Blocks are made when they are asked for, whatever the number of runs; a worker gets few."""
    tracemalloc.start()
    try:
        made = blocks(stages=(170_000,))
        made[len(made) // 2]
        for k in range(0, len(made), 5_000):
            made[k]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert made.n_runs == 1_020_000
    assert most < 200_000
    assert len(pickle.dumps(made)) < 3_000
    assert pickle.loads(pickle.dumps(made))[7] == made[7]
