"""Lists in styles of publishers that nobody here has seen, each with the sum that it comes to.

All hold the same six payments, dressed up; where a style cannot be told for sure, what the refusal
has to say stands in the place of the sum.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

PAID: Sequence[tuple[str, int, date]] = (
    ("Brackenfell Builders Ltd", 152032, date(2023, 4, 3)),
    ("Millrace Primary School", 25010, date(2023, 4, 4)),
    ("Quill, Pell and Partners LLP", -10005, date(2023, 4, 17)),
    ("Oak & Ash Landscapes Limited", 99, date(2023, 4, 28)),
    ("Northmoor Borough Council", 1234567, date(2023, 5, 2)),
    ("Café Société CIC", 60000, date(2023, 5, 31)),
)
SUM = sum(pence for _, pence, _ in PAID)
HEAD = ["Date", "Supplier", "Amount", "Service"]


@dataclass(frozen=True)
class Style:
    """One list, and what it comes to.

    Attributes
    ----------
    content : bytes
        The file.
    used, pence : int
        Payments, and their sum.
    aside : mapping of str to int
        Rows set aside by reason.
    months : sequence of str
        Of the payments; empty where they are unknown, None where they are those of the six.
    refused : str
        A pattern of the refusal; empty where the list is read.
    told : str
        A pattern of a note.
    """

    content: bytes
    used: int = len(PAID)
    pence: int = SUM
    aside: Mapping[str, int] = field(default_factory=dict)
    months: Sequence[str] | None = None
    refused: str = ""
    told: str = ""
    name: str = "list.csv"


def pounds(pence: int) -> str:
    """1234.50."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def grouped(pence: int) -> str:
    """1,234.50."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def british(day: date) -> str:
    """03/04/2023."""
    return f"{day:%d/%m/%Y}"


def rows(
    money: Callable[[int], str] = pounds, when: Callable[[date], str] = british
) -> list[list[str]]:
    """The six payments under `HEAD`."""
    return [[when(day), payee, money(pence), "Adults"] for payee, pence, day in PAID]


def text(lines: Sequence[Sequence[str]], mark: str = ",", end: str = "\r\n") -> bytes:
    """Write cells."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=mark, lineterminator=end).writerows(lines)
    return made.getvalue().encode()


def under(head: Sequence[str], lines: Sequence[Sequence[str]], **how: str) -> bytes:
    """Write a list with its headings."""
    return text([list(head), *lines], **how)


def with_column(heading: str, cells: Sequence[str], money: Callable[[int], str] = pounds) -> bytes:
    """The six payments with one column more."""
    return under(
        [*HEAD, heading], [[*row, cell] for row, cell in zip(rows(money), cells, strict=True)]
    )


def dated(when: Callable[[date], str]) -> bytes:
    """The six payments with dates of another form."""
    return under(HEAD, rows(when=when))


def footed(*foot: Sequence[str]) -> bytes:
    """The six payments with rows below them."""
    return under(HEAD, [*rows(), *foot])


def headed(*top: Sequence[str]) -> bytes:
    """The six payments with rows above the headings."""
    return text([*top, HEAD, *rows()])


def turned(order: Sequence[str], **columns: Sequence[str]) -> bytes:
    """Lists by columns: headings in order, cells by position."""
    return under(order, list(zip(*columns.values(), strict=True)))


PAYEES = [payee for payee, _, _ in PAID]
AMOUNTS = [pounds(pence) for _, pence, _ in PAID]
DAYS = [british(day) for _, _, day in PAID]
PENCE = [pence for _, pence, _ in PAID]


def subtotals(label: Callable[[str], Sequence[str]]) -> bytes:
    """A subtotal below the payments of each half, and a total below all."""
    half = rows()
    first, second = pounds(sum(PENCE[:3])), pounds(sum(PENCE[3:]))
    return under(
        HEAD,
        [*half[:3], label(first), *half[3:], label(second), ["", "", "", ""], label(pounds(SUM))],
    )


def html() -> bytes:
    """A table of a web page, which spreadsheets save and open as xls."""
    cells = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEAD, *rows()]
    )
    return f"<html><body><table>{cells}</table></body></html>".encode()


def numbers(as_dates: bool = True) -> list[list[object]]:
    """The six payments as a workbook holds them."""
    return [
        [day if as_dates else british(day), payee, pence / 100, "Adults"]
        for payee, pence, day in PAID
    ]
