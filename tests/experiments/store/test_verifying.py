"""`verify` says what is wrong, in which file; what a killed process leaves behind is no fault."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from experiments.store.records import Accounts, OutcomeRow, RunResult
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import RESULTS, write_part
from experiments.store.verifying import Finding, verify
from tests.experiments.store.swept import add, identity, run_result, swept


def grave(folder: Path) -> list[str]:
    """What is said of the faults."""
    return [one.what for one in verify(folder) if one.grave]


def write(store: SweepStore, result: RunResult) -> None:
    """Finish one run as given."""
    writer = store.writer()
    writer.add(result)
    writer.close()


def test_a_whole_sweep_has_nothing_to_tell(tmp_path: Path) -> None:
    """Finished in several parts, with every identity the plan's."""
    store = swept(tmp_path, range(20))
    add(store, range(20, 40))

    assert verify(tmp_path, identity) == []


def test_what_a_killed_process_leaves_is_a_note(tmp_path: Path) -> None:
    """Leftovers, equal copies and a line cut short make no number wrong."""
    store = swept(tmp_path, range(4))
    add(store, range(2))
    (tmp_path / "results" / "00000009-gone-1-00000.parquet").write_bytes(b"half")
    (tmp_path / "attempts" / "gone-1.jsonl").write_bytes(b'{"event": "beg')

    findings = verify(tmp_path)

    assert [one.grave for one in findings] == [False] * 3
    said = " ".join(one.what for one in findings)
    assert "2 second copies" in said
    assert "never committed" in said
    assert "1 lines were cut short" in said


def flip_a_byte(folder: Path) -> None:
    """Change one byte of the outcomes, as a bad disk does; their size stays."""
    (path,) = (folder / "results").iterdir()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def lose_outcomes(folder: Path) -> None:
    """Lose the outcomes of a committed part."""
    (path,) = (folder / "results").iterdir()
    path.unlink()


def cut_short(folder: Path) -> None:
    """Cut the commit of a part."""
    (path,) = (folder / "runs").iterdir()
    path.write_bytes(path.read_bytes()[:-9])


def lose_design(folder: Path) -> None:
    """Cut the table of points."""
    (folder / "design.parquet").write_bytes(b"PAR1")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (flip_a_byte, "other bytes"),
        (lose_outcomes, "not there, though its runs are"),
        (cut_short, ""),
        (lose_design, "cannot be read"),
    ],
)
def test_harm_to_a_file_is_found(tmp_path: Path, harm: Callable[[Path], None], said: str) -> None:
    """A bad disk, a lost file, a torn one."""
    swept(tmp_path, range(4))

    harm(tmp_path)

    (found,) = grave(tmp_path)
    assert said in found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"accounts": Accounts(1, 1, 3, 0)}, "residual_pence is not 0"),
        ({"accounts": Accounts(1, 1, 0, 3)}, "dye_residual is not 0"),
        ({"place": "atlantis"}, "a place that the plan has not"),
        ({"policy": "lottery"}, "a policy that the plan has not"),
        ({"replicate": 5}, "a replicate beyond the plan's 5"),
        ({"point": 4}, "a point that the design has not"),
        ({"rows": ()}, "has no outcomes of 1 of its runs"),
        (
            {"rows": (OutcomeRow("p", 0, "quality", "all", None, "share", None),)},
            "1 missing values without a reason",
        ),
        (
            {"rows": (OutcomeRow("p", 0, "quality", "all", float("inf"), "share", None),)},
            "1 values that are no finite numbers",
        ),
    ],
)
def test_a_run_that_cannot_be_is_found(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    """Books that do not balance, runs of another plan, outcomes that are no numbers."""
    store = swept(tmp_path, range(3))

    write(store, replace(run_result(3), **change))

    (found,) = grave(tmp_path)
    assert said in found


def test_a_run_that_another_plan_named_is_found(tmp_path: Path) -> None:
    """Its identity is not what the plan gives to its place in the order."""
    store = swept(tmp_path, range(3))
    write(store, replace(run_result(3), run="f" * 16))

    findings = verify(tmp_path, identity)

    assert ["ffffffffffffffff" in one.what for one in findings] == [True]


def test_copies_that_differ_are_found_with_both_parts(tmp_path: Path) -> None:
    """One machine is wrong, and the user is told where to look."""
    store = swept(tmp_path, range(3))
    add(store, [1], shift=1e-9)

    (found,) = verify(tmp_path)

    first, second = (path.stem for path in sorted((tmp_path / "runs").iterdir()))
    assert isinstance(found, Finding)
    assert identity(1) in found.what
    assert first in found.what
    assert second in found.where


def test_columns_of_another_version_are_found(tmp_path: Path) -> None:
    """Outcomes that carry other columns are not taken for ours."""
    swept(tmp_path, range(2))
    (runs,) = (tmp_path / "runs").iterdir()
    (results,) = (tmp_path / "results").iterdir()
    table = pq.read_table(results)
    without = table.drop_columns("unit")
    write_part(tmp_path, runs.stem, pq.read_table(runs), without)

    assert RESULTS.names != without.column_names
    assert len(grave(tmp_path)) == 1
