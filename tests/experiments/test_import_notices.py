"""`poundflow import ocds` and `import register` from the shell: tables, a page, refusals."""

import contextlib
import csv
import json
import os
import re
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.experiments.said import Poundflow
from tests.scenarios.sources.made_up_notices import PERSON, purchase, release, write_lines

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


REGISTER = (
    "Ref,Contract Title,Supplier Name,Contract Value,Start Date,End Date,SME\n"
    'C1,Meals,Meals Ltd,"£500,000",01/04/2026,31/03/2029,Yes\n'
    "C2,Roads,Roads plc,TBC,01/04/2026,31/03/2028,No\n"
    ",,,,,,\n"
    "C3,Signs,Mrs Ann Example,up to £900,01/04/2026,31/03/2027,Perhaps\n"
)


def test_a_register_becomes_a_table_and_a_page(poundflow: Poundflow, tmp_path: Path) -> None:
    """What each column is taken for is shown; what is not known is said."""
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, encoding="utf-8")
    out = tmp_path / "out"

    said = poundflow("import", "register", file, "--out", out)

    assert (said.code, said.err) == (0, "")
    assert "1 row set aside: blank row." in said.out
    assert "Cells that could not be read, and are unknown: sme 1." in said.out
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["contracts.parquet", "set_aside.csv", "import.json", "profile.html"]
    )
    page = (out / "profile.html").read_text(encoding="utf-8")
    assert "3 contracts, 1 of them with a single value in pounds: £500,000 together." in page
    assert "SMEs hold between 33% and 67% of the contracts" in page
    assert "Ann Example" not in page + said.out


def test_a_register_with_json_adds_up(poundflow: Poundflow, tmp_path: Path) -> None:
    """Rows in are rows used and set aside."""
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, encoding="utf-8")

    said = poundflow("import", "register", file, "--out", tmp_path / "out", "--json")

    told = json.loads(said.out)
    [of] = told["files"]
    assert (of["rows"], of["used"], of["set_aside"]) == (4, 3, {"blank row": 1})
    assert [one["field"] for one in of["columns"]] == [
        "reference", "title", "supplier", "total_value", "start", "end", "sme",
    ]  # fmt: skip
    assert json.loads((tmp_path / "out" / "import.json").read_text())["totals"] == told["totals"]


def test_all_faults_of_registers_are_told_at_once(poundflow: Poundflow, tmp_path: Path) -> None:
    """Two files that are none, and a column that is in no file."""
    good, bad = tmp_path / "register.csv", tmp_path / "letter.csv"
    good.write_text(REGISTER, encoding="utf-8")
    bad.write_text("Dear reader\n", encoding="utf-8")

    said = poundflow(
        "import", "register", good, bad, tmp_path / "missing.csv", "--out", tmp_path / "out",
        "--map", "Worth=total_value",
    )  # fmt: skip

    assert said.code == 2
    for part in ("letter.csv", "missing.csv", "--map Worth=total_value", "3 faults."):
        assert part in said.err
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_left_alone(poundflow: Poundflow, tmp_path: Path) -> None:
    """An import never writes among files that are not its own."""
    (tmp_path / "diary.txt").write_text("mine")
    file = write_lines(tmp_path / "notices.jsonl", purchase())

    said = poundflow("import", "ocds", file, "--out", tmp_path)

    assert said.code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary.txt", "notices.jsonl"]


TWO_PERSONS = (
    "Contract Title,Supplier Name,Total Contract Value,Start Date\n"
    "Hedges,Brenda Thistlewood,1000.00,01/04/2023\nRoofs,Alan Quill,2000.00,01/05/2023\n"
)


@pytest.mark.parametrize("kind", ["register", "ocds"])
def test_a_file_given_twice_is_refused(poundflow: Poundflow, tmp_path: Path, kind: str) -> None:
    """By one name or by two, as with payments: nothing is read once in silence."""
    file = write_lines(tmp_path / "notices.jsonl", purchase())
    if kind == "register":
        file = tmp_path / "register.csv"
        file.write_text(TWO_PERSONS)
    (tmp_path / "other").symlink_to(file)

    for second in (file, tmp_path / "other"):
        said = poundflow("import", kind, file, second, "--out", tmp_path / "out")

        assert (said.code, "a file that is given twice" in said.err) == (2, True)
        assert list((tmp_path / "out").glob("*")) == []


def test_suppliers_that_are_no_persons_are_kept(poundflow: Poundflow, tmp_path: Path) -> None:
    """A list of names undoes the mask in a register and in notices, for them alone."""
    keep, file = tmp_path / "keep.txt", tmp_path / "register.csv"
    keep.write_text("Brenda Thistlewood\n")
    file.write_text(TWO_PERSONS)
    names = enumerate(("Brenda Thistlewood", "Alan Quill"), 1)
    suppliers = [{"id": str(k), "name": name} for k, name in names]
    awards = [{"id": "1", "status": "active", "suppliers": suppliers}]
    notices = write_lines(tmp_path / "notices.jsonl", [release(4, "award", awards=awards)])

    for kind, each in (("register", file), ("ocds", notices)):
        out = tmp_path / kind
        said = poundflow("import", kind, each, "--out", out, "--keep", keep)
        assert said.code == 0, said.err
        tables = [pq.read_table(path).to_pylist() for path in out.glob("*.parquet")]
        assert ("Brenda Thistlewood" in str(tables), "Alan Quill" in str(tables)) == (True, False)


@pytest.fixture
def shared() -> Path:
    """Real files, which are no part of the project."""
    found = os.environ.get("POUNDFLOW_DATA")
    if not found:
        pytest.skip("set POUNDFLOW_DATA to a folder of real notices and registers")
    return Path(found)


def amounts_of(path: Path) -> int:
    """Sum the total column of a register, read by other means [pence]."""
    pence = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            [name] = [name for name in row if name and name.startswith("Total Contract Value")]
            with contextlib.suppress(InvalidOperation):
                pence += int(Decimal(row[name].replace(",", "").lstrip("£")) * 100)
    return pence


def test_every_real_register_is_read_and_its_sum_is_that_of_its_column(
    shared: Path, poundflow: Poundflow, tmp_path: Path
) -> None:
    """To the penny, with no column set by hand."""
    files = sorted(shared.glob("*contracts-register/*.csv"))
    assert files
    for at, file in enumerate(files):
        out = tmp_path / str(at)
        assert poundflow("import", "register", file, "--out", out).code == 0
        rows = pq.read_table(out / "contracts.parquet").to_pylist()
        assert sum(row["total_value_pence"] or 0 for row in rows) == amounts_of(file)


def test_every_real_file_of_notices_is_read_and_shows_no_contact(
    shared: Path, poundflow: Poundflow, tmp_path: Path
) -> None:
    """All releases are used; no name of a contact point stands in any file that was written."""
    files = sorted(shared.glob("ocds-*/*json"))
    assert files

    said = poundflow("import", "ocds", *files, "--out", tmp_path / "out", "--json")

    told = json.loads(said.out)
    assert told["totals"]["used"] == told["totals"]["releases"] > 0
    written = "".join(
        str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text()
        for path in (tmp_path / "out").iterdir()
    )
    raw = "".join(file.read_text(encoding="utf-8") for file in files)
    points = re.findall(r'"contactPoint"\s*:\s*\{\s*"name"\s*:\s*"([^"]+)"', raw)
    people = {name for name in points if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", name)}
    organisations = {name for name in people if f'"legalName": "{name}' in raw}
    assert len(people) > 10
    assert [name for name in people - organisations if name in written] == []
    assert not re.search(r"[\w.]+@[\w.]+\.(?:uk|com|org)", written)


def test_every_real_list_of_payments_is_refused_as_a_register(
    shared: Path, poundflow: Poundflow, tmp_path: Path
) -> None:
    """Payments are no contracts."""
    files = sorted(shared.glob("*-spend/*.csv"))
    assert files

    said = poundflow("import", "register", *files, "--out", tmp_path / "out")

    assert (said.code, f"{len(files)} faults." in said.err) == (2, True)
