"""One block of a sweep: an economy in which the policies that are still missing are lived.

Each run is tried by itself: what goes wrong in one is noted with it, and the others go on, also
where code of the user's own is at fault. A sweep goes where nobody has looked, so a fault at one
point is a finding; in a comparison of a few futures it is a mistake, and ends the whole.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from experiments.design.blocks import Block, Run
from experiments.design.plan import as_compared
from experiments.runner.lives import Lives
from experiments.runner.replicate import assumptions_of
from experiments.runner.sweep_plan import Sweep
from experiments.store.attempts import Try
from experiments.store.records import RunResult

BASELINE_FAILED = "the baseline's run in the same economy failed"
UNPAIRED = "policies meet different luck in this plan (paired = false)"


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker needs to know of a sweep; sent to each once.

    Attributes
    ----------
    folder : Path
        Of the store, as every worker sees it.
    sweep : Sweep
    code : str
        Fingerprint of the code that the runs are named by.
    """

    folder: Path
    sweep: Sweep
    code: str


@dataclass(frozen=True, slots=True)
class Todo:
    """What is still to be lived of a block.

    Attributes
    ----------
    block : int
        Its index.
    runs : tuple of (int, int)
        Positions among its runs, and the number of the try, from 1.
    alone : str
        Why its baseline cannot be lived; empty where it can.
    """

    block: int
    runs: tuple[tuple[int, int], ...]
    alone: str = ""


class Hand(Protocol):
    """What takes runs in hand one after the other, and keeps what they come to."""

    def trying(self, one: Try) -> AbstractContextManager[None]:
        """Note a try and how it ends; a fault inside ends the try and nothing else."""

    def keep(self, result: RunResult) -> None:
        """Keep what the try in hand came to."""

    def may_begin(self) -> bool:
        """Whether another run may be begun."""


def live_block(order: Order, todo: Todo, hand: Hand) -> int:
    """Live what is missing of a block.

    Parameters
    ----------
    order : Order
    todo : Todo
    hand : Hand

    Returns
    -------
    int
        How many of its runs were tried; fewer than asked where the hand may begin no more.
    """
    sweep = order.sweep
    block: Block = sweep.blocks[todo.block]
    baseline = sweep.places[block.place].plan.baseline
    alone = todo.alone or ("" if sweep.plan.paired else UNPAIRED)
    lives: Lives | None = None
    tried = 0
    for run, number in _baseline_first(block, todo, baseline):
        if not hand.may_begin():
            break
        tried += 1
        kept = False
        with hand.trying(Try(run.run, run.index, block.seed, number)):
            lives = lives or economy_of(sweep, block)
            hand.keep(_result(sweep, block, run, lives, alone))
            kept = True
        if run.policy == baseline and not kept:
            alone = alone or BASELINE_FAILED
    return tried


def _baseline_first(block: Block, todo: Todo, baseline: str) -> Iterator[tuple[Run, int]]:
    """The runs to try: what others are measured against comes first, so that it is blamed alone."""
    named = [(block.runs[position], number) for position, number in todo.runs]
    yield from sorted(named, key=lambda one: one[0].policy != baseline)


def economy_of(sweep: Sweep, block: Block) -> Lives:
    """The economy of a block, which is built when it is first lived in."""
    place = sweep.places[block.place]
    compared = as_compared(place.scenario, place.plan)
    return Lives(compared, place.plan, assumptions_of(compared, sweep.draws(block)), block.seed)


def _result(sweep: Sweep, block: Block, run: Run, lives: Lives, alone: str) -> RunResult:
    measured = lives.measured(run.policy, alone)
    return RunResult(
        index=run.index,
        run=run.run,
        place=sweep.places[block.place].name,
        point=block.point,
        replicate=block.replicate,
        policy=run.policy,
        seed=block.seed,
        digest=measured.digest,
        accounts=measured.accounts,
        treated_pence=measured.treated_pence,
        rows=[row for row in measured.rows if sweep.plan.keep.holds(row.measure, row.month)],
    )
