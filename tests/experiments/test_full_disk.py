"""A disk that fills up or is locked: said plainly, nothing half written, and gone on from."""

import errno
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest

from experiments.cli import main
from experiments.library import comparisons
from simulation.accounting.books import Books, BooksMeta, empty_table
from simulation.accounting.books_io import read_books
from simulation.model.journal import Journal
from tests.experiments import made_up
from tests.experiments.test_store import names
from tests.rights import bound_by_rights

REPORT = comparisons._report
META = BooksMeta(
    months=2, start_year=2019, start_month=4, focus_area=0, area_ids=("village",),
    area_names=("Village",),
)  # fmt: skip


def no_room(*_: object, **__: object) -> Any:
    """Stand in for a writer on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


def poundflow(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    """Exit code and stderr of a command."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return int(end.value.code or 0), said.err


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up lives in place of the model's: empty books, an empty journal."""
    monkeypatch.setattr("experiments.runner.comparison.live_replicate", made_up.made_up_replicate)
    run = SimpleNamespace(
        record=made_up.result(0).runs[0],
        books=Books(META, {name: empty_table(name) for name in ("areas", "flows")}),
        rows=(),
        draws={},
        journal=Journal(),
    )
    monkeypatch.setattr("experiments.cli.single.live_once", lambda *_, **__: run)


def run_of(out: Path) -> tuple[str | Path, ...]:
    """A single run of the village."""
    return ("run", "village", "--regime", "lowest_price", "--months", "2", "--journal",
            "--out", out)  # fmt: skip


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("place", ["areas.parquet", "flows.parquet", "payments.parquet"])
def test_books_that_do_not_fit_are_not_half_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    place: str,
) -> None:
    """Exit code 2 names the folder that did not fit; with room, the same command completes."""
    written = pq.write_table

    def fills_up(table: object, path: Path, **how: Any) -> None:
        written(table, path, **how)
        if place in path.name:
            no_room()

    monkeypatch.setattr(pq, "write_table", fills_up)
    full, said = poundflow(capsys, *run_of(tmp_path / "out"))
    kept = names(tmp_path / "out")
    monkeypatch.setattr(pq, "write_table", written)

    again, _ = poundflow(capsys, *run_of(tmp_path / "out"))

    folder = "journal" if place == "payments.parquet" else "books"
    assert full == 2
    assert f"no room left to write {tmp_path / 'out' / folder}. " in said
    assert "make room" in said
    assert not [name for name in kept if ".part" in name or "summary" in name]
    assert ("books/meta.json" in kept) == (folder == "journal")
    assert again == 0
    assert read_books(tmp_path / "out").meta.months == 2


@pytest.mark.usefixtures("lived")
def test_a_report_that_does_not_fit_leaves_the_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The numbers are kept, the report is made by the same command once there is room."""
    command = ("compare", "village", "--workers", "1", "--replicates", "1", "--quiet",
               "--out", tmp_path / "out")  # fmt: skip
    monkeypatch.setattr(comparisons, "_report", REPORT)
    monkeypatch.setattr("experiments.report.page.write_report", no_room)
    full, said = poundflow(capsys, *command)
    kept = names(tmp_path / "out")
    monkeypatch.setattr("experiments.report.page.write_report", lambda folder: folder)

    again, _ = poundflow(capsys, *command)

    assert full == 2
    assert f"no room left to write {tmp_path / 'out' / 'report.html'}" in said
    assert {"summary.json", "results.parquet"} <= set(kept)
    assert "report.html" not in kept
    assert again == 0


@pytest.mark.usefixtures("lived")
def test_a_full_disk_elsewhere_is_no_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Compiled code that finds no room in the home folder: exit code 2, and what to do."""
    monkeypatch.setattr("experiments.cli.single.live_once", no_room)

    code, said = poundflow(capsys, *run_of(tmp_path / "out"))

    assert code == 2
    assert "no room left on the disk" in said
    assert "NUMBA_CACHE_DIR" in said


@pytest.mark.usefixtures("lived")
def test_a_locked_folder_is_told_before_anything_is_lived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 for a comparison and for a run, and nothing is written."""
    monkeypatch.setattr("experiments.cli.single.live_once", no_room)
    locked = tmp_path / "out"
    locked.mkdir(mode=0o555)

    with bound_by_rights():
        compared, first = poundflow(capsys, "compare", "village", "--out", locked)
        lived, second = poundflow(capsys, *run_of(locked / "deeper"))

    assert (compared, lived) == (2, 2)
    assert all(f"the folder {locked}" in said for said in (first, second))
    assert all("cannot be written to" in said for said in (first, second))
    assert names(tmp_path) == []
