"""Server, keeper, command or all of them killed at any moment: no finished future is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.runner import job_files
from experiments.runner.job_files import Started
from experiments.runner.jobs import Jobs
from experiments.runner.processes import Identity, lives
from tests.experiments.pressed import ROOT, SLOWEST, on_unix

pytestmark = [pytest.mark.compiled, on_unix]

SERVER, COMMAND, KEEPER, COMPUTER = "server", "command", "keeper", "computer"
VICTIMS = (COMMAND, SERVER, COMPUTER, KEEPER)
"""Who is killed, in turn; the computer is all of them at once."""
PATIENCE = 5 * SLOWEST
"""Longest that a busy machine may take to a future, or to the end [s]."""
LONGEST = 1.5
"""Until a kill [s], from a future that was finished since the last."""
WORDS = [
    "compare", "village", "--regimes", "price_quality", "--baseline", "price_quality",
    "--months", "6", "--quiet",
    "--set", "assumptions.burn_in.least_months=12",
    "--set", "assumptions.burn_in.most_months=12",
    "--set", "measure.from=1",
    "--set", "compare.luck_replicates=2",
    "--set", "compare.twin_replicates=1",
]  # fmt: skip
SERVES = (
    "import sys, time; from pathlib import Path; from experiments.runner.jobs import Jobs\n"
    "jobs = Jobs(Path(sys.argv[1]))\n"
    "while True:\n    jobs.tend()\n    time.sleep(0.05)\n"
)
UNLIKE = frozenset({"manifest.json", "report.html", "summary.html"})
"""Files that tell the time, too."""


@pytest.mark.long
def test_killed_at_any_moment_it_ends_in_the_same_bytes(tmp_path: Path) -> None:
    """One kill of each sort at seeded moments."""
    with Kills(tmp_path, futures=8, workers="1", seed=3) as kills:
        kills.up_to(len(VICTIMS))


@pytest.mark.soak
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_fifty_times_it_ends_in_the_same_bytes(tmp_path: Path, workers: str) -> None:
    """As above, a hundred in all; a comparison that gets to its end is compared, another begun."""
    with Kills(tmp_path, futures=20, workers=workers, seed=11) as kills:
        kills.up_to(50)


class Kills:
    """Comparisons that are killed as jobs, and held against one that was not.

    Parameters
    ----------
    folder : Path
    futures : int
        Of each comparison.
    workers : str
        Processes of each.
    seed : int
        Decides the moments.
    """

    def __init__(self, folder: Path, futures: int, workers: str, seed: int) -> None:
        self._folder = folder
        self._words = [*WORDS, "--replicates", str(futures), "--workers", workers]
        self._chance = random.Random(seed)
        self._jobs = Jobs(folder / "jobs")
        self._server: subprocess.Popen[bytes] | None = None
        self._begun = self._kills = 0
        self._all_kept = futures + 2

    def __enter__(self) -> "Kills":
        undisturbed = [sys.executable, "-m", "experiments.cli", *self._words]
        subprocess.run([*undisturbed, "--out", self._folder / "whole"], cwd=ROOT, check=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._kill_server()
        for one in self._jobs.of_case("case"):
            self._jobs.stop(one.job)

    def up_to(self, kills: int) -> None:
        """Kill so many times; let the last comparison end, and compare it."""
        job = self._begin()
        while self._kills < kills:
            before = self._parts()
            if self._to_next_future(job, len(before)):
                time.sleep(self._chance.uniform(0.0, LONGEST))
                self._kill(job, VICTIMS[self._kills % len(VICTIMS)])
                self._kills += 1
                self._nothing_lost(before)
            elif self._is_whole(job):
                job = self._begin()
        self._to_next_future(job, kept=self._all_kept)
        assert self._is_whole(job)

    @property
    def _out(self) -> Path:
        return self._folder / f"killed-{self._begun}"

    def _begin(self) -> str:
        self._begun += 1
        return self._jobs.submit(
            "compare", [*self._words, "--out", str(self._out)], case="case", label="Killed", grace=5
        )

    def _to_next_future(self, job: str, kept: int) -> bool:
        """Wait for one more finished future; False where the job ended before. Go on as needed."""
        deadline = time.monotonic() + PATIENCE
        self._serve()
        while len(self._parts()) <= kept:
            state = self._jobs.state(job)
            if state.status == "finished":
                return False
            assert state.status != "failed", state.message
            if state.status == "died":
                assert "ress “Go on”" in state.message
                self._jobs.resume(job)
            assert time.monotonic() < deadline, state
            time.sleep(0.02)
        return True

    def _is_whole(self, job: str) -> bool:
        """Whether the comparison is at its end; then it is what it would have been undisturbed."""
        if self._jobs.state(job).status != "finished":
            return False
        assert files(self._out) == files(self._folder / "whole")
        return True

    def _parts(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self._out / "parts").glob("*.parquet")}

    def _nothing_lost(self, before: dict[str, bytes]) -> None:
        now = self._parts()
        assert {name: now.get(name) for name in before} == before

    def _kill(self, job: str, victim: str) -> None:
        started = job_files.read(Started, self._jobs.folder / job)
        assert started is not None
        if victim in (SERVER, COMPUTER):
            self._kill_server()
        if victim in (KEEPER, COMPUTER):
            _kill(Identity(started.keeper, started.keeper_born))
        if victim in (COMMAND, COMPUTER):
            _kill(Identity(started.command, started.command_born))

    def _serve(self) -> None:
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-c", SERVES, self._jobs.folder], cwd=ROOT, start_new_session=True
            )

    def _kill_server(self) -> None:
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None


def _kill(whom: Identity) -> None:
    """Kill a process that lives, without a chance to tidy up."""
    if lives(whom):
        os.kill(whom.pid, signal.SIGKILL)


def files(folder: Path) -> dict[str, bytes]:
    """Everything that a comparison found, byte by byte."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in UNLIKE
    }
