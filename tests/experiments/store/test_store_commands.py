"""The commands on a sweep's folder, as an officer types them: what they say and how they end."""

import json
from pathlib import Path

import pytest

from experiments.store.attempts import Event, Try
from experiments.store.sweep_store import SweepStore
from tests.experiments.made_up import MANIFEST
from tests.experiments.said import Poundflow
from tests.experiments.store.swept import add, identity, swept
from tests.experiments.test_store import names


def with_failures(folder: Path) -> SweepStore:
    """Thirty runs done, one that raised, nine missing."""
    store = swept(folder, range(30))
    one = Try(identity(31), 31, 1000, 1)
    store.attempts.begin(one)
    store.attempts.end(one, Event.FAILED, wall=0.1, error="no bread")
    return store


def test_status_tells_what_is_done_failed_and_missing(tmp_path: Path, poundflow: Poundflow) -> None:
    """In words, and as one document."""
    with_failures(tmp_path)

    told = poundflow("status", tmp_path)
    document = json.loads(poundflow("status", tmp_path, "--json").out)

    assert told.code == 0
    assert "village-weights: 30 done, 1 failed, 9 missing, of 40 runs." in told.out
    assert f"failed: 1 (first {identity(31)}): no bread" in told.out
    assert "The same sweep command lives what is missing." in told.out
    assert (document["planned"], document["done"], document["missing"]) == (40, 30, 9)
    assert document["failures"][0]["error"] == "no bread"


def test_compact_tells_what_went(tmp_path: Path, poundflow: Poundflow) -> None:
    """Copies and leftovers are gone, and counted."""
    store = swept(tmp_path, range(30))
    add(store, range(10))
    (tmp_path / "results" / ".x.parquet.7.aside").write_bytes(b"half")

    told = poundflow("compact", tmp_path)
    again = json.loads(poundflow("compact", tmp_path, "--json").out)

    assert told.code == 0
    assert "30 runs in 1 parts." in told.out
    assert "10 second copies and 1 files" in told.out
    assert (again["runs"], again["copies"], again["torn"]) == (30, 0, [])


def test_verify_ends_with_2_where_a_number_is_wrong(tmp_path: Path, poundflow: Poundflow) -> None:
    """0 for a whole sweep; a torn part is named, with what to do."""
    swept(tmp_path, range(30))
    whole = poundflow("verify", tmp_path)
    (path,) = (tmp_path / "results").iterdir()
    path.write_bytes(path.read_bytes()[:-1])

    torn = poundflow("verify", tmp_path)
    document = poundflow("verify", tmp_path, "--json")

    assert (whole.code, whole.out.strip()) == (0, "No fault found.")
    assert torn.code == 2
    assert f"FAULT: {path}" in torn.out
    assert "lived anew" in torn.out
    assert document.code == 2
    assert json.loads(document.out)["faults"] == 1


def test_export_writes_what_is_asked(tmp_path: Path, poundflow: Poundflow) -> None:
    """CSV into a folder, a crate in place; a place to write to is asked for."""
    swept(tmp_path / "sweep", range(4))

    csv = poundflow("export", tmp_path / "sweep", "--format", "csv", "--out", tmp_path / "csv")
    crate = poundflow("export", tmp_path / "sweep", "--format", "crate", "--who", "A lab", "--json")
    nowhere = poundflow("export", tmp_path / "sweep", "--format", "csv")
    unknown = poundflow("export", tmp_path / "sweep", "--format", "xls", "--out", tmp_path)

    assert (csv.code, crate.code, nowhere.code, unknown.code) == (0, 0, 2, 2)
    assert "results.csv" in names(tmp_path / "csv")
    assert json.loads(crate.out)["written"] == [str(tmp_path / "sweep" / "ro-crate-metadata.json")]
    assert '"name": "A lab"' in (tmp_path / "sweep" / "ro-crate-metadata.json").read_text("utf-8")
    assert "wanted a folder to write csv to" in nowhere.err
    assert "netcdf" in unknown.err


def test_netcdf_from_the_command_line(tmp_path: Path, poundflow: Poundflow) -> None:
    """One file."""
    swept(tmp_path / "sweep", range(4))

    told = poundflow("export", tmp_path / "sweep", "--format", "netcdf", "--out", tmp_path / "a.nc")

    assert told.code == 0
    assert (tmp_path / "a.nc").stat().st_size > 0


@pytest.mark.parametrize("command", ["status", "compact", "verify", "export"])
def test_a_folder_that_is_no_sweep_is_refused_and_left_alone(
    tmp_path: Path, poundflow: Poundflow, command: str
) -> None:
    """Exit code 2, and nothing is added to it."""
    (tmp_path / "manifest.json").write_text(json.dumps({"schema_version": 1, **MANIFEST}))
    more = ("--format", "csv", "--out", tmp_path / "out") if command == "export" else ()

    told = poundflow(command, tmp_path, *more)

    assert told.code == 2
    assert "is no folder of a sweep" in told.err
    assert names(tmp_path) == ["manifest.json"]


def test_a_sweep_at_work_is_not_compacted(tmp_path: Path, poundflow: Poundflow) -> None:
    """Exit code 2, naming who is at work."""
    store = swept(tmp_path, range(4))

    with store.lock():
        told = poundflow("compact", tmp_path)

    assert told.code == 2
    assert "another process is at work" in told.err


def test_the_store_is_offered_to_programs() -> None:
    """`from experiments import open_store`, and nothing heavy before it is used."""
    import experiments

    assert experiments.open_store.__module__ == "experiments.store.relations"
    assert "open_store" in dir(experiments)
    with pytest.raises(AttributeError, match="no attribute 'close_store'"):
        experiments.__getattr__("close_store")
