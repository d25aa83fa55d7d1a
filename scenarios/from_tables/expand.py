"""What `[tables]` of a scenario file asks for is written into its data, before anything is changed.

Rows that stand in the file come first and take the place of made ones of the same id, so that a
person can put better knowledge in the place of an estimate.
"""

from collections.abc import Collection, Mapping
from typing import Any

from scenarios.from_tables.areas import Row
from scenarios.from_tables.councils import council_rows, serving_rows, with_known
from scenarios.from_tables.extent import all_rows, extent
from scenarios.from_tables.one_place import nearest, one_place_rows
from scenarios.spec.tables import Tables
from scenarios.tables import categories

Data = dict[str, Any]


def expand(
    data: Mapping[str, Any], tables: Tables, named: Collection[str]
) -> tuple[Data, dict[str, int]]:
    """Add the areas and councils that a scenario takes from the tables.

    Parameters
    ----------
    data : mapping
        A scenario file as tomllib reads it. With `detail` focus, a focus that is no district gets
        all districts, among which it can be looked for.
    tables : Tables
        Its `[tables]`, checked.
    named : collection of str
        Areas and neighbours that the file names: with `detail` focus, those among them that are
        districts are areas of their own.

    Returns
    -------
    data : dict
        The file's own rows first, then those made, but for ids that the file uses itself.
    written : dict of str to int
        Part -> how many of its rows stand in the file; those after them are made.
    """
    areas, buyers = _made(data, tables, named)
    spent = {category.id for category in categories()}
    for k, row in enumerate(buyers):
        known = tables.budgets.get(row["id"], {})
        buyers[k] = with_known(row, {name: known[name] for name in known if name in spent})
    made = {"areas": areas, "buyers": buyers}
    out: Data = dict(data)
    written = {}
    for part, made_rows in made.items():
        own = data.get(part, [])
        if not isinstance(own, list):
            continue
        written_ids = {row.get("id") for row in own if isinstance(row, dict)}
        out[part] = [*own, *(row for row in made_rows if row["id"] not in written_ids)]
        written[part] = len(own)
    return out, written


def _made(
    data: Mapping[str, Any], tables: Tables, named: Collection[str]
) -> tuple[list[Row], list[Row]]:
    habits = tables.councils.model_dump()
    reach = extent(tables.districts)
    focus = reach.by_id(data.get("focus"))
    if tables.detail == "all" or focus is None:
        return all_rows(reach), council_rows(habits, reach)
    beside = set(named)
    if "neighbours" not in data:
        beside |= {one.id for one in nearest(focus, tables.neighbours, reach)}
    return one_place_rows(focus, tables.county, beside, reach), serving_rows(focus, habits)
