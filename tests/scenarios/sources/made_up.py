"""Lists of payments that no council has published, in the shapes that councils publish them in."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.sources.payments import PaymentFile, read_payments

ORGANISATIONS = (
    "Brackenfell Builders Ltd", "Oak & Ash Landscapes Limited", "Millrace Primary School",
    "Quill, Pell and Partners LLP", "St. Wulfric's Hospice", "Total Gas Fitters Ltd",
    "Café Société CIC", "Northmoor Borough Council", "Fenwick's \"24/7\" Cleaning Ltd",
)  # fmt: skip
PERSONS = ("Mr A Quillfeather", "Brenda Thistlewood", "J Ormskirk-Vane", "THISTLEWOOD, BRENDA")
KINDS = ("Building Works", "Grants to Voluntary Bodies", "Agency Staff", "Postage", "Rents")
PLACES = ("Adults", "Children, Families", "Highways", "Finance")


@dataclass(frozen=True)
class Layout:
    """What a list looks like: its headings, which is which, and how a date is written."""

    headings: Sequence[str]
    fields: Sequence[str]
    date: str

    @property
    def amount(self) -> int:
        """Position of the column that is summed."""
        return self.fields.index("pence")

    def abroad(self, rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        """Those rows of a list, its columns in order, whose amount is in another currency."""
        if "currency" not in self.fields:
            return []
        return [row for row in rows if row[self.fields.index("currency")] == "EUR"]


LAYOUTS = (
    Layout(
        ("Body Name", "Service Area", "Expenses Type", "Payment Date", "Transaction Number",
         "Net Amount", "Supplier Name"),
        ("body", "place", "kind", "date", "number", "pence", "payee"), "{d:02d}/{m:02d}/{y}",
    ),
    Layout(
        ("Date", "Supplier", "Amount (£)", "Directorate", "Purpose", "Voucher No"),
        ("date", "payee", "pence", "place", "kind", "number"), "{y}-{m:02d}-{d:02d}",
    ),
    Layout(
        ("Vendor ID", "Vendor Name", "Document No", "Gross", "VAT", "Net", "Clearing Date",
         "Cost Element Description"),
        ("id", "payee", "number", "gross", "vat", "pence", "date", "kind"), "{d}-Apr-{y}",
    ),
    Layout(
        ("paid_date", "beneficiary", "merchant_category", "amount", "department"),
        ("date", "payee", "kind", "pence", "place"), "{d:02d}.{m:02d}.{y}",
    ),
    Layout(
        ("Payment Date", "Supplier Name", "Currency", "Amount", "Expense Type", "Reference"),
        ("date", "payee", "currency", "pence", "kind", "number"), "{d:02d}/{m:02d}/{y}",
    ),
)  # fmt: skip


def money(pence: int, form: int) -> str:
    """Write pence in one of the forms that councils use."""
    pounds = f"{abs(pence) // 100}.{abs(pence) % 100:02d}"
    grouped = f"{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
    minus = "-" if pence < 0 else ""
    return (
        f"{minus}{pounds}",
        f"{minus}{grouped}",
        f"{minus}£{grouped}",
        f"({grouped})" if pence < 0 else grouped,
        f"{pounds}{minus}",
    )[form]


def payments(luck: random.Random, many: int, layout: Layout) -> list[list[str]]:
    """Make rows up, headings first."""
    form = luck.randrange(5)
    rows = [list(layout.headings)]
    for k in range(many):
        pence = luck.randrange(-200_000, 9_000_000)
        day = {"d": luck.randint(1, 28), "m": luck.randint(1, 12), "y": 2023}
        told = {
            "body": "Northmoor Borough Council",
            "place": luck.choice(PLACES),
            "kind": luck.choice(KINDS),
            "date": layout.date.format(**day),
            "number": f"{510000 + k}",
            "currency": luck.choice(("GBP", "GBP", "EUR")) if k else "GBP",
            "id": f"V{luck.randrange(900)}",
            "payee": luck.choice(ORGANISATIONS + PERSONS),
            "pence": money(pence, form),
            "vat": money(pence // 5, form),
            "gross": money(pence + pence // 5, form),
        }
        rows.append([told[name] for name in layout.fields])
    return rows


def read(folder: Path, content: str | bytes, *by_hand: str, name: str = "list.csv") -> PaymentFile:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_payments(path, by_hand)
