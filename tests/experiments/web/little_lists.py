"""Lists of payments that no council has published, for the pages to read."""

from collections.abc import Sequence

from httpx2 import Response

from tests.experiments.web.asking import Asking

File = tuple[str, bytes]
HEAD = ("Payment Date", "Supplier Name", "Amount", "Expense Type", "Reference")
ROWS = (
    ("01/04/2024", "Brackenfell Builders Ltd", "1,250.00", "Building Works", "R1"),
    ("15/04/2024", "Quill, Pell and Partners LLP", "640.10", "Legal Fees", "R2"),
    ("03/05/2024", "Millrace Primary School", "980.00", "School Meals", "R3"),
    ("09/05/2024", "Brenda Thistlewood", "310.00", "Foster Care", "R4"),
    ("20/06/2024", "Brackenfell Builders Limited", "2,000.00", "Building Works", "R5"),
    ("21/06/2024", "St. Wulfric's Hospice", "700.00", "Grants to Voluntary Bodies", "R6"),
)
PENCE = 5_880_10

SCRIPT = "<script>alert(1)</script> Fencing Ltd"
FORMULA = '=HYPERLINK("http://example.org","x") Drains Ltd'


def as_csv(rows: Sequence[Sequence[str]] = ROWS, head: Sequence[str] = HEAD) -> bytes:
    """Write a list as councils do."""
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    return "\r\n".join([",".join(head), *lines, ""]).encode()


def paid(*names: str) -> list[tuple[str, str, str, str, str]]:
    """Payments of £1,000 each to those who are named."""
    return [
        (f"{day:02d}/07/2024", name, "1000.00", "Building Works", f"N{day}")
        for day, name in enumerate(names, start=1)
    ]


def hand_in(
    client: Asking, at: str, *files: File, council: str = "Tameside",
    contracts: Sequence[File] = (),
) -> Response:  # fmt: skip
    """Upload files of payments at the address of a place."""
    sent = [("payments", (name, data, "text/csv")) for name, data in files]
    sent += [("contracts", (name, data, "text/csv")) for name, data in contracts]
    return client.post(f"{at}/payments", data={"council": council}, files=sent)
