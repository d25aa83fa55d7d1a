"""`suppliers`: what an officer types after an import, answers in a spreadsheet, and types again."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenarios.sources.contract_schema import CONTRACTS
from scenarios.sources.resolved import NotResolvedError, read_resolved
from scenarios.sources.supplier_review import ReviewError, read_review
from tests.experiments.said import Poundflow

LIST = """Payment Date,Supplier Name,Expense Type,Net Amount,Company Number
03/04/2023,Brackenfell Builders Ltd,Building works,1000.00,1234567
04/04/2023,BRACKENFELL BUILDERS LIMITED,Building works,500.00,
05/04/2023,Brackenfell (North) Builders Ltd,Building works,300.00,
06/04/2023,Brenda Thistlewood,Home care,40.00,
07/04/2023,Craegmoor Healthcare,Sundries,200.00,
08/04/2023,Cragemoor Healthcare,Sundries,250.00,
09/04/2023,Oldham MBC,Sundries,60.00,
10/04/2023,=Fenwick Trading Ltd,Sundries,-10.00,
11/04/2023,St Wulfric's Hospice,Grants to voluntary bodies,70.00,
"""
OURS = ("--council", "Tameside Metropolitan Borough Council", "--area", "E08000008")
FILES = ("payments.parquet", "suppliers.parquet", "categories.parquet", "suppliers_review.csv",
         "set_aside.csv", "profile.html", "import.json")  # fmt: skip


@pytest.fixture
def imported(poundflow: Poundflow, tmp_path: Path) -> Path:
    """A folder that an import has filled."""
    path = tmp_path / "april.csv"
    path.write_text(LIST)
    out = tmp_path / "northmoor"
    said = poundflow("import", "payments", path, "--out", out, *OURS)
    assert said.code == 0, said.err
    return out


def asked(folder: Path) -> list[dict[str, str]]:
    """The review list of a folder."""
    with (folder / "suppliers_review.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def answer(folder: Path, **answers: dict[str, str]) -> None:
    """Fill cells of the rows whose name, or other name, begins so; as a spreadsheet would."""
    rows = asked(folder)
    for start, cells in answers.items():
        for row in rows:
            pair = row["question"] != "supplier"
            if row["name"].lower().startswith(start) and pair == ("decision" in cells):
                row.update(cells)
    write(folder / "suppliers_review.csv", rows)


def write(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    """Write a review list."""
    with path.open("w", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        lines.writeheader()
        lines.writerows(rows)


def supplier(folder: Path, start: str) -> dict[str, object]:
    """The one supplier with such a name."""
    table = read_resolved(folder).suppliers.to_pylist()
    (found,) = [one for one in table if one["name"].lower().startswith(start)]
    return dict(found)


def test_an_import_says_who_was_paid(imported: Path) -> None:
    """Spellings merge, doubts are asked, a council is where it is, and unknown stays unknown."""
    found = read_resolved(imported)

    assert (found.council, found.area) == ("Tameside Metropolitan Borough Council", "E08000008")
    builders = supplier(imported, "brackenfell builders")
    assert (builders["pence"], builders["company_number"]) == (150000, "01234567")
    assert builders["merged_because"] == ["one name"]
    assert (builders["kind"], builders["based"], builders["owned"]) == ("unknown", None, None)
    assert supplier(imported, "brackenfell (north)")["pence"] == 30000
    assert supplier(imported, "oldham")["based"] == ["E08000004"]
    assert supplier(imported, "oldham")["kind"] == "public_body"
    pairs = [(row["name"], row["other_name"]) for row in asked(imported) if row["other_key"]]
    assert ("Craegmoor Healthcare", "Cragemoor Healthcare") in pairs
    assert found.payments["category"].to_pylist()[:3] == ["construction_works"] * 3
    assert found.payments["category"].to_pylist()[-1] is None
    assert found.suppliers["kind"].to_pylist().count("person") == 1
    assert not [row for row in asked(imported) if row["name"].startswith("person")]
    told = json.loads((imported / "import.json").read_text())
    assert told["written"] == [name for name in told["written"] if (imported / name).is_file()]
    assert set(told["written"]) == set(FILES)
    page = (imported / "profile.html").read_text()
    assert "between 0.0% and" in page
    names = "".join(path.read_text("utf-8", "ignore") for path in imported.iterdir())
    assert "Thistlewood" not in names


def test_answers_count_and_are_kept(poundflow: Poundflow, imported: Path) -> None:
    """What a person writes into the list wins, also after the lists are imported once more."""
    answer(
        imported,
        craegmoor={"decision": "merge", "note": "=one firm"},
        brackenfell={"kind": "sme", "based": "Tameside; E08000003", "owned": "abroad"},
        oldham={"category": "Legal, financial and consulting services", "based": "unknown"},
    )

    said = poundflow("suppliers", imported)

    assert said.code == 0, said.err
    assert supplier(imported, "cr")["pence"] == 45000
    builders = supplier(imported, "brackenfell builders")
    assert (builders["kind"], builders["kind_reason"]) == ("sme", "set in the review list")
    assert builders["based"] == ["E08000003", "E08000008"]
    assert builders["owned"] == ["abroad"]
    assert supplier(imported, "oldham")["based"] is None
    assert "professional_services" in read_resolved(imported).payments["category"].to_pylist()
    kept = (imported / "suppliers_review.csv").read_bytes()
    assert b"'=one firm" in kept

    again = poundflow("import", "payments", imported.parent / "april.csv", "--out", imported, *OURS)

    assert again.code == 0, again.err
    assert (imported / "suppliers_review.csv").read_bytes() == kept


def test_the_same_command_writes_the_same_bytes(poundflow: Poundflow, imported: Path) -> None:
    """Resolving twice changes no file."""
    poundflow("suppliers", imported)
    once = {name: (imported / name).read_bytes() for name in FILES}

    poundflow("suppliers", imported)

    assert {name: (imported / name).read_bytes() for name in FILES} == once


def test_answers_about_others_are_kept_for_later(
    poundflow: Poundflow, imported: Path, tmp_path: Path
) -> None:
    """A row whose supplier is not in this import stands at the end, unchanged."""
    row = dict.fromkeys(asked(imported)[0], "")
    rows = [
        row | {"question": "supplier", "key": "company 07654321", "name": "Ash Ltd", "kind": "sme"}
    ]
    write(tmp_path / "own.csv", rows, ";")

    said = poundflow("suppliers", imported, "--review", tmp_path / "own.csv")

    assert said.code == 0, said.err
    last = asked(imported)[-1]
    assert (last["key"], last["name"], last["kind"]) == ("company 07654321", "Ash Ltd", "sme")
    told = "1 answer in suppliers_review.csv matches no supplier here, and is kept at its end: Ash"
    assert told in said.out
    assert told in (imported / "profile.html").read_text()


def test_all_faults_of_a_review_list_are_told_at_once(
    poundflow: Poundflow, imported: Path, tmp_path: Path
) -> None:
    """Each with its row as a spreadsheet counts it; nothing is written."""
    row = dict.fromkeys(asked(imported)[0], "")
    firm = row | {"question": "supplier", "key": "company 01234567"}
    pair = row | {"question": "one supplier?", "key": "name a", "other_key": "name b"}
    write(tmp_path / "own.csv", [
        firm | {"kind": "big"}, firm | {"based": "Tamesid"}, firm | {"category": "home cares"},
        pair | {"decision": "merged"}, pair | {"kind": "sme"}, firm | {"kind": "sme"},
        row | {"kind": "sme"},
    ])  # fmt: skip
    before = (imported / "suppliers.parquet").read_bytes()

    said = poundflow("suppliers", imported, "--review", tmp_path / "own.csv",
                     "--postcodes", tmp_path / "none.csv", "--register", tmp_path)  # fmt: skip

    assert said.code == 2
    for told in (
        "own.csv:2: kind: found “big”", "own.csv:3: based: found “Tamesid”", "own.csv:4: category",
        "Did you mean `Home care`", "Did you mean `Tameside`", "Did you mean `merge`",
        "own.csv:5: decision", "own.csv:6: question", "own.csv:7",
        "own.csv:8: key", "none.csv: found", "no contracts.parquet",
    ):  # fmt: skip
        assert told in said.err, told
    assert (imported / "suppliers.parquet").read_bytes() == before


def test_two_rows_that_meet_in_one_supplier_must_agree(
    poundflow: Poundflow, imported: Path
) -> None:
    """Once two names are one supplier, their answers are held against each other."""
    answer(
        imported, cr={"kind": "sme"}, craegmoor={"decision": "merge"}, cragemoor={"kind": "vcse"}
    )

    said = poundflow("suppliers", imported)

    assert said.code == 2
    assert "another answer than row" in said.err


def test_a_register_and_postcodes_tell_more(
    poundflow: Poundflow, imported: Path, tmp_path: Path
) -> None:
    """A register brings the postcode and the flag, the user's table the district."""
    register = tmp_path / "register"
    register.mkdir()
    row = dict.fromkeys(CONTRACTS.names) | {
        "supplier": "Brackenfell Builders Limited", "supplier_is_person": False, "sme": True,
        "supplier_postcode": "OL6 6DL",
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([row], CONTRACTS), register / "contracts.parquet")
    (tmp_path / "pcd.csv").write_text("pcds,laua\nOL6 6DL,E08000008\n")

    said = poundflow("suppliers", imported, "--register", register,
                     "--postcodes", tmp_path / "pcd.csv", "--json")  # fmt: skip

    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told["based"]["here"] == 150000
    builders = supplier(imported, "brackenfell builders")
    assert (builders["kind"], builders["based"], builders["owned"]) == ("sme", ["E08000008"], None)
    assert builders["based_reason"] == "by the postcode of OL6 6DL"


def test_lists_of_companies_and_of_cooperatives_are_matched(
    poundflow: Poundflow, imported: Path, tmp_path: Path
) -> None:
    """By number or by name; those that have ended are none."""
    (tmp_path / "ch.csv").write_text(
        " CompanyName, CompanyNumber,RegAddress.PostCode,CompanyStatus,SICCode.SicText_1\n"
        "BRACKENFELL BUILDERS LIMITED,01234567,OL6 6DL,Active,41202 - Construction\n"
        "CRAEGMOOR HEALTHCARE LIMITED,07654321,M1 1AA,Dissolved,87300 - Care\n"
    )
    (tmp_path / "coops.csv").write_text(
        "Registered Number,Registered Name,Registered Postcode,Registered Status\n"
        "525R,Cragemoor Healthcare Limited,OL1 1AA,Live\n"
    )

    said = poundflow("suppliers", imported, "--companies", tmp_path / "ch.csv",
                     "--coops", tmp_path / "coops.csv")  # fmt: skip

    assert said.code == 0, said.err
    assert supplier(imported, "brackenfell builders")["sic"] == "41202 - Construction"
    assert supplier(imported, "cragemoor")["kind"] == "coop"
    assert supplier(imported, "craegmoor")["company_number"] is None


def test_half_a_folder_is_refused(poundflow: Poundflow, imported: Path, tmp_path: Path) -> None:
    """No folder, no import, payments of another import, suppliers of other payments."""
    other = poundflow("suppliers", tmp_path / "nowhere")
    payments = pq.read_table(imported / "payments.parquet")

    assert other.code == 2
    assert "poundflow import payments" in other.err
    pq.write_table(payments.slice(1), imported / "payments.parquet")
    half = poundflow("suppliers", imported)
    assert half.code == 2
    assert "half an import" in half.err
    names = payments["payee"].to_pylist()
    names[0] = "Other Ltd"
    at = payments.schema.get_field_index("payee")
    changed = payments.set_column(at, payments.schema.field(at), pa.array(names))
    pq.write_table(changed, imported / "payments.parquet")
    with pytest.raises(NotResolvedError, match="poundflow suppliers"):
        read_resolved(imported)
    (imported / "suppliers.parquet").unlink()
    with pytest.raises(NotResolvedError, match=r"no suppliers\.parquet"):
        read_resolved(imported)


@pytest.mark.parametrize(
    "said", ["HOMECARE", "Home Care", "home-care", "home_care ", "Home care"]
)  # fmt: skip
def test_a_category_may_be_written_as_people_write(tmp_path: Path, said: str) -> None:
    """Case, dashes and blanks tell no categories apart; Excel's first line is looked past."""
    path = tmp_path / "review.csv"
    head = "question;key;decision;kind;based;owned;category"
    path.write_text(f"sep=;\n{head}\nsupplier;name a;; Public Body;;;{said}\n")

    (row,) = read_review(path).rows

    assert (row.category, row.kind, row.line) == ("homecare", "public_body", 3)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["name a (ltd),name b (ltd),merge,", "name b (ltd),name c (ltd),merge,",
             "name a (ltd),name c (ltd),apart,"],
            "by way of others",
        ),
        (["name a (ltd),name a (ltd),merge,"], "itself"),
        (['name a (ltd),name b (ltd),merge,"open', 'name c (ltd),name d (ltd),apart,"shut'],
         "quotation mark"),
        (["name a (ltd),name b (ltd),merge,a note, and more"], "more cells than columns"),
    ],
)  # fmt: skip
def test_a_list_that_contradicts_itself_or_is_torn_is_refused(
    tmp_path: Path, lines: list[str], said: str
) -> None:
    """Merges may not join by the back door what is kept apart; no answer is swallowed."""
    path = tmp_path / "review.csv"
    head = "question,kind,based,owned,category,key,other_key,decision,note"
    path.write_text("\n".join([head, *(f"pair,,,,,{line}" for line in lines)]) + "\n")

    with pytest.raises(ReviewError, match=said):
        read_review(path)
