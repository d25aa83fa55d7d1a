"""Made-up runs of a sweep. No number here comes from the model."""

from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from experiments.store.records import Accounts, OutcomeRow, RunResult
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import design_table

POLICIES = ("price_quality", "social_value")
LABEL: dict[str, Any] = {
    "name": "village-weights",
    "plan_sha256": "ab" * 32,
    "code": "cd" * 32,
    "packages": [],
    "runs": 40,
    "places": ["village"],
    "policies": list(POLICIES),
    "replicates": 5,
    "stages": [5],
    "started": "2026-01-01T00:00:00+00:00",
}
PLAN = 'name = "village-weights"\nseed = 1\n'
NAMES = ("bid.own_spread", "firms.markup")
POINTS = np.array([[0.05, 1.0], [0.1, 2.0], [0.15, 3.0], [0.2, 4.0]])


def identity(index: int) -> str:
    """A made-up identity of a run."""
    return blake2b(str(index).encode(), digest_size=8).hexdigest()


def run_result(index: int, *, shift: float = 0.0, months: int = 2) -> RunResult:
    """A finished run whose numbers depend on its place in the plan alone; month -1 is the start."""
    block, policy = divmod(index, len(POLICIES))
    point, replicate = divmod(block, LABEL["replicates"])
    rows = [
        OutcomeRow(
            POLICIES[policy], month, measure, tier, index + month / 100.0 + shift, "share", None
        )
        for measure in ("quality", "net_local_income")
        for tier in ("district", "all")
        for month in range(months, -2, -1)
    ]
    rows.append(
        OutcomeRow(POLICIES[policy], 0, "unit_cost_premium", "all", None, "share", "no bids")
    )
    return RunResult(
        index=index,
        run=identity(index),
        place="village",
        point=point,
        replicate=replicate,
        policy=POLICIES[policy],
        seed=1000 + replicate,
        digest=f"{index:064x}",
        accounts=Accounts(10 + index, 1000 + index, 0, 0),
        treated_pence=5000 if policy else None,
        rows=rows,
    )


def swept(path: Path, indices: range | list[int] = range(0), **label: Any) -> SweepStore:
    """A folder in which some runs are finished, in one part."""
    store = SweepStore(path, {**LABEL, **label}, PLAN, design_table(NAMES, POINTS))
    add(store, indices)
    return store


def add(store: SweepStore, indices: range | list[int], *, shift: float = 0.0) -> None:
    """Finish some more runs, in one more part."""
    writer = store.writer()
    for index in indices:
        writer.add(run_result(index, shift=shift))
    writer.close()
