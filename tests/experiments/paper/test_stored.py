"""A published table read again is the same to the last digit, and says whence it came."""

from functools import partial
from pathlib import Path

import numpy as np
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
from experiments.store.sweep_store import SweepStore
from tests.experiments.store.swept import LABEL
from tests.experiments.swept import written

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


def test_a_table_of_a_sweep_says_what_the_label_says(tmp_path: Path) -> None:
    """Plan, hash, code, day and runs; a sweep that is not finished, or none, is refused."""
    made = partial(written, kind="fixed", values=np.ones((1, 2)), measures={})
    whole, half = made(tmp_path / "whole"), made(tmp_path / "half", left_out=[5])
    for folder in (whole, half):
        SweepStore.open(folder).update_label(finished="2026-11-29T03:00:00+00:00")

    told = swept_table({"gain": [1.0]}, whole)

    assert told.columns == {"gain": [1.0]}
    assert (told.plan, told.runs, told.made) == ("whole", 6, "2026-11-29")
    assert (told.plan_sha256, told.code) == (LABEL["plan_sha256"], LABEL["code"])
    assert swept_table({}, whole, whole).plan == "whole, whole"
    with pytest.raises(StoredTableError, match="5 of its 6 runs"):
        swept_table({}, half)
    with pytest.raises(NoSweepError):
        swept_table({}, tmp_path / "none")
