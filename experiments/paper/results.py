"""What each way of buying did to a small place, over assumptions and luck drawn anew, and its cost.

Each replicate of the plan draws every assumption and luck. A difference is taken within a
replicate, so what both sides share cancels; its interval is that of the mean over replicates.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from experiments.analysis.bootstrap import mean_interval
from experiments.analysis.futures import gains_of
from experiments.figures.changes import Change, Panel, changes_figure
from experiments.figures.palette import look
from experiments.figures.svg import to_svg
from experiments.library.swept import Swept, read_swept, with_baseline
from experiments.paper.stored import Table, columns_of, open_finished, swept_table
from experiments.report.folder import Estimate
from experiments.report.glossary import term
from experiments.report.words import two_digits
from experiments.store.aside import write_aside
from simulation.procurement.registry import get

PLANS: tuple[str, ...] = ("comparison",)
NAME = "comparison"

MEASURES = (
    ("local_income_multiplier", "district", "Local income from each £1"),
    ("net_local_income", "district", "Net local income a year, displacement off"),
    ("disposable_income", "uk", "Whole system: income of all homes a year"),
    ("unit_cost_premium", "district", "Cost of a unit of the same service"),
    ("unmet_need", "district", "Need that the budget did not meet"),
    ("retention_mean_months", "district", "Months for which a pound stays"),
    ("wealth_median", "district", "Wealth of the middle home at the end"),
)
"""Measure, tier (unread where place does not enter the measure), and heading of its panel."""

ROOM = 1.15
"""How far an axis goes beyond its longest interval."""


def tables(sweeps: Path) -> dict[str, Table]:
    """Tell differences from the baseline, measure by measure.

    Parameters
    ----------
    sweeps : Path
        Folder of folders, each named as its plan.

    Returns
    -------
    dict of str to Table
        One, with a row for each measure and way: level of the baseline, mean difference with the
        95 % interval of the mean, the share of replicates in which the way does better, and how
        many replicates count [unit of the measure; shares].

    Raises
    ------
    NoSweepError, StoredTableError, AnalyseError
        When the sweep is missing, unfinished or of another plan.
    """
    folder = sweeps / NAME
    with open_finished(folder) as store:
        swept = read_swept(store)
        rows = [row for measure, tier, _ in MEASURES for row in _differences(swept, measure, tier)]
    return {NAME: swept_table(columns_of(rows), folder)}


def _differences(swept: Swept, measure: str, tier: str) -> Iterator[dict[str, object]]:
    futures = with_baseline(swept, swept.futures(measure, tier))
    sign = {"higher": 1.0, "lower": -1.0}[term(measure).better]
    level = futures.value[futures.policies.index(swept.baseline)]
    for way, every in zip(futures.policies, gains_of(futures, swept.baseline), strict=True):
        if way == swept.baseline:
            continue
        gap = every[np.isfinite(every)]
        mean, low, high = mean_interval(gap)
        yield {
            "measure": measure, "tier": futures.tier, "unit": futures.unit, "way": way,
            "baseline": float(np.nanmean(level)), "mean": mean, "low": low, "high": high,
            "better": float(np.mean((sign * gap > 0) + (gap == 0) / 2)), "draws": int(gap.size),
        }  # fmt: skip


def figures(stored: Mapping[str, Table], folder: Path) -> None:
    """Draw the differences, a panel for each measure."""
    panels, told = [], []
    for measure, _, heading in MEASURES:
        rows = [row for row in stored[NAME].rows if row["measure"] == measure]
        words, unit = term(measure), rows[0]["unit"]
        reach = max(abs(row[end]) for row in rows for end in ("low", "high")) * ROOM or 1.0
        changes = [
            Change(get(row["way"]).title, row["mean"], row["low"], row["high"], look(place + 1))
            for place, row in enumerate(rows)
        ]
        panels.append(Panel(heading, changes, reach, words.writes_change(unit, reach / 20)))
        told.append(f"{heading}: {'; '.join(f'{_title(row)} {_said(row)}' for row in rows)}")
    baseline = get("price_quality").title
    svg = to_svg(
        changes_figure(panels), NAME, f"Each way of buying against {baseline}", ". ".join(told)
    )
    write_aside(folder / f"{NAME}.svg", svg.encode())


def page(stored: Mapping[str, Table]) -> dict[str, str]:
    """Write the picture, and means with the share of replicates in which each way did better."""
    cells = {(row["measure"], row["way"]): row for row in stored[NAME].rows}
    ways = list(dict.fromkeys(way for _, way in cells))
    lines = [
        f"| | {' | '.join(f'`{way}`' for way in ways)} |",
        f"| --- |{' ---: |' * len(ways)}",
    ]
    for measure, _, heading in MEASURES:
        known = [cells.get((measure, way)) for way in ways]
        said = ["" if row is None else _cell(row) for row in known]
        lines.append(f"| {heading} | {' | '.join(said)} |")
    lines += ["", f"![Each way of buying against `price_quality`.](figures/{NAME}.svg)"]
    return {NAME: "\n".join(lines)}


def _cell(row: Mapping[str, float | str]) -> str:
    """Write a mean, bold where its interval keeps clear of zero, and how often it was better."""
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    said = _writer(row)(mean)
    return f"{f'**{said}**' if low > 0 or high < 0 else said} ({float(row['better']):.0%})"


def _title(row: Mapping[str, object]) -> str:
    return get(str(row["way"])).title


def _said(row: Mapping[str, float | str]) -> str:
    """Write a mean with its interval."""
    mean, low, high = (_writer(row)(float(row[name])) for name in ("mean", "low", "high"))
    return f"{mean} ({low} to {high})"


def _writer(row: Mapping[str, float | str]) -> Callable[[float], str]:
    """How a difference is written: with the digits that its interval is known to."""
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    step = two_digits(Estimate(str(row["unit"]), mean, low, high, int(row["draws"]), ""))
    return term(str(row["measure"])).writes_change(str(row["unit"]), step)
