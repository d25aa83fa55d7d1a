"""The economy of one future, built once and kept in a file: its label, and who may use it.

A file is used only for the question that it was built for: the same code, scenario with its
overrides, seed and register values. Everything else is refused, so that a run from a file is the
run that building would have given.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from experiments.design.plan import Plan
from experiments.runner.label import code_fingerprint, versions
from experiments.runner.replicate import future_at
from experiments.store.aside import make_folder, opened_aside, sweep_leftovers, try_aside
from experiments.store.records import Part
from scenarios.assumptions import Assumptions
from scenarios.errors import Fault, InputError
from scenarios.spec import Scenario

if TYPE_CHECKING:
    from simulation.economy.economy_io import EconomyFile

FEW = 3
"""Register values that are told where many differ."""


class FileTakenError(InputError):
    """Raised when a file stands where an economy is to be written, and is not that economy."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is there already and is not this economy:\n{reason}\n"
            "It was left as it is. Give another file with --out, or delete this one."
        )
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Built:
    """An economy on file.

    Attributes
    ----------
    file : EconomyFile
        Opened and without a fault.
    kept : bool
        Whether it stood there already, so that nothing was built.
    build_seconds, write_seconds : float
        How long it took [s]; reading it back to check it is part of writing.
    """

    file: "EconomyFile"
    kept: bool
    build_seconds: float
    write_seconds: float


def built_label(scenario: Scenario, plan: Plan, replicate: int) -> dict[str, Any]:
    """What decides a built economy, and what tells a reader whose it is.

    Parameters
    ----------
    scenario : Scenario
        As read, overrides applied.
    plan : Plan
        Its seed, and whether it holds the uncertain numbers.
    replicate : int
        Counted from 0.
    """
    future = future_at(scenario, plan, Part.FUTURE, replicate)
    return {
        "scenario": scenario.name,
        "scenario_sha256": scenario.digest,
        "sets": list(scenario.sets),
        "seed": plan.seed,
        "replicate": replicate,
        "replicate_seed": future.seed,
        "fixed": plan.fixed,
        "assumptions": dict(sorted(future.assumptions.items())),
        "version": versions()["poundflow"],
        "code": code_fingerprint(),
    }


def open_built(path: Path, label: Mapping[str, Any]) -> "EconomyFile":
    """Open a built economy for the question that a label states.

    Raises
    ------
    EconomyFileError
        With everything wrong with the file and every answer it gives to another question.
    """
    from simulation.economy.economy_io import EconomyFileError, open_economy

    file = open_economy(path)
    faults = list(file.faults)
    if file.label or not faults:
        faults += disagreements(path, label, file.label)
    if faults:
        raise EconomyFileError(faults)
    return file


def keep_built(
    scenario: Scenario, plan: Plan, replicate: int, path: Path, told: Callable[[str], None]
) -> Built:
    """Build an economy and write it to a file, whole or not at all; one that stands is kept.

    Parameters
    ----------
    scenario, plan, replicate
        As of `built_label`.
    path : Path
        Its folder is made where missing.
    told : callable
        Hears what is being done, a few words at a time.

    Raises
    ------
    FileTakenError
        When something else stands there.
    FolderUnwritableError or DiskFullError
        When it cannot be written, the former before anything is built; nothing is left behind.
    """
    from simulation.economy.build import build_economy
    from simulation.economy.economy_io import EconomyFileError, write_economy

    label = built_label(scenario, plan, replicate)
    if path.exists() or path.is_symlink():
        told(f"checking {path} ...")
        try:
            return Built(open_built(path, label), kept=True, build_seconds=0.0, write_seconds=0.0)
        except EconomyFileError as fault:
            raise FileTakenError(path, str(fault)) from fault
    with _folder_for(path):
        told(f"building {scenario.name} ...")
        began = monotonic()
        economy = build_economy(
            scenario, Assumptions(label["assumptions"]), label["replicate_seed"]
        )
        built = monotonic()
        told(f"writing {path} ...")
        with opened_aside(path) as aside:
            write_economy(economy, label, aside)
        del economy
        file = open_built(path, label)
    return Built(file, False, built - began, monotonic() - built)


def disagreements(path: Path, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Fault]:
    """What a built economy was built from, where that is not what is asked.

    Parameters
    ----------
    path : Path
        The file.
    ours, theirs : mapping
        Labels as of `built_label`: what is asked, and what the file says.
    """
    faults = []

    def note(key: str, said: Callable[[Mapping[str, Any]], str], hint: str) -> None:
        if ours[key] != theirs.get(key):
            faults.append(Fault(str(path), None, None, key, said(theirs), said(ours), hint))

    note("code", _code, "Build it anew with this version of the program.")
    note(
        "scenario_sha256", _scenario,
        "Name the scenario, with the same --set, that it was built from, or build it anew.",
    )  # fmt: skip
    note(
        "replicate_seed", _seed,
        "Give the --seed and --replicate that it was built with, or build it anew.",
    )  # fmt: skip
    mine, other = ours["assumptions"], theirs.get("assumptions")
    other = other if isinstance(other, Mapping) else {}
    apart = sorted(name for name in {*mine, *other} if mine.get(name) != other.get(name))
    if apart:
        faults.append(
            Fault(
                str(path), None, None, "assumptions", _values(other, apart), _values(mine, apart),
                f"{len(apart)} of {len(mine)} values of the register differ; "
                "--fixed, --seed, --replicate and --set assumptions.NAME decide them.",
            )
        )  # fmt: skip
    return faults


def _code(label: Mapping[str, Any]) -> str:
    return f"poundflow {label.get('version')} with code {str(label.get('code'))[:12]}"


def _scenario(label: Mapping[str, Any]) -> str:
    sets = label.get("sets") or ()
    overrides = "".join(f" --set {one}" for one in sets)
    return f"{label.get('scenario')}{overrides} ({str(label.get('scenario_sha256'))[:12]})"


def _seed(label: Mapping[str, Any]) -> str:
    typed = f"--seed {label.get('seed')} --replicate {label.get('replicate')}"
    return f"the seed {label.get('replicate_seed')} of {typed}"


def _values(values: Mapping[str, Any], names: list[str]) -> str:
    few = [f"{name} = {values.get(name, 'none')}" for name in names[:FEW]]
    return ", ".join(few)


@contextlib.contextmanager
def _folder_for(path: Path) -> Iterator[None]:
    """Make the folder of a file; take it away again where no file comes of it."""
    made = make_folder(path.parent)
    sweep_leftovers(path.parent, path.name)
    try:
        try_aside(path)
        yield
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                path.parent.rmdir()
        raise
