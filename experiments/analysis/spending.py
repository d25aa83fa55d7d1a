"""What a council's payments are made of: kinds, months, categories, suppliers, sizes.

Payments in, counts and pence out. Purchases are net of refunds and credit notes; grants, transfers,
taxes, pay and finance stand apart. Payees that are redacted or not stated are one line each and no
suppliers: they count in the sums and not in how concentrated suppliers are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

BOUGHT = ("purchase", "refund")
"""Kinds that together are purchases net of refunds."""

BANDS_POUNDS = (500, 1_000, 5_000, 25_000, 100_000, 1_000_000)
"""Edges of the bands of size [pounds]."""

UNKNOWN = "not known"

LARGEST = 10
UNLIKELY_PENCE = 100_000_00
"""A masked payee that received more is pointed out. Unit: pence. Grade: judgement."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    Attributes
    ----------
    name : str
        What it is of.
    payments : int
        How many.
    pence : int
        What they come to.
    """

    name: str
    payments: int
    pence: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated purchases are among suppliers whose net sum is above zero.

    Attributes
    ----------
    suppliers : int
        How many.
    hhi : float or None
        Herfindahl-Hirschman index: the sum of squared shares in per cent, at most 10,000; None
        where there is no supplier.
    top : sequence of (int, float)
        How many of the largest, and their share.
    unnamed : float
        Share of purchases whose payee is redacted or not stated.
    """

    suppliers: int
    hhi: float | None
    top: Sequence[tuple[int, float]]
    unnamed: float


def purchases(payments: pa.Table) -> pa.Table:
    """Purchases, refunds among them."""
    return payments.filter(pc.is_in(payments["kind"], pa.array(BOUGHT)))


def lines_by(payments: pa.Table, *columns: str) -> list[Line]:
    """Sum payments by a column, the largest first; where it is blank, by the next one.

    Parameters
    ----------
    payments : pyarrow.Table
        As an import writes it.
    columns : str
        The first that is filled names the line.

    Returns
    -------
    list of Line
        Equal sums by name.
    """
    names = pc.fill_null(pc.coalesce(*(payments[name] for name in columns)), UNKNOWN)
    grouped = (
        pa.table({"name": names, "pence": payments["pence"]})
        .group_by("name", use_threads=False)
        .aggregate([("pence", "count"), ("pence", "sum")])
    )
    found = [
        Line(name, many, pence)
        for name, many, pence in zip(
            *(grouped[key].to_pylist() for key in ("name", "pence_count", "pence_sum")), strict=True
        )
    ]
    return sorted(found, key=lambda one: (-one.pence, one.name))


def months(payments: pa.Table) -> list[Line]:
    """Sum payments by month, in the order of the calendar, unknown ones last."""
    return sorted(lines_by(payments, "month"), key=lambda one: (one.name == UNKNOWN, one.name))


def bands(payments: pa.Table) -> list[Line]:
    """Sum payments by size, from the smallest band up; negative ones are a band of their own."""
    pence = payments["pence"]
    edges = [0, *(100 * edge for edge in BANDS_POUNDS)]
    names = ["below £0", *_band_names()]
    lines = []
    for name, low, high in zip(names, [None, *edges], [*edges, None], strict=True):
        inside = pa.chunked_array([pa.array([True] * len(pence), pa.bool_())])
        if low is not None:
            inside = pc.and_(inside, pc.greater_equal(pence, low))
        if high is not None:
            inside = pc.and_(inside, pc.less(pence, high))
        held = pence.filter(inside)
        lines.append(Line(name, len(held), pc.sum(held).as_py() or 0))
    return [line for line in lines if line.payments]


def _band_names() -> list[str]:
    edges = [f"£{edge:,}" for edge in BANDS_POUNDS]
    return [
        f"below {edges[0]}",
        *(f"{low} to below {high}" for low, high in pairwise(edges)),
        f"{edges[-1]} and above",
    ]


def suppliers(payments: pa.Table) -> list[Line]:
    """Sum purchases by named payee, persons by their numbers, the largest first."""
    named = pc.is_in(payments["payee_kind"], pa.array(["organisation", "person"]))
    return lines_by(payments.filter(named), "payee")


def largest_masked(payments: pa.Table) -> list[dict[str, object]]:
    """Find the masked payees that received more than persons do: they may be firms.

    Parameters
    ----------
    payments : pyarrow.Table
        As an import writes it.

    Returns
    -------
    list of dict
        `payee` (its number), `pence`, and where it stands first: `file`, `sheet`, `row`.
    """
    persons = payments.filter(pc.equal(payments["payee_kind"], "person"))
    found = []
    for line in lines_by(persons, "payee")[:LARGEST]:
        if line.pence > UNLIKELY_PENCE:
            rows = persons.filter(pc.equal(persons["payee"], line.name)).slice(0, 1).to_pylist()
            place = {name: rows[0][name] for name in ("file", "sheet", "row")}
            found.append({"payee": line.name, "pence": line.pence, **place})
    return found


def concentration(payments: pa.Table) -> Concentration:
    """Say how concentrated purchases are.

    Parameters
    ----------
    payments : pyarrow.Table
        Purchases, refunds among them.

    Returns
    -------
    Concentration
        Shares of the sum over suppliers whose net sum is above zero.

    References
    ----------
    Herfindahl, O. C. (1950), Concentration in the steel industry; Hirschman, A. O. (1945),
    National power and the structure of foreign trade.
    """
    sums = [line.pence for line in suppliers(payments) if line.pence > 0]
    total, everything = sum(sums), pc.sum(payments["pence"]).as_py() or 0
    unnamed = everything - sum(line.pence for line in suppliers(payments))
    if not total:
        return Concentration(0, None, (), 0.0)
    hhi = sum((100 * pence / total) ** 2 for pence in sums)
    top = [(many, sum(sums[:many]) / total) for many in (1, 5, 10, 50) if many < len(sums)]
    return Concentration(len(sums), hhi, top, unnamed / everything if everything else 0.0)
