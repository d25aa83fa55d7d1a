"""Lives a pattern's runs through the runner, keeps each on disk, and takes up where it stopped.

A run serves every pattern that asks for the same one: its file is named by what decides it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from experiments.design.seeds import replicate_seed
from experiments.patterns import reading
from experiments.patterns import trail as trail_of
from experiments.patterns.pattern import (
    USUAL,
    Ablation,
    Life,
    Measured,
    Pattern,
    Place,
    in_words,
)
from experiments.patterns.trail import Trail
from experiments.runner.label import code_fingerprint, fingerprint
from experiments.runner.memory import clear_away
from experiments.runner.reading import read_question
from experiments.runner.replicate import all_entries, assumptions_of
from experiments.runner.workforce import Lost, hand_out
from experiments.store.aside import make_folder, write_aside
from experiments.store.errors import BrokenFileError
from scenarios.assumptions import Entry
from scenarios.errors import InputError
from scenarios.spec import Scenario


class OnePlaceError(InputError):
    """Raised when a pattern of many places is asked for in one."""

    def __init__(self, name: str, many: int) -> None:
        super().__init__(
            f"pattern {name} is what {many} places differ by; wanted no --scenario, which names "
            "one. Leave it out."
        )


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
    scenarios : tuple of Scenario
        Places that are lived, each on luck of its own.
    off : tuple of str
        Switches of the ablation; none where everything is as it is.
    number : int
        Of the seed, from 0.
    seed : int
        Root of all luck.
    elsewhere : bool
        Whether these are not the pattern's own places.
    """

    patterns: tuple[Pattern, ...]
    scenarios: tuple[Scenario, ...]
    off: tuple[str, ...]
    number: int
    seed: int
    elsewhere: bool = False

    @property
    def key(self) -> str:
        """Name in the file of what is done."""
        at = [_digest(self.scenarios)[:8]] if self.elsewhere else []
        return f"{'+'.join([*at, *self.off])}/{self.number}"

    def lacks(self, done: Mapping[str, Mapping[str, Measured]]) -> bool:
        """Say whether the figures of its first pattern are still to be found."""
        return read_as(self.patterns[0]) not in done.get(self.key, {})


@dataclass(frozen=True, slots=True)
class Found:
    """What all runs of a pattern came to: figures by seed, as it is and by ablation.

    `runs` are those behind it, every arm and place counted.
    """

    pattern: Pattern
    scenario: str
    place: str
    seeds: int
    seed: int
    as_it_is: Sequence[Measured]
    without: Sequence[tuple[Ablation, Sequence[Measured]]]
    runs: int


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

    first, many = task.patterns[0], len(task.scenarios)
    lived: dict[str, Life] = {}
    for at, scenario in enumerate(task.scenarios):
        entries = all_entries(scenario)
        values = {**first.held, **{name: _null(entries[name]) for name in task.off}}
        prepared = prepare(
            posed(first, scenario),
            assumptions_of(scenario, values),
            replicate_seed(task.seed, task.number * many + at),
        )
        for arm in first.arms:
            trail = Trail() if any(one.watched for one in task.patterns) else None
            books = live(prepared, arm.name, first.months, watch=trail)
            lived[f"{at}/{arm.name}" if many > 1 else arm.name] = Life(books, trail)
        del prepared
    told = {read_as(one): one.measure(lived) for one in task.patterns}
    del lived
    clear_away()
    return told


def read_as(pattern: Pattern) -> str:
    """Name a pattern in the file, with the code that reads it: another reading, another figure."""
    code = fingerprint(pattern.measure.__module__, reading.__name__, trail_of.__name__)
    return f"{pattern.name}-{code[:8]}"


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
    asked = ask(pattern, folder, beside=beside, scenario=scenario, seeds=seeds, seed=seed)
    make_folder(folder)
    keeping, every = asked.keeping, asked.tasks
    missing = [one for one in every if one.lacks(keeping.done)]
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
    return asked.found()


@dataclass(frozen=True, slots=True)
class Asked:
    """All runs that a pattern asks for, and what is kept of them.

    Attributes
    ----------
    pattern : Pattern
    scenario, place : str
        Name of the scenario, and where it is lived in words.
    seeds, seed : int
    tasks : sequence of Task
        As it is first, then by ablation.
    keeping : Keeping
    """

    pattern: Pattern
    scenario: str
    place: str
    seeds: int
    seed: int
    tasks: Sequence[Task]
    keeping: Keeping

    def missing(self) -> int:
        """Count runs that are still to be lived."""
        return sum(one.lacks(self.keeping.done) for one in self.tasks)

    def found(self) -> Found:
        """Gather the figures of all runs, each of which is kept."""
        name, done = read_as(self.pattern), self.keeping.done
        found = [done[one.key][name] for one in self.tasks]
        of = [found[begin : begin + self.seeds] for begin in range(0, len(found), self.seeds)]
        without = list(zip(self.pattern.ablations, of[1:], strict=True))
        runs = len(self.pattern.arms) * sum(len(one.scenarios) for one in self.tasks)
        return Found(
            self.pattern, self.scenario, self.place, self.seeds, self.seed, of[0], without, runs
        )


def ask(
    pattern: Pattern, folder: Path, *, beside: Iterable[Pattern] = (), scenario: str | None = None,
    seeds: int | None = None, seed: int = 1,
) -> Asked:  # fmt: skip
    """List the runs of a pattern, and read what a folder keeps of them; nothing is lived.

    Parameters and errors are those of `live_pattern`.
    """
    many = pattern.seeds if seeds is None else seeds
    if many < 1:
        raise InputError(f"--seeds is {many}; wanted 1 or more.")
    if scenario is not None and pattern.others:
        raise OnePlaceError(pattern.name, len(pattern.places))
    places = pattern.places if scenario is None else (Place(scenario),)
    read = _read(places)
    label = _label(pattern, read, seed)
    others = [one for one in beside if one.name != pattern.name]
    if scenario is None:
        others = [one for one in others if one.places == pattern.places]
    alike = [one for one in others if _label(one, read, seed) == label]
    variants: list[tuple[tuple[str, ...], tuple[Scenario, ...], bool]] = [((), read, False)]
    for one in pattern.ablations:
        at = _read(one.places) if one.places else read
        variants.append((one.switches, at, bool(one.places)))
    tasks = [
        Task((pattern, *alike), at, off, k, seed, elsewhere)
        for off, at, elsewhere in variants
        for k in range(many)
    ]
    keeping = Keeping(folder / f"patterns-{read[0].name}-{label[:12]}.jsonl")
    keeping.read()
    return Asked(pattern, read[0].name, in_words(places), many, seed, tasks, keeping)


def _read(places: Iterable[Place]) -> tuple[Scenario, ...]:
    by_place = {one: read_question(one.scenario, one.sets) for one in places}
    return tuple(by_place[one] for one in places)


def _digest(scenarios: Iterable[Scenario]) -> str:
    return hashlib.sha256(repr([one.digest for one in scenarios]).encode()).hexdigest()


def _label(pattern: Pattern, scenarios: Sequence[Scenario], seed: int) -> str:
    arms = [(one.name, one.policy(scenarios[0]).model_dump_json()) for one in pattern.arms]
    decides = (
        code_fingerprint(), _digest(scenarios), pattern.months, seed, arms,
        sorted(pattern.held.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(decides).encode()).hexdigest()
