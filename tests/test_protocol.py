"""Whatever the ODD page names in code type is there: functions, numbers, files, options, keys."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("experiments", "scenarios", "simulation")
PAGE = ROOT / "docs" / "odd.md"
IN_WORDS = frozenset(
    {
        "min(x, deposits)",
        "sales = (payroll with on-costs + rates) / (1 - inputs - rent - margin)",
    }
)
"""Formulas in words; the functions that hold them are named beside them."""

WRITTEN = r"[\w-]+\.(?:csv|json)"
"""Files that a command writes."""


def in_code_type(text: str) -> set[str]:
    """Return what a page sets in code type."""
    return set(re.findall(r"`([^`\n]+)`", text))


def defined() -> Iterator[str]:
    """Every function and class, methods and fields as `Class.name`, names of files written."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    yield node.name
                if isinstance(node, ast.ClassDef):
                    yield from _inside(node)
                if isinstance(node, ast.Constant) and re.fullmatch(WRITTEN, str(node.value)):
                    yield str(node.value)


def _inside(node: ast.ClassDef) -> Iterator[str]:
    for member in node.body:
        if isinstance(member, ast.FunctionDef):
            yield f"{node.name}.{member.name}"
        if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
            yield f"{node.name}.{member.target.id}"


def numbers() -> Iterator[str]:
    """Every entry of the register and its group with a star; ways of buying, and theirs."""
    from experiments.runner.replicate import all_entries
    from simulation.procurement.registry import get
    from simulation.procurement.registry import names as ways

    for name in all_entries():
        yield name
        yield f"{name.partition('.')[0]}.*"
    for way in ways():
        yield way
        yield from (entry.name.rpartition(".")[2] for entry in get(way).parameters)


def keys() -> Iterator[str]:
    """Every key of a scenario; after its table, too."""
    from scenarios.spec import Scenario

    waiting: list[tuple[str, type[BaseModel]]] = [("", Scenario)]
    while waiting:
        table, model = waiting.pop()
        for name, field in model.model_fields.items():
            key = field.alias or name
            yield from (key, f"{table}.{key}", f"[{table}] {key}", f"[[{table}]] {key}")
            yield f"[{key}]"
            waiting += [(key, one) for one in _models(field.annotation)]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in getattr(annotation, "__args__", ()):
        yield from _models(one)


def commands() -> Iterator[str]:
    """Every command as it is typed, and every option."""
    from typer.main import get_command

    from experiments.cli.app import app

    for name, command in getattr(get_command(app), "commands", {}).items():
        yield f"poundflow {name}"
        yield from (option for one in command.params for option in one.opts)


def shelf_and_tables() -> Iterator[str]:
    """Scenarios, nations, files by name, columns of reference tables, tables of Books."""
    from scenarios.tables.countries import countries
    from simulation.accounting.books import SCHEMAS

    yield from SCHEMAS
    yield from countries()
    for path in (ROOT / "scenarios" / "library").glob("*.toml"):
        yield path.stem
    for path in (ROOT / "scenarios" / "tables").glob("*.csv"):
        yield path.name
        yield from path.read_text("utf-8").partition("\n")[0].split(",")
    for package in PACKAGES:
        yield from (path.name for path in (ROOT / package).rglob("*.py"))


@pytest.fixture(scope="module")
def there() -> set[str]:
    """Everything that may be named."""
    return {*defined(), *numbers(), *keys(), *commands(), *shelf_and_tables(), *IN_WORDS}


def test_what_the_protocol_names_is_there(there: set[str]) -> None:
    """Functions exist, numbers are in the register, files, commands and keys are found."""
    named = in_code_type(PAGE.read_text("utf-8"))

    missing = sorted(
        name
        for name in named
        if not (name in there or ("/" in name and (ROOT / name).exists()))
        and _bare(name) not in there
    )

    assert not missing


def _bare(name: str) -> str:
    """A command without its arguments, which stand in capitals; a key without its value."""
    return " ".join(word for word in name.partition(" =")[0].split() if not word.isupper())


@pytest.mark.parametrize("name", ["markup_of_nobody", "bid.nothing", "simulation/none.py"])
def test_what_is_not_there_would_be_seen(there: set[str], name: str) -> None:
    """The test above is not empty."""
    assert name not in there


def test_every_group_of_numbers_is_told_by_the_protocol_or_by_a_way_of_buying() -> None:
    """No mechanism's numbers stand in the register and nowhere in the description."""
    from experiments.runner.replicate import all_entries
    from simulation.procurement.registry import names as ways

    text = "".join(page.read_text("utf-8") for page in (PAGE, *(ROOT / "docs").glob("*.md")))
    groups = {name.partition(".")[0] for name in all_entries()} - set(ways())

    untold = sorted(group for group in groups if f"`{group}." not in text)

    assert not untold
