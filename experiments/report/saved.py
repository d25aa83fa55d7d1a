"""What a reader takes along from a page: the numbers of a picture as a file of a spreadsheet.

A link holds the whole file, so nothing is fetched. Templates name the file, `data:save/NAME`; the
file is put in at the end, when the page's words have become those of its place.
"""

import base64
import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.report.tables import Grid

_WANTED = re.compile(r"data:save/([\w-]+)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

CSV = "text/csv;charset=utf-8"
JSON = "application/json"


def grid_csv(grid: "Grid") -> str:
    """Write a table as CSV.

    Parameters
    ----------
    grid : Grid
        A table of a page.

    Returns
    -------
    str
        Head and rows; what a spreadsheet would run as a formula has an apostrophe before it.
    """
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    for row in (grid.head, *grid.rows):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return sink.getvalue()


def data_link(content: bytes, kind: str = CSV) -> str:
    """Give the address of a link that holds a file; empty where there is nothing to hold."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}" if content else ""


def fill_links(text: str, grids: Mapping[str, "Grid"], say: Callable[[str], str]) -> str:
    """Put the files in that links of a page name.

    Parameters
    ----------
    text : str
        The page.
    grids : mapping of str to Grid
        Name of a picture -> its numbers.
    say : callable
        Says a text in the money and the words of the place.

    Returns
    -------
    str
        The page, whole.
    """
    return _WANTED.sub(lambda one: data_link(say(grid_csv(grids[one[1]])).encode()), text)
