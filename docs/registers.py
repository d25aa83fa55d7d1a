"""Pages of the reference that are made from the registers of the code when the site is built.

Commands come from the command line itself, ways of buying from the registry, assumptions from the
register, measures from the catalogue, keys of a scenario from its schema. Nothing of them is
written by hand, so nothing of them can be out of date.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "reference/made"
NOTES = "notes"
"""Where the notes beside scenarios and tables stand on the site, under `FOLDER`."""

NOTE = "This page is made from the code of this version."


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Write a Markdown table; bars and line ends in a cell are kept from breaking it."""
    lines = [_row(head), _row(["---"] * len(head))]
    return [*lines, *(_row([_cell(one) for one in row]) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = " ".join(str(value).split())
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, one in inner.items():
        yield from _commands(one, f"{path} {name}")


def commands() -> str:
    """Every command with its arguments, its options and their defaults."""
    from typer.main import get_command

    from experiments.cli.app import app

    lines = ["# Commands", "", NOTE, ""]
    for path, command in _commands(get_command(app), "poundflow"):
        lines += [f"## {path}", "", " ".join(str(command.help or "").split()), ""]
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        options = [one for one in command.params if one.param_type_name == "option"]
        if arguments:
            rows = [(f"`{one.metavar or one.name}`", one.help or "") for one in arguments]
            lines += table(("argument", "meaning"), rows)
        if options:
            named = [(one, ", ".join(f"`{name}`" for name in one.opts)) for one in options]
            rows = [(names, one.help or "", _default(one.default)) for one, names in named]
            lines += table(("option", "meaning", "if left out"), rows)
    return "\n".join(lines)


def _default(value: object) -> str:
    if value is None or value is False or value == () or value == []:
        return ""
    return f"`{value}`"


def ways() -> str:
    """Every way of buying with its parameters and its routes in law."""
    from simulation.procurement.registry import get, names

    lines = ["# Ways of buying: parameters and law", "", NOTE, ""]
    for name in names():
        regime = get(name)
        lines += [f"## {regime.title}", "", f"`{name}`. {regime.summary}", ""]
        routes = [
            (
                f"{route.power}{' (contested)' if route.contested else ''}",
                _month(route.since),
                _month(route.until) if route.until else "",
                route.note,
            )
            for route in dict.fromkeys((*regime.lawful, *regime().routes))
        ]
        if routes:
            lines += table(("power", "from", "until", "note"), routes)
        if regime.parameters:
            lines += table(*_entries(regime.parameters))
    return "\n".join(lines)


def _month(month: tuple[int, int]) -> str:
    return date(*month, 1).strftime("%b %Y")


def _entries(entries: Iterable[Any]) -> tuple[Sequence[str], list[Sequence[object]]]:
    head = ("number", "value", "range", "absent at", "grade")
    return head, [
        (
            f"`{entry.name}` [{entry.unit}]: {entry.what} Source: {entry.source}",
            f"{entry.value:g}",
            f"{entry.low:g} to {entry.high:g}" if entry.distribution != "fixed" else "fixed",
            "" if entry.null is None else f"{entry.null:g}",
            entry.grade.replace("_", " "),
        )
        for entry in sorted(entries, key=lambda entry: entry.name)
    ]


def assumptions() -> str:
    """Every number that is not data."""
    from experiments.runner.replicate import all_entries

    entries = sorted(all_entries().values(), key=lambda entry: entry.name)
    lines = ["# The assumptions register", "", NOTE, ""]
    lines += [f"{len(entries)} numbers that are not data, each with range, grade and source.", ""]
    counted = Counter(entry.grade for entry in entries)
    grades = [(grade.replace("_", " "), count) for grade, count in counted.most_common()]
    lines += table(("grade of the source", "numbers"), grades)
    for group, members in groupby(entries, key=lambda entry: entry.name.partition(".")[0]):
        lines += [f"## {group}", "", *table(*_entries(members))]
    return "\n".join(lines)


def data() -> str:
    """Every table of reference data: what it holds, who published it, its licence and its bytes."""
    tables = ROOT / "scenarios" / "tables"
    told = _told_of_tables(tables)
    files = sorted(tables.glob("*.csv"))
    rows = [(f"`{path.name}`", *told[path.name], *_measured(path)) for path in files]
    head = ("file", "holds", "publisher, year", "licence", "rows", "bytes", "SHA-256 begins")
    said = (
        f"{len(files)} tables of published figures come with the package. How each was worked out "
        f"stands in the notes: {_notes(tables)}."
    )
    shelf = (
        "Each scenario of the shelf has figures of its own, each with its source in the note "
        f"beside it: {_notes(tables.parent / 'library')}."
    )
    return "\n".join(["# The data log", "", NOTE, "", said, "", *table(head, rows), shelf])


def _notes(folder: Path) -> str:
    """Links to the notes in a folder."""
    notes = sorted(folder.glob("*.md"))
    return ", ".join(f"[{note.stem}]({NOTES}/{folder.name}/{note.name})" for note in notes)


def _told_of_tables(tables: Path) -> dict[str, tuple[str, ...]]:
    """What the notes beside the tables say of each: what it holds, publisher and year, licence."""
    told: dict[str, tuple[str, ...]] = {}
    for note in sorted(tables.glob("*.md")):
        for line in note.read_text("utf-8").splitlines():
            told_here = line.replace("see below", f"see {note.stem}")
            cells = [cell.strip() for cell in told_here.strip("|").split("|")]
            if not line.startswith("|") or len(cells) not in (2, 4):
                continue
            for name in re.findall(r"[\w-]+\.csv", cells[0]):
                by_column = (f"column by column, see {note.stem}", "in the note")
                told[name] = (cells[1], *(cells[2:] or by_column))
    return told


def _measured(path: Path) -> tuple[int, int, str]:
    """Rows under the head, bytes, and the beginning of the digest of a table."""
    text = path.read_bytes()
    return len(text.splitlines()) - 1, len(text), f"`{sha256(text).hexdigest()[:16]}`"


def measures() -> str:
    """Every measure, in the words of the report and in those of its source."""
    from experiments.report.glossary import GROUPS, term
    from simulation.measures.catalogue import CATALOGUE

    by_group: dict[str, list[Any]] = {}
    for one in CATALOGUE:
        by_group.setdefault(term(one.name).group, []).append(one)
    lines = ["# Measures", "", NOTE, ""]
    for group, title in GROUPS.items():
        rows = [
            (
                f"`{one.name}` ({term(one.name).title}): {one.what} Source: {one.source}.",
                one.unit,
                one.nature,
            )
            for one in by_group.get(group, [])
        ]
        if rows:
            lines += [f"## {title}", "", *table(("measure", "unit", "kind"), rows)]
    return "\n".join(lines)


def scenario() -> str:
    """Every key of a scenario file, table by table."""
    from scenarios.spec import Scenario

    lines = ["# Keys of a scenario", "", NOTE, ""]
    told: set[type[BaseModel]] = set()
    waiting: list[tuple[str, type[BaseModel]]] = [("the file itself", Scenario)]
    while waiting:
        where, model = waiting.pop(0)
        if model in told:
            continue
        told.add(model)
        lines += [f"## {model.__name__}: {where}", ""]
        lines += [" ".join((model.__doc__ or "").split("\n\n")[0].split()), ""]
        rows = []
        for name, field in model.model_fields.items():
            key = field.alias or name
            rows.append((f"`{key}`", field.description or "", _kept(field), _bounds(field)))
            waiting += [(f"`{key}` of {model.__name__}", one) for one in _inside(field.annotation)]
        lines += table(("key", "meaning", "if left out", "bounds"), rows)
    return "\n".join(lines)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, UnionType) or get_args(annotation):
        for one in get_args(annotation):
            yield from _inside(one)


def _kept(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    return "" if value is None or value in ((), {}, []) else f"`{value}`"


def _bounds(field: FieldInfo) -> str:
    found = [*_limits(field.metadata), *_limits_within(field.annotation)]
    return ", ".join(dict.fromkeys(found))


def _limits_within(annotation: Any) -> Iterator[str]:
    for one in get_args(annotation):
        if isinstance(one, FieldInfo):
            yield from _limits(one.metadata)
        else:
            yield from _limits_within(one)


def _limits(metadata: Iterable[Any]) -> Iterator[str]:
    for one in metadata:
        for name, sign in (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<")):
            if hasattr(one, name):
                yield f"{sign} {getattr(one, name):,}"


PAGES: Mapping[str, Any] = {
    "commands": commands,
    "ways": ways,
    "assumptions": assumptions,
    "data": data,
    "measures": measures,
    "scenario": scenario,
}


def make(folder: Path) -> None:
    """Write every page of the reference into a folder; one that says the same is left alone."""
    written = {folder / f"{name}.md": made() + "\n" for name, made in PAGES.items()}
    for note in sorted(folder.parents[2].joinpath("scenarios").rglob("*.md")):
        path = folder / NOTES / note.parent.name / note.name
        written[path] = f"---\norphan: true\n---\n\n{note.read_text('utf-8')}"
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def _to_notes(app: Any, name: str, source: list[str]) -> None:
    """Lead a link to a note beside a scenario or a table to its page on the site, and back."""
    text = re.sub(
        r"\]\((?:\.\./)+scenarios/(\w+)/([\w-]+\.md)", rf"](/{FOLDER}/{NOTES}/\1/\2", source[0]
    )
    source[0] = re.sub(r"\]\((?:\.\./)+docs/", "](/", text)


def setup(app: Any) -> dict[str, bool]:
    """Make the pages before Sphinx looks for them."""
    make(Path(app.srcdir) / FOLDER)
    app.connect("source-read", _to_notes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
