"""Lives a sample of a comparison's runs anew from its label, and holds them against those kept.

A digest stands for all books of a run: where two agree, every payment does. The numbers measured
are compared too where `results.parquet` lies beside the label. Where something differs, the label
also says whether another version of the code or of a package made it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from experiments.design.plan import Plan, as_compared
from experiments.design.seeds import keyed_word
from experiments.runner.again import live_again
from experiments.runner.label import code_fingerprint, packages_of, versions
from experiments.runner.label_read import LabelError, read_label
from experiments.runner.memory import get_ready
from experiments.runner.replicate import ReplicateTask, live_replicate
from experiments.runner.sweep_plan import plan_sweep
from experiments.store.parts import kept_rows, results_table
from experiments.store.records import Part, ReplicateResult
from experiments.store.sweep_tables import PLAN_FILE
from scenarios.spec import Scenario

TABLES = {Part.FUTURE: "results.parquet", Part.LUCK: "luck.parquet"}

Work = Callable[[ReplicateTask], ReplicateResult]


@dataclass(frozen=True, slots=True)
class Again:
    """A run that was lived anew.

    Attributes
    ----------
    run : str
        Its name.
    kept, found : str or None
        Digest as kept and as it is now; None for a run that failed.
    numbers : int or None
        How many of its measured numbers are not the same; None where none are at hand.
    """

    run: str
    kept: str | None
    found: str | None
    numbers: int | None

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.kept == self.found and not self.numbers


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What a label promises, and the runs that test it.

    Attributes
    ----------
    reasons : list of str
        What is not as it was: the scenario, the code, a package.
    runs : iterator of Again
        Each as soon as its replicate is lived.
    """

    reasons: list[str]
    runs: Iterator[Again]


def reproduce(
    path: Path, manifest: Mapping[str, Any], many: int, work: Work = live_replicate
) -> Reproduction:
    """Get ready to live some replicates of a comparison anew.

    Parameters
    ----------
    path : Path
        The label; results that lie beside it are used.
    manifest : mapping
        What it says.
    many : int
        How many replicates, as of `drawn`; all where there are fewer.
    work : callable
        Lives one replicate.

    Returns
    -------
    Reproduction

    Raises
    ------
    LabelError, ScenarioError, PlanError
        When the label tells no comparison, or none that is finished.
    """
    scenario, plan = read_label(path, dict(manifest))
    digests = manifest.get("digests")
    if not isinstance(digests, dict) or not digests:
        raise LabelError(path, "found no digests of finished runs in it")
    return Reproduction(
        _reasons(manifest, scenario, plan),
        _lived(path.parent, scenario, plan, digests, many, work),
    )


def reproduce_sweep(
    folder: Path, manifest: Mapping[str, Any], many: int, plan: Path | None = None
) -> Reproduction:
    """Get ready to live some runs of a sweep anew.

    Parameters
    ----------
    folder : Path
    manifest : mapping
        Its label.
    many : int
        How many runs.
    plan : Path or None
        The plan's file; by default the copy in the folder, which finds scenarios of the shelf only.

    Raises
    ------
    SweepPlanError, FolderTakenError
        When the plan names a scenario that is not on the shelf, or is not the folder's.
    """
    sweep = plan_sweep(plan or folder / PLAN_FILE)
    runs = (Again(one.run, one.kept, one.found, None) for one in live_again(sweep, folder, many))
    return Reproduction(_programs(manifest), runs)


def _lived(
    folder: Path, scenario: Scenario, plan: Plan, digests: Mapping[str, Any], many: int, work: Work
) -> Iterator[Again]:
    get_ready()
    compared = as_compared(scenario, plan)
    for part, replicate in drawn(plan, many):
        twin = part is Part.FUTURE and replicate < plan.twin_replicates
        result = work(ReplicateTask(compared, plan, part, replicate, twin))
        kept = kept_rows(folder / TABLES[part], replicate)
        rows = results_table(result).to_pylist()
        for run in result.runs:
            mine = [row for row in rows if row["run"] == run.run]
            numbers = None
            if kept is not None:
                numbers = _unlike(mine, [row for row in kept if row["run"] == run.run])
            yield Again(run.run, digests.get(run.run), run.digest, numbers)


def drawn(plan: Plan, many: int) -> list[tuple[Part, int]]:
    """Draw replicates of every kind in turn: futures lived twice, luck, the other futures.

    Within a kind a hash of the seed and their names decides, so nobody chooses them. The first is
    a future, which draws assumptions too; the second shows luck, where the plan has any.

    Parameters
    ----------
    plan : Plan
    many : int
        How many; all where there are fewer.

    Returns
    -------
    list of (Part, int)
        In the order of the plan.
    """
    twice = min(plan.twin_replicates, plan.replicates)
    twins = [(Part.FUTURE, replicate) for replicate in range(twice)]
    others = [(Part.FUTURE, replicate) for replicate in range(twice, plan.replicates)]
    luck = [(Part.LUCK, replicate) for replicate in range(plan.luck_runs_needed)]
    kinds = (twins, luck, others) if twins else (others, luck)
    hashed = (
        sorted(kind, key=lambda one: keyed_word("poundflow again", plan.seed, *one))
        for kind in kinds
    )
    turns = (one for turn in zip_longest(*hashed) for one in turn if one is not None)
    return sorted(islice(turns, many), key=lambda one: (one[0] is Part.LUCK, one[1]))


def _unlike(ours: list[dict[str, Any]], kept: list[dict[str, Any]]) -> int:
    """Count the numbers that one side lacks or has otherwise, to the last digit."""
    keys = ("measure", "tier", "month")
    mine = {tuple(row[key] for key in keys): (row["value"], row["why"]) for row in ours}
    other = {tuple(row[key] for key in keys): (row["value"], row["why"]) for row in kept}
    return sum(1 for key in {*mine, *other} if mine.get(key) != other.get(key))


def _reasons(manifest: Mapping[str, Any], scenario: Scenario, plan: Plan) -> list[str]:
    """Say what differs between the label and this program."""
    found = []
    if manifest.get("scenario_sha256") != scenario.digest:
        found.append("the label's scenario, or a value set in it, is not what it was made with")
    if manifest.get("packages", []) != packages_of(scenario, plan.regimes):
        found.append("another version of a package that it takes a way of buying from made it")
    return found + _programs(manifest)


def _programs(manifest: Mapping[str, Any]) -> list[str]:
    found = []
    if manifest.get("code") != code_fingerprint():
        found.append("another version of poundflow's code made it")
    ours = versions()
    return found + [
        f"{name} {version} made it, here is {ours.get(name, 'none')}"
        for name, version in dict(manifest.get("versions", {})).items()
        if ours.get(name) != version
    ]
