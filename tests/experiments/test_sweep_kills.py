"""Killed again and again at any instant and begun anew, a sweep ends in the same bytes."""

import json
import random
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.experiments.apart import SOON, Apart
from tests.experiments.pressed import on_unix
from tests.experiments.sweeps import (
    ended,
    kill,
    processes_of,
    sweeping,
    swept,
    tables,
    write_plan,
)

pytestmark = [pytest.mark.compiled, on_unix]

EMBEDDED, APART = "embedded", "apart"
TURNS = (
    (EMBEDDED, "worker"),
    (EMBEDDED, "parent"),
    (APART, "worker"),
    (APART, "parent"),
    (APART, "scheduler"),
)
"""Where the workers are, and who is killed; a sitting goes on until its parent or scheduler is."""
LONGEST = 3.0
"""Until a kill [s], from the first run that ends in a sitting or, now and then, from its start."""

LOST = {3: "the scheduler is gone", 2: "no Dask scheduler answers"}
"""What a sitting says whose scheduler was killed amid the work, and before it was reached."""
HOW_IT_ENDS = [(code, True) for code in (0, *LOST)]


@pytest.mark.long
def test_killed_at_any_moment_and_run_again_it_ends_in_the_same_bytes(tmp_path: Path) -> None:
    """A kill of each sort at seeded instants: no run lost, none twice."""
    with Kills(tmp_path, points=24, seed=5) as kills:
        kills.up_to(len(TURNS))


@pytest.mark.soak
def test_killed_a_hundred_times_it_ends_in_the_same_bytes(kept: Path) -> None:
    """Twenty kills of each sort, as above; interrupted, the same command goes on."""
    with Kills(kept, points=60, seed=7) as kills:
        kills.up_to(100)


class Kills:
    """Sweeps that are killed, and what has become of them; a folder remembers it.

    Parameters
    ----------
    folder : Path
        Taken up where another was interrupted.
    points : int
        Of the plan; each has two runs. A sweep that gets to its end is compared, and another
        begun.
    seed : int
        Decides the instants.
    """

    def __init__(self, folder: Path, points: int, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        self.runs = 2 * points
        self.plan = write_plan(folder, points)
        self.counted: Counter[str] = Counter()
        if self._file.exists():
            self.counted.update(json.loads(self._file.read_text()))
        self._cluster: Apart | None = None
        self._running: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Kills":
        return self

    def __exit__(self, *_: object) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.communicate()
        self._end_cluster()

    def up_to(self, kills: int) -> None:
        """Kill until so many kills are counted; let the last sweep end, and compare it."""
        while self.counted["kills"] < kills:
            where, whom = TURNS[self.counted["kills"] % len(TURNS)]
            self._kill(where, whom)
            self._count("kills", f"{whom}, {where}")
        self.__exit__()
        self._running = None
        while not self._is_compared():
            self._running = sweeping(self.plan, self._out, "--workers", "2", "--quiet")
            self._end_sitting()

    @property
    def _file(self) -> Path:
        return self.folder / "kills.json"

    @property
    def _out(self) -> Path:
        return self.folder / f"killed-{self.counted['compared']}"

    def _is_compared(self) -> bool:
        return not self._out.exists() and self.counted["compared"] > 0

    def _count(self, *names: str) -> None:
        self.counted.update(names)
        aside = self._file.with_suffix(".aside")
        aside.write_text(json.dumps(self.counted, indent=2))
        aside.replace(self._file)

    def _kill(self, where: str, whom: str) -> None:
        """Kill one process of a sitting at an instant that its number decides."""
        luck = random.Random(f"{self.seed} {self.counted['kills']}")
        seconds, amid = luck.uniform(0.0, LONGEST), luck.random() < 0.8
        while not self._goes_on_for(seconds, amid, where):
            self._end_sitting()
        if whom == "parent":
            kill(self._sitting(where).pid)
        elif whom == "scheduler":
            assert self._cluster is not None
            self._cluster.lose_scheduler()
        else:
            there = (
                self._cluster.workers if self._cluster else processes_of(self._sitting(where).pid)
            )
            if there:
                kill(luck.choice(there))
            return
        self._end_sitting(whom)

    def _sitting(self, where: str) -> "subprocess.Popen[str]":
        if self._running is None:
            words = ["--workers", "2"]
            if where == APART:
                self._cluster = self._cluster or Apart(self.folder)
                words = ["--scheduler", self._cluster.address]
            self._running = sweeping(self.plan, self._out, *words, "--quiet")
        return self._running

    def _goes_on_for(self, seconds: float, amid: bool, where: str) -> bool:
        """Let a sitting go on for a while; False where it came to its end before."""
        running, before = self._sitting(where), ended(self._out)
        while amid and ended(self._out) <= before and running.poll() is None:
            time.sleep(0.05)
        time.sleep(seconds)
        return running.poll() is None

    def _end_sitting(self, killed: str = "") -> None:
        """Take in how a sitting ended; compare its sweep where that is at its end."""
        assert self._running is not None
        said, _ = self._running.communicate(timeout=2.0 * SOON)
        code, self._running = self._running.returncode, None
        assert "Traceback" not in said, said
        if killed == "scheduler":
            assert (code, LOST.get(code, "") in " ".join(said.split())) in HOW_IT_ENDS, said
            self._end_cluster()
        elif killed:
            assert code in (0, -9), said
        else:
            assert code == 0, said
        if code == 0:
            self._compare()

    def _end_cluster(self) -> None:
        if self._cluster is not None:
            self._cluster.end()
            self._cluster = None

    def _compare(self) -> None:
        """Hold a sweep that got to its end against one that nobody disturbed."""
        from experiments.store.sweep_store import SweepStore

        undisturbed = self.folder / "undisturbed"
        assert swept(self.plan, undisturbed, "--workers", "2", "--quiet")[0] == 0
        assert len(SweepStore.open(self._out).done()) == self.runs
        assert tables(self._out) == tables(undisturbed)
        self._count("compared")
