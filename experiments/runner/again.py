"""Lives some runs of a sweep anew, and holds their books against those that were kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.design.seeds import keyed_word
from experiments.runner.block_run import economy_of
from experiments.runner.memory import get_ready
from experiments.runner.sweep_label import deciding_digest
from experiments.runner.sweep_plan import Sweep
from experiments.store.errors import FolderTakenError
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import part_names, read_runs


@dataclass(frozen=True, slots=True)
class Compared:
    """A run that was lived anew: its digest as kept, and as it is now."""

    index: int
    run: str
    kept: str
    found: str


def live_again(sweep: Sweep, folder: Path, many: int) -> Iterator[Compared]:
    """Live some finished runs of a sweep anew; another version of the program may have made them.

    Parameters
    ----------
    sweep : Sweep
        The plan that the folder answers.
    folder : Path
    many : int
        How many, drawn by a hash of their names; all where there are fewer.

    Yields
    ------
    Compared
        In the order of the plan.

    Raises
    ------
    FolderTakenError
        When the folder answers another plan.
    """
    store = SweepStore.open(folder)
    sweep = replace(sweep, stages=store.stages)
    if store.label.get("plan_sha256") != deciding_digest(sweep, store.label):
        raise FolderTakenError(folder, "answers another plan than the one given")
    get_ready()
    kept: dict[str, tuple[int, str]] = {}
    for part in part_names(folder):
        table = read_runs(folder, part, ("run", "index", "digest"))
        columns = (table.column(name).to_pylist() for name in ("run", "index", "digest"))
        kept.update({run: (index, digest) for run, index, digest in zip(*columns, strict=True)})
    drawn = sorted(kept, key=lambda run: keyed_word("poundflow again", run))[:many]
    for run in sorted(drawn, key=lambda run: kept[run][0]):
        index, digest = kept[run]
        yield Compared(index, run, digest, _lived(sweep, index))


def _lived(sweep: Sweep, index: int) -> str:
    block = sweep.blocks[sweep.blocks.block_of(index)]
    [policy] = [one.policy for one in block.runs if one.index == index]
    return economy_of(sweep, block).measured(policy, alone="lived anew").digest
