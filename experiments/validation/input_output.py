"""Input-output multipliers against algebra that can be done by hand.

Leontief (1941) and Miller and Blair (2009, chapters 2 and 6) for the inverse and its series, Flegg
and Webber (1997) for the location quotient. A is what one pound of the column's output buys from
the row, and so P^T of the shares that the measures of circulation sum.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.figure import Check, Figure, Sort, equals, gap
from experiments.validation.little_town import (
    REST_FIRMS,
    THE_WORLD,
    TOWN_FIRMS,
    TOWN_HOMES,
    A,
    bought,
    flows,
    little_books,
)
from scenarios.sources.io_tables import IoTable, type_one, type_two
from scenarios.sources.regionalise import Method, quotients
from scenarios.tables import technology
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books
from simulation.economy.sourcing import flq
from simulation.measures.sam import Rows, sam
from simulation.measures.series import worth
from simulation.measures.view import View

Float64 = NDArray[np.float64]

FLOATS = 1e-12
SERIES = 1e-9
"""Relative error of floating point, and of a sum of rounds that is broken off."""
FLOATING = "floating point"
SHIPPED = "uk_2019"

NATION = np.array([100.0, 400.0, 500.0])
REGION = np.array([50.0, 50.0, 150.0])
DELTA = 0.25
LAMBDA = math.log2(1.25) ** DELTA
FLQ_BY_HAND = np.array(
    [
        [1.0, 1.0, 1.0],  # 2, 4 and 5/3 times .7533 exceed 1
        [LAMBDA / 4, LAMBDA / 2, 5 / 12 * LAMBDA],  # 0.1883, 0.3766, 0.3139
        [3 / 5 * LAMBDA, 1.0, 6 / 5 * LAMBDA],  # 0.4520, 1.808 capped, 0.9039
    ]
)
"""A nation of 1,000 jobs and a region of 250, in farming, making and services: the quotients SLQ
are 2, 1/2 and 6/5; CILQ is the row's over the column's; lambda* = [log2(1.25)]^(1/4)."""


def powers(inputs: Float64, rounds: int = 400) -> Float64:
    """Return I + A + A^2 + ...: each round of suppliers one by one, and no inverse."""
    out = term = np.eye(inputs.shape[0])
    for _ in range(rounds):
        term = term @ inputs
        out = out + term
    return out


def table_of(coefficients: Float64, pay: Float64 | None = None, bought: Any = None) -> IoTable:
    """Make a table of industries that each make 100; pay and purchases of homes beside them."""
    n = coefficients.shape[0]
    names = tuple(f"sector {k + 1}" for k in range(n))
    return IoTable(
        codes=names, names=names, flows=100.0 * coefficients,
        primary={} if pay is None else {"compensation": 100.0 * pay},
        final={} if bought is None else {"household": np.asarray(bought)},
        household={}, output=np.full(n, 100.0),
    )  # fmt: skip


def random_shares(n: int, leak: float, seed: int) -> Float64:
    """Return rows of non-negative shares that sum to 1 - leak, some of them zero."""
    rng = np.random.default_rng(seed)
    weight = rng.random((n, n)) * (rng.random((n, n)) < 0.5)
    total = weight.sum(axis=1, keepdims=True)
    shares: Float64 = np.divide(weight, total, out=np.zeros((n, n)), where=total > 0) * (1 - leak)
    return shares


def gap_of_series(shares: Float64) -> float:
    """Return the largest relative gap of the measures' own series to a dense solver."""
    from scipy import sparse

    n = shares.shape[0]
    found = worth(sparse.csr_array(shares), np.empty((n, 0))).values[:, 0]
    exact = np.linalg.solve(np.eye(n) - shares, np.ones(n))
    return _relative(found, exact)


def two_sector_books() -> Books:
    """Town firms buy 20 of 100 from each other, pay 50 in wages; homes spend 40 of 50 in town."""
    return little_books(
        purchases=bought((A, 1_000)),
        flows=flows(
            (Kind.INTERMEDIATE, TOWN_FIRMS, TOWN_FIRMS, 20),
            (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 50),
            (Kind.IMPORT, TOWN_FIRMS, THE_WORLD, 30),
            (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 40),
            (Kind.IMPORT, TOWN_HOMES, THE_WORLD, 10),
            (Kind.INTERMEDIATE, REST_FIRMS, TOWN_FIRMS, 5),
        ),
    )


def two_industries() -> IoTable:
    """A = [[.2, .1], [.4, .5]]; pay of .4 a unit in both, spent half on each."""
    return table_of(
        np.array([[0.2, 0.1], [0.4, 0.5]]), pay=np.array([0.4, 0.4]), bought=[60.0, 60.0]
    )


def three_industries() -> IoTable:
    """A chain: the third buys .5 of the second, the second .4 of the first."""
    inputs = np.array([[0.0, 0.4, 0.0], [0.0, 0.0, 0.5], [0.0, 0.0, 0.0]])
    return table_of(inputs, pay=np.array([0.5, 0.2, 0.1]), bought=[20.0, 10.0, 20.0])


def _relative(found: Any, exact: Any) -> float:
    return float(np.abs(np.asarray(found) / np.asarray(exact) - 1.0).max())


def _inverse_and_series() -> Figure:
    inputs = technology(SHIPPED).A_domestic
    off = _relative(type_one(table_of(inputs)), powers(inputs).sum(axis=0))
    return gap(off, FLOATS, "share", FLOATING)


def _measured_series() -> Figure:
    off = max(gap_of_series(random_shares(30, leak, 7)) for leak in (0.02, 0.2, 0.9))
    return gap(off, SERIES, "share", "series broken off below 1e-10")


def _two_by_two() -> Figure:
    first = np.array([0.9, 0.9]) / 0.36
    second = type_two(two_industries(), 240.0)
    off = max(_relative(type_one(two_industries()), first), _relative(second, [5.0, 5.0]))
    return gap(off, FLOATS, "share", FLOATING)


def _chain(closed: bool) -> Figure:
    by_hand = [1.425, 1.74, 1.955] if closed else [1.0, 1.4, 1.7]
    found = type_two(three_industries(), 100.0) if closed else type_one(three_industries())
    return gap(_relative(found, by_hand), FLOATS, "share", FLOATING)


def _realised(rows: Rows, by_hand: float) -> Figure:
    found = sam(View(two_sector_books()), "district", rows)
    return equals(found, by_hand, by_hand * SERIES, "GBP per GBP", "series broken off below 1e-10")


def _imported_table() -> Figure:
    off = np.abs(quotients(REGION, NATION, Method.FLQ, DELTA) - FLQ_BY_HAND).max()
    return gap(float(off), FLOATS, "quotient", FLOATING)


def _in_the_model() -> Figure:
    jobs = np.array([REGION, NATION - REGION]).astype(np.int64)
    own = np.eye(2, dtype=np.bool_)
    off = np.abs(flq(jobs, own, DELTA)[0] - FLQ_BY_HAND).max()
    return gap(float(off), FLOATS, "quotient", FLOATING)


def _check(name: str, what: str, source: str, run: Any) -> Check:
    return Check(name, Sort.CLOSED_FORM, what, source, run)


MILLER_BLAIR = "Miller and Blair 2009"
FLEGG = "Flegg and Webber 1997"


def checks(full: bool) -> tuple[Check, ...]:
    """Return the checks; all are quick."""
    return (
        _check(
            "Leontief inverse = I + A + A^2 + ...",
            "Type I multipliers of the shipped table of 32 sectors, by the inverse and by 400 "
            "rounds; largest relative gap.",
            "Leontief 1941",
            _inverse_and_series,
        ),
        _check(
            "rounds of the measures = (I - P)^-1 1",
            "What the measures sum, against a dense solver: 30 accounts that leak 2, 20, 90 %.",
            "Leontief 1941",
            _measured_series,
        ),
        _check(
            "Type I and II, two sectors by hand",
            "A = [[.2, .1], [.4, .5]]: both columns come to .9/.36, and to 5 with households.",
            MILLER_BLAIR,
            _two_by_two,
        ),
        _check(
            "Type I, a chain of three by hand",
            "The third buys .5 of the second, that .4 of the first: 1, 1.4, 1.7.",
            MILLER_BLAIR,
            lambda: _chain(closed=False),
        ),
        _check(
            "Type II, a chain of three by hand",
            "With pay of .5, .2, .1, of which .5 is spent on the three: 1.425, 1.74, 1.955.",
            MILLER_BLAIR,
            lambda: _chain(closed=True),
        ),
        _check(
            "sam_type1 of a town by hand",
            "Firms buy .2 of a pound from each other: 1 / .8.",
            MILLER_BLAIR,
            lambda: _realised("type1", 1.25),
        ),
        _check(
            "sam_type2 of a town by hand",
            "They pay .5 in wages, and homes spend .8 there: 1 / (.8 - .5 x .8).",
            MILLER_BLAIR,
            lambda: _realised("type2", 2.5),
        ),
        _check(
            "FLQ of imported tables by hand",
            "Three sectors, a quarter of the nation's jobs; largest gap of the nine quotients.",
            FLEGG,
            _imported_table,
        ),
        _check(
            "FLQ of the built economy by hand",
            "The same case in the code that builds supply networks.",
            FLEGG,
            _in_the_model,
        ),
    )
