"""From published files that say what the shipped tables say, the same tables are derived."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from scenarios.tables.derive import __main__ as command
from scenarios.tables.derive.assemble import tables
from scenarios.tables.derive.published import MissingSourceError
from tests.scenarios.tables.made_up_sources import HOMES_NOW, write_sources

CUMBRIA = ("E06000063", "E06000064")
"""Its districts cross ITL3 areas, so that how value added falls on each depends on the parts."""


def shipped(name: str) -> str:
    """A table as it is shipped."""
    return files("scenarios").joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")


def by_code(text: str) -> dict[str, dict[str, str]]:
    """Rows of a table by ONS code."""
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up files."""
    made = tmp_path_factory.mktemp("published")
    write_sources(made)
    return made


@pytest.fixture(scope="module")
def derived(folder: Path) -> dict[str, str]:
    """All tables, derived from them."""
    return tables(folder)


def test_what_is_published_is_what_is_shipped(derived: dict[str, str]) -> None:
    """Nothing is lost or moved between a published file and its column, for any of 361 districts.

    Fillers are left out, districts that were joined are summed, and a section held back is filled.
    """
    partly = {"districts", "districts_value_added"}

    assert len(derived) == 14
    for name in derived.keys() - partly:
        assert derived[name] == shipped(name), name


def test_districts_have_what_is_published_of_them(derived: dict[str, str]) -> None:
    """All columns but homes of today, which follow residents that are known in whole numbers."""
    found, wanted = by_code(derived["districts"]), by_code(shipped("districts"))

    assert found.keys() == wanted.keys()
    for code, row in wanted.items():
        now, then = int(found[code].pop(HOMES_NOW)), int(row.pop(HOMES_NOW))
        assert abs(now - then) <= 1, code
        assert found[code] == row


def test_value_added_of_an_area_is_shared_among_its_districts(derived: dict[str, str]) -> None:
    """To the tenth of a million; both districts of Cumbria together."""
    found = by_code(derived["districts_value_added"])
    wanted = by_code(shipped("districts_value_added"))
    ours, theirs = ([one.pop(code) for code in CUMBRIA] for one in (found, wanted))

    assert found == wanted
    for group in ours[0].keys() - {"code"}:
        both = [sum(float(row[group]) for row in rows) for rows in (ours, theirs)]
        assert both[0] == pytest.approx(both[1])


def test_the_command_writes_every_table_beside_the_others(
    folder: Path, derived: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is derived, a line feed at the end of each line."""
    monkeypatch.setattr(command, "HOME", tmp_path)
    monkeypatch.setattr("sys.argv", ["derive", str(folder)])
    monkeypatch.setattr(command, "tables", lambda where: derived if where == folder else {})

    command.main()

    written = {path.stem: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert written == {name: text.encode() for name, text in derived.items()}


def test_a_file_that_is_missing_is_named(folder: Path, tmp_path: Path) -> None:
    """With its folder, and where its source is written."""
    with pytest.raises(MissingSourceError, match=r"age\.csv.*districts\.md") as told:
        tables_without_ages(folder, tmp_path)

    assert "population-households" in str(told.value)


def tables_without_ages(folder: Path, aside: Path) -> None:
    """Derive where the file of ages was taken away."""
    for path in folder.rglob("*.*"):
        if path.name != "age.csv":
            copy = aside / path.relative_to(folder)
            copy.parent.mkdir(exist_ok=True)
            copy.symlink_to(path)
    tables(aside)
