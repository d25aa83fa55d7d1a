"""One mutant on trial: its change is made in a copy of the project, and tests run against it."""

import compileall
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

from tests.mutation.mutants import Mutant, mutated
from tests.mutation.near import Near, folders
from tests.mutation.warm import COLD, DIED, ENDLESS, GREEN, PIPES, RED, UNRUN

PATIENCE = 5.0
"""A test that takes so many times the processor time that it takes on the code as it is, and has
spent `GRACE_SECONDS`, does not end, which is to be killed."""

GRACE_SECONDS = 30.0
WALL = 30.0
"""A trial that sleeps is stopped after so many times its processor time."""

NEAREST = {"hot": 60, "fresh": 8}
"""How many test files are asked at most; to read in a file afresh takes time too."""

COPIED = ("docs", "experiments", "scenarios", "simulation", "tests", "pyproject.toml", "README.md")
CHOSEN = ("-m", "not long and not soak and not compiled")
UNCOMPILED = {"NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant.

    `outcome` begins with killed or survived; `killer` is the first test that failed, and `why` its
    error; `ran` counts the tests that ran, in `files` files at most, and `cut` says whether the
    seconds were spent before all of them had; `way` is hot or fresh; `seconds` is what it took.
    """

    outcome: str
    killer: str
    why: str
    ran: int
    files: int
    cut: bool
    way: str
    seconds: float


class Served:
    """A process of `tests.mutation.warm`, started when it is first asked."""

    def __init__(self, words: list[str], folder: Path, log: Path) -> None:
        self._words, self._folder, self._log = words, folder, log
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request and wait for what came of it."""
        if self._process is None:
            self._start()
        self._requests.write(json.dumps(request) + "\n")
        self._requests.flush()
        return json.loads(self._said())

    def _start(self) -> None:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        kept |= UNCOMPILED | {PIPES: f"{theirs_in},{theirs_out}", "PYTHONDONTWRITEBYTECODE": "1"}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._words], cwd=self._folder, env=kept, stdout=log, stderr=log,
                pass_fds=(theirs_in, theirs_out), stdin=subprocess.DEVNULL,
            )  # fmt: skip
        os.close(theirs_in)
        os.close(theirs_out)
        self._requests, self._answers = os.fdopen(ours_out, "w"), os.fdopen(ours_in, "r")
        self._said()

    def _said(self) -> str:
        line = self._answers.readline()
        if not line:
            raise ChildProcessError(f"a process that tries mutants ended: read {self._log}")
        return line

    def close(self) -> None:
        """Let the process end."""
        if self._process is not None:
            self._requests.close()
            self._process.wait()


class Copy:
    """A copy of the project in which mutants are tried one after the other.

    Parameters
    ----------
    root : Path
        The project.
    folder : Path
        Where the copy is made; replaced.
    near : Near
        Which tests are asked.
    """

    def __init__(self, root: Path, folder: Path, near: Near) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(
                    root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
                )
            else:
                shutil.copy2(root / name, folder / name)
        for name in ("simulation", "scenarios", "experiments"):
            compileall.compile_dir(
                folder / name, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH
            )
        self.folder, self._near = folder, near
        self._log = log = folder.with_suffix(".log")
        self._words = [*CHOSEN, f"--basetemp={folder / 'temporary'}"]
        plain = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *self._words]
        hot = [*plain, "-p", "tests.mutation.warm", *folders(root)]
        fresh = ["-m", "tests.mutation.warm", str(_outside(folder))]
        self._served = {"hot": Served(hot, folder, log), "fresh": Served(fresh, folder, log)}
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        self._left_out: set[str] = set()

    def close(self) -> None:
        """End the processes."""
        for one in self._served.values():
            one.close()

    def attempt(self, mutant: Mutant, ways: Sequence[str], budget: float) -> Verdict:
        """Make the change, run the nearest tests for so many seconds of theirs, take it back.

        It is tried in one way after the other until it is killed. A test that fails is believed
        if it passes, alone and in the same way, on what was not changed; if not, it is left out.
        """
        began = time.monotonic()
        for way in ways:
            files = self._near.tests(mutant.path)[: NEAREST[way]]
            answer = self._believed(mutant, files, way, budget)
            told = answer["outcome"]
            if told not in {GREEN, COLD, UNRUN} and (way, told) != ("hot", DIED):
                break
        outcomes = {
            GREEN: "survived by limit" if answer["cut"] else "survived",
            COLD: "survived: it could not be changed", UNRUN: "survived: no test was run",
            RED: "killed: a test failed",
        }  # fmt: skip
        outcome = outcomes.get(answer["outcome"], f"killed: {answer['outcome']}")
        took = round(time.monotonic() - began, 2)
        return Verdict(outcome, answer["killer"], answer["why"], answer["ran"], len(files),
                       answer["cut"], way, took)  # fmt: skip

    def _believed(
        self, mutant: Mutant, files: list[str], way: str, budget: float
    ) -> dict[str, Any]:
        while files:
            answer = self._try(mutant, files, way, budget)
            outcome, killer = answer["outcome"], answer["killer"]
            if outcome not in {RED, ENDLESS} or not killer:
                return answer
            alone = self._alone(killer, way)
            if alone["outcome"] == GREEN:
                if outcome == RED or answer["used"] - budget > PATIENCE * alone["used"]:
                    return answer
                return answer | {"outcome": GREEN, "cut": True, "killer": ""}
            self._left_out.add(killer)
        return {"outcome": GREEN, "killer": "", "why": "no test is near", "ran": 0, "cut": False}

    def _alone(self, test: str, way: str) -> dict[str, Any]:
        """What a test comes to on the code as it is."""
        if (test, way) not in self._known:
            self._known[test, way] = self._try(None, [test], way, GRACE_SECONDS)
        return self._known[test, way]

    def _try(
        self, mutant: Mutant | None, tests: list[str], way: str, budget: float
    ) -> dict[str, Any]:
        """Ask for a trial; nothing is changed where no mutant is named."""
        seconds = int(budget + GRACE_SECONDS)
        request = {"tests": tests, "seconds": seconds, "patience": WALL * seconds, "change": None,
                   "budget": budget, "words": self._words,
                   "skipped": sorted(self._left_out)}  # fmt: skip
        if mutant is None:
            return self._served[way].ask(request)
        path = self.folder / mutant.path
        before = path.read_text("utf-8")
        after = mutated(before, mutant)
        if way == "hot":
            change = {"path": str(path), "before": before, "after": after}
            return self._served[way].ask(request | {"change": change})
        path.write_text(after, "utf-8")
        try:
            return self._served[way].ask(request)
        finally:
            path.write_text(before, "utf-8")


def _outside(folder: Path) -> Path:
    """Write down the modules of others that the project and its tests read in."""
    code = (
        "import json, pytest, hypothesis.strategies, hypothesis.extra.numpy\n"
        "from tests.mutation.warm import outside\n"
        "import simulation.model, simulation.measures.catalogue\n"
        "print(json.dumps(outside()))"
    )
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=kept | UNCOMPILED, check=True,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip
    path = folder / "outside.json"
    path.write_bytes(told)
    return path
