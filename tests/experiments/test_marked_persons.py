"""A payee that the review list says is a person: its name leaves every file, and stays away."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scenarios.sources.resolved import read_resolved
from tests.experiments.said import Poundflow
from tests.experiments.test_suppliers import OURS, answer, asked, supplier, write

LIST = """Date,Supplier Name,Expense Type,Service Area,Net Amount,Company Number,Supplier ID
03/04/2023,Brackenfell Builders Ltd,Building works,Roof,1000.00,1234567,11
04/04/2023,Quillmoor Landscapes,Grounds,Hedges by Quillmoor Landscapes in May,9000.00,,77
05/04/2023,QUILLMOOR LANDSCAPES,Grounds,Hedges,500.00,,77
06/04/2023,Quilmoor Landscapes,Grounds,Hedges,250.00,,78
07/04/2023,Brenda Thistlewood,Home care,Care,40.00,,79
08/04/2023,Quillmoor Landscapes,Grounds,Hedges,see note,,77
09/04/2023,Ashgrove Fencing,Grounds,Fences,70.00,,80
"""
SLIP = "quilmoor landscapes"
NAME = "quillmoor landscapes"


@pytest.fixture
def imported(poundflow: Poundflow, tmp_path: Path) -> Path:
    """A folder in which nobody has marked anyone yet."""
    path = tmp_path / "april.csv"
    path.write_text(LIST)
    out = tmp_path / "northmoor"
    said = poundflow("import", "payments", path, "--out", out, *OURS)
    assert said.code == 0, said.err
    return out


def everything(folder: Path) -> str:
    """All that stands in the files of a folder, tables as their rows, in lower case."""
    told = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            told.append(f"{table.to_pylist()} {table.schema.metadata}")
        told.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(told).casefold()


def marked(folder: Path) -> list[dict[str, str]]:
    """Rows of the review list about persons."""
    return [row for row in asked(folder) if row["kind"] == "person"]


def test_the_name_of_a_marked_person_stands_in_no_file(
    poundflow: Poundflow, imported: Path
) -> None:
    """Payments, suppliers, rows set aside, page and list have `person 2`; the pounds stay."""
    assert NAME in everything(imported)
    assert NAME in (imported / "set_aside.csv").read_text().casefold()
    answer(imported, quillmoor={"kind": "person", "based": "Tameside", "note": "sole trader"})

    said = poundflow("suppliers", imported)

    assert said.code == 0, said.err
    assert NAME not in everything(imported)
    assert NAME not in (said.out + said.err).casefold()
    person = supplier(imported, "person 2")
    assert (person["kind"], person["pence"], person["payments"]) == ("person", 950000, 2)
    assert person["based"] == ["E08000008"]
    payments = pq.read_table(imported / "payments.parquet").to_pylist()
    mine = [row for row in payments if row["payee"] == "person 2"]
    assert {row["payee_kind"] for row in mine} == {"person"}
    assert {row["supplier_id"] for row in mine} == {None}
    assert [row["service"] for row in mine] == ["masked", "Hedges"]
    (row,) = marked(imported)
    assert (row["name"], row["note"], row["based"]) == ("person 2", "sole trader", "Tameside")
    assert json.loads((imported / "import.json").read_text())["suppliers"]["persons_marked"] == 1


def test_the_mark_holds_in_every_later_run(poundflow: Poundflow, imported: Path) -> None:
    """Run again, run with the lists again, with a later list, in another folder: never unmasked."""
    answer(imported, quillmoor={"kind": "person"})
    poundflow("suppliers", imported)
    once = {path.name: path.read_bytes() for path in imported.iterdir()}

    poundflow("suppliers", imported)

    assert {path.name: path.read_bytes() for path in imported.iterdir()} == once
    lists = imported.parent / "april.csv"
    for _ in range(2):
        again = poundflow("import", "payments", lists, "--out", imported, *OURS)
        assert again.code == 0, again.err
        assert NAME not in everything(imported)
        assert supplier(imported, "person 2")["pence"] == 950000
        assert len(marked(imported)) == 1
    later = imported.parent / "may.csv"
    later.write_text(LIST.replace("Quillmoor Landscapes,", "QuillMoor -Landscapes,"))
    poundflow("import", "payments", later, "--out", imported, *OURS)
    assert "quillmoor landscapes" not in everything(imported)
    without = imported.parent / "june.csv"
    without.write_text("\n".join(LIST.splitlines()[:2]) + "\n")
    said = poundflow("import", "payments", without, "--out", imported, *OURS)
    assert "1 answer in suppliers_review.csv matches no supplier here" in said.out
    assert len(marked(imported)) == 1
    poundflow("import", "payments", lists, "--out", imported, *OURS)
    assert NAME not in everything(imported)


def test_persons_merged_by_hand_stay_one_person(poundflow: Poundflow, imported: Path) -> None:
    """Two spellings that the list merges are masked together, and again after an import."""
    answer(imported, quil={"kind": "person"}, quillmoor={"decision": "merge"})
    answer(imported, quilmoor={"kind": "person"})
    answer(imported, quillmoor={"decision": "merge"}, quilmoor={"decision": "merge"})

    poundflow("suppliers", imported)

    assert supplier(imported, "person 2")["pence"] == 975000
    assert SLIP not in everything(imported)
    poundflow("import", "payments", imported.parent / "april.csv", "--out", imported, *OURS)
    assert supplier(imported, "person 2")["pence"] == 975000
    assert not {NAME, SLIP} & {name for name in (NAME, SLIP) if name in everything(imported)}


def test_a_mark_taken_away_gives_the_name_back_with_the_lists(
    poundflow: Poundflow, imported: Path
) -> None:
    """The folder no longer has the name: an import of the lists does."""
    answer(imported, quillmoor={"kind": "person"})
    poundflow("suppliers", imported)
    rows = asked(imported)
    for row in rows:
        row["kind"] = "sme" if row["kind"] == "person" else row["kind"]
    write(imported / "suppliers_review.csv", rows)

    poundflow("suppliers", imported)

    assert supplier(imported, "person 2")["kind"] == "sme"
    poundflow("import", "payments", imported.parent / "april.csv", "--out", imported, *OURS)
    assert supplier(imported, "quillmoor")["kind"] == "sme"
    assert not [row for row in asked(imported) if row["key"].startswith("masked")]


def test_an_answer_about_a_person_who_is_not_here_is_kept_without_the_name(
    poundflow: Poundflow, imported: Path, tmp_path: Path
) -> None:
    """It waits under its mark until a list has that payee."""
    row = dict.fromkeys(asked(imported)[0], "")
    own = tmp_path / "own.csv"
    write(own, [row | {"question": "supplier", "name": "Fernhollow Landscapes", "kind": "person",
                       "note": "Fernhollow Landscapes is Mr F"}])  # fmt: skip

    said = poundflow("suppliers", imported, "--review", own)

    assert said.code == 0, said.err
    assert "fernhollow" not in everything(imported) + said.out.casefold()
    later = tmp_path / "may.csv"
    later.write_text(LIST.replace("Ashgrove Fencing", "Fernhollow Landscapes"))
    poundflow("import", "payments", later, "--out", imported, *OURS)
    assert "fernhollow" not in everything(imported)
    assert supplier(imported, "person 2")["pence"] == 7000


@pytest.mark.compiled
def test_later_outputs_have_no_name_and_earlier_ones_are_pointed_out(
    poundflow: Poundflow, imported: Path, tmp_path: Path
) -> None:
    """LM3 before the mark names the payee: the command says so; LM3 after it does not."""
    assert poundflow("lm3", imported).code == 0
    assert NAME in (imported / "lm3.html").read_text().casefold()
    answer(imported, quillmoor={"kind": "person"})

    said = poundflow("suppliers", imported)

    assert "still stands in lm3.html, lm3.json" in said.out
    poundflow("lm3", imported)
    poundflow("lm3", imported, "--form", imported / "form.csv")
    built = tmp_path / "place.toml"
    poundflow("build-place", OURS[-1], "--payments", imported, "--out", built)
    check = poundflow("fit-check", built, imported, "--out", tmp_path / "fit")
    assert check.code == 0, check.err
    assert NAME not in everything(imported)
    assert NAME not in built.read_text().casefold()
    assert NAME not in everything(tmp_path / "fit")
    with (imported / "form.csv").open(newline="") as file:
        assert not [row for row in csv.reader(file) if row[0].startswith("person")]


def test_marks_without_their_key_are_refused(poundflow: Poundflow, imported: Path) -> None:
    """Without the key the name would come back unmasked: nothing is written."""
    answer(imported, quillmoor={"kind": "person"})
    poundflow("suppliers", imported)
    key = (imported / "persons.key").read_text()
    (imported / "persons.key").unlink()

    for command in (
        ("suppliers", imported),
        ("import", "payments", imported.parent / "april.csv", "--out", imported, *OURS),
    ):
        said = poundflow(*command)
        assert said.code == 2
        assert "persons.key: found no such file" in said.err
    (imported / "persons.key").write_text(key[:-2])
    assert "64 hexadecimal figures" in poundflow("suppliers", imported).err
    (imported / "persons.key").write_text(key)
    assert poundflow("suppliers", imported).code == 0
    assert read_resolved(imported).suppliers["name"].to_pylist().count("person 2") == 1
