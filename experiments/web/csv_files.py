"""Tables to download, as CSV that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi.responses import Response

COMPUTED = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these is computed by a spreadsheet."""


def csv_file(rows: Iterable[Sequence[object]], name: str) -> Response:
    """Write rows as a file to download.

    Parameters
    ----------
    rows : iterable of sequence
        Texts and numbers, the names of the columns first.
    name : str
        Of the file, made by us.
    """
    text = io.StringIO()
    csv.writer(text).writerows([[_still(cell) for cell in row] for row in rows])
    return Response(
        text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )  # fmt: skip


def _still(cell: object) -> object:
    """A text as a spreadsheet shall show it; a number, below zero too, stays one."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(COMPUTED) else cell
