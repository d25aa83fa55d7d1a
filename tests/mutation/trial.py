"""One mutant on trial: its file is changed in a copy of the project, and tests run against it."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import Mutant, mutated
from tests.mutation.reach import Reach

BUDGET_SECONDS = 60.0
"""Tests are tried, the quickest first, up to so many seconds of theirs."""

PATIENCE = 5.0
"""A run that takes so many times as long as its tests should, and a minute, is stopped: killed."""

COPIED = ("docs", "experiments", "scenarios", "simulation", "tests", "pyproject.toml", "README.md")

GREEN, RED, NOTHING = 0, 1, 5
"""Codes of pytest."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant, how many tests were to try it, and the seconds that it took."""

    outcome: str
    tests: int
    seconds: float


class Copy:
    """A copy of the project in which mutants are tried one after the other.

    Parameters
    ----------
    root : Path
        The project.
    folder : Path
        Where the copy is made; replaced.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(
                    root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
                )
            else:
                shutil.copy2(root / name, folder / name)
        self.folder = folder

    def attempt(self, mutant: Mutant, reach: Reach) -> Verdict:
        """Make the change, run the tests that reach it, and take it back."""
        tests = chosen(reach, mutant)
        if not tests:
            return Verdict("survived: no test reaches it", 0, 0.0)
        path = self.folder / mutant.path
        before = path.read_text("utf-8")
        path.write_text(mutated(before, mutant), "utf-8")
        try:
            return self._run(tests, sum(reach.seconds.get(name, 0.0) for name in tests))
        finally:
            path.write_text(before, "utf-8")

    def _run(self, tests: list[str], expected: float) -> Verdict:
        words = [
            sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider",
            "-p", "no:xdist", *tests,
        ]  # fmt: skip
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        kept |= {"NUMBA_DISABLE_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        began = time.monotonic()
        try:
            ended = subprocess.run(
                words, cwd=self.folder, env=kept, stdout=subprocess.DEVNULL, check=False,
                stderr=subprocess.DEVNULL, timeout=60.0 + PATIENCE * expected,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Verdict("killed: did not end", len(tests), time.monotonic() - began)
        took = time.monotonic() - began
        told = {
            GREEN: "survived",
            RED: "killed: a test failed",
            NOTHING: "survived: no test was left",
        }
        return Verdict(told.get(ended.returncode, "killed: not imported"), len(tests), took)


def chosen(reach: Reach, mutant: Mutant) -> list[str]:
    """The tests to try a mutant with: those that reach it, then the others of their files."""
    first = reach.tests(mutant.path, mutant.line, mutant.last_line)
    left, picked = BUDGET_SECONDS, list[str]()
    for name in (*first, *reach.beside(first)):
        left -= reach.seconds.get(name, 0.0)
        if picked and left < 0.0:
            break
        picked.append(name)
    return picked
