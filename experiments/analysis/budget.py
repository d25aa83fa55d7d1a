"""What each service costs by financial year: lines that a medium-term financial plan can take."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.bootstrap import mean_interval
from experiments.store.records import BudgetRow, ReplicateResult

Column = NDArray[Any]

FIRST_MONTH_OF_YEAR = 4
"""A financial year runs from April and is named by the calendar year that it begins in."""

AMOUNTS = ("need", "delivered", "outlay", "own_payroll", "process", "total")
_SOURCES = (
    ("need_milli", 1000.0),
    ("delivered_milli", 1000.0),
    ("outlay_pence", 100.0),
    ("payroll_pence", 100.0),
    ("buyer_process_pence", 100.0),
)

COLUMNS = (
    "regime",
    "buyer",
    "financial_year",
    "category",
    *(f"{amount}_{part}" for amount in AMOUNTS for part in ("mean", "low", "high")),
    "total_difference_mean",
    "n",
)


def budget_rows(
    needs: Mapping[str, Column],
    regime: str,
    start: tuple[int, int],
    buyers: Mapping[int, str],
    categories: Sequence[str],
) -> list[BudgetRow]:
    """Add up a run's needs by buyer, financial year and category.

    Parameters
    ----------
    needs : mapping of str to int64[n]
        The `needs` table of Books; months are counted from 1.
    regime : str
        Name of the policy.
    start : tuple of int
        Calendar year and month of month 1.
    buyers : mapping of int to str
        Party row to buyer id.
    categories : sequence of str
        Category ids, in order of their codes.

    Returns
    -------
    list of BudgetRow
        In the order of buyer, year, category; amounts in pounds.
    """
    serial = start[0] * 12 + start[1] - 1 + needs["month"].astype(np.int64) - 1
    year = (serial - (FIRST_MONTH_OF_YEAR - 1)) // 12
    keys = np.stack([needs["buyer"], year, needs["category"]], axis=1).astype(np.int64)
    if keys.shape[0] == 0:
        return []
    groups, place = np.unique(keys, axis=0, return_inverse=True)
    sums = []
    for name, scale in _SOURCES:
        total = np.zeros(groups.shape[0], dtype=np.int64)
        np.add.at(total, place.reshape(-1), needs[name].astype(np.int64))
        sums.append(total / scale)
    return [
        BudgetRow(
            regime,
            buyers.get(int(buyer), str(int(buyer))),
            int(when),
            categories[int(category)],
            *(float(amount[group]) for amount in sums),
        )
        for group, (buyer, when, category) in enumerate(groups)
    ]


def budget_table(
    results: Iterable[ReplicateResult], regimes: Sequence[str], baseline: str
) -> list[dict[str, Any]]:
    """Mean and 95 % interval over futures of every budget line, in the columns of `budget.csv`.

    `total_difference_mean` is the mean paired difference from the baseline [pounds].
    """
    lines: dict[tuple[str, str, int, str], dict[int, BudgetRow]] = {}
    for result in results:
        for row in result.budget:
            key = (row.regime, row.buyer, row.year, row.category)
            lines.setdefault(key, {})[result.replicate] = row
    order = {regime: number for number, regime in enumerate(regimes)}
    table = []
    for key in sorted(lines, key=lambda key: (order.get(key[0], len(order)), *key[1:])):
        rows = lines[key]
        regime, buyer, year, category = key
        line: dict[str, Any] = {
            "regime": regime,
            "buyer": buyer,
            "financial_year": f"{year}/{(year + 1) % 100:02d}",
            "category": category,
        }
        for amount in AMOUNTS:
            values = np.array([getattr(row, amount) for row in rows.values()])
            line |= {
                f"{amount}_{part}": round(number, 2)
                for part, number in zip(("mean", "low", "high"), mean_interval(values), strict=True)
            }
        paired = lines.get((baseline, *key[1:]), {})
        gaps = [row.total - paired[r].total for r, row in rows.items() if r in paired]
        line["total_difference_mean"] = round(float(np.mean(gaps)), 2) if gaps else None
        line["n"] = len(rows)
        table.append(line)
    return table
