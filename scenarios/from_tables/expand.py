"""What `[tables]` of a scenario file asks for is written into its data, before anything is changed.

Rows that stand in the file come first and take the place of made ones of the same id, so that a
person can put better knowledge in the place of an estimate.
"""

from collections.abc import Mapping
from typing import Any

from scenarios.from_tables.areas import area_rows
from scenarios.from_tables.councils import council_rows
from scenarios.spec.tables import Tables

Data = dict[str, Any]


def expand(data: Mapping[str, Any], tables: Tables) -> tuple[Data, dict[str, int]]:
    """Add the areas and councils that a scenario takes from the tables.

    Parameters
    ----------
    data : mapping
        A scenario file as tomllib reads it.
    tables : Tables
        Its `[tables]`, checked.

    Returns
    -------
    data : dict
        The file's own rows first, then those made, but for ids that the file uses itself.
    written : dict of str to int
        Part -> how many of its rows stand in the file; those after them are made.
    """
    habits = tables.councils.model_dump()
    made = {"areas": area_rows(), "buyers": council_rows(habits)}
    out: Data = dict(data)
    written = {}
    for part, rows in made.items():
        own = data.get(part, [])
        if not isinstance(own, list):
            continue
        known = {row.get("id") for row in own if isinstance(row, dict)}
        out[part] = [*own, *(row for row in rows if row["id"] not in known)]
        written[part] = len(own)
    return out, written
