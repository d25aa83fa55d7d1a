"""Payments whose suppliers are resolved, as everything that comes after an import reads them.

One door: what a payment bought, from whom, and what is known of that supplier stand in three tables
of a folder, which are joined here and held against each other. Unknown stays unknown.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scenarios.errors import Fault, FaultsError

LABEL, PAYMENTS = "import.json", "payments.parquet"
SUPPLIERS, CATEGORIES, REVIEW = "suppliers.parquet", "categories.parquet", "suppliers_review.csv"

BOUGHT = ("purchase", "refund")
"""Kinds of payments that have a category; together they are purchases net of refunds."""

KINDS = ("sme", "corporate", "coop", "vcse", "public_body", "person")

IDENTITY = ("payee", "payee_kind", "company_number", "charity_number")
"""Columns of a payment that tell one spelling of a supplier from another."""

WORDS = ("procurement_category", "merchant_category", "detail", "category", "service")
"""Columns of a payment whose words tell what was bought, the surest first."""

DIGEST = b"poundflow.payments"

_TEXT = pa.string()
SUPPLIERS_SCHEMA = pa.schema(
    [
        pa.field("supplier", pa.int32(), nullable=False),
        pa.field("key", _TEXT, nullable=False),
        pa.field("name", _TEXT, nullable=False),
        pa.field("payments", pa.int64(), nullable=False),
        pa.field("pence", pa.int64(), nullable=False),
        pa.field("company_number", _TEXT),
        pa.field("charity_number", _TEXT),
        pa.field("postcode", _TEXT),
        pa.field("sic", _TEXT),
        *(pa.field(f"p_{kind}", pa.float64(), nullable=False) for kind in KINDS),
        pa.field("kind", _TEXT, nullable=False),
        pa.field("kind_reason", _TEXT, nullable=False),
        pa.field("based", pa.list_(_TEXT)),
        pa.field("based_reason", _TEXT, nullable=False),
        pa.field("owned", pa.list_(_TEXT)),
        pa.field("owned_reason", _TEXT, nullable=False),
        pa.field("category", _TEXT),
        pa.field("category_confidence", pa.float64(), nullable=False),
        pa.field("category_reason", _TEXT, nullable=False),
        pa.field("names", pa.list_(pa.struct([(name, _TEXT) for name in IDENTITY]))),
        pa.field("merged_because", pa.list_(_TEXT)),
    ]
)
"""Of suppliers.parquet; row i is supplier i. `pence` is purchases net of refunds, `names` are all
spellings with the numbers that stood beside them."""

CATEGORIES_SCHEMA = pa.schema(
    [
        *(pa.field(name, _TEXT) for name in WORDS),
        pa.field("read_as", _TEXT),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("reason", _TEXT, nullable=False),
        pa.field("payments", pa.int64(), nullable=False),
        pa.field("pence", pa.int64(), nullable=False),
    ]
)
"""Of categories.parquet: each distinct set of words of purchases, and what it was read as."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Payments of one import with their suppliers.

    Attributes
    ----------
    council, area : str or None
        Whose payments they are and the ONS code of its area, as given at the import.
    payments : pyarrow.Table
        One row a payment: `date` (date32 or null), `month` (2023-04 or null), `pence` (int64),
        `kind` (purchase, refund, grant, transfer, tax, pay, finance), `supplier` (int32),
        `category` (an id of categories.csv; null is unknown, and for all but purchases and
        refunds), `capital_revenue`.
    suppliers : pyarrow.Table
        As of `SUPPLIERS_SCHEMA`. What the six probabilities leave to 1 is unknown. `based` holds
        the ONS codes of all districts that the supplier may be based in, or `abroad`; null is
        unknown. `owned` is the same for its owners.
    """

    council: str | None
    area: str | None
    payments: pa.Table
    suppliers: pa.Table


class NotResolvedError(FaultsError):
    """Raised when a folder holds no import, or one whose suppliers are not resolved."""

    def __init__(self, folder: Path, found: str, hint: str) -> None:
        self.folder, self.found, self.hint = folder, found, hint
        wanted = "an import with its suppliers resolved"
        super().__init__([Fault(str(folder), None, None, "", found, wanted, hint)])

    def __reduce__(self) -> tuple[type, tuple[Path, str, str]]:  # type: ignore[override]
        return type(self), (self.folder, self.found, self.hint)


@dataclass(frozen=True, slots=True)
class Imported:
    """What `import payments` left in a folder: its label and all payments."""

    label: Mapping[str, Any]
    payments: pa.Table


def read_imported(folder: Path) -> Imported:
    """Read the payments of a folder, and hold them against what the folder says they are.

    Raises
    ------
    NotResolvedError
        Where the folder holds no import of payments, or half of one.
    """
    again = "Give `poundflow import payments FILES.. --out DIR` again."
    if not folder.is_dir():
        raise NotResolvedError(folder, "no folder", again)
    try:
        label = json.loads((folder / LABEL).read_text("utf-8"))
        files = [(int(file["used"]), int(file["pence_used"])) for file in label["files"]]
        label["council"], label["area"]  # a folder of notices has neither
    except FileNotFoundError:
        raise NotResolvedError(folder, f"no {LABEL}", again) from None
    except OSError as error:
        found = f"an {LABEL} that cannot be read ({(error.strerror or 'a fault').lower()})"
        raise NotResolvedError(folder, found, again) from None
    except ValueError:
        found = f"an {LABEL} that is damaged: it was cut off or changed"
        raise NotResolvedError(folder, found, again) from None
    except (KeyError, TypeError):
        found = f"an {LABEL} that is not of payments (of notices or a register, perhaps)"
        raise NotResolvedError(folder, found, again) from None
    payments = _table(folder, PAYMENTS, again)
    needed = {*IDENTITY, *WORDS, "date", "month", "pence", "kind", "capital_revenue"}
    lacking = sorted(needed - set(payments.schema.names))
    if lacking:
        raise NotResolvedError(folder, f"{PAYMENTS} without {', '.join(lacking)}", again)
    rows, pence = payments.num_rows, pc.sum(payments["pence"]).as_py() or 0
    if (rows, pence) != (sum(used for used, _ in files), sum(summed for _, summed in files)):
        found = f"{PAYMENTS} that is not the one which {LABEL} tells of: half an import"
        raise NotResolvedError(folder, found, again)
    return Imported(label, payments)


def read_resolved(folder: Path) -> Resolved:
    """Read an import with its suppliers.

    Parameters
    ----------
    folder : Path
        That `poundflow import payments` filled.

    Returns
    -------
    Resolved

    Raises
    ------
    NotResolvedError
        Where it holds no import, or one that is not resolved; says which command to give.
    """
    imported = read_imported(folder)
    again = f"Give `poundflow suppliers {folder}` to resolve them."
    suppliers, categories = _table(folder, SUPPLIERS, again), _table(folder, CATEGORIES, again)
    mark = digest_of(imported.payments)
    for name, table, schema in (
        (SUPPLIERS, suppliers, SUPPLIERS_SCHEMA),
        (CATEGORIES, categories, CATEGORIES_SCHEMA),
    ):
        if not table.schema.remove_metadata().equals(schema):
            raise NotResolvedError(folder, f"{name} with other columns", again)
        if (table.schema.metadata or {}).get(DIGEST) != mark:
            raise NotResolvedError(folder, f"{name} of other payments: half an import", again)
    label = imported.label
    payments = joined(imported.payments, suppliers, categories)
    return Resolved(label["council"], label["area"], payments, suppliers)


def _table(folder: Path, name: str, again: str) -> pa.Table:
    try:
        return pq.read_table(folder / name)
    except FileNotFoundError:
        raise NotResolvedError(folder, f"no {name}", again) from None
    except (OSError, pa.ArrowException):
        raise NotResolvedError(folder, f"a {name} that cannot be read", again) from None


def digest_of(payments: pa.Table) -> bytes:
    """Give a mark by which the other tables show that they belong to these payments."""
    mark = hashlib.sha256(payments["pence"].to_numpy().astype("<i8").tobytes())
    for columns in (IDENTITY, (*WORDS, "kind")):
        codes, texts = distinct(payments, columns)
        mark.update(codes.astype("<i8").tobytes())
        mark.update(repr(texts).encode())
    return mark.hexdigest().encode()


def joined(payments: pa.Table, suppliers: pa.Table, categories: pa.Table) -> pa.Table:
    """Put the supplier and the category beside each payment.

    Parameters
    ----------
    payments : pyarrow.Table
        As an import writes it.
    suppliers, categories : pyarrow.Table
        As of `SUPPLIERS_SCHEMA` and `CATEGORIES_SCHEMA`.

    Returns
    -------
    pyarrow.Table
        The payments of `Resolved`. The category is what the words were read as, or what the
        supplier stands for where that is surer.
    """
    spelling, spellings = distinct(payments, IDENTITY)
    owner = {
        tuple(name[field] for field in IDENTITY): supplier
        for supplier, names in enumerate(suppliers["names"].to_pylist())
        for name in names
    }
    supplier = np.array([owner[one] for one in spellings], np.int32)[spelling]
    bought = pc.is_in(payments["kind"], pa.array(BOUGHT)).to_numpy(zero_copy_only=False)
    wording, wordings = distinct(payments, WORDS)
    read = {
        one[:-2]: (one[-2], one[-1])
        for one in zip(
            *(categories[name].to_pylist() for name in (*WORDS, "read_as", "confidence")),
            strict=True,
        )
    }
    told = [read.get(one, (None, 0.0)) for one in wordings]
    by_words = np.array([sure for _, sure in told])[wording]
    by_supplier = suppliers["category_confidence"].to_numpy()[supplier]
    of_words = _spread([name for name, _ in told], wording)
    of_supplier = _spread(suppliers["category"].to_pylist(), supplier)
    surer = pa.array(by_supplier > by_words)
    category = pc.if_else(surer, of_supplier, of_words)
    return pa.table(
        {
            "date": payments["date"],
            "month": payments["month"],
            "pence": payments["pence"],
            "kind": payments["kind"],
            "supplier": pa.array(supplier, pa.int32()),
            "category": pc.if_else(pa.array(bought), category, pa.scalar(None, _TEXT)),
            "capital_revenue": payments["capital_revenue"],
        }
    )


@dataclass(frozen=True, slots=True)
class Net:
    """What suppliers were paid, net of what they gave back.

    Attributes
    ----------
    paid : int64[n] or float64[n]
        Of each supplier; nothing where it gave back more than it was paid [pence].
    credits_pence : int
        Net sum of those that did, below zero.
    creditors : int
        How many they are.
    """

    paid: NDArray[Any]
    credits_pence: int
    creditors: int


def net_of(pence: Sequence[int] | NDArray[Any]) -> Net:
    """Part suppliers that were paid from those that gave back more than that in these months.

    The one rule of all that comes after an import: a refund counts in every sum of purchases, so
    that pounds reconcile; in shares of who is paid, by kind, place or supplier, and in LM3, only
    those count who were paid more than they gave back. What the others gave back is told beside.

    Parameters
    ----------
    pence : int64[n] or float64[n]
        Purchases net of refunds of each supplier [pence].

    Returns
    -------
    Net
    """
    told = np.asarray(pence)
    back = told[told < 0]
    return Net(np.maximum(told, 0), int(back.sum()), int(back.size))


def _spread(texts: list[str | None], codes: NDArray[np.integer]) -> pa.Array:
    return pa.array(texts, _TEXT).take(pa.array(codes))


def distinct(
    payments: pa.Table, columns: tuple[str, ...]
) -> tuple[NDArray[np.int64], list[tuple[str | None, ...]]]:
    """Number the distinct rows of a few columns; the same table always has the same numbers.

    Parameters
    ----------
    payments : pyarrow.Table
        With these columns of text.
    columns : tuple of str
        Whose texts together are one row.

    Returns
    -------
    tuple of (int64[rows], list of tuple)
        The number of each row; the texts of each number.
    """
    code = np.zeros(payments.num_rows, np.int64)
    rows: list[tuple[str | None, ...]] = [()]
    for name in columns:
        column = payments[name].cast(_TEXT).combine_chunks()
        column = column.dictionary_encode(null_encoding="encode")
        texts = column.dictionary.to_pylist()
        if not texts:
            return code, []
        found, code = np.unique(code * len(texts) + column.indices.to_numpy(), return_inverse=True)
        rows = [(*rows[k // len(texts)], texts[k % len(texts)]) for k in found.tolist()]
    return code, rows
