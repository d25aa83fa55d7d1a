"""Payments of many months added up by kind, payer and payee, once for all who ask."""

from dataclasses import dataclass

import numpy as np

from simulation.accounting.books import Books, Table
from simulation.accounting.grouping import Int64, sum_by
from simulation.kernels import grouping

FEWEST_ROWS_A_RUN = 4
"""Below this many rows of one kind on end the table is not in the order of its key."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Payments by kind, payer class and payee class, int64[n] each [pence].

    Rows stand in rising order of kind, then payer, then payee.
    """

    kind: Int64
    payer: Int64
    payee: Int64
    pence: Int64


def summed_flows(books: Books, first: int, last: int) -> Pairs:
    """Add up `flows` over months `first` to `last`, made once for each span.

    Kind by kind, one month merged into the next (4.4 million rows in 0.03 s, against 0.25 s by
    sorting).

    Parameters
    ----------
    books : Books
        With `flows`.
    first, last : int
        First and last month, both included.
    """
    key = ("flows", first, last)
    if key not in books.kept:
        books.kept[key] = _summed(within(books.tables["flows"], first, last))
    pairs: Pairs = books.kept[key]
    return pairs


def within(rows: Table, first: int, last: int) -> Table:
    """Return the rows of months `first` to `last`, without a copy where they stand together."""
    month = rows["month"]
    told = (month >= first) & (month <= last)
    n = int(np.count_nonzero(told))
    if n == told.size:
        return rows
    start = int(told.argmax())
    if n and told[start : start + n].all():
        return {name: column[start : start + n] for name, column in rows.items()}
    return {name: column[told] for name, column in rows.items()}


def _summed(rows: Table) -> Pairs:
    kind = rows["kind"]
    cuts = np.concatenate(([0], np.flatnonzero(kind[1:] != kind[:-1]) + 1, [kind.size]))
    if cuts.size * FEWEST_ROWS_A_RUN > kind.size:
        return _sorted(rows)
    starts, ends, kinds = cuts[:-1], cuts[1:], kind[cuts[:-1]]
    width = np.int64(rows["payee"].max()) + 1
    parts = []
    for code in np.unique(kinds):
        runs = kinds == code
        risen, keys, pence = grouping.merge_runs(
            rows["payer"], rows["payee"], rows["pence"], starts[runs], ends[runs], width
        )
        if not risen:
            return _sorted(rows)
        parts.append((np.full(keys.size, code, dtype=np.int64), keys // width, keys % width, pence))
    return Pairs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _sorted(rows: Table) -> Pairs:
    codes, pence = sum_by(rows["pence"], rows["kind"], rows["payer"], rows["payee"])
    return Pairs(codes[0], codes[1], codes[2], pence)
