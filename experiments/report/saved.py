"""Every table and picture of a page as a file for a spreadsheet, in a link or on its own.

What a reader saves is plain numbers where a table has them, else its cells as they stand. Text that
a spreadsheet would run as a formula gets an apostrophe first.
"""

import base64
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.report.folder import Estimate
    from experiments.report.tables import Grid

FOLDER = "data"
"""Where the files stand, beside the page."""

CSV = "text/csv;charset=utf-8"
JSON = "application/json"

_RUNS = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?[0-9][0-9,]*(\.[0-9]+)?$")

Value = str | float | int | None


@dataclass(frozen=True)
class Numbers:
    """The numbers behind a table or a picture, a row each.

    Parameters
    ----------
    columns : sequence of str
        Names, with units where a column has one.
    rows : sequence of sequence of (str, float, int or None)
        None is an empty cell: not known.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> str:
    """Write rows as CSV with a header."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([_safe(name) for name in columns])
    writer.writerows([[_safe(value) for value in row] for row in rows])
    return sink.getvalue()


def _safe(value: Value) -> Value:
    if isinstance(value, str) and _RUNS.match(value) and not _NUMBER.match(value):
        return f"'{value}"
    return value


def grid_csv(grid: "Grid") -> str:
    """Write a table as CSV: its numbers, or its cells where it has none."""
    if grid.numbers is None:
        return as_csv(grid.head, grid.rows)
    return as_csv(grid.numbers.columns, grid.numbers.rows)


ESTIMATE = ("mean", "interval_low", "interval_high", "futures")
"""Columns of an average with its 95 % interval."""


def estimated(value: "Estimate") -> tuple[Value, ...]:
    """Give an average in the columns of `ESTIMATE`."""
    return value.mean, value.low, value.high, value.n or None


@dataclass
class Saver:
    """Keeps the files that a page offers, as the page is set.

    Parameters
    ----------
    say : callable
        Says a text in the words of the place.
    files : dict of str to bytes
        Name of each file and its bytes.
    """

    say: Callable[[str], str] = str
    files: dict[str, bytes] = field(default_factory=dict)

    def link(self, grid: "Grid", name: str) -> str:
        """Keep a table under a name and give the link to it."""
        content = self.say(grid_csv(grid)).encode()
        self.files[f"{name}.csv"] = content
        return data_link(content)


def data_link(content: bytes, kind: str = CSV) -> str:
    """Give the address of a link that holds a file; empty where there is nothing to hold."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}" if content else ""
