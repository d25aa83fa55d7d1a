"""Small readings that several patterns share; a run without an answer gives None, never a zero."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import SizeBand
from simulation.accounting.books import Books, Table
from simulation.measures.measure import Undefined
from simulation.measures.view import View

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Bool = NDArray[np.bool_]

Answer = Callable[[View, str], float]

EVERYWHERE = "all"

UP_TO_49 = (SizeBand.MICRO, SizeBand.SMALL)
"""Size bands of small firms, by jobs."""


def measured(
    answer: Answer, books: Books, first: int, last: int,
    tier: str = EVERYWHERE,
) -> float | None:  # fmt: skip
    """Read a measure of the catalogue over a window of months; None where it is undefined."""
    try:
        return float(answer(View(books, first, last), tier))
    except Undefined:
        return None


def over(part: float, whole: float) -> float | None:
    """Divide; None where there is nothing to divide by."""
    return float(part / whole) if whole else None


def less(one: float | None, other: float | None) -> float | None:
    """Subtract; None where either is unknown."""
    return None if one is None or other is None else one - other


def in_months(books: Books, name: str, first: int, last: int) -> Table:
    """Give the rows of a table of some months, both included."""
    rows = books.tables[name]
    told = (rows["month"] >= first) & (rows["month"] <= last)
    return {key: column[told] for key, column in rows.items()}


def of_party(books: Books, column: str, parties: Int64) -> Int64:
    """Look up a column of `parties` for some of them, -1 where one is not in the books."""
    rows = books.tables["parties"]
    known = np.full(int(rows["party"].max(initial=-1)) + 2, -1, dtype=np.int64)
    known[rows["party"]] = rows[column]
    inside = (parties >= 0) & (parties < known.size - 1)
    found: Int64 = known[np.where(inside, parties, known.size - 1)]
    return found


def in_focus(books: Books, areas: Int64) -> Bool:
    """Say which areas are the place's own: its focus, or what lies within it."""
    rows = books.tables["areas"]
    parent = dict(zip(rows["area"].tolist(), rows["parent"].tolist(), strict=True))
    within = set()
    for area in parent:
        at = area
        while at in parent and at != books.meta.focus_area and parent[at] != at:
            at = parent[at]
        if at == books.meta.focus_area:
            within.add(area)
    mine: Bool = np.isin(areas, sorted(within))
    return mine
