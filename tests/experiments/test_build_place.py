"""`poundflow build-place` from the shell: a file that is obeyed, kept, or refused."""

import json
from pathlib import Path

import pytest

from experiments.cli import build_place
from tests.experiments.said import Poundflow
from tests.scenarios.place_file.paid import a_year, resolved

CODE = "E08000008"


def test_it_writes_a_file_that_check_takes_at_once(poundflow: Poundflow, tmp_path: Path) -> None:
    """What it says is counted; the next command is named."""
    out = tmp_path / "new" / "tameside.toml"

    said = poundflow("build-place", CODE, "--out", out)

    assert (said.code, said.err) == (0, "")
    assert "Tameside (E08000008)" in said.out
    assert f"poundflow compare {out}" in said.out
    checked = poundflow("check", out)
    assert checked.code == 0
    assert "tameside: nothing wrong found." in checked.out
    assert list(out.parent.iterdir()) == [out]


def test_with_json_each_figure_has_its_mark(poundflow: Poundflow, tmp_path: Path) -> None:
    """One document, with keys that `--set` takes."""
    said = poundflow("build-place", "Tameside", "--out", tmp_path / "t.toml", "--json")

    told = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert (told["code"], told["name"]) == (CODE, "Tameside")
    assert (told["payments"], told["register"], told["warnings"]) == (None, None, [])
    figures = {one["key"]: one for one in told["figures"]}
    assert figures["areas.tameside.population"] == {
        "key": "areas.tameside.population",
        "value": 239643,
        "mark": "published",
        "source": "ONS mid-year estimates, 2024 (OGL v3.0): As printed",
    }
    assert {one["mark"] for one in told["figures"]} == {
        "published", "derived", "inherited", "distance", "judgement",
    }  # fmt: skip


def test_a_file_that_somebody_edited_is_left_as_it_is(poundflow: Poundflow, tmp_path: Path) -> None:
    """The same file again is no fault; another is never written over."""
    out = tmp_path / "t.toml"
    poundflow("build-place", CODE, "--out", out)

    again = poundflow("build-place", CODE, "--out", out)
    edited = out.read_text().replace("households = 102_757", "households = 99_000")
    out.write_text(edited)
    refused = poundflow("build-place", CODE, "--out", out)

    assert again.code == 0
    assert "It stood there already, the same." in again.out
    assert refused.code == 2
    assert "says something else" in refused.err
    assert out.read_text() == edited


@pytest.mark.parametrize("word", ["newcastle", "E10000017", "E07000165"])
def test_what_is_no_district_is_refused(poundflow: Poundflow, tmp_path: Path, word: str) -> None:
    """Code 2, what could be asked for, and no file."""
    said = poundflow("build-place", word, "--out", tmp_path / "t.toml")

    assert said.code == 2
    assert "CODE: found" in said.err
    assert list(tmp_path.iterdir()) == []


def test_payments_that_are_not_resolved_are_refused(poundflow: Poundflow, tmp_path: Path) -> None:
    """The message says which command to give."""
    said = poundflow("build-place", CODE, "--payments", tmp_path, "--out", tmp_path / "t.toml")

    assert said.code == 2
    assert "poundflow import payments" in said.err
    assert list(tmp_path.iterdir()) == []


def test_payments_are_told_with_what_they_cover(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Months, factor, what is unknown, and the range of the local share."""
    paid = [*a_year(0, "ict", 300.0), *a_year(1, "catering", 100.0)]
    monkeypatch.setattr(build_place, "read_resolved", lambda _: resolved(paid, [[CODE], None]))

    said = poundflow(
        "build-place", CODE, "--payments", tmp_path, "--out", tmp_path / "t.toml", "--json"
    )

    told = json.loads(said.out)["payments"]
    assert (told["buyer"], len(told["months"]), told["factor"]) == ("tameside-council", 12, 1.0)
    assert (told["pence"], told["unknown_category"]) == (480_000, 0.0)
    assert told["local"]["tameside"] == {
        "low": 0.75, "high": 1.0, "known_low": 1.0, "known_high": 1.0, "unknown": 0.25,
        "taken": 1.0,
    }  # fmt: skip


def test_from_a_list_of_payments_to_a_scenario(poundflow: Poundflow, tmp_path: Path) -> None:
    """What the import read is what the file says: two categories, a quarter made a year."""
    rows = [
        f"{supplier},{pounds},0{k}/0{month}/2024,{what}"
        for month in (1, 2, 3)
        for k, (supplier, pounds, what) in enumerate(
            (("Thistle Care Ltd", 60000, "Home care"), ("Byte Ltd", 20000, "Software licences")), 1
        )
    ]
    listed = tmp_path / "list.csv"
    listed.write_text("\n".join(["Supplier,Amount,Date,Category", *rows]) + "\n")
    out, paid = tmp_path / "t.toml", tmp_path / "paid"
    poundflow("import", "payments", listed, "--area", CODE, "--out", paid)

    said = poundflow("build-place", CODE, "--payments", paid, "--out", out, "--json")

    told = json.loads(said.out)
    assert said.code == 0
    assert (told["payments"]["factor"], told["payments"]["pence"]) == (4.0, 24_000_000)
    budget = {one["key"]: one["value"] for one in told["figures"] if ".budget." in one["key"]}
    assert budget == {
        "buyers.tameside-council.budget.homecare": 720_000,
        "buyers.tameside-council.budget.ict": 240_000,
    }
    assert poundflow("check", out).code == 0


def test_all_that_is_wrong_is_said_at_once_and_no_folder_is_to_be_deleted(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """Code, payments and register in one answer; a folder for --out is told as one."""
    (tmp_path / "empty").mkdir()
    wrong = poundflow(
        "build-place", "Tamesid", "--payments", tmp_path / "none", "--register",
        tmp_path / "empty", "--out", tmp_path / "t.toml",
    )  # fmt: skip
    folder = poundflow("build-place", CODE, "--out", tmp_path / "empty")

    assert (wrong.code, folder.code) == (2, 2)
    for told in ("CODE: found `Tamesid`", "none: found no folder", "contracts", "3 faults."):
        assert told in wrong.err, told
    assert "is a folder" in folder.err
    assert "delete" not in folder.err
