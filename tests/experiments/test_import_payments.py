"""`import payments`: what an officer types, and what is then there, whole or not at all."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from experiments.report.payments import FATES
from scenarios.sources.rows import Fate
from tests.experiments.said import Poundflow

HEAD = "Payment Date,Supplier Name,Expense Type,Ref,Net Amount,Directorate\n"
APRIL = (
    HEAD
    + "03/04/2023,Brackenfell Builders Ltd,Works,R1,1000.00,Highways\n"
    + "04/04/2023,Millrace Primary School,Grants to schools,R2,250.10,Children\n"
    + "05/04/2023,Brenda Thistlewood,Works,R3,40.00,Adults\n"
    + "06/04/2023,Brackenfell Builders Ltd,Works,R4,-100.00,Highways\n"
    + "07/04/2023,=Brackenfell Ltd,Works,R5,=1+1,Highways\n"
    + ",Total,,,1190.10,\n"
)
KEYS = ["path", "rows", "used", "set_aside", "pence_in", "pence_used", "pence_set_aside", "columns"]


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """A list of six rows."""
    path = tmp_path / "april.csv"
    path.write_text(APRIL)
    return path


def test_a_list_becomes_a_folder(poundflow: Poundflow, april: Path, tmp_path: Path) -> None:
    """Parquet, rows set aside, a page, and a document that says what was done."""
    out = tmp_path / "out"

    said = poundflow("import", "payments", april, "--out", out, "--council", "Northmoor", "--json")

    assert said.code == 0, said.err
    told = json.loads(said.out)
    (file,) = told["files"]
    assert list(file) == KEYS
    assert (file["rows"], file["used"]) == (6, 4)
    assert file["set_aside"] == {"unreadable_amount": 1, "total": 1}
    assert (file["pence_in"], file["pence_used"], file["pence_set_aside"]) == (
        238020,
        119010,
        119010,
    )
    assert json.loads((out / "import.json").read_text()) == told
    payments = pq.read_table(out / "payments.parquet")
    assert payments["kind"].to_pylist() == ["purchase", "grant", "purchase", "refund"]
    assert sum(payments["pence"].to_pylist()) == 119010
    assert payments["month"].to_pylist() == ["2023-04"] * 4
    page = (out / "profile.html").read_text()
    assert "Payments of Northmoor" in page
    assert "£940.00, net of £100.00" in page
    assert "<script" not in page
    names = "".join(path.read_text("utf-8", "ignore") for path in out.iterdir())
    assert "Thistlewood" not in names


def test_no_cell_of_a_csv_is_a_formula(poundflow: Poundflow, april: Path, tmp_path: Path) -> None:
    """What a spreadsheet would run has an apostrophe before it; numbers stay numbers."""
    poundflow("import", "payments", april, "--out", tmp_path / "out")

    with (tmp_path / "out" / "set_aside.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["amount"] for row in rows] == ["'=1+1", "1190.10"]
    assert rows[0]["payee"].startswith("'=")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+@\t\r" and cell]


def test_the_terminal_shows_columns_and_sums(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """What each column was taken for, how sure, what is summed and why."""
    said = poundflow("import", "payments", april, "--out", tmp_path / "out")

    for words in ("payee", "100%", "summed is net", "1 total", "unreadable", "£1,190.10"):
        assert words in said.out


def test_all_faults_of_all_files_are_told_and_nothing_is_written(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """One good list does not make up for three that cannot be read."""
    (tmp_path / "odd.csv").write_text("Name,Height\nOak,12.1\n")
    (tmp_path / "leaf.pdf").write_bytes(b"%PDF-1.7")
    out = tmp_path / "out"

    said = poundflow(
        "import", "payments", april, tmp_path / "odd.csv", tmp_path / "leaf.pdf",
        tmp_path / "gone.csv", "--out", out, "--area", "X1", "--map", "Nonsuch=service",
    )  # fmt: skip

    assert said.code == 2
    for words in ("odd.csv: found no headings in 2 rows, the first of which says Name", "--map",
                  "a PDF", "gone.csv", "`X1`",
                  "no such column in any file", "5 faults", "Nothing was written"):  # fmt: skip
        assert words in said.err
    assert not out.exists()


def test_the_code_of_no_area_is_refused_with_those_near_it(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """A slip in a code would make every supplier one from elsewhere."""
    said = poundflow("import", "payments", april, "--out", tmp_path / "out", "--area", "E08000099")

    assert said.code == 2
    assert "--area: found `E08000099`, which no table knows; wanted the code of an area" in said.err
    assert "E08000009 (Trafford)" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("code", ["E10000017", "E07000165", "E12000002", "TLD3", "K02000001"])
def test_the_code_of_any_area_that_is_known_is_taken(
    poundflow: Poundflow, tmp_path: Path, code: str
) -> None:
    """A county, a former district, a region, an ITL area, the United Kingdom."""
    said = poundflow("import", "payments", tmp_path / "gone.csv", "--out", tmp_path / "out",
                     "--area", code)  # fmt: skip

    assert "gone.csv" in said.err
    assert "--area" not in said.err


def test_two_columns_cannot_be_one_field(poundflow: Poundflow, april: Path, tmp_path: Path) -> None:
    """One of them would be lost unsaid; each alone may be set."""
    said = poundflow(
        "import", "payments", april, "--out", tmp_path / "out", "--map", "#6=category",
        "--map", "#1=category",
    )  # fmt: skip

    assert said.code == 2
    assert "--map …=category: found the columns #1" in said.err
    assert not (tmp_path / "out").exists()


def test_a_column_can_be_set_and_a_name_kept(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """`--map` overrules what was found, `--keep` what was masked."""
    (tmp_path / "names.txt").write_text("Brenda Thistlewood\n")

    poundflow("import", "payments", april, "--out", tmp_path / "out", "--map", "#6=category",
              "--map", "Expense Type=ignore", "--keep", tmp_path / "names.txt")  # fmt: skip

    payments = pq.read_table(tmp_path / "out" / "payments.parquet")
    assert payments["category"].to_pylist()[0] == "Highways"
    assert "Brenda Thistlewood" in payments["payee"].to_pylist()


def test_copies_in_two_files_are_told_and_kept(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """The same month downloaded twice counts twice, and is said to."""
    (tmp_path / "copy.csv").write_text(APRIL)

    said = poundflow("import", "payments", april, tmp_path / "copy.csv", "--out", tmp_path / "out",
                     "--json")  # fmt: skip

    (copies,) = json.loads(said.out)["duplicates"]
    assert (copies["payments"], copies["pence"]) == (4, 119010)
    assert pq.read_table(tmp_path / "out" / "payments.parquet").num_rows == 8


def test_a_file_given_twice_and_a_strange_folder_are_refused(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """A folder with something else in it is left alone; one of an earlier import is filled anew."""
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "thesis.txt").write_text("mine")

    twice = poundflow("import", "payments", april, april, "--out", tmp_path / "out")
    taken = poundflow("import", "payments", april, "--out", strange)
    again = [poundflow("import", "payments", april, "--out", tmp_path / "out") for _ in range(2)]

    assert (twice.code, taken.code) == (2, 2)
    assert "given twice" in twice.err
    assert [path.name for path in strange.iterdir()] == ["thesis.txt"]
    assert [said.code for said in again] == [0, 0]


def test_the_same_lists_become_the_same_bytes(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """Nothing of the clock or the machine is in what is written."""
    for name in ("one", "two"):
        poundflow("import", "payments", april, "--out", tmp_path / name)

    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_a_masked_payee_that_received_much_is_pointed_out(
    poundflow: Poundflow, april: Path, tmp_path: Path
) -> None:
    """By its number, file and row, never by name: it may be a firm."""
    april.write_text(APRIL.replace("R3,40.00", "R3,400000.00"))

    said = poundflow("import", "payments", april, "--out", tmp_path / "out")

    assert "person 1 received £400,000.00: is it one?" in said.out
    assert "row 4" in said.out
    assert "Thistlewood" not in said.out


def test_a_list_without_any_purchase_has_a_profile(poundflow: Poundflow, tmp_path: Path) -> None:
    """Grants alone are payments, too."""
    path = tmp_path / "grants.csv"
    path.write_text(HEAD + "03/04/2023,Millrace Primary School,Grants to schools,R1,10.00,Adults\n")

    said = poundflow("import", "payments", path, "--out", tmp_path / "out")

    assert said.code == 0, said.err


def test_no_person_is_shown_in_rows_set_aside_or_headings(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """Subtotals by supplier, titles, remarks and headings may name persons."""
    path = tmp_path / "april.csv"
    path.write_text(
        "Payments to Olga Thornquist and others,,,,,\n"
        + HEAD.replace("Directorate", "Olga Thornquist")
        + "03/04/2023,Olga Thornquist,Works,R1,10.00,Adults\n"
        + ",Olga Thornquist Total,,,10.00,\n"
        + "Ask Olga Thornquist,,,,,\n"
    )

    said = poundflow("import", "payments", path, "--out", tmp_path / "out")

    assert said.code == 0, said.err
    assert "Thornquist" not in said.out
    for one in (tmp_path / "out").iterdir():
        assert b"Thornquist" not in one.read_bytes(), one.name


def test_every_reason_for_setting_aside_is_explained_on_the_page() -> None:
    """None is a bare word of ours."""
    assert {fate.reason for fate in Fate if fate} == set(FATES)
