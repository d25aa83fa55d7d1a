"""One mutant on trial: its change is made in a copy of the project, and tests run against it."""

import compileall
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

from tests.mutation.mutants import Mutant, mutated
from tests.mutation.reach import Reach
from tests.mutation.warm import COLD, DIED, GREEN, PIPES, RED, UNRUN

PATIENCE = 5.0
"""A trial that takes so many times the processor time of its tests, and `GRACE`, is stopped: it
does not end, which is to be killed."""

GRACE_SECONDS = 20.0
WALL = 20.0
"""A trial that sleeps is stopped after so many times its processor time."""

COPIED = ("docs", "experiments", "scenarios", "simulation", "tests", "pyproject.toml", "README.md")
LAWS = ("laws",)
CHOSEN = ("-m", "not long and not soak and not compiled")
UNCOMPILED = {"NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1"}


def folders(root: Path) -> list[str]:
    """Folders of tests that may judge a mutant: those of the simulation, and its laws."""
    found = sorted(path.name for path in (root / "tests").iterdir() if path.is_dir())
    return [
        f"tests/{name}" for name in found if name in LAWS or (root / "simulation" / name).is_dir()
    ]


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant.

    `outcome` begins with killed or survived; `killer` is the first test that failed, and `why` its
    error; `tests` of those that reach it were to try it, all of them unless `cut`; `way` is hot or
    fresh; `seconds` is what the trial took.
    """

    outcome: str
    killer: str
    why: str
    tests: int
    cut: bool
    way: str
    seconds: float


class Served:
    """A process of `tests.mutation.warm`, started when it is first asked."""

    def __init__(self, words: list[str], folder: Path, log: Path) -> None:
        self._words, self._folder, self._log = words, folder, log
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any]) -> dict[str, str]:
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
    reach : Reach
        Which tests reach what.
    """

    def __init__(self, root: Path, folder: Path, reach: Reach) -> None:
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
        self.folder, self._reach = folder, reach
        self._log = log = folder.with_suffix(".log")
        self._words = [*CHOSEN, f"--basetemp={folder / 'temporary'}"]
        plain = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *self._words]
        hot = [*plain, "-p", "tests.mutation.warm", *folders(root)]
        fresh = ["-m", "tests.mutation.warm", str(_outside(folder))]
        self._served = {"hot": Served(hot, folder, log), "fresh": Served(fresh, folder, log)}
        self._sound: dict[tuple[str, str], bool] = {}

    def close(self) -> None:
        """End the processes."""
        for one in self._served.values():
            one.close()

    def attempt(self, mutant: Mutant, ways: tuple[str, ...], budget: float) -> Verdict:
        """Make the change, run tests that reach it for so many seconds of theirs, take it back.

        It is tried in one way after the other until it is killed. A test that fails is believed
        if it passes, alone and in the same way, on what was not changed; if not, it is left out.
        """
        began = time.monotonic()
        for way in ways:
            while True:
                tests, cut = self._chosen(mutant, budget, way)
                answer = self._try(mutant, tests, way)
                if answer["outcome"] != RED or self._is_sound(answer["killer"], way):
                    break
            if answer["outcome"] == UNRUN:
                raise RuntimeError(f"tests were not run, {answer['why']}: read {self._log}")
            if answer["outcome"] not in {GREEN, COLD} and not (
                way == "hot" and answer["outcome"] == DIED
            ):
                break
        told = {GREEN: "survived by limit" if cut else "survived", RED: "killed: a test failed"}
        outcome = told.get(answer["outcome"], f"killed: {answer['outcome']}")
        if not tests:
            outcome = "survived: no test reaches it"
        took = round(time.monotonic() - began, 2)
        return Verdict(outcome, answer["killer"], answer["why"], len(tests), cut, way, took)

    def _try(self, mutant: Mutant | None, tests: list[str], way: str) -> dict[str, str]:
        """Ask for a trial; nothing is changed where no mutant is named."""
        seconds = GRACE_SECONDS + PATIENCE * sum(self._reach.seconds.get(one, 0.0) for one in tests)
        request = {"tests": tests, "seconds": seconds, "patience": WALL * seconds, "change": None,
                   "words": self._words}  # fmt: skip
        if mutant is None or not tests:
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

    def _is_sound(self, killer: str, way: str) -> bool:
        name = killer.partition("[")[0]
        if (name, way) not in self._sound:
            self._sound[name, way] = self._try(None, [name], way)["outcome"] == GREEN
        return self._sound[name, way]

    def _chosen(self, mutant: Mutant, budget: float, way: str) -> tuple[list[str], bool]:
        """The tests to try a mutant with, and whether some were left out for want of time.

        Those that reach it, then the others of their files.
        """
        first = self._reach.tests(mutant.path, mutant.line, mutant.last_line)
        left, picked = budget, list[str]()
        for name in (*first, *self._reach.beside(first, mutant.path)):
            if not self._sound.get((name, way), True):
                continue
            left -= self._reach.seconds.get(name, 0.0)
            if picked and left < 0.0:
                return picked, True
            picked.append(name)
        return picked, False


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
