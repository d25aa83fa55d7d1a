"""From what a person wrote to the whole content: tables filled in, then `--set` applied.

Overrides of `tables` itself come before the tables are opened, all others after, so that
`--set areas.preston.households=...` finds the area. The numerical library loads only for a
scenario that asks for tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from scenarios.overrides import Override, RefusedOverride, apply_overrides
from scenarios.spec.tables import Tables

TABLES = "tables"


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
    if TABLES not in data:
        changed, applied, refused = apply_overrides(data, texts)
        return Filled(changed, tuple(applied), tuple(refused))
    first = [text for text in texts if text.partition("=")[0].split(".")[0].strip() == TABLES]
    changed, applied, refused = apply_overrides(data, first)
    try:
        tables = Tables.model_validate(changed[TABLES])
    except ValidationError:
        return Filled(changed, tuple(applied), tuple(refused), complete=False)
    from scenarios.from_tables import expand, named_neighbours

    expanded = expand(changed, tables)
    rest = [text for text in texts if text not in first]
    changed, later, refused_later = apply_overrides(expanded.data, rest)
    if "neighbours" not in changed:
        changed["neighbours"] = named_neighbours(changed, tables.neighbours)
    return Filled(
        changed,
        (*applied, *later),
        (*refused, *refused_later),
        expanded.written,
    )
