"""Small sweeps of a small village, with a way of buying that does harm where it is told to."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from scenarios import shelf
from tests.experiments.pressed import SLOWEST, begun

RAISES, KILLS, HANGS, EATS = 1, 2, 3, 4
"""What the way of buying does at values of its only assumption; at 0 it does no harm."""

POISON = '''
"""Lowest price, except that it does harm where its assumption says so."""

import os
import signal

from scenarios.assumptions import Entry
from simulation.procurement.interface import Route
from simulation.procurement.tender import Tendered


class Poison(Tendered):
    """See the file."""

    name = "poison"
    title = "Poison"
    summary = "Does harm where its assumption says so."
    family = "price"
    lawful = (Route(power="none", since=(2006, 1)),)
    parameters = (
        Entry(
            name="poison.kind", value=0.0, unit="kind", low=0.0, high=4.0, distribution="fixed",
            null=0.0, what="Which harm.", source="A test", grade="judgement",
        ),
    )

    @property
    def criterion(self):
        """The rule."""
        return "lowest price"

    def marks(self, seen, bids):
        """Do the harm, or rank by price."""
        kind = round(self["kind"])
        if kind == 1:
            raise ValueError("poisoned")
        if kind == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        eaten = []
        while kind == 3 or kind == 4:
            if kind == 4:
                eaten.append(bytearray(b"1" * (8 << 20)))
        return 1.0 / (1.0 + bids.price)

    def reason(self, admitted, stood):
        """Say why the winner won."""
        return "lowest price"
'''

PLAN = """
name = "little"
months = 8
seed = 2
[[places]]
scenario = "mine.toml"
name = "village"
set = [
    "assumptions.burn_in.least_months=12",
    "assumptions.burn_in.most_months=12",
    "areas.village.households=30",
    "counterfactual=true",
    "measure.from=1",
]
[policies]
names = ["price_quality", "poison"]
baseline = "price_quality"
[limits]
run_seconds = {seconds}
run_memory_mb = {memory}
[design]
kind = "list"
"""


def write_plan(
    folder: Path,
    points: int,
    poison: Mapping[int, int] | None = None,
    seconds: float = 120.0,
    memory: int = 900,
) -> Path:
    """Write a plan of so many points, two runs each, some of which do harm.

    Parameters
    ----------
    folder : Path
    points : int
    poison : mapping of int to int, optional
        Point to harm.
    seconds : float
        Longest life of a run; 0: no limit.
    memory : int
        Most memory of the process that lives it [MB]; 0: no limit.

    Returns
    -------
    Path
        Of the plan.
    """
    (folder / "poison.py").write_text(POISON)
    village = shelf.find("village").read_text("utf-8")
    (folder / "mine.toml").write_text(f'regime_files = ["poison.py"]\n{village}')
    listed = [
        f'[[design.points_list]]\n"poison.kind" = {(poison or {}).get(point, 0)}\n'
        f'"bid.own_spread" = {0.05 + point / 10_000:.4f}\n'
        for point in range(points)
    ]
    plan = folder / "plan.toml"
    plan.write_text(PLAN.format(seconds=seconds, memory=memory) + "".join(listed))
    return plan


def sweeping(plan: Path, out: Path, *words: str) -> subprocess.Popen[str]:
    """Begin a sweep in a process group of its own."""
    return begun("sweep", str(plan), "--out", str(out), *words)


def swept(plan: Path, out: Path, *words: str) -> tuple[int, str]:
    """Sweep to the end; exit code, and all that was said."""
    running = sweeping(plan, out, *words)
    said, _ = running.communicate(timeout=SLOWEST * 5)
    assert "Traceback" not in said, said
    return running.returncode, said


def wait_for_runs(out: Path, many: int, running: subprocess.Popen[str]) -> None:
    """Wait until so many tries have ended, as the logs tell."""
    deadline = time.monotonic() + SLOWEST
    while ended(out) < many:
        assert time.monotonic() < deadline
        assert running.poll() is None, running.communicate()
        time.sleep(0.02)


def ended(out: Path) -> int:
    """How many tries have ended well."""
    return sum(path.read_text().count('"done"') for path in out.glob("attempts/*.jsonl"))


def processes_of(parent: int) -> list[int]:
    """The worker processes that a sweep has started."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            stat = (process / "stat").read_text().rsplit(")", 1)[1].split()
            words = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if int(stat[1]) == parent and b"spawn_main" in words:
            found.append(int(process.name))
    return sorted(found)


def kill(process: int) -> None:
    """Kill a process outright."""
    os.kill(process, signal.SIGKILL)


def tables(out: Path) -> dict[str, str]:
    """Hashes of the compacted tables of runs and results."""
    from experiments.store.compacting import compact

    compact(out)
    return {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest()
        for folder in ("runs", "results")
        for path in sorted((out / folder).glob("*.parquet"))
    }


def failed_tries(out: Path) -> Sequence[tuple[int, str]]:
    """Index of run and status of every try that did not end well."""
    from experiments.store.attempts import read_attempts

    rows = read_attempts(out).to_pylist()
    return [(row["index"], row["status"]) for row in rows if row["status"] != "done"]
