"""A comparison read back from its label alone: scenario, overrides, files beside it, and plan."""

from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.design.plan import Plan
from experiments.runner.reading import read_question
from scenarios.errors import InputError
from scenarios.spec import Scenario

COMMAND = "compare"
_DEEP = "a/b/c/d/e/f"
"""Where the scenario lies under a scratch folder, so that `../ways.py` stays within it."""


class LabelError(InputError):
    """Raised when a label does not tell a comparison, or names a file where none may be put."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: {reason}; wanted the manifest.json that `poundflow compare --out` wrote. "
            "Give that file, as it was written."
        )
        self.path = path
        self.reason = reason


class _File(BaseModel):
    name: str
    text: str


class _Label(BaseModel):
    model_config = ConfigDict(extra="ignore")

    command: str
    scenario_text: str
    sets: list[str]
    regimes: list[str] = Field(min_length=1)
    baseline: str
    seed: int
    months: int
    replicates: int
    luck_replicates: int
    twin_replicates: int
    fixed: bool
    window: tuple[int, int]
    tiers: list[str]
    regime_files: list[_File] = []
    technology_file: _File | None = None


def read_label(path: Path, manifest: dict[str, Any]) -> tuple[Scenario, Plan]:
    """Read the question of a comparison back from its label.

    The code of ways of buying that the label holds is run, as it is where the scenario is read.

    Parameters
    ----------
    path : Path
        Where the label was read, for the message.
    manifest : dict
        The label.

    Returns
    -------
    tuple of (Scenario, Plan)

    Raises
    ------
    LabelError
        When it tells no comparison.
    ScenarioError, PlanError
        When what it tells is not a scenario, or cannot be compared.
    """
    try:
        label = _Label.model_validate(manifest)
    except ValidationError as fault:
        said = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in fault.errors()
        )
        raise LabelError(path, said) from fault
    if label.command != COMMAND:
        raise LabelError(path, f"found the label of `poundflow {label.command}`")
    with _written(path, label) as file, chdir(file.parent):  # where `--set` looks for files
        scenario = read_question(
            str(file), label.sets, regimes=label.regimes, baseline=label.baseline
        )
    plan = Plan(
        regimes=tuple(label.regimes),
        baseline=label.baseline,
        months=label.months,
        replicates=label.replicates,
        luck_replicates=label.luck_replicates,
        twin_replicates=label.twin_replicates,
        seed=label.seed,
        fixed=label.fixed,
        window=label.window,
        tiers=tuple(label.tiers),
    )
    return scenario, plan


@contextmanager
def _written(path: Path, label: _Label) -> Iterator[Path]:
    """Put the scenario and the files that it names into a scratch folder."""
    with TemporaryDirectory(prefix="poundflow-") as scratch:
        root = Path(scratch).resolve()
        folder = root / _DEEP
        folder.mkdir(parents=True)
        beside = [*label.regime_files, *([label.technology_file] if label.technology_file else [])]
        for one in beside:
            place = (folder / one.name).resolve()
            if not one.name or not place.is_relative_to(root) or place == root:
                raise LabelError(path, f"names a file at {one.name!r}, far from its scenario")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(one.text, encoding="utf-8", newline="\n")
        file = folder / "scenario.toml"
        file.write_text(label.scenario_text, encoding="utf-8", newline="\n")
        yield file
