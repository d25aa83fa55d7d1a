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

CAPITAL = ("capital_out", "capital_back", "capital_lost", "capital_held")
"""Loans to enterprises and shares in them: paid out, repaid, written off, outstanding."""

LEVER, LEVER_CATEGORY = "plural_ownership", -1
"""Money in firms that staff bought is no service's: a line of its own, by its code in Books."""

FOUNDED, CONVERTED = "founded", "converted"
"""Whose the money is: enterprises that councils founded, and firms that staff bought."""

AMOUNTS = ("need", "delivered", "outlay", "own_payroll", "process", "total", *CAPITAL)
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
    capital: Mapping[str, Column],
    regime: str,
    start: tuple[int, int],
    buyers: Mapping[int, str],
    categories: Sequence[str],
) -> list[BudgetRow]:
    """Add up a run's needs, and money at risk, by buyer, financial year and category.

    Parameters
    ----------
    needs : mapping of str to int64[n]
        The `needs` table of Books; months are counted from 1.
    capital : mapping of str to int64[n]
        The `capital` table of Books.
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
        In the order of buyer, year, category; amounts in pounds. Money in firms that staff bought
        stands under `LEVER`, from the first year in which there was any.
    """
    keys = _keys(needs, start)
    if keys.shape[0] == 0:
        return []
    lever = _years_of_lever(keys, _keys(capital, start))
    groups, place = np.unique(np.concatenate([keys, lever]), axis=0, return_inverse=True)
    sums = []
    for name, scale in _SOURCES:
        total = np.zeros(groups.shape[0], dtype=np.int64)
        np.add.at(total, place.reshape(-1)[: keys.shape[0]], needs[name].astype(np.int64))
        sums.append(total / scale)
    sums += _at_risk(capital, groups, start)
    return [
        BudgetRow(
            regime,
            buyers.get(int(buyer), str(int(buyer))),
            int(when),
            LEVER if category == LEVER_CATEGORY else categories[int(category)],
            *(float(amount[group]) for amount in sums),
        )
        for group, (buyer, when, category) in enumerate(groups)
    ]


def _keys(table: Mapping[str, Column], start: tuple[int, int]) -> Column:
    """Buyer, financial year and category of each row: int64[n, 3]."""
    serial = start[0] * 12 + start[1] - 1 + table["month"].astype(np.int64) - 1
    year = (serial - (FIRST_MONTH_OF_YEAR - 1)) // 12
    return np.stack([table["buyer"], year, table["category"]], axis=1).astype(np.int64)


def _years_of_lever(needs: Column, capital: Column) -> Column:
    """Return the lines of money in firms that staff bought, by buyer and year: int64[n, 3]."""
    mine = capital[capital[:, 2] == LEVER_CATEGORY]
    buyers, at = np.unique(mine[:, 0], return_inverse=True)
    first = {int(b): int(mine[at.reshape(-1) == k, 1].min()) for k, b in enumerate(buyers)}
    lines = [
        (int(buyer), int(year), LEVER_CATEGORY)
        for buyer, year in np.unique(needs[:, :2], axis=0)
        if int(year) >= first.get(int(buyer), int(year) + 1)
    ]
    return np.array(lines, dtype=np.int64).reshape(-1, 3)


def _at_risk(
    capital: Mapping[str, Column], groups: Column, start: tuple[int, int]
) -> list[NDArray[np.float64]]:
    """Money paid out, repaid and lost in each year of a line, and outstanding at its end."""
    paid = capital["lent_pence"] + capital["shares_pence"]
    back = capital["repaid_pence"] + capital["returned_pence"]
    moved = np.stack([paid, back, capital["lost_pence"]]).astype(np.int64)
    keys, sums = _keys(capital, start), np.zeros((4, groups.shape[0]), dtype=np.int64)
    for buyer, category in np.unique(keys[:, [0, 2]], axis=0):
        mine = (keys[:, 0] == buyer) & (keys[:, 2] == category)
        year, part = keys[mine, 1], moved[:, mine]
        for group in np.flatnonzero((groups[:, 0] == buyer) & (groups[:, 2] == category)):
            sums[:3, group] = part[:, year == groups[group, 1]].sum(axis=1)
            out, returned, lost = part[:, year <= groups[group, 1]].sum(axis=1)
            sums[3, group] = out - returned - lost
    return [column / 100.0 for column in sums]


def capital_by_year(
    results: Sequence[ReplicateResult], regimes: Sequence[str]
) -> list[dict[str, Any]]:
    """Money of all buyers at risk in enterprises, by policy, whose it is, and financial year.

    Returns
    -------
    list of dict
        Means over the futures in which the policy was lived [pounds]: `paid_out` as loans and for
        shares, `repaid`, `written_off`, and `outstanding` at the end of the year. `firms` are those
        that councils `FOUNDED`, or that staff bought (`CONVERTED`). Policies that put none at risk
        have no line.
    """
    sums: dict[tuple[str, str, int], NDArray[np.float64]] = {}
    lived: dict[str, set[int]] = {}
    for result in results:
        for row in result.budget:
            amounts = np.array([getattr(row, name) for name in CAPITAL])
            lived.setdefault(row.regime, set()).add(result.replicate)
            key = (row.regime, CONVERTED if row.category == LEVER else FOUNDED, row.year)
            sums[key] = sums.get(key, np.zeros(len(CAPITAL))) + amounts
    return [
        {
            "regime": regime,
            "firms": firms,
            "financial_year": _named(year),
            **{
                name: round(float(amount), 2)
                for name, amount in zip(
                    ("paid_out", "repaid", "written_off", "outstanding"),
                    sums[regime, firms, year] / len(lived[regime]), strict=True,
                )
            },
        }
        for regime in regimes
        for firms in (FOUNDED, CONVERTED)
        for year in sorted(when for *of, when in sums if of == [regime, firms])
        if any(total.any() for (*of, _), total in sums.items() if of == [regime, firms])
    ]  # fmt: skip


def _named(year: int) -> str:
    """Name a financial year, such as 2012/13."""
    return f"{year}/{(year + 1) % 100:02d}"


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
            "financial_year": _named(year),
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
