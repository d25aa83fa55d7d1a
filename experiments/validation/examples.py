"""Worked examples that others have published: the same input must come out as they printed it.

Three formulas of which no printed example was to be had stand beside them, as closed forms.

A figure that is printed to so many digits may differ by half of the last one, and a little for
what the author rounded on the way.
"""

from typing import Any

import numpy as np

from experiments.validation.figure import Check, Figure, Sort, equals, gap
from experiments.validation.input_output import table_of
from experiments.validation.little_town import (
    REST,
    THE_WORLD,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    UK,
    A,
    B,
    bought,
    flows,
    little_books,
    rows,
)
from scenarios.sources.io_tables import type_one, type_two
from scenarios.sources.regionalise import Method, quotients, simple_quotients
from scenarios.vocabulary import Kind
from simulation.accounting.books import RETAINED, Books
from simulation.measures.distribution import gini
from simulation.measures.lm3 import lm3_contract, lm3_council
from simulation.measures.procurement import MEASURES
from simulation.measures.view import View

FLOATS = 1e-12
LAST_OF_THREE = 6e-4

FLOWS = np.array([[40.0, 5, 5], [5, 15, 10], [5, 5, 25]])
OUTPUT = np.array([100.0, 50, 80])
REGIONS = np.array([[70.0, 20, 10], [30, 30, 70]])
PRINTED_SLQ = np.array([[1.610, 0.920, 0.288], [0.531, 1.062, 1.548]])
PRINTED = {
    Method.SLQ: np.array([
        [[0.400, 0.100, 0.063], [0.046, 0.276, 0.115], [0.014, 0.029, 0.090]],
        [[0.212, 0.053, 0.033], [0.050, 0.300, 0.125], [0.050, 0.100, 0.313]],
    ]),
    Method.CILQ: np.array([
        [[0.400, 0.100, 0.063], [0.029, 0.276, 0.125], [0.009, 0.031, 0.090]],
        [[0.212, 0.050, 0.021], [0.050, 0.300, 0.086], [0.050, 0.100, 0.313]],
    ]),
}  # fmt: skip
"""Torój, (Inter)regional Input-Output Table Estimation, Central European Journal of Economic
Modelling and Econometrics: a nation of three sectors in two regions (his table 4), quotients and
regional coefficients (tables 5 and 6), to three digits."""

TOROJ = "Torój 2024, CEJEME 16, pp. 285-322, tables 4 to 6"
MILLER_BLAIR = "Miller and Blair 2009, sections 2.3 and 2.5"
OPEN_COLUMNS = [1.2541 + 0.2640, 0.3300 + 1.1221]
CLOSED_COLUMNS = [1.365 + 0.527, 0.425 + 1.348]
"""Column sums over the two industries of the printed inverses, open and closed to households."""

SHARES = (0.30, 0.30, 0.20, 0.20)
HHI_SOURCE = "US Department of Justice, note on the HHI: 2,600"


def off_by_toroj(region: int, method: Method, delta: float) -> float:
    """Return the largest gap of a region's coefficients to those printed; FLQ is held to CILQ."""
    printed = PRINTED[Method.SLQ if method is Method.SLQ else Method.CILQ][region]
    made = FLOWS / OUTPUT * quotients(REGIONS[region], REGIONS.sum(axis=0), method, delta)
    return float(np.abs(made - printed).max())


def off_by_toroj_slq(region: int) -> float:
    """Return the largest gap of a region's simple quotients to those printed."""
    made = simple_quotients(REGIONS[region], REGIONS.sum(axis=0))
    return float(np.abs(made - PRINTED_SLQ[region]).max())


def worked_books(payroll: tuple[int, int] | None = None) -> Books:
    """A pays half of what it gets to town staff; B a quarter; town homes spend 30 % in town."""
    staff = () if payroll is None else ((0, 0, TOWN_HOMES, *payroll),)
    return little_books(
        purchases=bought((A, 6000), (B, 4000)),
        payroll=rows("payroll", *staff),
        outflows=rows(
            "outflows",
            (A, Kind.INTERMEDIATE, REST, 150),
            (A, Kind.WAGES, TOWN, 300),
            (A, Kind.PAYE, UK, 150),
            (B, RETAINED, REST, 200),
            (B, Kind.WAGES, TOWN, 100),
            (B, Kind.WAGES, REST, 100),
        ),
        flows=flows(
            (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 30),
            (Kind.IMPORT, TOWN_HOMES, THE_WORLD, 60),
            (Kind.COUNCIL_TAX, TOWN_HOMES, 0, 10),
        ),
    )


def books_of_suppliers(pence: tuple[int, ...]) -> Books:
    """A year in which so many suppliers were paid so much each."""
    books = little_books(purchases=bought(*enumerate(pence)))
    n = len(pence)
    parties = {name: np.resize(column, n) for name, column in books.tables["parties"].items()}
    parties["party"] = np.arange(n, dtype=np.int32)
    books.tables["parties"] = parties
    return books


def measured(name: str, books: Books) -> float:
    """Return what a measure of procurement comes to, anywhere."""
    found = next(one for one in MEASURES if one.name == name)
    assert found.of_run is not None
    return float(found.of_run(View(books), "all"))


def _toroj_slq() -> Figure:
    off = max(off_by_toroj_slq(region) for region in (0, 1))
    return gap(off, LAST_OF_THREE, "quotient", "three digits printed")


def _toroj(method: Method, delta: float) -> Figure:
    off = max(off_by_toroj(region, method, delta) for region in (0, 1))
    return gap(off, LAST_OF_THREE, "input per output", "three digits printed")


def _open() -> Figure:
    found = type_one(table_of(np.array([[0.15, 0.25], [0.20, 0.05]])))
    return gap(
        float(np.abs(found - OPEN_COLUMNS).max()), 1e-4, "GBP per GBP", "four digits printed"
    )


def _closed() -> Figure:
    table = table_of(
        np.array([[0.15, 0.25], [0.20, 0.05]]), pay=np.array([0.30, 0.25]), bought=[5.0, 40.0]
    )
    # their households also sell .05 to themselves: 1 of 100 earned is then 1 / .95 of what is made
    found = type_two(table, 100.0 * (1 - 0.05))
    off = float(np.abs(np.asarray(found) - CLOSED_COLUMNS).max())
    return gap(off, 1e-3, "GBP per GBP", "three digits printed")


def _lm3() -> Figure:
    found = lm3_council(View(worked_books()), "district")
    return equals(found, 1 + 0.6 + 0.6 * 0.5, FLOATS, "GBP per GBP", "floating point")


def _lm3_contract() -> Figure:
    found = lm3_contract(View(worked_books()), "district")
    return equals(found, 1 + 0.4 + 0.4 * 0.3, FLOATS, "GBP per GBP", "floating point")


def _hhi() -> Figure:
    books = books_of_suppliers(tuple(round(100 * share) for share in SHARES))
    return equals(measured("supplier_hhi", books), 0.26, FLOATS, "index", "floating point")


def _gini() -> Figure:
    found = gini(np.ones(4, dtype=np.int64), np.array([1, 2, 3, 4]))
    return equals(found, 0.25, FLOATS, "index", "floating point")


def _check(name: str, what: str, source: str, run: Any, sort: Sort = Sort.EXAMPLE) -> Check:
    return Check(name, sort, what, source, run)


def checks(full: bool) -> tuple[Check, ...]:
    """Return the checks; all are quick."""
    return (
        _check(
            "Leontief inverse of two sectors",
            "A = [[.15, .25], [.20, .05]]: column sums 1.5181 and 1.4521; largest gap.",
            MILLER_BLAIR,
            _open,
        ),
        _check(
            "the same, closed to households",
            "Pay .30 and .25, purchases .05, .40 and .05: 1.892 and 1.773; largest gap.",
            MILLER_BLAIR,
            _closed,
        ),
        _check("simple location quotients", "Two regions; largest gap.", TOROJ, _toroj_slq),
        _check(
            "regional coefficients by SLQ",
            "Both regions; largest gap of eighteen.",
            TOROJ,
            lambda: _toroj(Method.SLQ, 0.25),
        ),
        _check(
            "regional coefficients by CILQ",
            "Both regions; largest gap of eighteen.",
            TOROJ,
            lambda: _toroj(Method.CILQ, 0.25),
        ),
        _check(
            "FLQ without a weight of size",
            "Is CILQ, so his table 6 again.",
            TOROJ,
            lambda: _toroj(Method.FLQ, 0.0),
        ),
        _check(
            "LM3 of a council",
            "The formula 1 + s2 + s2 s3 with s2 = .6, s3 = .5, on books of two suppliers.",
            "New Economics Foundation 2002, The Money Trail",
            _lm3,
            Sort.CLOSED_FORM,
        ),
        _check(
            "LM3 of its contracts",
            "The same books from what suppliers spend: s2 = .4, s3 = .3.",
            "New Economics Foundation 2002, The Money Trail",
            _lm3_contract,
            Sort.CLOSED_FORM,
        ),
        _check(
            "Herfindahl-Hirschman index",
            "Four suppliers with 30, 30, 20 and 20 % of what is bought.",
            HHI_SOURCE,
            _hhi,
        ),
        _check(
            "Gini coefficient",
            "Incomes of 1, 2, 3 and 4: (n + 1) / n - 2 sum (n + 1 - i) y / (n sum y).",
            "Sen 1973, On Economic Inequality",
            _gini,
            Sort.CLOSED_FORM,
        ),
    )
