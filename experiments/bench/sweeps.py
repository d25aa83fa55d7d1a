"""What a sweep costs beside the runs in it, what a second worker brings, and how soon it answers.

The village under two policies, months kept, is swept by the command itself in processes of their
own: once by two workers, as large as asked, and a smaller one by two workers and by one.
"""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.compute as pc

from experiments.bench.processes import run_python
from experiments.bench.rows import Row, at_least, at_most, measured
from experiments.store.attempts import read_attempts
from experiments.store.relations import open_store

WORKERS = 2
RUNS_A_POINT = 2
ASKED = 5
"""Times that the question is asked; the median counts."""
LARGE = 10_000
"""From so many runs on the start of the processes is small beside them, and bars apply."""
MOST_TIMES = at_most(1.10)
MOST_FILES = at_most(250, "value")
MOST_SECONDS = at_most(1.0, "value")
LEAST_TIMES = at_least(1.85)
QUESTION = """
    SELECT policy, month, quantile_cont(value, 0.9) AS p90
    FROM results WHERE measure = 'retained_share' AND month > 0 GROUP BY ALL ORDER BY ALL
"""
PLAN = """\
name = "bench"
months = 24
[[places]]
scenario = "village"
[policies]
names = ["price_quality", "social_value"]
[design]
kind = "latin_hypercube"
points = {points}
names = ["bid.own_spread"]
[keep]
months = "all"
"""


def sweep_rows(runs: int, fewer: int) -> list[Row]:
    """Sweep, ask, and hold the figures against each other.

    Parameters
    ----------
    runs : int
        Of the sweep that is held against its runs, and asked.
    fewer : int
        Of the sweep that one worker lives too.

    Returns
    -------
    list of Row
        Time beside the runs, files, the question, two workers beside one.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        whole = _swept(folder, runs, WORKERS)
        lived = pc.sum(read_attempts(whole.out)["wall"]).as_py()
        files = sum(one.is_file() for one in whole.out.rglob("*"))
        asked = [_answered(whole.out) for _ in range(ASKED)]
        two = _swept(folder, fewer, WORKERS)
        one = _swept(folder, fewer, 1)
    judged = runs >= LARGE
    return [
        measured(
            f"sweep of {runs:,} village runs, {WORKERS} workers: processes x time",
            WORKERS * whole.seconds,
            "s",
            reference=lived,
            bar=MOST_TIMES if judged else None,
            why="the runs themselves, from the log of tries; start and end of the processes count",
        ),
        measured(
            f"files of {runs:,} runs", files, "files", bar=MOST_FILES if judged else None,
            why="parts, logs and labels, before they are compacted",
        ),
        measured(
            f"90th percentile by month over {runs:,} runs",
            statistics.median(asked),
            "s",
            bar=MOST_SECONDS if judged else None,
            why=f"folder opened and question asked, median of {ASKED}",
        ),
        measured(
            f"sweep of {fewer:,} village runs: one worker beside two",
            two.seconds,
            "s",
            reference=one.seconds,
            ratio=one.seconds / two.seconds,
            bar=LEAST_TIMES if judged else None,
            why="one worker; whole commands, start and end included",
        ),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Swept:
    """A sweep that was lived: its folder, and how long the command took [s]."""

    out: Path
    seconds: float


def _swept(folder: Path, runs: int, workers: int) -> _Swept:
    """Sweep into a folder of its own, by the command."""
    plan, out = folder / f"{runs}.toml", folder / f"{runs}-by-{workers}"
    plan.write_text(PLAN.format(points=runs // RUNS_A_POINT), encoding="utf-8")
    words = ["-m", "experiments.cli", "sweep", str(plan), "--out", str(out)]
    begun = time.perf_counter()
    run_python([*words, "--workers", str(workers), "--quiet"])
    return _Swept(out, time.perf_counter() - begun)


def _answered(out: Path) -> float:
    """Open a folder and ask it the question [s]."""
    begun = time.perf_counter()
    with open_store(out) as store:
        rows = store.sql(QUESTION).fetchall()
    assert rows, "the sweep of the bench keeps no month of what it is asked for"
    return time.perf_counter() - begun
