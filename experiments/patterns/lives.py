"""Lives a pattern's runs through the runner, keeps each on disk, and takes up where it stopped.

A run serves every pattern that asks for the same one: its file is named by what decides it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from experiments.design.seeds import replicate_seed
from experiments.patterns.pattern import USUAL, Ablation, Life, Measured, Pattern, Place
from experiments.patterns.trail import Trail
from experiments.runner.label import code_fingerprint
from experiments.runner.memory import clear_away
from experiments.runner.reading import read_question
from experiments.runner.replicate import all_entries, assumptions_of
from experiments.runner.workforce import Lost, hand_out
from experiments.store.aside import make_folder, write_aside
from experiments.store.errors import BrokenFileError
from scenarios.assumptions import Entry
from scenarios.errors import InputError
from scenarios.spec import Scenario


class LostRunsError(InputError):
    """Raised where runs came to nothing, so that there is no figure over so many seeds."""

    def __init__(self, name: str, reasons: Sequence[str]) -> None:
        super().__init__(
            f"pattern {name}: {len(reasons)} runs came to nothing, the first because {reasons[0]}. "
            "What was finished is kept; type the same command to try the rest again."
        )


@dataclass(frozen=True, slots=True)
class Task:
    """The runs of one seed, with everything as it is or with switches at their null.

    Attributes
    ----------
    patterns : tuple of Pattern
        All that read these runs; their settings are the same.
    scenario : Scenario
    off : tuple of str
        Switches of the ablation; none where everything is as it is.
    number : int
        Of the seed, from 0.
    seed : int
        Root of all luck.
    """

    patterns: tuple[Pattern, ...]
    scenario: Scenario
    off: tuple[str, ...]
    number: int
    seed: int

    @property
    def key(self) -> str:
        """Name in the file of what is done."""
        return f"{'+'.join(self.off)}/{self.number}"


@dataclass(frozen=True, slots=True)
class Found:
    """What all runs of a pattern came to: figures by seed, as it is and by ablation."""

    pattern: Pattern
    scenario: str
    place: str
    seeds: int
    seed: int
    as_it_is: Sequence[Measured]
    without: Sequence[tuple[Ablation, Sequence[Measured]]]


def _null(entry: Entry) -> float:
    """The value at which a mechanism is absent.

    Raises
    ------
    InputError
        There is none.
    """
    if entry.null is None:
        raise InputError(f"{entry.name} has no value at which it is absent; choose another switch.")
    return float(entry.null)


def live_task(task: Task) -> dict[str, Measured]:
    """Live the runs of a task in one economy, and read the figures of its patterns off them."""
    from simulation.model.run import live, prepare

    first = task.patterns[0]
    entries = all_entries(task.scenario)
    nulls = {name: _null(entries[name]) for name in task.off}
    values = {**first.held, **nulls}
    prepared = prepare(
        posed(first, task.scenario),
        assumptions_of(task.scenario, values),
        replicate_seed(task.seed, task.number),
    )
    lived: dict[str, Life] = {}
    for arm in first.arms:
        trail = Trail() if any(one.watched for one in task.patterns) else None
        books = live(prepared, arm.name, first.months, watch=trail)
        lived[arm.name] = Life(books, trail)
    told = {one.name: one.measure(lived) for one in task.patterns}
    del prepared, lived
    clear_away()
    return told


def posed(pattern: Pattern, scenario: Scenario) -> Scenario:
    """Give a scenario the pattern's policies in place of its own."""
    policies = {arm.name: arm.policy(scenario) for arm in pattern.arms}
    compare = scenario.compare.model_copy(
        update={"regimes": (USUAL, *policies), "baseline": USUAL, "months": pattern.months}
    )
    return scenario.model_copy(update={"policies": policies, "compare": compare})


@dataclass(slots=True)
class Keeping:
    """The file in which finished seeds are kept, named by all that decides them.

    Attributes
    ----------
    file : Path
    done : dict
        Figures by key of the task and name of the pattern.
    """

    file: Path
    done: dict[str, dict[str, Measured]] = field(default_factory=dict)

    def read(self) -> None:
        """Take up what is there.

        Raises
        ------
        BrokenFileError
            Where the file is not one of ours.
        """
        if not self.file.exists():
            return
        try:
            lines = map(json.loads, self.file.read_text(encoding="utf-8").splitlines())
            self.done = {line["key"]: line["figures"] for line in lines}
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise BrokenFileError(self.file, str(fault)) from fault

    def keep(self, task: Task, told: Mapping[str, Measured]) -> None:
        """Add the figures of a task, and write all."""
        self.done[task.key] = {**self.done.get(task.key, {}), **told}
        lines = (json.dumps({"key": key, "figures": one}) for key, one in self.done.items())
        write_aside(self.file, "".join(f"{line}\n" for line in lines).encode())


def live_pattern(
    pattern: Pattern, folder: Path, *, beside: Iterable[Pattern] = (), scenario: str | None = None,
    seeds: int | None = None, seed: int = 1, workers: int = 1,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Found:  # fmt: skip
    """Live every run of a pattern that is not on disk, and gather the figures.

    Parameters
    ----------
    pattern : Pattern
    folder : Path
        Where each seed is written as soon as it was lived; made where it is not there.
    beside : iterable of Pattern
        Others; those that ask for the same runs are read off them too, and kept.
    scenario : str, optional
        Another place than the pattern's own: a name on the shelf, or a path.
    seeds, seed : int, optional
        How many, and the root of all luck.
    workers : int
        Processes.
    told : callable
        Is told how many seeds are done, of how many.

    Raises
    ------
    LostRunsError
        Where a run fell over.
    PoundflowError or FolderError
        Where the scenario cannot be read, or the folder not be written.
    """
    many = pattern.seeds if seeds is None else seeds
    if many < 1:
        raise InputError(f"--seeds is {many}; wanted 1 or more.")
    place = pattern.place if scenario is None else Place(scenario)
    read = read_question(place.scenario, place.sets)
    make_folder(folder)
    label = _label(pattern, read, seed)
    keeping = Keeping(folder / f"patterns-{read.name}-{label[:12]}.jsonl")
    keeping.read()
    alike = [one for one in beside if one.name != pattern.name and _label(one, read, seed) == label]
    variants = [(), *(one.switches for one in pattern.ablations)]
    every = [Task((pattern, *alike), read, off, k, seed) for off in variants for k in range(many)]
    missing = [one for one in every if pattern.name not in keeping.done.get(one.key, {})]
    lost: list[str] = []
    told(len(every) - len(missing), len(every))
    for k, (task, result) in enumerate(hand_out(live_task, missing, workers), start=1):
        if isinstance(result, Lost):
            lost.append(result.reason)
        else:
            keeping.keep(task, result)
        told(len(every) - len(missing) + k, len(every))
    if lost:
        raise LostRunsError(pattern.name, lost)
    found = [keeping.done[one.key][pattern.name] for one in every]
    of = [found[begin : begin + many] for begin in range(0, len(found), many)]
    without = list(zip(pattern.ablations, of[1:], strict=True))
    return Found(pattern, read.name, str(place), many, seed, of[0], without)


def _label(pattern: Pattern, scenario: Scenario, seed: int) -> str:
    arms = [(one.name, one.policy(scenario).model_dump_json()) for one in pattern.arms]
    decides = (
        code_fingerprint(), scenario.digest, pattern.months, seed, arms,
        sorted(pattern.held.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(decides).encode()).hexdigest()
