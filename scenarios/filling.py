"""From what a person wrote to the whole content: tables filled in, then `--set` applied.

Overrides of `tables`, of the focus and of its neighbours come before the tables are opened, all
others after, so that `--set areas.preston.households=...` finds the area. The numerical library
loads only for a scenario that asks for tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from scenarios.checks.loose import number, rows, word, words
from scenarios.overrides import Override, RefusedOverride, apply_overrides
from scenarios.spec.tables import Tables

TABLES = "tables"
FIRST = (TABLES, "focus", "neighbours")
"""Keys that decide what the tables make."""


@dataclass(frozen=True)
class Filled:
    """Content of a scenario with everything in its place.

    Attributes
    ----------
    data : dict
        Plain data; it may be faulty.
    applied, refused : tuple
        Overrides that were understood, and those that were not.
    written : mapping of str to int
        Part -> how many of its rows stand in the file, where tables added others.
    complete : bool
        False where `[tables]` is faulty, so that what it would have made is missing.
    """

    data: dict[str, Any]
    applied: tuple[Override, ...]
    refused: tuple[RefusedOverride, ...]
    written: Mapping[str, int] = field(default_factory=dict)
    complete: bool = True


def fill(data: dict[str, Any], sets: Iterable[str] = ()) -> Filled:
    """Fill in what `[tables]` asks for, and apply overrides.

    Parameters
    ----------
    data : dict
        A scenario file as tomllib reads it.
    sets : iterable of str
        Overrides, each `key.path=value`.

    Returns
    -------
    Filled
    """
    texts = list(sets)
    first = [text for text in texts if text.partition("=")[0].split(".")[0].strip() in FIRST]
    changed, applied, refused = apply_overrides(data, first)
    written: Mapping[str, int] = {}
    many = 0
    if TABLES in changed:
        try:
            tables = Tables.model_validate(changed[TABLES])
        except ValidationError:
            return Filled(changed, tuple(applied), tuple(refused), complete=False)
        from scenarios.from_tables import expand

        named = {name for _, name in words(changed, "neighbours")}
        named |= {name for _, row in rows(changed, "areas") if (name := word(row, "id"))}
        changed, written = expand(changed, tables, named)
        many = tables.neighbours
    changed, later, refused_later = apply_overrides(changed, (t for t in texts if t not in first))
    if many > 0 and "neighbours" not in changed:
        changed["neighbours"] = nearest_districts(changed, many)
    return Filled(changed, (*applied, *later), (*refused, *refused_later), written)


def nearest_districts(data: Mapping[str, Any], many: int) -> list[str]:
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
        Ids, nearest first; none where the focus is no district with a place on the map.
    """
    places = {}
    for _, row in rows(data, "areas"):
        name, east, north = word(row, "id"), row.get("easting_km"), row.get("northing_km")
        known = number(east) is not None and number(north) is not None
        if name is not None and known and row.get("tier") == "district":
            places[name] = (row["easting_km"], row["northing_km"])
    focus = word(data, "focus")
    if focus not in places:
        return []
    east, north = places.pop(focus)
    far = {name: (x - east) ** 2 + (y - north) ** 2 for name, (x, y) in places.items()}
    return sorted(far, key=lambda name: (far[name], name))[:many]
