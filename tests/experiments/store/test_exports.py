"""A sweep leaves the house as CSV, as NetCDF, and as a crate that an archive can read."""

import csv
import json
import os
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray

from experiments.store.attempts import Event, Try
from experiments.store.crate import TERMS, export_crate
from experiments.store.csv_files import export_csv
from experiments.store.errors import DiskFullError, MissingExtraError, NoSweepError
from experiments.store.netcdf import dataset_of, export_netcdf
from experiments.store.relations import open_store
from tests.experiments.store.swept import POINTS, add, identity, run_result, swept
from tests.experiments.test_store import names, no_room

VALIDATOR = shutil.which("rocrate-validator")


def lines(path: Path) -> list[dict[str, str]]:
    """A CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_csv_holds_every_row_in_the_order_of_the_plan(tmp_path: Path) -> None:
    """Whatever order the parts came in; null is an empty cell."""
    store = swept(tmp_path / "sweep", range(2, 4))
    add(store, range(2))

    written = export_csv(tmp_path / "sweep", tmp_path / "csv")

    assert [path.name for path in written] == [
        "runs.csv", "results.csv", "attempts.csv", "design.csv",
    ]  # fmt: skip
    runs, results = lines(written[0]), lines(written[1])
    assert [row["index"] for row in runs] == ["0", "1", "2", "3"]
    assert len(results) == 4 * len(run_result(0).rows)
    undefined = [row for row in results if row["measure"] == "unit_cost_premium"]
    assert {(row["value"], row["why"]) for row in undefined} == {("", "no bids")}
    assert len(lines(written[3])) == POINTS.size


def test_a_full_disk_leaves_no_half_of_a_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands whole or not at all."""
    swept(tmp_path / "sweep", range(2))
    monkeypatch.setattr(os, "fsync", no_room)

    with pytest.raises(DiskFullError):
        export_csv(tmp_path / "sweep", tmp_path / "csv")

    assert names(tmp_path / "csv") == []


def test_netcdf_holds_each_measure_by_run_tier_and_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read by xarray again: values, units, labels, and the values of the assumptions."""
    monkeypatch.setattr("experiments.store.netcdf.RUNS_A_PART", 15)
    store = swept(tmp_path / "sweep", range(20, 40))
    add(store, range(20))

    path = export_netcdf(tmp_path / "sweep", tmp_path / "deep" / "sweep.nc")

    with xarray.open_dataset(path, engine="h5netcdf") as data:
        quality = data["quality"].sel(tier="district")
        assert quality.to_numpy().tolist() == [float(index) for index in range(40)]
        assert quality.attrs["units"] == "share"
        assert np.allclose(data["quality_at_start"].sel(tier="all"), np.arange(40) - 0.01)
        assert data["month"].to_numpy().tolist() == [1, 2]
        monthly = data["quality_by_month"].sel(month=2, tier="all")
        assert np.allclose(monthly, np.arange(40) + 0.02)
        assert np.isnan(data["unit_cost_premium"]).all()
        assert data["run"].to_numpy()[7] == identity(7)
        assert data["policy"].to_numpy()[7] == "social_value"
        assert np.array_equal(data["assumption"], POINTS)
        assert data["name"].to_numpy().tolist() == ["bid.own_spread", "firms.markup"]


def test_netcdf_without_its_packages_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is optional; the message names it."""
    swept(tmp_path, range(2))
    monkeypatch.setattr("experiments.store.netcdf.find_spec", lambda name: None)

    with pytest.raises(MissingExtraError, match=r"poundflow\[netcdf\]"):
        export_netcdf(tmp_path, tmp_path / "sweep.nc")


def test_nothing_finished_is_no_dataset(tmp_path: Path) -> None:
    """There is nothing to label yet, and it is said."""
    swept(tmp_path)

    with pytest.raises(NoSweepError, match="no run of it is finished"):
        dataset_of(tmp_path)


def test_a_crate_names_program_plan_and_results(tmp_path: Path) -> None:
    """Process Run Crate 0.5: an action with its instrument, what went in and what came out."""
    store = swept(tmp_path / "sweep", range(40), versions={"poundflow": "0.1.0"})
    store.attempts.begin(Try(identity(0), 0, 1000, 1))
    store.attempts.end(Try(identity(0), 0, 1000, 1), Event.DONE, wall=1.0)
    (tmp_path / "sweep" / "results" / "00000050-gone-1-00000.parquet").write_bytes(b"half")

    path = export_crate(tmp_path / "sweep", licence="https://creativecommons.org/licenses/by/4.0/")

    document = json.loads(path.read_text())
    graph = {one["@id"]: one for one in document["@graph"]}
    root, about = graph["./"], graph["ro-crate-metadata.json"]
    (action,) = [one for one in document["@graph"] if one["@type"] == "CreateAction"]
    assert path == tmp_path / "sweep" / "ro-crate-metadata.json"
    assert about["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["conformsTo"] == {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
    assert graph["https://w3id.org/ro/wfrun/process/0.5"]["version"] == "0.5"
    assert root["mentions"] == {"@id": action["@id"]}
    assert root["license"]["@id"] in graph
    assert {"name", "description", "datePublished"} <= root.keys()
    assert graph[action["instrument"]["@id"]]["softwareVersion"] == "0.1.0"
    assert action["object"] == [{"@id": "plan.toml"}, {"@id": "design.parquet"}]
    assert action["actionStatus"].endswith("CompletedActionStatus")
    assert action["startTime"] == "2026-01-01T00:00:00+00:00"
    files = [one for one in document["@graph"] if one["@type"] == "File"]
    assert {one["@id"] for one in files} == {one["@id"] for one in root["hasPart"]}
    assert not [one for one in files if "gone" in one["@id"]]
    for one in files:
        data = (tmp_path / "sweep" / one["name"]).read_bytes()
        assert (str(len(data)), sha256(data).hexdigest()) == (one["contentSize"], one["sha256"])


@pytest.mark.parametrize("licence", [None, "Open Government Licence", "https://example.org/by/4.0"])
@pytest.mark.parametrize("who", [None, "A policy lab", "https://example.org/lab"])
def test_a_crate_keeps_every_must_of_its_profile(
    tmp_path: Path, licence: str | None, who: str | None
) -> None:
    """RO-Crate 1.1 and Process Run Crate 0.5, line by line; a finished sweep and half of one."""
    for name, runs in (("whole sweep", 40), ("half", 20)):
        store = swept(tmp_path / name, range(runs))
        store.attempts.begin(Try(identity(0), 0, 1000, 1))
        crate = export_crate(tmp_path / name, licence=licence, who=who)
        assert musts_broken(json.loads(crate.read_text())) == []


def test_a_crate_names_who_swept_where_that_is_told(tmp_path: Path) -> None:
    """An organisation, as author and publisher of the results and as agent of the action."""
    swept(tmp_path, range(40))

    document = json.loads(export_crate(tmp_path, who="A policy lab").read_text())

    graph = {one["@id"]: one for one in document["@graph"]}
    (action,) = [one for one in document["@graph"] if one["@type"] == "CreateAction"]
    assert graph["./"]["author"] == graph["./"]["publisher"] == action["agent"]
    lab = graph[action["agent"]["@id"]]
    assert (lab["@type"], lab["name"]) == ("Organization", "A policy lab")


@pytest.mark.soak
@pytest.mark.skipif(VALIDATOR is None, reason="rocrate-validator (roc-validator) is not installed")
@pytest.mark.parametrize("runs", [40, 20], ids=["whole", "half"])
def test_a_crate_is_valid_by_somebody_else_s_validator(tmp_path: Path, runs: int) -> None:
    """All that the profile requires, by the validator of the RO-Crate community.

    It fetches the contexts of the two specifications, so it needs a network the first time.
    """
    swept(tmp_path, range(runs))
    crate = export_crate(tmp_path, licence="https://example.org/by/4.0", who="A policy lab").parent

    done = subprocess.run(
        [str(VALIDATOR), "validate", "--profile-identifier", "process-run-crate",
         "--requirement-severity", "required", "--no-paging", str(crate)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


def musts_broken(document: dict[str, Any]) -> list[str]:
    """What the two specifications demand with MUST, and a crate does not keep."""
    graph = document["@graph"]
    by_id = {one["@id"]: one for one in graph}
    descriptor, root = by_id["ro-crate-metadata.json"], by_id["./"]
    files = [one for one in graph if "File" in one["@type"]]
    acts = [one for one in graph if one["@type"] == "CreateAction"]
    profile = by_id.get("https://w3id.org/ro/wfrun/process/0.5", {"@type": ""})
    references = [
        one["@id"]
        for entity in graph
        for value in entity.values()
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, dict)
    ]
    outside = {"https://w3id.org/ro/crate/1.1"}
    parts = {one["@id"] for one in root["hasPart"]}
    kept = {
        "the context is RO-Crate's, with the terms of workflow runs": document["@context"]
        == ["https://w3id.org/ro/crate/1.1/context", TERMS],
        "flat: no entity within another": all(
            set(one) == {"@id"}
            for entity in graph
            for value in entity.values()
            for one in (value if isinstance(value, list) else [value])
            if isinstance(one, dict)
        ),
        "every entity has a type, and an identifier of its own": all(
            one.get("@type") for one in graph
        )
        and len(by_id) == len(graph),
        "the descriptor is a creative work about the root": descriptor["@type"] == "CreativeWork"
        and descriptor["about"] == {"@id": "./"},
        "it conforms to a version of RO-Crate": descriptor["conformsTo"]["@id"].startswith(
            "https://w3id.org/ro/crate/"
        ),
        "the root is a data set": root["@type"] == "Dataset",
        "it was published on a day": bool(re.match(r"\d{4}-\d\d-\d\d", root["datePublished"])),
        "it has a name, a description and a licence": {"name", "description", "license"}
        <= root.keys(),
        "the root conforms to the profile, which is in the crate": root["conformsTo"]
        == {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
        and profile["@type"] == "CreativeWork",
        "files are parts of the root, named by addresses within it": {one["@id"] for one in files}
        == parts
        and not any(re.search(r"[ \\]|^/|^\w+:", one) for one in parts),
        "what is referred to is in the crate": set(references) - outside <= by_id.keys(),
        "an action has an instrument that is a program": bool(acts)
        and all(by_id[act["instrument"]["@id"]]["@type"] == "SoftwareApplication" for act in acts),
        "the action is mentioned by the root": [act["@id"] for act in acts]
        == [root["mentions"]["@id"]],
        "an error is told of a failed action alone": all(
            ("error" in act) == act["actionStatus"].endswith("FailedActionStatus") for act in acts
        ),
    }
    return [what for what, is_so in kept.items() if not is_so]


def test_a_crate_of_an_unfinished_sweep_says_so(tmp_path: Path) -> None:
    """What is missing is told where an archive looks for it."""
    swept(tmp_path, range(10))

    document = json.loads(export_crate(tmp_path).read_text())

    (action,) = [one for one in document["@graph"] if one["@type"] == "CreateAction"]
    assert action["actionStatus"].endswith("FailedActionStatus")
    assert "10 of 40 runs are finished" in action["error"]
    assert "30 are missing" in action["error"]


def test_a_crate_elsewhere_is_a_sweep_that_can_be_asked(tmp_path: Path) -> None:
    """The copy is whole without what nothing counts on, and stands without the first."""
    swept(tmp_path / "sweep", range(10))
    (tmp_path / "sweep" / "results" / ".x.parquet.7.aside").write_bytes(b"half")

    export_crate(tmp_path / "sweep", tmp_path / "crate")

    with open_store(tmp_path / "crate") as opened:
        assert opened.frame("runs").shape[0] == 10
    assert not [name for name in names(tmp_path / "crate") if "aside" in name or "lock" in name]
