"""Tables as files to download: CSV whose cells no spreadsheet takes for a formula."""

import io

import pyarrow as pa
import pyarrow.csv as pa_csv
from fastapi.responses import Response

from experiments.report.tables import Grid
from experiments.store.imported import formula_safe

MARK = b"\xef\xbb\xbf"
"""With it spreadsheets read pound signs as they are."""


def csv_of(grid: Grid) -> bytes:
    """Write a table as CSV."""
    columns = [
        pa.array([row[at] for row in grid.rows], pa.string()) for at in range(len(grid.head))
    ]
    buffer = io.BytesIO()
    pa_csv.write_csv(formula_safe(pa.table(columns, names=list(grid.head))), buffer)
    return MARK + buffer.getvalue()


def download(name: str, data: bytes, kind: str = "text/csv") -> Response:
    """Answer with a file; `name` is made by us."""
    return Response(
        data, media_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
