"""`today`: what is known of a place, as plain data that a page only has to show."""

import json
from pathlib import Path

import pytest

from experiments.report.today import NoTodayError, read_today
from tests.experiments.said import Poundflow
from tests.experiments.web.little_lists import as_csv


def test_a_document_is_read_back_as_it_was_written(poundflow: Poundflow, tmp_path: Path) -> None:
    """Sentences, tables and pictures; each picture has its table."""
    said = poundflow("today", "village", "--out", tmp_path / "today.json", "--json")
    today = read_today(tmp_path / "today.json")

    assert said.code == 0
    assert json.loads(said.out)["parts"] == ["people", "budgets", "contracts"]
    assert today.facts[0] == ("Place", "The village")
    drawn = [picture for part in today.parts for picture in part.pictures]
    assert all(picture.data is not None and picture.inline for picture in drawn)
    assert "budget" in today.tables()


def test_what_is_not_known_is_said_and_is_in_no_sum(poundflow: Poundflow, tmp_path: Path) -> None:
    """Purchases of no known category have a line of their own, beside the others."""
    path = tmp_path / "april.csv"
    rows = [("01/04/2024", "Brackenfell Builders Ltd", "100.00", "Building Works", "1"),
            ("02/04/2024", "Zyxgard Ltd", "300.00", "Misc Ztuff", "2")]  # fmt: skip
    path.write_bytes(as_csv(rows))
    paid, place = tmp_path / "paid", tmp_path / "place.toml"
    poundflow("import", "payments", path, "--area", "E08000008", "--out", paid)
    poundflow("build-place", "E08000008", "--out", place)

    said = poundflow("today", place, "--payments", paid, "--out", tmp_path / "today.json")
    parts = {one.name: one for one in read_today(tmp_path / "today.json").parts}

    assert said.code == 0
    assert "it is not known what was bought" in parts["categories"].unsure[0]
    data = parts["categories"].pictures[0].data
    assert data is not None
    assert ["not known", "1", "£300.00", "75.0%"] in [list(row) for row in data.rows]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """And so is one of another layout."""
    path = tmp_path / "today.json"
    for text in ("{", "[]", '{"schema_version": 9}', '{"schema_version": 1, "title": "x"}'):
        path.write_text(text)
        with pytest.raises(NoTodayError, match="Make it anew"):
            read_today(path)


def test_payments_that_are_none_are_refused(poundflow: Poundflow, tmp_path: Path) -> None:
    """What was found, wanted, where, and what next; nothing is written."""
    said = poundflow("today", "village", "--payments", tmp_path, "--out", tmp_path / "today.json")

    assert said.code == 2
    assert "import" in said.err
    assert not (tmp_path / "today.json").exists()
