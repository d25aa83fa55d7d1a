"""A sweep as its store gives it, made up from a formula: rows of results, and finished runs."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis.futures import Shape
from experiments.store.records import Accounts, OutcomeRow, RunResult
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import design_table
from tests.experiments.store.swept import LABEL

Came = Callable[[str, str, int, int], float | None]
"""(place, policy, point, replicate) -> what the measure came to; None where it is undefined."""

POLICIES = ("price_quality", "lowest_price", "social_value")
BASELINE = "price_quality"


def shape(points: int, replicates: int, places: tuple[str, ...] = ("village",)) -> Shape:
    """Three policies in some places."""
    return Shape(POLICIES, places, points, replicates)


def tables(
    asked: Shape, came: Came, measure: str = "quality", tier: str = "all", unit: str = "index"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of one measure, and the runs that they are of."""
    runs, rows = [], []
    for place in asked.places:
        for point in range(asked.points):
            for replicate in range(asked.replicates):
                for policy in asked.policies:
                    value = came(place, policy, point, replicate)
                    key = {
                        "place": place,
                        "point": point,
                        "replicate": replicate,
                        "policy": policy,
                    }
                    runs.append(key)
                    rows.append(
                        {
                            **key,
                            "month": 0,
                            "measure": measure,
                            "tier": tier,
                            "value": value,
                            "unit": unit,
                            "why": None if value is not None else "nothing was delivered",
                        }
                    )
    return pd.DataFrame(rows), pd.DataFrame(runs)


PLAN = """name = "made-up"
months = 12
replicates = {replicates}
paired = {paired}
[[places]]
scenario = "village"
[policies]
names = ["price_quality", "lowest_price", "social_value"]
baseline = "price_quality"
[design]
kind = "{kind}"
points = {points}
names = ["bid.cover", "bid.own_pay"]
"""


def written(
    folder: Path,
    kind: str,
    values: NDArray[np.float64],
    measures: Mapping[tuple[str, str, str], Came],
    replicates: int = 2,
    left_out: Collection[int] = (),
    *,
    paired: bool = True,
) -> Path:
    """A folder of a sweep, all of whose runs are finished but those left out by index.

    `measures` gives (name, tier, unit) what each run came to.
    """
    names = ("bid.cover", "bid.own_pay")
    plan = PLAN.format(kind=kind, points=4, replicates=replicates, paired=str(paired).lower())
    runs = len(values) * replicates * len(POLICIES)
    label = {
        **LABEL,
        "runs": runs,
        "policies": list(POLICIES),
        "points": len(values),
        "replicates": replicates,
        "seed": 1,
        "paired": True,
        "scenarios": [
            {
                "place": "village",
                "scenario": "village",
                "sha256": "ef" * 32,
                "sets": [],
                "text": 'name = "village"',
                "baseline": BASELINE,
                "months": 12,
            }
        ],
        "versions": {"python": "3.13.0", "poundflow": "0.1.0"},
        "stages": [replicates],
    }
    store = SweepStore(folder, label, plan, design_table(names, values))
    writer = store.writer()
    for index in set(range(runs)) - set(left_out):
        block, k = divmod(index, len(POLICIES))
        point, replicate = divmod(block, replicates)
        policy = POLICIES[k]
        rows = []
        for (measure, tier, unit), came in measures.items():
            value = came("village", policy, point, replicate)
            why = "nothing was delivered" if value is None else None
            rows.append(OutcomeRow(policy, 0, measure, tier, value, unit, why))
        writer.add(
            RunResult(
                index=index,
                run=f"{index:016x}",
                place="village",
                point=point,
                replicate=replicate,
                policy=policy,
                seed=replicate,
                digest="0",
                accounts=Accounts(1, 1, 0, 0),
                treated_pence=1,
                rows=rows,
            )
        )
    writer.close()
    return folder
