"""A small council's import with its suppliers resolved, made by hand for the tests of LM3."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.sources.resolved import (
    CATEGORIES,
    CATEGORIES_SCHEMA,
    DIGEST,
    IDENTITY,
    KINDS,
    LABEL,
    PAYMENTS,
    SUPPLIERS,
    SUPPLIERS_SCHEMA,
    WORDS,
    Resolved,
    digest_of,
)

TAMESIDE, MANCHESTER, PRESTON, LEEDS = "E08000008", "E08000003", "E07000123", "E08000035"


class Who(NamedTuple):
    """One supplier: where it and its owners may be, and what kind it is."""

    name: str
    based: Sequence[str] | None = None
    owned: Sequence[str] | None = None
    kind: str = "sme"


class Paid(NamedTuple):
    """One payment."""

    to: str
    pence: int
    category: str | None = None
    kind: str = "purchase"
    month: str | None = "2019-04"


WHO = (
    Who("Ashgrove Care Ltd", [TAMESIDE], [TAMESIDE]),
    Who("Northern Works plc", [MANCHESTER], ["abroad"], "corporate"),
    Who("Pennine Catering", [TAMESIDE, MANCHESTER]),
    Who("Redway Systems"),
    Who("Person 1", [TAMESIDE], [TAMESIDE], "person"),
    Who("Old Supplies", [LEEDS]),
    Who("Hill Trust", [TAMESIDE], None, "vcse"),
)
PAID = (
    Paid("Ashgrove Care Ltd", 60_000_000, "homecare"),
    Paid("Northern Works plc", 40_000_000, "construction_works", month="2019-05"),
    Paid("Pennine Catering", 9_000_000, "catering"),
    Paid("Pennine Catering", -1_000_000, "catering", "refund", "2019-06"),
    Paid("Redway Systems", 12_000_000, None, month=None),
    Paid("Person 1", 500_000, "childrens_care"),
    Paid("Old Supplies", -30_000, None, "refund"),
    Paid("Hill Trust", 2_500_000, None, "grant"),
    Paid("Hill Trust", 700_000, None, "pay"),
)


def write_folder(
    folder: Path, who: Sequence[Who] = WHO, paid: Sequence[Paid] = PAID,
    area: str | None = TAMESIDE,
) -> Path:  # fmt: skip
    """Write the four files that `read_resolved` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    text = pa.string()
    nothing = pa.nulls(len(paid), text)
    words = dict.fromkeys(WORDS, nothing) | {"category": pa.array([p.category for p in paid], text)}
    payments = pa.table(
        {
            "payee": pa.array([p.to for p in paid], text),
            "payee_kind": pa.array(["organisation"] * len(paid), text),
            "company_number": nothing,
            "charity_number": nothing,
            **words,
            "date": pa.nulls(len(paid), pa.date32()),
            "month": pa.array([p.month for p in paid], text),
            "pence": pa.array([p.pence for p in paid], pa.int64()),
            "kind": pa.array([p.kind for p in paid], text),
            "capital_revenue": nothing,
        }
    )
    mark = {DIGEST: digest_of(payments)}
    suppliers = pa.Table.from_pylist(
        [_supplier(number, one, paid) for number, one in enumerate(who)], SUPPLIERS_SCHEMA
    )
    read = sorted({p.category for p in paid if p.category})
    categories = pa.Table.from_pylist(
        [
            {"category": name, "read_as": name, "confidence": 1.0, "reason": "said so",
             "payments": 1, "pence": 1}
            for name in read
        ],
        CATEGORIES_SCHEMA,
    )  # fmt: skip
    pq.write_table(payments, folder / PAYMENTS)
    pq.write_table(suppliers.replace_schema_metadata(mark), folder / SUPPLIERS)
    pq.write_table(categories.replace_schema_metadata(mark), folder / CATEGORIES)
    file = {"used": len(paid), "pence_used": sum(p.pence for p in paid)}
    label = {"council": "Northmoor", "area": area, "files": [file]}
    (folder / LABEL).write_text(json.dumps(label), encoding="utf-8")
    return folder


def resolved_of(who: Sequence[Who], paid: Sequence[Paid]) -> Resolved:
    """Give what `read_resolved` would read, without the folder."""
    number = {one.name: k for k, one in enumerate(who)}
    bought = ("purchase", "refund")
    payments = pa.table(
        {
            "month": pa.array([p.month for p in paid], pa.string()),
            "pence": pa.array([p.pence for p in paid], pa.int64()),
            "kind": pa.array([p.kind for p in paid], pa.string()),
            "supplier": pa.array([number[p.to] for p in paid], pa.int32()),
            "category": pa.array(
                [p.category if p.kind in bought else None for p in paid], pa.string()
            ),
        }
    )
    rows = [_supplier(k, one, paid) for k, one in enumerate(who)]
    suppliers = pa.Table.from_pylist(rows, SUPPLIERS_SCHEMA)
    return Resolved("Northmoor", TAMESIDE, payments, suppliers)


def _supplier(number: int, one: Who, paid: Sequence[Paid]) -> dict[str, object]:
    mine = [p for p in paid if p.to == one.name]
    spelling = dict.fromkeys(IDENTITY) | {"payee": one.name, "payee_kind": "organisation"}
    return {
        "supplier": number,
        "key": one.name,
        "name": one.name,
        "payments": len(mine),
        "pence": sum(p.pence for p in mine if p.kind in ("purchase", "refund")),
        **{f"p_{kind}": float(kind == one.kind) for kind in KINDS},
        "kind": one.kind,
        "kind_reason": "said so",
        "based": one.based,
        "based_reason": "said so",
        "owned": one.owned,
        "owned_reason": "said so",
        "category": None,
        "category_confidence": 0.0,
        "category_reason": "nothing said",
        "names": [spelling],
        "merged_because": [],
    }
