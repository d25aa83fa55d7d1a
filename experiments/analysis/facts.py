"""What a run's books tell beside the measures: who is paid, what changes hands, and when.

A measure is one number for a run. An officer also asks by year, by area and by size of supplier:
which contracts end, how many days of staff the buying takes, how much work goes to a new supplier.
Each such number is a `FactRow`, taken from the books before they are let go.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.store.records import FactRow
from scenarios.assumptions import register

if TYPE_CHECKING:
    from simulation.accounting.books import Table
    from simulation.measures.view import View

MONTHS = 12
PENCE = 100
LATER = "later"
"""Key of unmet need in all years after the first, taken together."""

LAST_YEAR = 10
"""Contracts that end after this year of the story are told together under the next one."""

SIZES = {0: "unknown", 1: "micro", 2: "small", 3: "medium", 4: "large"}
"""Size bands of suppliers, by code; those that have none are public bodies and clubs."""

HOURS = "experiments.hours_a_day"
"""Entry of the register that says how long a working day of a buyer's staff is."""

UNITS = {
    "income": "GBP a year",
    "paid": "GBP a year",
    "spent": "GBP",
    "spent_new": "GBP",
    "moved": "share",
    "own_staff": "GBP",
    "suppliers_new": "suppliers",
    "tenders": "tenders",
    "tenders_in_vain": "tenders",
    "ended_early": "contracts",
    "ended_closed": "contracts",
    "unmet": "share",
    "days_buyers": "days",
    "days_bidders": "days",
    "expiring": "GBP a year",
    "expiring_contracts": "contracts",
}
"""What is told, with its unit."""

CLOSED = "the supplier closed"
_ENDED = "; ended: "


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run's books are asked with.

    Attributes
    ----------
    treated : frozenset of str
        Category ids that some policy buys in another way.
    areas : tuple of str
        Ids of the areas whose income is told.
    terms : mapping of str to float
        Usual term of a contract by category [months].
    hour_pence, day_pence : float
        Cost of an hour of a buyer's staff and of a day of a bidder's in this future [pence].
    expiring : bool
        Whether the contracts that stood at the start are told, which all policies share.
    """

    treated: frozenset[str]
    areas: tuple[str, ...]
    terms: Mapping[str, float]
    hour_pence: float
    day_pence: float
    expiring: bool


def fact_rows(view: "View", asked: Asked) -> tuple[FactRow, ...]:
    """Tell the facts of one run.

    Parameters
    ----------
    view : View
        Its books through the measured window; what is told by year is told of all months lived.
    asked : Asked

    Returns
    -------
    tuple of FactRow
        What the books do not cover is left out. Years of the story run from month 1, 12 months
        each; the last may be cut.
    """
    found: list[FactRow] = []
    for needed, tell in (
        (("flows", "classes"), _incomes),
        (("purchases", "parties"), _by_size),
        (("purchases",), _hands),
        (("payroll",), _own_staff),
        (("tenders",), _tenders),
        (("arrangements",), _ended),
        (("needs",), _needs),
        (("arrangements",), _expiring),
    ):
        if all(view.covers(name) for name in needed):
            found += tell(view, asked)
    return tuple(found)


def _incomes(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell the disposable income of each area's households [GBP a year]."""
    from simulation.measures.local_income import disposable_income_pence

    ids = view.meta.area_ids
    for name in asked.areas:
        inside = np.zeros(len(ids) + 1, dtype=np.bool_)
        inside[ids.index(name)] = True
        pence = disposable_income_pence(view, inside)
        yield FactRow("income", name, 0, pence / PENCE / view.years)


def _by_size(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell what buyers paid to suppliers of each size [GBP a year]."""
    rows = view.table("purchases")
    size = view.parties["size_band"][rows["supplier"]]
    for code, name in SIZES.items():
        pence = int(rows["pence"][np.maximum(size, 0) == code].sum())
        yield FactRow("paid", name, 0, pence / PENCE / view.years)


def _treated(view: "View", rows: "Table", asked: Asked) -> "Table":
    """Keep the rows of treated categories in lived months."""
    codes = [k for k, name in enumerate(view.meta.category_ids) if name in asked.treated]
    kept = np.isin(rows["category"], codes)
    return {name: column[kept] for name, column in rows.items()}


def _lived(rows: "Table") -> "Table":
    return {name: column[rows["month"] > 0] for name, column in rows.items()}


def _year(month: NDArray[Any]) -> NDArray[np.int64]:
    years: NDArray[np.int64] = (month.astype(np.int64) - 1) // MONTHS + 1
    return years


def _sums(what: str, view: "View", month: NDArray[Any], values: NDArray[Any]) -> Iterator[FactRow]:
    """Add up values by year of the story; a year without any is told as nought."""
    many = -(-view.meta.months // MONTHS)
    sums = np.bincount(_year(month), weights=values, minlength=many + 1)
    for year in range(1, many + 1):
        yield FactRow(what, "", year, float(sums[year]))


def _hands(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell treated spending, and the part that goes to suppliers who did not have such work before.

    A supplier is new to a buyer and a category where that buyer paid it nothing for it in the
    months before the story. Where the books keep no such months, nothing is told of who is new.
    """
    whole = view.whole("purchases")
    every = _treated(view, whole, asked)
    rows, before = _lived(every), every["month"] <= 0
    yield from _sums("spent", view, rows["month"], rows["pence"] / PENCE)
    if not (whole["month"] <= 0).any():
        return
    key = _pairs(every)
    new = ~np.isin(key[~before], np.unique(key[before]))
    yield from _sums("spent_new", view, rows["month"][new], rows["pence"][new] / PENCE)
    yield from _moved(rows, new)
    old = np.unique(whole["supplier"][whole["month"] <= 0])
    fresh = ~np.isin(rows["supplier"], old)
    order = np.argsort(rows["month"][fresh], kind="stable")
    supplier, first = np.unique(rows["supplier"][fresh][order], return_index=True)
    month = rows["month"][fresh][order][first]
    yield from _sums("suppliers_new", view, month, np.ones(supplier.size))


def _moved(rows: "Table", new: NDArray[np.bool_]) -> Iterator[FactRow]:
    """Tell the part of treated spending that goes to new suppliers: of all, and year by year."""
    year = _year(rows["month"])
    for one in (0, *np.unique(year).tolist()):
        mine = (year == one) | (one == 0)
        whole = int(rows["pence"][mine].sum())
        if whole:
            yield FactRow("moved", "", one, int(rows["pence"][mine & new].sum()) / whole)


def _pairs(rows: "Table") -> NDArray[np.int64]:
    """Number each buyer, category and supplier that do business together."""
    columns = [rows[name].astype(np.int64) for name in ("buyer", "category", "supplier")]
    key = columns[0]
    for column in columns[1:]:
        key = key * (int(column.max(initial=0)) + 2) + column + 1
    return key


def _own_staff(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell what buyers' own staff cost who do treated work."""
    rows = _lived(_treated(view, view.whole("payroll"), asked))
    yield from _sums("own_staff", view, rows["month"], rows["gross_pence"] / PENCE)


def _tenders(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell tenders of treated work, and those that nobody won."""
    rows = _lived(_treated(view, view.whole("tenders"), asked))
    yield from _sums("tenders", view, rows["month"], np.ones(rows["month"].size))
    vain = (rows["winner"] < 0).astype(np.float64)
    yield from _sums("tenders_in_vain", view, rows["month"], vain)


def _ended(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell arrangements for treated work that ended before their time, and because of a closure."""
    rows = _treated(view, view.whole("arrangements"), asked)
    within = (rows["end"] >= 1) & (rows["end"] <= view.meta.months)
    texts = [view.meta.texts[code] for code in rows["result"][within]]
    early = np.array([_ENDED in text for text in texts], dtype=np.float64)
    closed = np.array([f"{_ENDED}{CLOSED}" in text for text in texts], dtype=np.float64)
    yield from _sums("ended_early", view, rows["end"][within], early)
    yield from _sums("ended_closed", view, rows["end"][within], closed)


def _needs(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell unmet need and the days that buying takes, on treated work."""
    rows = _lived(_treated(view, view.whole("needs"), asked))
    year, many = _year(rows["month"]), -(-view.meta.months // MONTHS)
    need, done = (
        np.bincount(year, weights=rows[name], minlength=many + 1)
        for name in ("need_milli", "delivered_milli")
    )
    for one in range(1, many + 1):
        if need[one] > 0:
            yield FactRow("unmet", "", one, float((need[one] - done[one]) / need[one]))
    later = float(need[2:].sum())
    if later > 0:
        yield FactRow("unmet", LATER, 2, (later - float(done[2:].sum())) / later)
    for what, column, pence in (
        ("days_buyers", "buyer_process_pence", asked.hour_pence * register()[HOURS].value),
        ("days_bidders", "bidder_process_pence", asked.day_pence),
    ):
        if pence > 0:
            yield from _sums(what, view, rows["month"], rows[column] / pence)


def _expiring(view: "View", asked: Asked) -> Iterator[FactRow]:
    """Tell the contracts in force at the start, all and by category, by the year in which they end.

    They are worth what they pay in a year at the prices of the start.
    """
    if not asked.expiring:
        return
    rows = view.whole("arrangements")
    old = (rows["start"] <= 0) & (rows["end"] >= 1)
    category, value = rows["category"][old], rows["value_pence"][old] / PENCE
    year = np.minimum(_year(rows["end"][old]), LAST_YEAR + 1)
    names = np.array(view.meta.category_ids)[category]
    terms = np.array([max(asked.terms[name], 1.0) for name in names.tolist()])
    yearly = value / terms * MONTHS
    for at in np.unique(year).tolist():
        for name in ("", *np.unique(names[year == at]).tolist()):
            mine = (year == at) & ((names == name) | (name == ""))
            yield FactRow("expiring", name, at, float(yearly[mine].sum()))
            yield FactRow("expiring_contracts", name, at, float(mine.sum()))
