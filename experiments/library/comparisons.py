"""A comparison of ways of buying, from the scenario's name to its folder, summary and report."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from experiments.design.plan import DEFAULT_SEED, Plan, plan_comparison
from experiments.runner.comparison import Comparison, Told
from experiments.runner.label import label, now
from experiments.runner.progress import untold
from experiments.runner.reading import read_question
from experiments.runner.room import side_by_side, workers_with_room
from experiments.store.aside import refusal
from experiments.store.folder import ResultFolder
from scenarios.spec import Scenario

if TYPE_CHECKING:
    import pandas as pd

REPORT = "report.html"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison at its end.

    Attributes
    ----------
    scenario : Scenario
        As read, overrides applied.
    plan : Plan
        What was asked of it.
    folder : Path
        Everything that was found.
    summary : dict
        `summary.json`, as `poundflow compare --json` prints it.
    report : Path or None
        The page; None where every run failed.
    seconds : float
        How long it took [s].
    """

    scenario: Scenario
    plan: Plan
    folder: Path
    summary: dict[str, Any]
    report: Path | None
    seconds: float

    @property
    def outcomes(self) -> "pd.DataFrame":
        """What each policy came to: a row for each measure, tier and policy."""
        return _frame(self.summary["outcomes"])

    @property
    def differences(self) -> "pd.DataFrame":
        """Differences from the baseline: a row for each measure, tier and policy."""
        return _frame(self.summary["differences"])

    @property
    def failures(self) -> list[dict[str, Any]]:
        """Runs that failed, each with its error; they are left out of every number."""
        found: list[dict[str, Any]] = self.summary["failures"]
        return found


def compare(
    scenario: str | Path,
    out: str | Path,
    *,
    regimes: Sequence[str] | None = None,
    baseline: str | None = None,
    months: int | None = None,
    replicates: int | None = None,
    seed: int = DEFAULT_SEED,
    fixed: bool = False,
    sets: Sequence[str] = (),
    workers: int | None = None,
    progress: Told | None = None,
    say: Callable[[str], object] | None = None,
) -> Compared:
    """Compare ways of buying on one place, and keep everything in a folder.

    Does what `poundflow compare` does; the same call goes on where an earlier one was stopped.
    Workers are new processes: in a script, call it under `if __name__ == "__main__":`.

    Parameters
    ----------
    scenario : str or Path
        A name on the shelf, or the path of a file.
    out : str or Path
        The folder; made if it is missing.
    regimes : sequence of str, optional
        Policies; the scenario's by default.
    baseline : str, optional
        What the others are measured from.
    months, replicates : int, optional
        Length of a run [months]; futures.
    seed : int
        Root of all luck.
    fixed : bool
        Whether uncertain numbers keep their central values.
    sets : sequence of str
        Overrides, each `key.path=value`.
    workers : int, optional
        Processes, one for each core by default; they change no number.
    progress : callable, optional
        Is told (runs done, runs in all) after each step.
    say : callable, optional
        Is told what a user should know, such as that memory is short for all workers.

    Returns
    -------
    Compared
        Runs that failed are in `failures`; they raise nothing.

    Raises
    ------
    ScenarioError, PlanError
        With everything that is wrong, before anything is lived.
    FolderError
        When the folder is another's, or the disk gives out.
    UserCodeError
        When a way of buying of the user's own is at fault.
    KeyboardInterrupt
        When stopped; what was finished is kept, and noted as such.
    """
    comparison, many = prepare(
        scenario, out, regimes=regimes, baseline=baseline, months=months, replicates=replicates,
        seed=seed, fixed=fixed, sets=sets, workers=workers, say=say,
    )  # fmt: skip
    return live(comparison, many, progress or untold)


def prepare(
    scenario: str | Path,
    out: str | Path,
    *,
    regimes: Sequence[str] | None,
    baseline: str | None,
    months: int | None,
    replicates: int | None,
    seed: int,
    fixed: bool,
    sets: Sequence[str],
    workers: int | None,
    say: Callable[[str], object] | None,
) -> tuple[Comparison, int]:
    """Read a question, make its folder, and tell how many workers there is room for."""
    wanted = side_by_side("--workers", workers)
    read = read_question(str(scenario), sets, regimes=regimes, baseline=baseline)
    plan = plan_comparison(
        read, regimes=regimes, baseline=baseline, months=months, replicates=replicates, seed=seed,
        fixed=fixed,
    )  # fmt: skip
    many = workers_with_room(read, wanted, say or untold)
    manifest = label("compare", read, plan, many, status="under way")
    return Comparison(read, plan, ResultFolder(Path(out), manifest)), many


def live(comparison: Comparison, workers: int, progress: Told) -> Compared:
    """Live what is missing, add up, and write the report."""
    summary, seconds = conduct(comparison, workers, progress)
    folder = comparison.folder.path
    with _noted_if_stopped(comparison):
        report = _report(folder) if finished_runs(summary) else None
    return Compared(comparison.scenario, comparison.plan, folder, summary, report, seconds)


def conduct(comparison: Comparison, workers: int, told: Told) -> tuple[dict[str, Any], float]:
    """Live what is missing and add up; return the summary, and how long it took [s]."""
    began = monotonic()
    with _noted_if_stopped(comparison):
        lost = comparison.live(workers, told)
        summary = comparison.conclude(lost, directions())
        seconds = round(monotonic() - began, 1)
        comparison.folder.update_manifest(seconds=seconds)
    return summary, seconds


def directions() -> dict[str, str]:
    """Which way is better for each measure of the catalogue that has a better way."""
    from simulation.measures.catalogue import CATALOGUE

    return {measure.name: measure.direction for measure in CATALOGUE}


def finished_runs(summary: dict[str, Any]) -> int:
    """How many runs have something to report."""
    return sum(run["status"] == "done" for run in summary["runs"])


@contextmanager
def _noted_if_stopped(comparison: Comparison) -> Iterator[None]:
    """Note in the manifest that it was stopped."""
    try:
        yield
    except KeyboardInterrupt:
        comparison.folder.update_manifest(status="stopped", finished=now())
        raise


def _report(folder: Path) -> Path:
    from experiments.report.page import write_report

    try:
        return write_report(folder)
    except OSError as fault:
        raise refusal(fault, folder / REPORT, 0) from fault


def _frame(rows: Sequence[dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.json_normalize(list(rows))
