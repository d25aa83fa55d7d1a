"""Made-up payments with their suppliers resolved, for tests of the check against data."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from scenarios.sources.resolved import KINDS, SUPPLIERS_SCHEMA, Resolved

UNKNOWN: dict[str, float] = {}


def supplier(
    kinds: dict[str, float] = UNKNOWN, based: Sequence[str] | None = None,
    owned: Sequence[str] | None = None, payee_kind: str = "organisation",
) -> dict[str, object]:  # fmt: skip
    """What is known of one supplier; nothing but that it is one, where nothing is said."""
    return {"kinds": kinds, "based": based, "owned": owned, "payee_kind": payee_kind}


def resolved(
    suppliers: Sequence[dict[str, object]],
    payments: Sequence[tuple[int, str | None, int, str | None]],
    *, area: str | None = None, kind: str = "purchase",
) -> Resolved:  # fmt: skip
    """Put payments together: supplier, category, pence and month of each."""
    columns: dict[str, list[object]] = {name: [] for name in SUPPLIERS_SCHEMA.names}
    for number, one in enumerate(suppliers):
        kinds = one["kinds"]
        assert isinstance(kinds, dict)
        row = {"supplier": number, "key": f"s{number}", "name": f"Supplier {number}", "pence": 0}
        row |= {f"p_{name}": kinds.get(name, 0.0) for name in KINDS}
        row |= {"based": one["based"], "owned": one["owned"], "payments": 0, "kind": "unknown"}
        row |= {"names": [{"payee": "x", "payee_kind": one["payee_kind"]}]}
        texts = ("kind_reason", "based_reason", "owned_reason", "category_reason")
        row |= dict.fromkeys(texts, "made up") | {"category_confidence": 0.0}
        for name, column in columns.items():
            column.append(row.get(name))
    months = [month for _, _, _, month in payments]
    table = pa.table(
        {
            "date": pa.array([month and date.fromisoformat(f"{month}-15") for month in months],
                             pa.date32()),
            "month": pa.array(months, pa.string()),
            "pence": pa.array([pence for _, _, pence, _ in payments], pa.int64()),
            "kind": pa.array([kind] * len(payments), pa.string()),
            "supplier": pa.array([who for who, _, _, _ in payments], pa.int32()),
            "category": pa.array([category for _, category, _, _ in payments], pa.string()),
            "capital_revenue": pa.array([None] * len(payments), pa.string()),
        }
    )  # fmt: skip
    return Resolved("Northmoor", area, table, pa.table(columns, schema=SUPPLIERS_SCHEMA))
