"""Purchases by what their suppliers are: by kind, category, place and owners, with what is unknown.

A place is told as a range: what is known to stay here, what may, what is unknown. Nothing unknown
is shared out. Who gave back more than it was paid has no kind or place here (`resolved.net_of`).
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scenarios.sources.resolved import BOUGHT, KINDS, net_of

UNKNOWN = "unknown"
HERE, MAYBE, ELSEWHERE = "here", "maybe", "elsewhere"
PLACES = (HERE, MAYBE, ELSEWHERE, UNKNOWN)


def kinds(suppliers: pa.Table) -> list[dict[str, Any]]:
    """Sum purchases by kind of supplier.

    Parameters
    ----------
    suppliers : pyarrow.Table
        As of `scenarios.sources.resolved`.

    Returns
    -------
    list of dict
        Kind, suppliers and pence, unknown last; kinds without a supplier as well.
    """
    paid = suppliers.filter(pc.greater_equal(suppliers["pence"], 0))
    names, pence = paid["kind"].to_pylist(), paid["pence"].to_pylist()
    return [
        {"kind": kind, "suppliers": names.count(kind),
         "pence": sum(p for name, p in zip(names, pence, strict=True) if name == kind)}
        for kind in (*KINDS, UNKNOWN)
    ]  # fmt: skip


def places(suppliers: pa.Table, column: str, here: Collection[str]) -> dict[str, int]:
    """Sum purchases by where suppliers, or their owners, are.

    Parameters
    ----------
    suppliers : pyarrow.Table
        As of `scenarios.sources.resolved`.
    column : str
        based or owned.
    here : collection of str
        ONS codes of the districts that count as here.

    Returns
    -------
    dict of str to int
        Pence known here, maybe here, known elsewhere, unknown.
    """
    found = dict.fromkeys(PLACES, 0)
    paid = net_of(suppliers["pence"].to_numpy()).paid.tolist()
    for codes, pence in zip(suppliers[column].to_pylist(), paid, strict=True):
        found[_place(codes, here)] += pence
    return found


def _place(codes: list[str] | None, here: Collection[str]) -> str:
    if not codes:
        return UNKNOWN
    inside = sum(code in here for code in codes)
    return HERE if inside == len(codes) else MAYBE if inside else ELSEWHERE


def range_of(place: Mapping[str, int]) -> tuple[int, int]:
    """Give pence known to be here, and with them what may be and what is unknown."""
    return place[HERE], place[HERE] + place[MAYBE] + place[UNKNOWN]


def categories(payments: pa.Table) -> list[dict[str, Any]]:
    """Sum purchases by category, the largest first and unknown last.

    Parameters
    ----------
    payments : pyarrow.Table
        With kind, category and pence.

    Returns
    -------
    list of dict
        Category (None is unknown), payments and pence.
    """
    bought = payments.filter(pc.is_in(payments["kind"], pa.array(BOUGHT)))
    grouped = bought.group_by("category", use_threads=False).aggregate(
        [("pence", "count"), ("pence", "sum")]
    )
    rows = zip(
        *(grouped[name].to_pylist() for name in ("category", "pence_count", "pence_sum")),
        strict=True,
    )
    found = [{"category": name, "payments": many, "pence": pence} for name, many, pence in rows]
    return sorted(
        found, key=lambda one: (one["category"] is None, -one["pence"], one["category"] or "")
    )


def under_one_name(payments: pa.Table, resolved: pa.Table, suppliers: pa.Table) -> pa.Table:
    """Write each supplier's one name in the place of its spellings.

    Parameters
    ----------
    payments : pyarrow.Table
        As an import writes them.
    resolved : pyarrow.Table
        The same payments with their `supplier`.
    suppliers : pyarrow.Table
        Row i is supplier i.

    Returns
    -------
    pyarrow.Table
        The payments; two suppliers of one name are told apart by their keys.
    """
    names, keys = suppliers["name"].to_pylist(), suppliers["key"].to_pylist()
    twice = {
        name for name, many in zip(*np.unique(names, return_counts=True), strict=True) if many > 1
    }
    shown = [
        f"{name} ({key})" if name in twice else name for name, key in zip(names, keys, strict=True)
    ]
    payee = pa.array(shown, pa.string()).take(resolved["supplier"].combine_chunks())
    return payments.set_column(
        payments.schema.get_field_index("payee"), payments.schema.field("payee"), payee
    )
