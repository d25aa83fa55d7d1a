"""Which words a scenario may use: sectors, spending categories, technologies, keys of each table.

The lists are read from `scenarios/tables` as plain text, so that checking a file loads no
numerical library.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from scenarios.spec.scenario import Scenario

TECHNOLOGY_FILE = re.compile(r"technology_(.+)_sectors\.csv")


@cache
def table_column(table: str, column: str) -> tuple[str, ...]:
    """Read one column of a reference table.

    Parameters
    ----------
    table : str
        File name in `scenarios/tables`, without `.csv`.
    column : str
        Heading of the column.

    Returns
    -------
    tuple of str
        Distinct values, in order of the table.
    """
    return tuple(dict.fromkeys(row[column] for row in _rows(table)))


def nation_money() -> dict[str, str]:
    """Nations whose law is on file, each with the ISO 4217 code of its money."""
    return {row["id"]: row["currency"] for row in _rows("countries")}


def _rows(table: str) -> list[dict[str, str]]:
    text = files("scenarios").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def sector_ids() -> tuple[str, ...]:
    """Ids of the 32 sectors, in code order."""
    return table_column("sectors", "id")


def category_ids() -> tuple[str, ...]:
    """Ids of the 24 spending categories, in code order."""
    return table_column("categories", "id")


@cache
def technology_names() -> tuple[str, ...]:
    """Names of the national input-output tables on file."""
    folder = files("scenarios").joinpath("tables")
    found = (TECHNOLOGY_FILE.fullmatch(file.name) for file in folder.iterdir())
    return tuple(sorted(match.group(1) for match in found if match))


def keys_at(path: Sequence[str | int], top: type[BaseModel] = Scenario) -> tuple[str, ...] | None:
    """List the keys that the table at a path may have.

    Parameters
    ----------
    path : sequence of str and int
        Key path of a table in a file.
    top : type
        What the file holds, by default a scenario.

    Returns
    -------
    tuple of str or None
        The keys; empty where any key may stand (budgets, parameters); None where no table can.
    """
    kinds: list[Any] = [top]
    for part in path:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    keys: list[str] = []
    for kind in kinds:
        if _is_row(kind):
            keys += [field.alias or name for name, field in kind.model_fields.items()]
    if keys:
        return tuple(keys)
    return () if any(get_origin(kind) is dict or kind is Any for kind in kinds) else None


def _is_row(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _inside(kind: Any, part: str | int) -> list[Any]:
    """Types that may stand at one key or position of a type."""
    if kind is Any:
        return [Any]
    if _is_row(kind):
        for name, field in kind.model_fields.items():
            if (field.alias or name) == part:
                return _choices(field.annotation)
        return []
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is dict and isinstance(part, str):
        return _choices(arguments[1])
    if origin in (tuple, list) and isinstance(part, int):
        return _choices(arguments[0])
    return []


def _choices(kind: Any) -> list[Any]:
    """Members of a union, with annotations taken off."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        return [choice for member in get_args(kind) for choice in _choices(member)]
    return [kind]
