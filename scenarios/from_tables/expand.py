"""What `[tables]` of a scenario file asks for is written into its data, before anything is changed.

Rows that stand in the file come first and take the place of made ones of the same id, so that a
person can put better knowledge in the place of an estimate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.from_tables.areas import area_rows
from scenarios.from_tables.councils import council_rows
from scenarios.spec.tables import Tables

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expanded:
    """Data of a scenario with the rows made from the tables.

    Attributes
    ----------
    data : dict
        Content of the file and the made rows.
    written : mapping of str to int
        Part -> how many of its rows stand in the file; those after them are made.
    """

    data: Data
    written: Mapping[str, int]


def expand(data: Mapping[str, Any], tables: Tables) -> Expanded:
    """Add the areas and councils that a scenario takes from the tables.

    Parameters
    ----------
    data : mapping
        A scenario file as tomllib reads it.
    tables : Tables
        Its `[tables]`, checked.

    Returns
    -------
    Expanded
        The file's own rows first, then those made, but for ids that the file uses itself.
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
    return Expanded(out, written)


def named_neighbours(data: Mapping[str, Any], many: int) -> list[str]:
    """Name the districts nearest to the focus, centre to centre.

    Parameters
    ----------
    data : mapping
        Content with areas and focus; it may be faulty.
    many : int
        How many to name.

    Returns
    -------
    list of str
        Ids, nearest first; none where the focus is no area with a place on the map.
    """
    rows = data.get("areas", [])
    places = {
        row["id"]: (row["easting_km"], row["northing_km"])
        for row in rows
        if isinstance(row, dict)
        and isinstance(row.get("id"), str)
        and row.get("tier") == "district"
        and all(isinstance(row.get(key), int | float) for key in ("easting_km", "northing_km"))
    }
    focus = data.get("focus")
    if not isinstance(focus, str) or focus not in places:
        return []
    east, north = places.pop(focus)
    far = {name: (x - east) ** 2 + (y - north) ** 2 for name, (x, y) in places.items()}
    return sorted(far, key=lambda name: (far[name], name))[:many]
