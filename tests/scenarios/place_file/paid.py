"""Payments with their suppliers as a resolved import gives them, made by hand."""

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from scenarios.sources.resolved import SUPPLIERS_SCHEMA, Resolved


class Paid(NamedTuple):
    """One payment: to whom, what for, how many pounds, when."""

    supplier: int
    category: str | None
    pounds: float
    month: str | None = "2024-04"
    kind: str = "purchase"
    capital_revenue: str | None = None


def resolved(
    payments: Sequence[Paid],
    based: Sequence[Sequence[str] | None],
    *,
    area: str | None = "E08000008",
    council: str | None = "Tameside",
) -> Resolved:
    """A resolved import; supplier k is based in the districts `based[k]`."""
    rows = {
        "date": pa.nulls(len(payments), pa.date32()),
        "month": pa.array([one.month for one in payments], pa.string()),
        "pence": pa.array([round(one.pounds * 100) for one in payments], pa.int64()),
        "kind": pa.array([one.kind for one in payments], pa.string()),
        "supplier": pa.array([one.supplier for one in payments], pa.int32()),
        "category": pa.array([one.category for one in payments], pa.string()),
        "capital_revenue": pa.array([one.capital_revenue for one in payments], pa.string()),
    }
    suppliers = [
        {
            "supplier": k, "key": f"s{k}", "name": f"Supplier {k}", "payments": 1, "pence": 1,
            **{f"p_{kind}": 0.0 for kind in ("sme", "corporate", "coop", "vcse", "public_body",
                                             "person")},
            "kind": "unknown", "kind_reason": "", "based": None if one is None else list(one),
            "based_reason": "", "owned_reason": "", "category_confidence": 0.0,
            "category_reason": "",
        }
        for k, one in enumerate(based)
    ]  # fmt: skip
    return Resolved(
        council, area, pa.table(rows), pa.Table.from_pylist(suppliers, SUPPLIERS_SCHEMA)
    )


def a_year(supplier: int, category: str | None, pounds: float) -> list[Paid]:
    """Twelve payments of one size, one a month."""
    months = [f"2023-{k:02d}" for k in range(4, 13)] + [f"2024-{k:02d}" for k in range(1, 4)]
    return [Paid(supplier, category, pounds, month) for month in months]
