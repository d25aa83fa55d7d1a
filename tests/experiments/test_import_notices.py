"""`poundflow import ocds` from the shell: tables, a page, a document, and refusals in words."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.experiments.said import Poundflow
from tests.scenarios.sources.made_up_notices import PERSON, purchase, write_lines

WRITTEN = [
    "tenders.parquet", "lots.parquet", "awards.parquet", "suppliers.parquet", "contracts.parquet",
    "set_aside.csv", "import.json", "profile.html",
]  # fmt: skip


def test_notices_become_tables_and_a_page(poundflow: Poundflow, tmp_path: Path) -> None:
    """What is printed adds up; the page holds everything and asks nothing of the network."""
    file = write_lines(tmp_path / "notices.jsonl", purchase())
    file.write_text(file.read_text() + "broken\n")
    out = tmp_path / "new" / "folder"

    said = poundflow("import", "ocds", file, "--out", out)

    assert (said.code, said.err) == (0, "")
    assert (
        "1 process, 2 amendments; 1 tender, 2 lots, 2 awards, 1 supplier, 1 contract." in said.out
    )
    assert "1 release set aside: line that is no JSON." in said.out
    assert sorted(path.name for path in out.iterdir()) == sorted(WRITTEN)
    page = (out / "profile.html").read_text(encoding="utf-8")
    HTMLParser().feed(page)
    assert "1 contract, 1 of them with a single value in pounds: £640,000 together." in page
    assert "SMEs hold 100% of the contracts." in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert not any(part in page for part in PERSON.split())


def test_with_json_it_prints_one_document_that_adds_up(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """Releases in are releases used and set aside, for each file and in all."""
    files = [
        write_lines(tmp_path / "a.jsonl", purchase()),
        write_lines(tmp_path / "b.jsonl", [*purchase()[:1], {"ocid": "x"}]),
    ]

    said = poundflow("import", "ocds", *files, "--out", tmp_path / "out", "--json")

    told = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert [(of["releases"], of["used"]) for of in told["files"]] == [(6, 6), (2, 0)]
    for of in told["files"]:
        assert of["releases"] == of["used"] + sum(of["set_aside"].values())
    assert told["totals"]["releases"] == 8
    assert told["notices"] == {"UK10": 1, "UK2": 1, "UK4": 1, "UK6": 1, "UK7": 1}
    assert told["written"] == WRITTEN


def test_a_file_without_notices_is_refused_with_what_it_is(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """The code is 2, nothing is written, and the words say where to go."""
    file = tmp_path / "register.json"
    file.write_text(json.dumps({"contracts": [{"supplier": PERSON}]}))

    said = poundflow("import", "ocds", file, "--out", tmp_path / "out")

    assert said.code == 2
    assert "found an object with contracts, and no release; wanted notices" in said.err
    assert "poundflow import register" in said.err
    assert PERSON not in said.err
    assert not list((tmp_path / "out").iterdir())


def test_a_missing_package_is_named_with_its_command(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The merging needs an extra."""
    monkeypatch.setattr("experiments.design.extras.find_spec", lambda name: None)
    file = write_lines(tmp_path / "notices.jsonl", purchase())

    said = poundflow("import", "ocds", file, "--out", tmp_path / "out")

    assert said.code == 2
    assert 'pip install "poundflow[import]"' in said.err
