"""Which columns and which single values an economy is made of, read off its own declaration.

`parties.deposits` names the column `deposits` of the parties; one place declares it
(`simulation.economy.columns`), and whoever writes or reads an economy asks here.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from scenarios.errors import Problem
from simulation.economy.columns import Economy, Int64

Shapes = Mapping[str, tuple[np.dtype[Any], tuple[int, ...]]]

TWO_WAYS = {
    "areas.ancestor": "area x tier",
    "areas.commuting": "area of home x area of work",
    "buyers.budget_month": "buyer x category",
    "buyers.payroll_month": "buyer x category",
    "buyers.jobs_in": "buyer x area",
}
"""Columns with a second axis."""

STARTS = "start"
"""The column of a network that has a row for each payer and one more."""

PAYERS = {"supply": "firms", "shopping": "households"}
"""Whose rows a network starts from; payrolls start from every row before the households."""


@cache
def declared_columns() -> dict[str, np.dtype[Any]]:
    """Name and type of every column, in the order of the declaration."""
    return {name: _dtype(hint) for name, hint in _declared(Economy) if _is_column(hint)}


@cache
def declared_values() -> dict[str, TypeAdapter[Any]]:
    """Name and checker of everything that is no column: names, row numbers, notes."""
    return {name: TypeAdapter(hint) for name, hint in _declared(Economy) if not _is_column(hint)}


def take_apart(economy: Economy) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Give the columns and the single values of an economy by name.

    Parameters
    ----------
    economy : Economy
        As built.

    Returns
    -------
    columns : dict of str to array
        The economy's own arrays, nothing copied; standing contracts as columns.
    values : dict of str to anything that JSON can hold
    """
    columns: dict[str, NDArray[Any]] = {}
    values: dict[str, Any] = {}
    for name, hint in _declared(Economy):
        group, _, last = name.rpartition(".")
        whole = getattr(economy, group) if group else economy
        if isinstance(whole, list):
            columns[name] = np.array([getattr(row, last) for row in whole], dtype=np.int64)
        elif _is_column(hint):
            columns[name] = getattr(whole, last)
        else:
            values[name] = getattr(whole, last)
    return columns, values


def put_together(columns: Mapping[str, NDArray[Any]], values: Mapping[str, Any]) -> Economy:
    """Make an economy of what `take_apart` gave; the arrays become its own, nothing is copied.

    Parameters
    ----------
    columns, values : mapping
        Without a problem by `problems_of_columns` and `problems_of_values`.

    Returns
    -------
    Economy
    """
    made: Economy = _made(Economy, "", columns, values)
    return made


def problems_of_columns(found: Shapes) -> list[Problem]:
    """Hold the columns of a file against the declaration and against one another.

    Parameters
    ----------
    found : mapping of str to (dtype, shape)

    Returns
    -------
    list of Problem
        Columns that are missing, strange, of another type or of a length that does not fit.
    """
    wanted = declared_columns()
    problems = [
        Problem((name,), "no such column", f"one of {dtype}")
        for name, dtype in wanted.items()
        if name not in found
    ]
    problems += [
        Problem((name,), "a column that no economy has", "none of that name")
        for name in found
        if name not in wanted
    ]
    for name, dtype in wanted.items():
        if name not in found:
            continue
        has, shape = found[name]
        axes = TWO_WAYS.get(name, "one axis")
        if has != dtype:
            problems.append(Problem((name,), f"numbers of {has}", f"numbers of {dtype}"))
        if len(shape) != (2 if name in TWO_WAYS else 1):
            problems.append(Problem((name,), f"the shape {shape}", axes))
    return problems + _problems_of_length(found)


def problems_of_values(found: Mapping[str, Any], rows: Shapes) -> list[Problem]:
    """Hold the single values of a file against the declaration, and lists against the columns."""
    problems = []
    for name, checker in declared_values().items():
        if name not in found:
            problems.append(Problem((name,), "no such value", "a value"))
            continue
        value = found[name]
        try:
            checker.validate_json(json.dumps(value), strict=True)
        except ValidationError as fault:
            said = fault.errors()[0]["msg"].lower()
            problems.append(Problem((name,), f"a value of another kind ({said})", "its own kind"))
            continue
        length = rows_of(rows).get(name.partition(".")[0])
        if isinstance(value, list) and length is not None and len(value) != length:
            problems.append(Problem((name,), f"{len(value):,} entries", f"{length:,}"))
    if isinstance(first := found.get("households.first"), int):
        problems += _problems_of_order(first, rows)
    strange = sorted(set(found) - set(declared_values()))
    return problems + [
        Problem((name,), "a value that no economy has", "none of that name") for name in strange
    ]


def rows_of(found: Shapes) -> dict[str, int]:
    """Rows of each group of columns: what most of its columns have (links: one a payment)."""
    lengths: dict[str, Counter[int]] = {}
    for name, (_, shape) in found.items():
        group, _, last = name.rpartition(".")
        if shape and last != STARTS and name in declared_columns():
            lengths.setdefault(group, Counter())[shape[0]] += 1
    return {group: counted.most_common(1)[0][0] for group, counted in lengths.items()}


def _problems_of_length(found: Shapes) -> list[Problem]:
    """Columns that are longer or shorter than the others of their group."""
    rows = rows_of(found)
    problems = []
    for name, (_, shape) in found.items():
        group, _, last = name.rpartition(".")
        wanted = rows.get(PAYERS.get(group, "")) if last == STARTS else rows.get(group)
        if wanted is None or not shape:
            continue
        wanted += last == STARTS
        if shape[0] != wanted:
            where = "one more than payers" if last == STARTS else f"as the others of {group}"
            problems.append(Problem((name,), f"{shape[0]:,} rows", f"{wanted:,}, {where}"))
    return problems


def _problems_of_order(first: int, found: Shapes) -> list[Problem]:
    """Whether households follow all other parties, and these have a payroll each."""
    rows = rows_of(found)
    problems = []
    if "parties" in rows and rows["parties"] != first + rows.get("households", 0):
        wanted = f"{rows['parties'] - rows.get('households', 0):,}, the parties before households"
        problems.append(Problem(("households.first",), f"{first:,}", wanted))
    name = f"payroll.{STARTS}"
    length = found[name][1][:1] if name in found else ()
    if length and length[0] != first + 1:
        wanted = f"{first + 1:,}, one more than payers"
        problems.append(Problem((name,), f"{length[0]:,} rows", wanted))
    return problems


def _declared(kind: type, group: str = "") -> Iterator[tuple[str, Any]]:
    """Name and type of every leaf of the declaration."""
    for name, hint in get_type_hints(kind).items():
        if is_dataclass(hint):
            yield from _declared(hint, f"{group}{name}.")  # type: ignore[arg-type]
        elif get_origin(hint) is list:
            for last in get_type_hints(get_args(hint)[0]):
                yield f"{group}{name}.{last}", Int64
        else:
            yield group + name, hint


def _is_column(hint: Any) -> bool:
    return get_origin(hint) is np.ndarray


def _dtype(hint: Any) -> np.dtype[Any]:
    dtype: np.dtype[Any] = np.dtype(get_args(get_args(hint)[1])[0])
    return dtype


def _made(
    kind: type, group: str, columns: Mapping[str, NDArray[Any]], values: Mapping[str, Any]
) -> Any:
    parts: dict[str, Any] = {}
    for name, hint in get_type_hints(kind).items():
        path = group + name
        if is_dataclass(hint):
            parts[name] = _made(hint, f"{path}.", columns, values)  # type: ignore[arg-type]
        elif get_origin(hint) is list:
            row = get_args(hint)[0]
            listed = [columns[f"{path}.{last}"].tolist() for last in get_type_hints(row)]
            parts[name] = [row(*one) for one in zip(*listed, strict=True)]
        elif _is_column(hint):
            parts[name] = columns[path]
        else:
            checker = declared_values()[path]
            parts[name] = checker.validate_json(json.dumps(values[path]), strict=True)
    return kind(**parts)
