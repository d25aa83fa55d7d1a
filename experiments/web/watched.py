"""Runs that are watched month by month: asked for, lived as a job, read once, kept beside the run.

A run lies in RESULTS/watched/NAME, one of a case in RESULTS/cases/CASE/watched/NAME, so that it
goes when the case is deleted. `watched.json` says what was asked, `run/` is the folder that
`poundflow run` fills, and `months/` has a small file for each month, written once from the books;
`head.json` among them comes last, so where it is, all are.
"""

import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, ClassVar, Protocol

from experiments.analysis.months import SCHEMA_VERSION, TABLES, TOLD, watched
from experiments.report.pictures import Picture
from experiments.report.watched import month_picture, pairs_grid
from experiments.store.aside import make_folder, write_aside
from experiments.store.errors import BrokenFileError, FolderError
from experiments.store.manifest import MANIFEST, read_manifest
from experiments.web.case import Case, DamagedCaseError, Section
from scenarios.errors import InputError

NAME = re.compile(r"[0-9a-f]{16}")
MOST_MONTHS = 36
"""Months of a watched run: every payment of it is kept, so it is bounded."""
MOST_FUTURE = 999
KIND = "watch"


class State(Protocol):
    """How a job stands, as far as a watched run wants to know."""

    @property
    def status(self) -> str:
        """One of queued, running, finished, failed, stopped and died."""

    @property
    def message(self) -> str:
        """What happened and what to do next, in plain words."""


class Jobs(Protocol):
    """The queue of jobs, as far as a watched run needs it."""

    def submit(self, kind: str, arguments: Sequence[str], *, case: str, label: str) -> str:
        """Put a job at the end of the queue and return its name."""

    def state(self, job: str) -> State:
        """How it stands."""

    def stop(self, job: str) -> None:
        """Ask it to stop."""

    def resume(self, job: str) -> None:
        """Put it into the queue once more."""


class Asked(Section):
    """What was asked of a watched run."""

    FILE: ClassVar[str] = "watched.json"

    place: str
    title: str
    case: str
    policy: str
    policy_title: str
    future: int
    months: int
    job: str


class NoRunError(Exception):
    """Raised when no watched run of this name is kept here."""


class WatchedRun(Case):
    """The folder of a watched run; its parts are kept as those of a case are."""

    @property
    def asked(self) -> Asked:
        """What was asked."""
        asked = self.read(Asked)
        if asked is None:
            raise NoRunError(self.name)
        return asked

    @property
    def run(self) -> Path:
        """What `poundflow run` fills."""
        return self.folder / "run"

    @property
    def lived_at(self) -> int:
        """Changes when it is lived again; 0 where it never was."""
        label = self.run / MANIFEST
        return label.stat().st_mtime_ns if label.is_file() else 0

    @property
    def months(self) -> Path:
        """The files of the months."""
        return self.folder / "months"

    @property
    def head(self) -> dict[str, Any] | None:
        """What the run is; None where its months have not been read yet."""
        return self._read("head")

    def month(self, month: int) -> dict[str, Any] | None:
        """One month, counted from 1; None where there is none."""
        return self._read(f"{month:03d}")

    def picture(self, head: Mapping[str, Any], month: Mapping[str, Any]) -> Picture:
        """The picture of a month as it was drawn, with its numbers."""
        drawn = Picture(**month["picture"])
        return drawn if drawn.missing else replace(drawn, data=pairs_grid(head, month))

    def _read(self, name: str) -> dict[str, Any] | None:
        path = self.months / f"{name}.json"
        try:
            found: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as fault:
            raise BrokenFileError(path, str(fault)) from fault
        return found if found.get("schema_version") == SCHEMA_VERSION else None

    def tell(self) -> None:
        """Read the books and the journal, and write a file for each month with its picture.

        Raises
        ------
        InputError, FolderError or BooksDisagreeError
            Where the books are damaged, or the disk gives out.
        """
        from simulation.accounting.books_io import read_books

        manifest = read_manifest(self.run)
        if manifest is None or manifest.get("status") != "finished":
            raise BrokenFileError(self.run / MANIFEST, "the run is not whole")
        journal = self.run / "journal" / "decisions.jsonl"
        lines = list(_lines(journal)) if journal.is_file() else None
        books = read_books(self.run, TABLES)
        for name in TABLES:
            if name not in books.tables:
                raise BrokenFileError(self.run / "books" / f"{name}.parquet", "it is not there")
        head, months = watched(books, manifest, lines)
        make_folder(self.months)
        for one in months:
            drawn = asdict(replace(month_picture(head, one), alone="", data=None))
            told = json.dumps({**one, "picture": drawn})
            write_aside(self.months / f"{one['month']:03d}.json", told.encode())
        write_aside(self.months / "head.json", json.dumps(head).encode())


def _is_of(run: WatchedRun, case: str) -> bool:
    """Say whether a run was asked for by a case; one whose file is damaged is of none."""
    try:
        return run.asked.case == case
    except DamagedCaseError:
        return False


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the lines of a journal that months are read from."""
    marks = tuple(f'"what": "{what}"' for what in TOLD)
    with path.open(encoding="utf-8") as file:
        for line in file:
            if any(mark in line for mark in marks):
                try:
                    yield json.loads(line)
                except ValueError as fault:
                    raise BrokenFileError(path, str(fault)) from fault


class WatchedRuns:
    """The watched runs of a results folder.

    Parameters
    ----------
    results : Path
        RESULTS; folders in it are made with the first run.
    jobs : Jobs
        The queue in which they are lived.
    """

    def __init__(self, results: Path, jobs: Jobs) -> None:
        self.results = results
        self.jobs = jobs

    def _home(self, case: str) -> Path:
        """Where the runs of a case lie, or those of the shelf."""
        return self.results / "cases" / case / "watched" if case else self.results / "watched"

    def begin(self, scenario: str, asked: Mapping[str, Any]) -> WatchedRun:
        """Ask for a run.

        Parameters
        ----------
        scenario : str
            A name on the shelf, or the path of a case's own file.
        asked : mapping
            Fields of `Asked`, but for the job.

        Returns
        -------
        WatchedRun
        """
        name = secrets.token_hex(8)
        run = WatchedRun(name, (self._home(asked["case"]) / name).resolve())
        make_folder(run.folder)
        arguments = (
            "run", scenario, "--regime", asked["policy"], "--replicate", str(asked["future"]),
            "--months", str(asked["months"]), "--journal", "--json", "--out", str(run.run),
        )  # fmt: skip
        label = f"{asked['title']}, month by month"
        job = self.jobs.submit(KIND, arguments, case=asked["case"], label=label)
        run.write(Asked(**asked, job=job))
        return run

    def status(self, run: WatchedRun) -> str:
        """How a run stands in one word; a job that is no longer kept is `gone`."""
        try:
            return "finished" if run.head else self.jobs.state(run.asked.job).status
        except (InputError, FolderError):
            return "gone"

    def find(self, name: str) -> WatchedRun:
        """Find a run by its name.

        Raises
        ------
        NoRunError
            When there is none.
        """
        if not NAME.fullmatch(name):
            raise NoRunError(name)
        of_cases = self.results.glob(f"cases/*/watched/{name}")
        for folder in (self._home("") / name, *of_cases):
            if (folder / Asked.FILE).is_file() and not folder.parents[1].name.startswith("."):
                return WatchedRun(name, folder)
        raise NoRunError(name)

    def of_case(self, case: str) -> list[WatchedRun]:
        """The runs of a case, or of the shelf where it is empty, the newest first."""
        home = self._home(case)
        if not home.is_dir():
            return []
        names = [one.name for one in home.iterdir() if NAME.fullmatch(one.name)]
        runs = [WatchedRun(name, home / name) for name in names]
        kept = [one for one in runs if (one.folder / Asked.FILE).is_file()]
        mine = [one for one in kept if _is_of(one, case)]
        return sorted(mine, key=lambda one: (one.folder / Asked.FILE).stat().st_mtime, reverse=True)
