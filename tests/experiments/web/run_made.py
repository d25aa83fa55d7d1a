"""A case whose run is made up: its place, a few finished futures, commands that live nothing."""

import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from experiments.runner import job_start
from experiments.runner.jobs import Jobs, JobState
from experiments.store.folder import PARTS
from experiments.store.manifest import write_manifest
from experiments.store.parts import part_bytes
from experiments.store.records import OutcomeRow, Part, ReplicateResult, RunRecord, Status, run_name
from experiments.web.case import Case
from scenarios import shelf

LITTLE = Path(__file__).parents[1] / "little_keeper.py"
COMPARED = """[compare]
regimes = ["lowest_price", "price_quality"]
baseline = "price_quality"
months = 15
replicates = 3
luck_replicates = 1
twin_replicates = 1
"""
TITLES = {"lowest_price": "Lowest price", "price_quality": "Price and quality"}
PATIENCE = 60.0


def little_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let jobs live nothing; see `little_keeper.py`."""
    monkeypatch.setattr(job_start, "KEEPER", (sys.executable, "-P", str(LITTLE)))


def give_place(case: Case) -> None:
    """Choose the village, two ways of buying and few futures."""
    case.place_file.write_bytes(shelf.find("village").read_bytes())
    shorten(case)


def shorten(case: Case) -> None:
    """Let the place of a case ask for few futures by itself."""
    text = case.place_file.read_text("utf-8")
    text = re.sub(r"\[compare\].*?\n\n", f"{COMPARED}\n", text, flags=re.DOTALL)
    case.place_file.write_text(text, "utf-8")


def hold(case: Case) -> Path:
    """Let commands of a case wait until the file is gone."""
    path = case.folder / "hold"
    path.touch()
    return path


def label_folder(case: Case, futures: int, **more: object) -> None:
    """Label the answers as a comparison under way does."""
    (case.answers / PARTS).mkdir(parents=True, exist_ok=True)
    write_manifest(
        case.answers,
        {
            "command": "compare", "months": 15, "replicates": futures, "luck_replicates": 1,
            "twin_replicates": 1, "tiers": ["district", "county"], "status": "under way",
            "policies": [{"name": name, "title": title} for name, title in TITLES.items()],
            **more,
        },
    )  # fmt: skip


def finish(case: Case, future: int, errors: Mapping[str, str] | None = None) -> None:
    """Finish a future, with runs that failed for a reason."""
    errors = errors or {}
    runs = tuple(
        RunRecord(
            run_name(Part.FUTURE, name, future), name, future, 1,
            Status.FAILED if name in errors else Status.DONE, error=errors.get(name),
        )
        for name in TITLES
    )  # fmt: skip
    rows = []
    for place, name in enumerate(name for name in TITLES if name not in errors):
        income = OutcomeRow(
            name,
            0,
            "local_income_multiplier",
            "district",
            0.4 + place / 10 + future / 100,
            "GBP per GBP",
            None,
        )
        cost = OutcomeRow(
            name, 0, "cost_per_delivered_unit", "all", 1.2 + future / 100, "GBP per unit", None
        )
        rows += [income, cost]
    result = ReplicateResult(Part.FUTURE, future, 1, runs, tuple(rows))
    aside = case.answers / f"aside-{future}"
    aside.write_bytes(part_bytes(result))
    aside.replace(case.answers / PARTS / f"future-{future:04d}.parquet")


def awaited(jobs: Jobs, case: Case, wanted: Callable[[JobState], bool]) -> JobState:
    """Wait until the last job of a case stands as wanted."""
    until = time.monotonic() + PATIENCE
    while not wanted(found := jobs.of_case(case.name)[0]):
        assert time.monotonic() < until, found
        time.sleep(0.02)
    return found
