"""A published table read again is the same to the last digit, and says whence it came."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from experiments.paper.stored import (
    StoredTableError,
    Table,
    read_tables,
    read_text,
    swept_table,
    table_text,
    write_tables,
)
from experiments.store.errors import NoSweepError
from tests.experiments.said import Poundflow
from tests.experiments.sweeps import write_plan

TABLE = Table(
    {"way": ["a, b", 'say "c"'], "runs": [3, None], "gain": [0.1 + 0.2, -1.0]},
    plan="comparison", plan_sha256="ab12", code="cd34", made="2026-11-29", runs=6, commit="ef56",
)  # fmt: skip


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Text with commas, whole numbers, all digits of a number, empty cells, and the head."""
    write_tables({"gains": TABLE}, tmp_path)

    assert read_tables(tmp_path) == {"gains": TABLE}
    assert read_tables(tmp_path)["gains"].rows[0] == {"way": "a, b", "runs": 3, "gain": 0.1 + 0.2}
    assert table_text(read_tables(tmp_path)["gains"]) == (tmp_path / "gains.csv").read_text("utf-8")


@pytest.mark.parametrize("cells", [[float("nan")], [float("inf")], [1, 2.0], [b"1"], [True]])
def test_a_column_of_no_kind_is_refused(cells: list[object]) -> None:
    """Numbers that are none, two kinds in one column, and what CSV cannot hold."""
    with pytest.raises(ValueError, match="column gain"):
        table_text(Table({"gain": cells}, plan="comparison"))


@pytest.mark.parametrize(
    "text",
    ["", "way\na\n", table_text(TABLE).replace("6", "six"), table_text(TABLE) + "x,1.5,2\n"],
)
def test_another_file_is_refused(text: str) -> None:
    """The message says how to make it anew."""
    with pytest.raises(StoredTableError, match="paper-sweeps"):
        read_text(text, "gains.csv")


def test_a_missing_table_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    """And with how to make it."""
    write_tables({"gains": TABLE}, tmp_path)

    with pytest.raises(StoredTableError, match=r"losses; there are: gains\. `make paper-sweeps`"):
        read_tables(tmp_path)["losses"]


@pytest.mark.compiled
def test_a_table_of_a_sweep_says_what_the_label_says(tmp_path: Path, poundflow: Poundflow) -> None:
    """Plan, hash, code, day and runs; a sweep that is not finished, or none, is refused."""
    plan, folder = write_plan(tmp_path, 2), tmp_path / "little"
    command = ("sweep", plan, "--out", folder, "--workers", "1")
    poundflow(*command, "--limit", "2")

    with pytest.raises(StoredTableError, match="2 of its 4 runs"):
        swept_table({}, folder)
    assert poundflow(*command).code == 0
    told = swept_table({"gain": [1.0]}, folder)

    assert (told.plan, told.runs, told.columns) == ("little", 4, {"gain": [1.0]})
    assert date.fromisoformat(told.made)
    assert len(told.plan_sha256) == len(told.code) == len(sha256().hexdigest())
    with pytest.raises(NoSweepError):
        swept_table({}, tmp_path / "none")
