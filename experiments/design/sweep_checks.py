"""What is wrong in the plan of a sweep that no value shows by itself: names, ranges, layouts.

Read like a scenario's relations: of data that may be faulty, what is sound is checked.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.design.accepted import AcceptedError, read_accepted
from experiments.design.ignorance import is_uncertain
from experiments.design.points import factors_of, number_of_points
from experiments.design.sweep import DesignPlan
from scenarios.assumptions import Entry
from scenarios.checks.amounts import amount_problems
from scenarios.checks.loose import Path as KeyPath
from scenarios.checks.loose import number, rows, table, unknown, word, words
from scenarios.errors import Problem
from scenarios.spec.explain import show

MOST_VALUES = 100_000_000
"""Points times factors that are held at once: 800 MB."""

IN_REGISTER = "a name in the register"
LAID_OUT = frozenset({"points", "names", "factors"})
USED = {
    "register": LAID_OUT,
    "fixed": frozenset[str](),
    "grid": frozenset({"factors"}),
    "list": frozenset({"points_list"}),
    "latin_hypercube": LAID_OUT,
    "sobol": LAID_OUT | {"second_order"},
    "morris": LAID_OUT | {"levels"},
    "accepted": frozenset({"file", "points"}),
}
"""Keys of [design] that a kind of design reads, besides `kind` and `others`."""
NEEDED = {"grid": "factors", "list": "points_list", "accepted": "file"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan is held against.

    Attributes
    ----------
    entries : mapping of str to Entry
        The register as every place has it.
    measures : collection of str
        Names of the catalogue.
    folder : Path
        What paths are relative to.
    """

    entries: Mapping[str, Entry]
    measures: Collection[str]
    folder: Path


def sweep_problems(data: Mapping[str, Any], known: Known) -> list[Problem]:
    """Check the relations within a plan, and the names that it uses.

    Parameters
    ----------
    data : mapping
        The whole file; parts of the wrong type are passed over.
    known : Known

    Returns
    -------
    list of Problem
    """
    design = table(data, "design")
    return [
        *_twice(("policies", "names"), table(data, "policies")),
        *_kept(data, known),
        *_keys(design),
        *_layout(design),
        *_named(design, known),
        *_factors(design, known),
        *_listed(design, known),
        *_accepted(design, known),
    ]


def size_problems(design: DesignPlan, known: Known, held: Collection[str]) -> Iterator[Problem]:
    """Refuse a design that is without fault and too large to be held, or empty."""
    if design.kind in NEEDED:
        factors = len(design.factors)
    elif design.kind == "fixed":
        return
    else:
        factors = len(factors_of(design, known.entries, held))
        if not factors:
            yield Problem(("design",), "no assumption that may vary", "at least one")
    values = number_of_points(design, factors) * factors
    if values > MOST_VALUES:
        wanted = f"at most {MOST_VALUES:,}"
        hint = "Name fewer assumptions, or ask for fewer points."
        yield Problem(("design",), f"{values:,} values (points x assumptions)", wanted, hint)


def _kept(data: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    keep, months = table(data, "keep"), number(data.get("months"))
    for k, name in words(keep, "measures"):
        path = ("keep", "measures", k)
        yield from unknown(path, name, known.measures, "a measure of the catalogue")
    listed = keep.get("months")
    for k, month in enumerate(listed if isinstance(listed, list) else ()):
        if months is not None and (number(month) or 0) > months:
            yield Problem(("keep", "months", k), f"{month}", f"at most months, {months:g}")


def _twice(path: KeyPath, above: Mapping[str, Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for k, name in words(above, str(path[-1])):
        if name in seen:
            yield Problem((*path, k), f'"{name}" a second time', "each name once")
        seen.add(name)


def _keys(design: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse keys that the kind of design does not read: they would change nothing."""
    kind = word(design, "kind")
    if kind not in USED:
        return
    for key in sorted({key for used in USED.values() for key in used} - USED[kind]):
        if key in design:
            yield Problem(("design", key), f"`{key}`", f"no key that `{kind}` does not read")
    needed = NEEDED.get(kind)
    if needed is not None and not design.get(needed):
        yield Problem(("design", needed), "nothing", f"`{needed}`, which `{kind}` is made of")


def _layout(design: Mapping[str, Any]) -> Iterator[Problem]:
    kind, points, levels = word(design, "kind"), design.get("points"), design.get("levels", 4)
    if kind == "sobol" and isinstance(points, int) and points > 0 and points & (points - 1):
        near = 1 << (points.bit_length() - 1)
        yield Problem(("design", "points"), f"{points}", f"a power of 2, as {near} or {2 * near}")
    if kind == "morris" and isinstance(levels, int) and levels % 2:
        yield Problem(("design", "levels"), f"{levels}", "an even number")


def _named(design: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    yield from _twice(("design", "names"), design)
    ranged = {word(row, "name") for _, row in rows(design, "factors") if "low" in row}
    for k, name in words(design, "names"):
        if name not in ranged:
            yield from varies(("design", "names", k), name, known.entries)


def varies(
    path: KeyPath, name: str, entries: Mapping[str, Entry], table: str = "[[design.factors]]"
) -> Iterator[Problem]:
    """Refuse a name whose range the register is asked for, and has none of."""
    if name not in entries:
        yield from unknown(path, name, entries, IN_REGISTER)
    elif not is_uncertain(entries[name]):
        hint = f"Give it `low` and `high` in {table}."
        yield Problem(path, f'"{name}", which the register has no range for', "a range", hint)


def _factors(design: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    seen: set[str] = set()
    grid = word(design, "kind") == "grid"
    for path, row in rows(design, "factors", ("design",)):
        name, (low, high) = word(row, "name"), (number(row.get(end)) for end in ("low", "high"))
        if name in seen:
            yield Problem((*path, "name"), f'"{name}" a second time', "each assumption once")
        seen.add(name or "")
        if name is not None and name not in known.entries:
            yield from unknown((*path, "name"), name, known.entries, IN_REGISTER)
            continue
        keys = ("low", "high", "distribution") if grid else ("values",)
        for key in keys:
            if key in row:
                wanted = "`values`, of which a grid is made" if grid else "`low` and `high`"
                yield Problem((*path, key), f"`{key}`", wanted)
        if name is None or (grid and not row.get("values")):
            if name is not None:
                yield Problem((*path, "values"), "nothing", "the values of the grid")
            continue
        if not grid:
            yield from range_problems(path, row, low, high)
            if "low" not in row and "high" not in row:
                yield from varies((*path, "name"), name, known.entries)
        yield from bounds_and_values(path, row, known.entries[name])


def range_problems(
    path: KeyPath, row: Mapping[str, Any], low: float | None, high: float | None
) -> Iterator[Problem]:
    """Refuse a range with one end, none between its ends, or no logarithm."""
    for end, other in (("low", "high"), ("high", "low")):
        if end in row and other not in row:
            yield Problem((*path, other), "nothing", f"`{other}` beside `{end}`")
    if low is not None and high is not None and low >= high:
        yield Problem((*path, "high"), f"{high:g}", f"more than low, {low:g}")
    if row.get("distribution") == "log_uniform" and low is not None and low <= 0:
        yield Problem((*path, "low"), f"{low:g}", "a number above 0, which `log_uniform` needs")


def bounds_and_values(path: KeyPath, row: Mapping[str, Any], entry: Entry) -> Iterator[Problem]:
    """Refuse ends and values that the unit of an entry does not allow, and values given twice."""
    for end in ("low", "high"):
        if number(row.get(end)) is not None:
            yield from amount_problems((*path, end), row[end], entry)
    values, seen = row.get("values"), set()
    for k, value in enumerate(values if isinstance(values, list) else ()):
        if number(value) is None:
            continue
        yield from amount_problems((*path, "values", k), value, entry)
        if value in seen:
            yield Problem((*path, "values", k), f"{show(value)} a second time", "each value once")
        seen.add(value)


def _listed(design: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    first: Mapping[str, Any] | None = None
    for path, row in rows(design, "points_list", ("design",)):
        first = row if first is None else first
        for name in sorted(set(first) - set(row)):
            yield Problem((*path, name), "nothing", "the same names at every point")
        for name, value in row.items():
            if name not in known.entries:
                yield from unknown((*path, name), name, known.entries, IN_REGISTER)
            elif number(value) is not None:
                yield from amount_problems((*path, name), value, known.entries[name])
        for name in sorted(set(row) - set(first)):
            yield Problem((*path, name), f"`{name}`", "the same names at every point")


def _accepted(design: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    file = word(design, "file")
    if file is None or word(design, "kind") != "accepted":
        return
    path: KeyPath = ("design", "file")
    try:
        names, values = read_accepted(known.folder / file)
    except AcceptedError as fault:
        yield Problem(path, fault.found, fault.wanted)
        return
    for column, name in enumerate(names):
        if name not in known.entries:
            yield from unknown(path, name, known.entries, IN_REGISTER)
            continue
        entry = known.entries[name]
        told = (list(amount_problems(path, one, entry)) for one in values[:, column].tolist())
        wrong = next((problems[0] for problems in told if problems), None)
        if wrong is not None:
            yield wrong._replace(found=f"{wrong.found} in the column `{name}`")
