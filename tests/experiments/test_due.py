"""What a sweep has still to live: nothing twice, nothing forgotten, what is beyond help last."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from experiments.design.blocks import Block, Blocks
from experiments.runner.block_run import BASELINE_FAILED
from experiments.runner.due import Due
from experiments.runner.sweep_plan import Sweep, plan_sweep
from experiments.store.attempts import ATTEMPTS, Event
from tests.experiments.sweeps import write_plan

pytestmark = pytest.mark.usefixtures("no_files_left")


@pytest.fixture
def sweep(tmp_path: Path) -> Sweep:
    """Four points, two policies, the baseline first: runs 0 to 7."""
    return plan_sweep(write_plan(tmp_path, 4))


def run_of(sweep: Sweep, block: int, position: int) -> str:
    """The name of a run."""
    here: Block = sweep.blocks[block]
    return here.runs[position].run


def tried(*rows: tuple[str, int, Event]) -> pa.Table:
    """Tries as the logs tell them."""
    told = [{"run": run, "try": number, "status": str(event)} for run, number, event in rows]
    return pa.Table.from_pylist(told, schema=ATTEMPTS)


def test_what_is_done_is_not_due(sweep: Sweep) -> None:
    """Of a block that is half done the other half; its try is the first."""
    due = Due(sweep, {run_of(sweep, 0, 0), run_of(sweep, 0, 1), run_of(sweep, 1, 0)})

    todos = list(due)

    assert [todo.block for todo in todos] == [1, 2, 3]
    assert todos[0].runs == ((1, 1),)
    assert todos[1].runs == ((0, 1), (1, 1))
    assert due.counts() == (8, 3, 0)


def test_shards_divide_the_blocks(sweep: Sweep) -> None:
    """Every block is in one shard, and is lived whole there."""
    shards = [Due(sweep, set(), shard, 3) for shard in range(3)]

    assert [[todo.block for todo in shard] for shard in shards] == [[0, 3], [1], [2]]
    assert [shard.counts()[0] for shard in shards] == [4, 2, 2]


def test_shards_keep_their_blocks_as_a_sweep_grows(sweep: Sweep) -> None:
    """What a shard had it has still, first; all of the new stage is in one shard each."""
    grown = replace(sweep, stages=(1, 2))

    before = [[todo.block for todo in Due(sweep, set(), shard, 3)] for shard in range(3)]
    after = [[todo.block for todo in Due(grown, set(), shard, 3)] for shard in range(3)]

    for had, has in zip(before, after, strict=True):
        assert has[: len(had)] == had
    assert sorted(block for shard in after for block in shard) == list(range(12))
    lived = {run.run for block in sweep.blocks for run in block.runs}
    assert [todo.block for todo in Due(grown, lived)] == list(range(4, 12))


def test_what_raised_is_given_up_and_what_died_is_tried_anew(sweep: Sweep) -> None:
    """A pulled plug counts against nobody; a run that hung twice, in whatever session, is over."""
    raised, hung, died, pulled = (run_of(sweep, block, 1) for block in range(4))
    due = Due(sweep, set())

    due.recall(
        tried(
            (raised, 1, Event.FAILED),
            (hung, 1, Event.HUNG), (hung, 2, Event.HUNG),
            (died, 1, Event.DIED), (died, 2, Event.DIED),
            (pulled, 1, Event.INTERRUPTED),
        ),
        forgive=False,
    )  # fmt: skip

    assert due.given_up == {raised, hung}
    assert {todo.block: todo.runs for todo in due} == {
        0: ((0, 1),), 1: ((0, 1),), 2: ((0, 1), (1, 3)), 3: ((0, 1), (1, 2)),
    }  # fmt: skip


def test_what_was_given_up_is_tried_again_where_asked(sweep: Sweep) -> None:
    """`--retry`: the numbers of the tries go on."""
    raised = run_of(sweep, 0, 1)
    due = Due(sweep, set())

    due.recall(tried((raised, 1, Event.FAILED)), forgive=True)

    assert next(iter(due)).runs == ((0, 1), (1, 2))


def test_a_run_that_ended_its_process_waits_until_the_others_are_done(sweep: Sweep) -> None:
    """It comes last, alone; one try more and it is over."""
    killer = run_of(sweep, 1, 1)
    due = Due(sweep, set())

    due.note(killer, Event.DIED)
    order = [todo.block for todo in due]
    due.note(killer, Event.DIED)

    assert order == [0, 2, 3, 1]
    assert killer in due.given_up
    assert [todo.block for todo in due] == [0, 1, 2, 3]


def test_policies_are_lived_alone_where_their_baseline_is_given_up(sweep: Sweep) -> None:
    """And say so."""
    due = Due(sweep, set())

    due.note(run_of(sweep, 2, 0), Event.FAILED)

    assert [todo.alone for todo in due] == ["", "", BASELINE_FAILED, ""]


def test_a_done_run_is_not_held_against_its_failed_tries(sweep: Sweep) -> None:
    """What failed once and is done now is done."""
    run = run_of(sweep, 0, 0)
    due = Due(sweep, {run})

    due.recall(tried((run, 1, Event.FAILED)), forgive=False)

    assert due.given_up == set()
    assert due.counts() == (8, 1, 0)


def test_a_resumed_plan_is_named_once(sweep: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are made once to name their runs, however often it is counted; then only the due."""
    made: list[int] = []
    real = Blocks._block

    def noted(blocks: Blocks, k: int) -> Block:
        made.append(k)
        return real(blocks, k)

    done = {run_of(sweep, block, position) for block in (0, 1, 3) for position in (0, 1)}
    monkeypatch.setattr(Blocks, "_block", noted)
    due = Due(sweep, done)

    counted = [due.counts() for _ in range(3)]
    named = list(made)
    todos = list(due)

    assert counted == [(8, 6, 0)] * 3
    assert named == [0, 1, 2, 3]
    assert due.open_blocks() == [todo.block for todo in todos] == [2]
    assert set(made[4:]) == {2}
