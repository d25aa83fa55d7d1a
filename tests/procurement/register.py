"""The numbers and legal routes of every way of buying, as they were when last moved on purpose.

    python -m tests.procurement.register    writes register.csv and routes.csv anew, says what moved

An assumption that moves is a change to every result: so it has to be moved here, too, and said in
CHANGELOG.md. What is only worded is free: what an entry does and who says so, the notes of a route.
Assumptions that no way of buying owns are tables already (`scenarios/assumptions`).
"""

import csv
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from scenarios.assumptions import Entry
from simulation.procurement import registry
from simulation.procurement.routes import Route

HERE = Path(__file__).resolve().parent
ENTRIES = HERE / "register.csv"
ROUTES = HERE / "routes.csv"
AGAIN = "Where it was meant to move: python -m tests.procurement.register, and say so in CHANGELOG."

Row = dict[str, str]
Table = dict[str, Row]
"""Rows by the words that name them, cells by the name of their column."""


def entries() -> Table:
    """Every parameter of the ways of buying that are built in, by its name in the register."""
    return {
        entry.name: _of_entry(entry)
        for way in registry.BUILT_IN
        for entry in registry.get(way).parameters
    }


def routes() -> Table:
    """Every legal basis that a way of buying declares, or buys by once it is opened to all.

    Raises
    ------
    ValueError
        Where a way of buying declares a power twice.
    """
    found: Table = {}
    for way in registry.BUILT_IN:
        regime = registry.get(way)
        for use, declared in ((way, regime.lawful), (f"{way} opened to all", regime.opened_routes)):
            for route in declared:
                key = f"{use}: {route.power}"
                if key in found:
                    raise ValueError(f"{key!r} stands twice; word its powers so that they differ")
                found[key] = _of_route(route)
    return found


def _of_entry(entry: Entry) -> Row:
    return {
        "unit": entry.unit, "value": _number(entry.value), "low": _number(entry.low),
        "high": _number(entry.high), "null": _number(entry.null),
        "distribution": entry.distribution, "grade": entry.grade, "role": entry.role,
    }  # fmt: skip


def _of_route(route: Route) -> Row:
    return {
        "nation": route.nation, "since": _month(route.since), "until": _month(route.until),
        "classes": " ".join(route.classes), "buyers": " ".join(route.buyers),
        "below_threshold_only": _yes(route.below_threshold_only),
        "contested": _yes(route.contested), "longest_months": str(route.longest_months),
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def _month(date: tuple[int, int] | None) -> str:
    return "" if date is None else f"{date[0]}-{date[1]:02d}"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def on_file(path: Path) -> Table:
    """Return a table as it was written."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row.pop("key"): row for row in csv.DictReader(file)}


def text_of(table: Table) -> str:
    """Return a table as it is written."""
    columns = list(next(iter(table.values())))
    text = io.StringIO()
    writer = csv.DictWriter(text, ["key", *columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"key": key, **row} for key, row in table.items())
    return text.getvalue()


def moved(old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[str]:
    """Say of each row that moved from what to what, and which came and went."""
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            yield f"{key}: gone"
        elif key not in old:
            yield f"{key}: new, {', '.join(f'{name} {cell}' for name, cell in new[key].items())}"
        else:
            for name, cell in new[key].items():
                before = old[key].get(name, "")
                if cell != before:
                    yield f"{key}: {name} from {before or 'nothing'} to {cell or 'nothing'}"


def main() -> int:
    """Write both tables, and say what moved."""
    for path, new in ((ENTRIES, entries()), (ROUTES, routes())):
        said = list(moved(on_file(path), new))
        sys.stdout.write(f"{path.name}: {len(said)} moved\n" + "".join(f"  {x}\n" for x in said))
        path.write_text(text_of(new), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
