"""A Dask scheduler and its workers in processes of their own, as on a cluster."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.experiments.pressed import ROOT, SLOWEST
from tests.experiments.sweeps import kill, processes_of

SOON = 2.0 * SLOWEST
"""Longest that a machine with much else to do may take to end or to notice something [s]."""

LEAVING = 30.0
"""How long processes may take to leave in peace [s]."""


class Apart:
    """A cluster of this machine that any session may use, and that anyone may kill.

    Parameters
    ----------
    folder : Path
        Where the scheduler says its address.
    workers : int
        How many, in processes of one thread each; none where 0.
    """

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self._file = folder / "scheduler.json"
        self._file.unlink(missing_ok=True)
        self.scheduler = self._begun("scheduler", "--host", "127.0.0.1", "--port", "0")
        deadline = time.monotonic() + SOON
        while not self._file.exists():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        self.address = json.loads(self._file.read_text())["address"]
        self._nannies = [self.more(workers)] if workers else []

    def more(self, workers: int) -> "subprocess.Popen[bytes]":
        """Let some workers join."""
        return self._begun("worker", "--nworkers", str(workers), "--nthreads", "1")

    @property
    def workers(self) -> list[int]:
        """The processes in which runs live."""
        return [one for nanny in self._nannies for one in processes_of(nanny.pid)]

    def lose_scheduler(self) -> None:
        """Kill the scheduler outright."""
        kill(self.scheduler.pid)
        self.scheduler.wait(timeout=SOON)

    def end(self) -> None:
        """End what still stands; outright where it does not leave of itself."""
        workers = self.workers
        for process in (*self._nannies, self.scheduler):
            process.terminate()
        for process in (*self._nannies, self.scheduler):
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=LEAVING)
            process.kill()
            process.wait()
        for worker in workers:
            with suppress(ProcessLookupError):
                kill(worker)

    def _begun(self, what: str, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words]
        return subprocess.Popen(
            [*command, "--no-dashboard", "--scheduler-file", str(self._file)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


@contextmanager
def apart(folder: Path, workers: int = 2) -> Iterator[Apart]:
    """A cluster for a while."""
    cluster = Apart(folder, workers)
    try:
        yield cluster
    finally:
        cluster.end()
