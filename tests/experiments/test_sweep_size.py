"""Ten thousand runs of the village: what the sweep costs beside them, on disk and in memory."""

import math
import time
from pathlib import Path

import pytest

from experiments.bench.sweeps import PLAN
from tests.experiments.pressed import on_unix
from tests.experiments.sweeps import sweeping


@pytest.mark.soak
@pytest.mark.compiled
@on_unix
def test_ten_thousand_runs_cost_a_tenth_more_and_a_flat_parent(tmp_path: Path) -> None:
    """Two workers: at most 10 % beside the runs themselves, 250 files, and no growth."""
    assert_cheap(tmp_path, points=5000, files=250, most=1.10)


@pytest.mark.long
@pytest.mark.compiled
@on_unix
def test_some_runs_cost_little_beside_them(tmp_path: Path) -> None:
    """The same in short; how long it takes is not asked, since others may be at work."""
    assert_cheap(tmp_path, points=15, files=20)


def assert_cheap(folder: Path, points: int, files: int, most: float = math.inf) -> None:
    """Sweep, and hold time, files and the parent's memory against what they may be."""
    import pyarrow.compute as pc

    from experiments.store.attempts import read_attempts

    plan, out = folder / "plan.toml", folder / "out"
    plan.write_text(PLAN.format(points=points))
    began = time.monotonic()
    held = []
    with sweeping(plan, out, "--workers", "2", "--quiet") as running:
        while running.poll() is None:
            time.sleep(1.0)
            held.append(parent_mb(running.pid))
    seconds = time.monotonic() - began

    tries = read_attempts(out)
    lived = pc.sum(tries["wall"]).as_py()
    steady = [one for one in held if one]
    early = max(steady[: max(1, 3 * len(steady) // 10)])

    assert running.returncode == 0
    assert len(tries) == 2 * points
    assert 2 * seconds / lived < most, f"{2 * seconds / lived:.3f} times the runs themselves"
    assert len([one for one in out.rglob("*") if one.is_file()]) <= files
    assert max(steady) < early + 50.0, f"{early:.0f} MB became {max(steady):.0f} MB"


def parent_mb(process: int) -> float:
    """Memory that a process holds [MB]; 0 where it is gone."""
    try:
        text = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    _, found, rest = text.partition("VmRSS:")
    return int(rest.split(maxsplit=1)[0]) / 1024 if found else 0.0
