"""A run to be watched: the village over seven months, lived once for all who ask."""

import atexit
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

import pytest

from experiments.cli import main
from experiments.web.watched import Asked, WatchedRun

MONTHS = 7
STORY = ("run", "village", "--regime", "price_quality", "--months", str(MONTHS), "--journal",
         "--seed", "23")  # fmt: skip
NAME = "0123456789abcdef"


@cache
def lived() -> Path:
    """The folder of the run; a supplier closes in it, and its work is let again."""
    folder = Path(mkdtemp(prefix="watched-")) / "run"
    atexit.register(rmtree, folder.parent, ignore_errors=True)
    with pytest.raises(SystemExit) as end:
        main([*STORY, "--out", str(folder)])
    assert end.value.code == 0
    return folder


@cache
def read() -> Path:
    """The same run, its months read and drawn."""
    run = WatchedRun(NAME, lived().parent / "read")
    copytree(lived(), run.run)
    run.tell()
    return run.folder


def watched_run(
    results: Path, *, name: str = NAME, case: str = "", of: Path | None = None
) -> WatchedRun:
    """A watched run in a results folder, a copy of another one; without any, its job has ended
    badly or not at all.
    """
    home = results / "cases" / case if case else results
    run = WatchedRun(name, home / "watched" / name)
    if of is None:
        run.folder.mkdir(parents=True)
    else:
        copytree(of, run.folder if of == read() else run.run)
    run.write(
        Asked(
            place="village", title="A village", case=case, policy="price_quality",
            policy_title="Price and quality", future=0, months=MONTHS, job="f" * 16,
        )
    )  # fmt: skip
    return run


@dataclass
class Stands:
    """How the only job stands."""

    status: str = "finished"
    message: str = "It is done."


@dataclass
class OneJob:
    """A queue that starts nothing, and remembers what it was asked."""

    stands: Stands = field(default_factory=Stands)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def submit(self, kind: str, arguments: Sequence[str], *, case: str, label: str) -> str:
        """Remember what was asked."""
        self.asked.append(tuple(arguments))
        return f"{len(self.asked):016x}"

    def state(self, job: str) -> Stands:
        """As the test says."""
        return self.stands

    def stop(self, job: str) -> None:
        """Remember it."""
        self.told.append("stop")

    def resume(self, job: str) -> None:
        """Remember it."""
        self.told.append("resume")

    def tend(self) -> list[str]:
        """Nothing is due."""
        return []
