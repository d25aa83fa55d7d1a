"""One block: its policies are tried one by one, and what fails takes only itself along."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from experiments.runner.block_run import BASELINE_FAILED, UNPAIRED, Order, Todo, live_block
from experiments.runner.sweep_plan import Sweep, plan_sweep
from experiments.store.attempts import Try
from experiments.store.records import RunResult
from tests.experiments.sweeps import write_plan

pytestmark = [pytest.mark.compiled, pytest.mark.usefixtures("no_files_left")]
BOTH = ((0, 1), (1, 1))


class Notes:
    """A hand that keeps results in memory, and fails to for some policies."""

    def __init__(self, fails: str = "", most: int = 9) -> None:
        self.fails = fails
        self.most = most
        self.tried: list[int] = []
        self.kept: dict[str, RunResult] = {}

    @contextmanager
    def trying(self, one: Try) -> Iterator[None]:
        """Bear a fault."""
        self.tried.append(one.index)
        try:
            yield
        except RuntimeError:
            assert self.fails

    def keep(self, result: RunResult) -> None:
        """Keep it, or fail."""
        if result.policy == self.fails:
            raise RuntimeError
        self.kept[result.policy] = result

    def may_begin(self) -> bool:
        """Whether fewer runs than asked for were begun."""
        return len(self.tried) < self.most


def order_of(folder: Path, old: str = "", new: str = "") -> Order:
    """A plan of one point, two runs; perhaps with a change."""
    plan = write_plan(folder, 1)
    plan.write_text(plan.read_text().replace(old, new, 1) if old else plan.read_text())
    sweep: Sweep = plan_sweep(plan)
    return Order(folder, sweep, "")


def whys(result: RunResult) -> set[str | None]:
    """Why numbers of a run are undefined."""
    return {row.why for row in result.rows if row.value is None}


def test_a_policy_whose_baseline_fails_is_lived_alone(tmp_path: Path) -> None:
    """What is measured against the baseline has no value and says why; its own numbers stand."""
    order = order_of(tmp_path)
    sound, alone = Notes(), Notes(fails="price_quality")

    live_block(order, Todo(0, BOTH), sound)
    live_block(order, Todo(0, BOTH), alone)

    assert set(alone.kept) == {"poison"}
    paired, single = sound.kept["poison"], alone.kept["poison"]
    assert single.digest == paired.digest
    assert BASELINE_FAILED in whys(single) - whys(paired)
    own = {(row.measure, row.tier, row.month): row.value for row in single.rows if row.value}
    there = {(row.measure, row.tier, row.month): row.value for row in paired.rows}
    assert own
    assert all(there[key] == value for key, value in own.items())
    assert set(there) == {(row.measure, row.tier, row.month) for row in single.rows}


def test_a_baseline_is_tried_first_wherever_it_stands(tmp_path: Path) -> None:
    """So that a process it takes down is not held against another policy."""
    names = '["price_quality", "poison"]'
    order = order_of(tmp_path, names, '["poison", "price_quality"]')
    notes = Notes()

    live_block(order, Todo(0, BOTH), notes)

    assert notes.tried == [1, 0]


def test_a_missing_run_is_lived_as_it_would_have_been_beside_the_others(tmp_path: Path) -> None:
    """The baseline is lived for it, and not kept again."""
    order = order_of(tmp_path)
    whole, half = Notes(), Notes()

    live_block(order, Todo(0, BOTH), whole)
    live_block(order, Todo(0, BOTH[1:]), half)

    assert set(half.kept) == {"poison"}
    assert half.kept["poison"] == whole.kept["poison"]


def test_no_run_is_begun_after_a_stop(tmp_path: Path) -> None:
    """The one in hand is finished."""
    notes = Notes(most=1)

    tried = live_block(order_of(tmp_path), Todo(0, BOTH), notes)

    assert tried == 1
    assert set(notes.kept) == {"price_quality"}


def test_policies_of_different_luck_are_not_paired(tmp_path: Path) -> None:
    """`paired = false`: each policy has an economy of its own, and says that nothing is paired."""
    order = order_of(tmp_path, "months = 8", "months = 8\npaired = false")
    notes = Notes()

    for block in range(2):
        live_block(order, Todo(block, BOTH[:1]), notes)

    seeds = {result.seed for result in notes.kept.values()}
    assert len(seeds) == 2
    assert all(UNPAIRED in whys(result) for result in notes.kept.values())
