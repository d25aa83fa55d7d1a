"""A made-up result folder of the shape that `poundflow compare` writes, for tests of the report.

No figure here comes from the model or from anywhere else: the numbers are drawn so that a reader
of the report meets each kind of answer. Each future has a part shared by all policies, as paired
futures do.
"""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

POLICIES = {
    "lowest_price": "Lowest price",
    "price_quality": "Price and quality",
    "social_value": "Social value scored",
    "ethical_framework": "Ethical framework",
    "cooperative_membership": "Co-operative membership",
}
BASELINE = "price_quality"
TIERS = ("district", "county", "neighbours", "all")
UP = "higher"
DOWN = "lower"

SCENARIO = """\
schema_version = 1
name = "preston-2012"
title = "Preston, 2012"
currency = "GBP"
start = { year = 2012, month = 4 }
focus = "preston"
neighbours = ["south-ribble"]
counterfactual = true

[[areas]]
id = "lancashire"
name = "Lancashire"
tier = "county"
parent = "north-west"

[[areas]]
id = "preston"
name = "Preston"
tier = "district"
parent = "lancashire"

[compare]
baseline = "price_quality"

[closure]
savings = "spend"
need_fixed = false
"""

# measure: (unit, better, tiers or (), centre, spread over futures, luck, effect by policy in order)
Row = tuple[str, str, tuple[str, ...], float, float, float, tuple[float, ...]]
NET = "net_local_income"
MEASURES: dict[str, Row] = {
    "local_income_multiplier": (
        "GBP per GBP", UP, TIERS, 0.42, 0.05, 0.01, (-0.04, 0, 0.02, 0.09, 0.05)),
    "traced_multiplier": ("GBP per GBP", UP, TIERS, 1.52, 0.08, 0.02, (-0.05, 0, 0.03, 0.1, 0.06)),
    "dyed_in_place": ("share", "", ("district",), 0.04, 0.01, 0.001, (0, 0, 0, 0.01, 0)),
    "dyed_elsewhere": ("share", "", ("district",), 0.4, 0.01, 0.001, (0.02, 0, 0, -0.04, 0)),
    "dyed_tax": ("share", "", ("district",), 0.39, 0.01, 0.001, (0, 0, 0, 0.02, 0)),
    "lm3_council": ("GBP per GBP", UP, TIERS, 1.38, 0.06, 0.01, (-0.03, 0, 0.02, 0.08, 0.06)),
    NET: ("GBP a year", UP, TIERS, 0.0, 3e5, 2e5, (-1.1e6, 0, 2e5, 2.4e6, 1.1e6)),
    "displacement": ("GBP a year", DOWN, TIERS, 0.0, 2e5, 1e5, (1e5, 0, 2e5, 6e5, 9e5)),
    "retention_mean_months": ("months", UP, TIERS, 6.2, 0.5, 0.1, (-0.4, 0, 0.2, 0.9, 0.6)),
    "local_share_based": ("share", UP, TIERS, 0.21, 0.02, 0.01, (-0.04, 0, 0.02, 0.11, 0.08)),
    "local_share_owned": ("share", UP, TIERS, 0.13, 0.02, 0.01, (-0.03, 0, 0.01, 0.08, 0.09)),
    "sme_share": ("share", UP, (), 0.34, 0.03, 0.01, (-0.06, 0, -0.01, 0.06, 0.09)),
    "coop_share": ("share", "", (), 0.02, 0.004, 0.001, (-0.005, 0, 0, 0.004, 0.11)),
    "vcse_share": ("share", "", (), 0.06, 0.006, 0.002, (-0.01, 0, 0.004, 0.02, 0.01)),
    "unit_cost_premium": ("share", DOWN, (), 0.0, 0.01, 0.005, (-0.03, 0, 0.02, 0.035, -0.01)),
    "lowest_bid_premium": ("share", DOWN, (), 0.06, 0.01, 0.004, (-0.06, 0, 0.03, 0.05, 0)),
    "cost_per_delivered_unit": (
        "GBP", DOWN, (), 1.04, 0.04, 0.01, (-0.02, 0, 0.02, 0.03, 0.0)),
    "unmet_need": ("share", DOWN, (), 0.05, 0.012, 0.004, (-0.008, 0, 0.006, 0.014, 0.0)),
    "quality": ("index", UP, (), 0.99, 0.03, 0.01, (-0.08, 0, 0.01, 0.07, 0.03)),
    "bids_per_tender": ("bids", UP, (), 4.3, 0.4, 0.1, (0.7, 0, -0.4, -0.6, -0.2)),
    "single_bid_share": ("share", DOWN, (), 0.17, 0.02, 0.01, (-0.03, 0, 0.02, 0.03, 0.01)),
    "supplier_hhi": ("index", DOWN, (), 0.08, 0.01, 0.004, (0.02, 0, 0.005, -0.01, -0.02)),
    "process_cost": (
        "share of outlay", DOWN, (), 0.031, 0.002, 5e-4, (-0.004, 0, 0.007, 0.002, -0.006)),
    "social_value_claimed": (
        "GBP per GBP", "", (), 0.02, 0.01, 0.002, (-0.019, 0, 0.33, 0.09, 0.01)),
    "social_value_delivered": (
        "GBP per GBP", UP, (), 0.011, 0.006, 0.001, (-0.01, 0, 0.12, 0.08, 0.009)),
    "jobs": ("jobs", UP, ("district",), 91250, 600, 200, (-320, 0, 60, 540, 260)),
    "resident_jobs": ("jobs", UP, ("district",), 61900, 500, 150, (-240, 0, 40, 410, 200)),
    "living_wage_share": ("share", UP, ("district",), 0.76, 0.01, 0.003,
                          (-0.01, 0, 0.002, 0.012, 0.004)),
    "gini_income": ("index", DOWN, ("district",), 0.312, 0.004, 0.001,
                    (0.002, 0, 0, -0.002, -0.001)),
    "wealth_share_bottom50": ("share", UP, ("district",), 0.087, 0.003, 0.001,
                              (-0.001, 0, 0, 0.001, 0.002)),
    "outlay": ("GBP a year", "", (), 7.5e8, 1e6, 2e5, (0, 0, 0, 0, 0)),
    "disposable_income": (
        "GBP a year", UP, TIERS, 2.14e9, 3e7, 4e5, (-1.4e6, 0, 3e5, 2.9e6, 1.5e6)),
}  # fmt: skip
OWNERS = {"local": 1.4e7, "outside": 9.1e7, "coop": 1.1e6, "vcse": 0.0, "public": 4e6}
POUND = {
    "residents_pay": (0.21, 0.07), "local_suppliers": (0.14, 0.05), "local_profit": (0.02, 0.01),
    "outside_pay": (0.17, -0.02), "outside_suppliers": (0.31, -0.07),
    "outside_profit": (0.06, -0.03), "tax": (0.07, 0.0), "kept": (0.02, -0.01),
}  # fmt: skip
STRENGTH = (-0.6, 0.0, 0.2, 1.0, 0.6)

GRADES = ("official", "peer_reviewed", "survey", "vendor", "judgement")


@dataclass
class Case:
    """What a test wants of the folder.

    Parameters
    ----------
    effects : dict
        Replaces the effects of the named measures, in the order of the policies.
    unknown : dict
        Measure -> why nobody knows it.
    titles : dict
        Replaces titles of policies.
    place : str
        Name of the focus.
    fixed : bool
        Assumptions held still.
    replicates : int
        Number of futures.
    months : int
        Length of a run.
    """

    effects: dict[str, tuple[float, ...]] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    place: str = "Preston"
    fixed: bool = False
    replicates: int = 20
    months: int = 60


NO_DIFFERENCE = Case(
    effects=dict.fromkeys(MEASURES, (0.0,) * 5),
)
LOCAL_LOSES = Case(
    effects={NET: (5e5, 0, -2e5, -2.2e6, -1e6), "unit_cost_premium": (-0.03, 0, 0.02, 0.09, 0.04)}
)
Cell = dict[str, Any]


def _values(case: Case, rng: np.random.Generator, luck: bool) -> list[Cell]:
    """Draw each measure of each run: rows as in results.parquet."""
    rows: list[Cell] = []
    count = 8 if luck else case.replicates

    def put(regime: str, replicate: int, month: int, measure: str, tier: str, value: float | None,
            unit: str, why: str | None = None) -> None:  # fmt: skip
        rows.append(
            {"run": f"{regime}-{replicate:04d}", "regime": regime, "replicate": replicate,
             "month": month, "measure": measure, "tier": tier, "value": value, "unit": unit,
             "why": why}
        )  # fmt: skip

    for measure, (unit, _, tiers, centre, spread, noise, effect) in MEASURES.items():
        shared = rng.normal(0, 0 if (luck or case.fixed) else spread, count)
        gain = 1 + rng.normal(0, 0 if (luck or case.fixed) else 0.35, count)
        for order, regime in enumerate(POLICIES):
            size = case.effects.get(measure, effect)[order]
            for step, tier in enumerate(tiers or ("all",)):
                weaker = {0: 1.0, 1: 0.8, 2: -0.35, 3: 0.35}[step]
                level = centre if measure in ("jobs", "outlay") else centre * (1 + 0.2 * step)
                own = rng.normal(0, noise, count)
                own -= own.mean()
                if measure in ("net_local_income", "unit_cost_premium") and regime == BASELINE:
                    own = own * 0
                for replicate in range(count):
                    value: float | None = level + shared[replicate] + own[replicate]
                    value += size * weaker * gain[replicate]
                    if measure in ("net_local_income", "unit_cost_premium"):
                        value -= shared[replicate]
                    if measure == "lowest_bid_premium" and regime == "cooperative_membership":
                        put(regime, replicate, 0, measure, tier, None, unit, "there are no bids")
                    elif measure in case.unknown:
                        put(regime, replicate, 0, measure, tier, None, unit, case.unknown[measure])
                    else:
                        put(regime, replicate, 0, measure, tier, value, unit)
    for order, regime in enumerate(POLICIES):
        power = STRENGTH[order] if "local_income_multiplier" not in case.effects else 0.0
        for replicate in range(count):
            wobble = rng.normal(1, 0.1)
            for kind, (base, change) in POUND.items():
                share = base + change * power * wobble
                put(regime, replicate, 0, f"pound_to_{kind}", "district", share, "share")
            put(regime, replicate, 0, "retained_share", "district", 0.04 * wobble, "share")
            for month in range(1, case.months - 12):
                stay = 0.62 * np.exp(-month / (7.5 + 2 * power * wobble)) + 0.03 * wobble
                put(regime, replicate, month, "retained_share", "district", float(stay), "share")
            for month in range(12, case.months + 1, 12):
                spend = 7.5e8 * (1.02 ** (month / 12)) * (1 + 0.004 * wobble * (order + 1))
                put(regime, replicate, month, "budget_year", "all", spend, "GBP")
            for decile in range(1, 11):
                income = 620.0 + 210 * decile + (11 - decile) * 0.6 * power + rng.normal(0, 1.1)
                put(
                    regime,
                    replicate,
                    0,
                    f"income_decile_{decile}",
                    "district",
                    income,
                    "GBP a month",
                )
            for owner, profit in OWNERS.items():
                drift = {"local": 0.08, "outside": -0.05, "coop": 0.5, "public": 0.0}
                value = profit * (1 + drift.get(owner, 0) * power * wobble)
                put(regime, replicate, 0, f"profit_owner_{owner}", "district",
                    None if owner == "vcse" else value, "GBP",
                    "no profit is shared out by law" if owner == "vcse" else None)  # fmt: skip
    return rows


def _interval(values: np.ndarray, rng: np.random.Generator) -> tuple[float, float]:
    draws = rng.choice(values, (400, values.size)).mean(axis=1)
    return float(np.quantile(draws, 0.025)), float(np.quantile(draws, 0.975))


def _summary(case: Case, rows: list[Cell], rng: np.random.Generator) -> dict[str, Any]:
    """Outcomes, differences and shares of first places, as the analysis writes them."""
    table: dict[tuple[str, str], dict[str, list[Cell]]] = {}
    for row in rows:
        if row["month"] == 0:
            cell = table.setdefault((row["measure"], row["tier"]), {})
            cell.setdefault(row["regime"], []).append(row)
    outcomes, differences, best = [], [], []
    for (measure, tier), regimes in table.items():
        base = regimes[BASELINE]
        for regime, cells in regimes.items():
            head = {"regime": regime, "measure": measure, "tier": tier, "unit": cells[0]["unit"]}
            if any(c["value"] is None for c in cells):
                lost = {"mean": None, "low": None, "high": None, "n": 0, "why": cells[0]["why"]}
                outcomes.append({**head, **lost})
                if regime != BASELINE:
                    differences.append({**head, "baseline": BASELINE, "paired": True, **lost})
                continue
            values = np.array([c["value"] for c in cells])
            low, high = _interval(values, rng)
            outcomes.append({**head, "mean": float(values.mean()), "low": low, "high": high,
                             "n": values.size, "why": None})  # fmt: skip
            if regime != BASELINE and base[0]["value"] is not None:
                gap = values - np.array([c["value"] for c in base])
                low, high = _interval(gap, rng)
                differences.append({**head, "baseline": BASELINE, "paired": True,
                                    "mean": float(gap.mean()), "low": low, "high": high,
                                    "n": gap.size, "why": None})  # fmt: skip
        better = MEASURES[measure][1] if measure in MEASURES else ""
        known = {r: [c["value"] for c in v] for r, v in regimes.items()
                 if all(c["value"] is not None for c in v)}  # fmt: skip
        if better and known:
            sign = 1 if better == UP else -1
            names = list(known)
            firsts = np.argmax(np.array([known[n] for n in names]) * sign, axis=0)
            for order, name in enumerate(names):
                share = float((firsts == order).mean())
                best.append({"regime": name, "measure": measure, "tier": tier, "share": share})
    runs = [{"run": f"{g}-{r:04d}", "regime": g, "replicate": r, "seed": 900 + r, "status": "done",
             "digest": f"{r:064x}"} for g in POLICIES for r in range(case.replicates)]  # fmt: skip
    return {
        "schema_version": 1, "scenario": "preston-2012", "seed": 1, "months": case.months,
        "regimes": list(POLICIES), "baseline": BASELINE, "fixed": case.fixed,
        "local_preference": _preference(case),
        "replicates": case.replicates, "tiers": list(TIERS), "outcomes": outcomes,
        "differences": differences, "best": best, "runs": runs, "failures": [],
        "accounts": {"payments": 812345678, "pence_moved": 987654321012345, "residual_pence": 0,
                     "dye_residual": 0},
    }  # fmt: skip


def _preference(case: Case) -> list[dict[str, Any]]:
    """How often preferring local gains nothing once the extra cost is taken off, made up."""
    return [
        {"regime": regime, "tier": "district", "prefers_local": 1.0, "gains_nothing": 0.1,
         "n": case.replicates, "mean_gain": 1e5, "why": None}
        for regime in POLICIES if regime != BASELINE
    ]  # fmt: skip


def _assumptions() -> list[dict[str, Any]]:
    made = []
    for order in range(24):
        grade = GRADES[order % 5]
        made.append({
            "name": f"made.up_{order:02d}", "value": round(0.1 + order * 0.03, 2),
            "unit": "share", "low": round(0.05 + order * 0.02, 2),
            "high": round(0.2 + order * 0.04, 2), "grade": grade,
            "what": f"How strongly thing {order} answers to thing {order + 1}.",
            "source": f"A made-up source, {2000 + order}",
        })  # fmt: skip
    return made


def _manifest(case: Case) -> dict[str, Any]:
    titles = {**POLICIES, **case.titles}
    text = SCENARIO.replace('name = "Preston"', f"name = {json.dumps(case.place)}")
    return {
        "schema_version": 1, "scenario": "preston-2012", "title": f"{case.place}, 2012",
        "closure": {"savings": "spend", "need_fixed": False},
        "scenario_text": text, "scenario_sha256": "ab" * 32, "sets": [], "seed": 1,
        "months": case.months, "replicates": case.replicates, "baseline": BASELINE,
        "fixed": case.fixed, "counterfactual": True,
        "policies": [{"name": n, "title": t, "treated_pounds": 214_000_000.0}
                     for n, t in titles.items()],
        "treated_pounds": 214_000_000.0, "assumptions": _assumptions(),
        "start_state": [
            {"what": "Share of anchor spend in the place", "tier": "district", "unit": "share",
             "built": 0.052, "least": 0.047, "most": 0.055, "n": 20, "published": 0.05},
            {"what": "Share of anchor spend in the place", "tier": "county", "unit": "share",
             "built": 0.386, "least": 0.381, "most": 0.394, "n": 20, "published": 0.39},
        ],
        "versions": {"poundflow": "0.1.0", "python": "3.11.7", "numpy": "2.4.6"},
        "machine": {"system": "Linux", "cores": 2}, "time": "2025-01-31T12:00:00+00:00",
    }  # fmt: skip


def _parquet(path: Path, rows: list[Cell]) -> None:
    kinds = {"run": pa.string(), "regime": pa.string(), "replicate": pa.int32(),
             "month": pa.int32(), "measure": pa.string(), "tier": pa.string(),
             "value": pa.float64(), "unit": pa.string(), "why": pa.string()}  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items()))), path)


def write_result_folder(folder: Path, case: Case | None = None, seed: int = 7) -> Path:
    """Write a result folder.

    Parameters
    ----------
    folder : Path
        Where; made when absent.
    case : Case, optional
        What to write; a clear winner when absent.
    seed : int
        Seed of the made-up numbers.

    Returns
    -------
    Path
        The folder.
    """
    case = case or Case()
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    rows = _values(case, rng, luck=False)
    _parquet(folder / "results.parquet", rows)
    _parquet(folder / "luck.parquet", [] if case.fixed else _values(case, rng, luck=True))
    draws = [] if case.fixed else [
        {"replicate": r, "name": f"made.up_{k:02d}", "value": float(rng.uniform())}
        for r in range(case.replicates) for k in range(24)]  # fmt: skip
    schema = pa.schema([("replicate", pa.int32()), ("name", pa.string()), ("value", pa.float64())])
    pq.write_table(pa.Table.from_pylist(draws, schema=schema), folder / "draws.parquet")
    (folder / "summary.json").write_text(json.dumps(_summary(case, rows, rng)), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(_manifest(case)), encoding="utf-8")
    with (folder / "budget.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["regime", "buyer", "financial_year", "category", "total_mean"])
        for regime in POLICIES:
            for year in range(case.months // 12):
                writer.writerow([regime, "council", 2012 + year, "homecare", 5e8])
                writer.writerow([regime, "council", 2012 + year, "highways", 2.5e8])
    return folder
