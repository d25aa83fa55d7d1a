"""A made-up list is imported as it is typed, and held against pandas reading the same columns."""

import csv
from pathlib import Path

import pytest

from experiments.bench import imports
from experiments.bench.imports import HEADINGS, import_rows, write_list
from experiments.bench.processes import Done


def test_the_same_number_makes_the_same_list(tmp_path: Path) -> None:
    """One year of payments of made-up firms, large amounts with commas in quotation marks."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"

    write_list(one, 500)
    write_list(two, 500)

    assert one.read_bytes() == two.read_bytes()
    rows = list(csv.DictReader(one.read_text("utf-8").splitlines()))
    assert len(rows) == 500
    assert tuple(rows[0]) == HEADINGS
    assert any("," in row["Net Amount"] for row in rows)
    assert len({row["Supplier Name"] for row in rows}) > 50


def test_import_and_pandas_each_work_in_a_process_of_their_own() -> None:
    """Seconds, memory and a ratio are told; no bar counts below a million payments."""
    took, memory, beside = import_rows(300)

    assert took.value is not None
    assert took.value > 0
    assert memory.value is None or memory.value > 0.01
    assert beside.value is not None
    assert beside.reference is not None
    assert beside.ratio == pytest.approx(beside.value / beside.reference)
    assert {row.bar for row in (took, memory, beside)} == {None}


def test_bars_count_from_a_million_and_a_missing_peer_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A minute and two GiB; without pandas the row has the reason in place of a ratio."""
    slow = Done(wall=61.0, seconds=61.0, peak_bytes=3 << 30)
    monkeypatch.setattr(imports, "write_list", lambda path, payments: None)
    monkeypatch.setattr(imports, "child", lambda task, *words: slow)
    monkeypatch.setattr(imports, "find_spec", lambda name: None)

    took, memory, beside = import_rows(1_000_000)

    assert (took.holds, memory.holds) == (False, False)
    assert beside.value is None
    assert "pandas is not installed" in beside.why
