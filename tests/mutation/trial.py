"""One mutant on trial: its change is made in a copy of the project, and tests run against it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from compileall import compile_file
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any, TextIO

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
PLAIN = ("-p", "no:cacheprovider", "-p", "no:xdist")
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
    """Processes of `tests.mutation.warm` that one start makes, of which each answers by itself."""

    def __init__(self, words: list[str], folder: Path, many: int) -> None:
        ours, theirs = list[tuple[int, int]](), list[tuple[int, int]]()
        for _ in range(many):
            (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
            ours.append((ours_in, ours_out))
            theirs.append((theirs_in, theirs_out))
        self._log = folder.with_suffix(".log")
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        kept |= UNCOMPILED | {PIPES: ";".join(f"{one},{other}" for one, other in theirs)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *words], cwd=folder, env=kept, stdout=log, stderr=log,
                pass_fds=[one for pair in theirs for one in pair], stdin=subprocess.DEVNULL,
            )  # fmt: skip
        for one in (one for pair in theirs for one in pair):
            os.close(one)
        self._pairs = [(os.fdopen(told, "r"), os.fdopen(asked, "w")) for told, asked in ours]
        self._is_ready = [False] * many

    def ask(self, number: int, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request to one of them and wait for what came of it."""
        told, asked = self._pairs[number]
        if not self._is_ready[number]:
            self._is_ready[number] = bool(self._said(told))
        asked.write(json.dumps(request) + "\n")
        asked.flush()
        answer: dict[str, Any] = json.loads(self._said(told))
        return answer

    def _said(self, told: TextIO) -> str:
        line = told.readline()
        if not line:
            raise ChildProcessError(f"a process that tries mutants ended: read {self._log}")
        return line

    def close(self) -> None:
        """Let them end."""
        for _, asked in self._pairs:
            asked.close()
        self._process.wait()


def copied(root: Path, folder: Path) -> Path:
    """Copy the project, or what was changed in it since it was copied; compile what is new.

    What is compiled is known by its source, not by its date: a mutant lives for less than a second.
    """
    for name in COPIED:
        there = {path.relative_to(root) for path in _within(root / name)}
        for path in there:
            here, source = folder / path, (root / path).read_bytes()
            if not here.exists() or here.read_bytes() != source:
                here.parent.mkdir(parents=True, exist_ok=True)
                here.write_bytes(source)
                if path.suffix == ".py" and name != "tests":
                    compile_file(here, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        for path in _within(folder / name):
            if path.relative_to(folder) not in there:
                path.unlink()
    return folder


def _within(path: Path) -> list[Path]:
    found = path.rglob("*") if path.is_dir() else [path]
    return [one for one in found if one.is_file() and "__pycache__" not in one.parts]


def hot(root: Path, folder: Path, many: int) -> Served:
    """Start so many processes that hold every test, in a copy that is never changed."""
    words = ["-m", "pytest", "-q", *PLAIN, *CHOSEN, "-p", "tests.mutation.warm", *folders(root)]
    return Served(words, copied(root, folder), many)


class Copy:
    """A copy of the project in which mutants are tried one after the other.

    Parameters
    ----------
    root : Path
        The project.
    folder : Path
        Where the copy is.
    near : Near
        Which tests are asked.
    held : Served
        Processes that hold every test.
    number : int
        Which of them is this copy's.
    """

    def __init__(self, root: Path, folder: Path, near: Near, held: Served, number: int) -> None:
        self.folder, self._near = copied(root, folder), near
        fresh = Served(["-m", "tests.mutation.warm", str(_outside(folder))], folder, 1)
        self._served = {"hot": (held, number), "fresh": (fresh, 0)}
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        self._left_out: set[str] = set()

    def close(self) -> None:
        """End the process."""
        self._served["fresh"][0].close()

    def attempt(self, mutant: Mutant, ways: Sequence[str], budget: float) -> Verdict:
        """Make the change, run the nearest tests for so many seconds of theirs, take it back.

        It is tried in the first way that can try it. A test that fails is believed if it passes,
        alone and in the same way, on what was not changed; if not, it is left out.
        """
        began = time.monotonic()
        for way in ways:
            files = self._near.tests(mutant.path)[: NEAREST[way]]
            answer = self._believed(mutant, files, way, budget)
            if way == "fresh" or answer["outcome"] not in {COLD, UNRUN, DIED}:
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
                   "budget": budget, "words": CHOSEN,
                   "skipped": sorted(self._left_out)}  # fmt: skip
        if mutant is None:
            return self._ask(way, request)
        path = self.folder / mutant.path
        before = path.read_text("utf-8")
        after = mutated(before, mutant)
        if way == "hot":
            change = {"path": mutant.path, "before": before, "after": after}
            return self._ask(way, request | {"change": change})
        path.write_text(after, "utf-8")
        try:
            return self._ask(way, request)
        finally:
            path.write_text(before, "utf-8")

    def _ask(self, way: str, request: dict[str, Any]) -> dict[str, Any]:
        served, number = self._served[way]
        return served.ask(number, request)


def _outside(folder: Path) -> Path:
    """Write down, once, the modules of others that the project and its tests read in."""
    path = folder / "outside.json"
    if path.exists():
        return path
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
    path.write_bytes(told)
    return path
