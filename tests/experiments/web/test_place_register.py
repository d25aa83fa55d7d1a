"""The register of contracts and the tables of suppliers, handed in with the payments."""

import json
from collections.abc import Sequence

import pytest
from httpx2 import Response

from experiments.web.case import Case
from experiments.web.places.section import PlaceChoice
from scenarios.sources.resolved import read_resolved
from tests.experiments.web.asking import Asking
from tests.experiments.web.little_jobs import LittleJobs
from tests.experiments.web.little_lists import FORMULA, SCRIPT, as_csv, hand_in

HEAD = ("Title", "Supplier", "Whose seat", "Start Date", "End Date", "Total Value")
ROW = ("Building works", "Brackenfell Builders Ltd", "OL6 7AA", "01/04/2023", "31/03/2026",
       "90,000.00")  # fmt: skip
COMPANIES = as_csv(
    head=("CompanyName", "CompanyNumber", "RegAddress.PostCode"),
    rows=[("BRACKENFELL BUILDERS LIMITED", "01234567", "OL6 7AA")],
)
POSTCODES = as_csv(head=("pcds", "oslaua"), rows=[("OL6 7AA", "E08000008")])


def register(rows: Sequence[Sequence[str]] = (ROW,) * 3, head: Sequence[str] = HEAD) -> bytes:
    """A register that no council has published."""
    return as_csv(head=head, rows=rows)


def hand_in_all(client: Asking, at: str, **tables: tuple[str, bytes]) -> Response:
    """Payments with tables of suppliers, or with a register."""
    sent = [("payments", ("april.csv", as_csv(), "text/csv"))]
    sent += [(field, (name, data, "text/csv")) for field, (name, data) in tables.items()]
    return client.post(f"{at}/payments", data={"council": "Tameside"}, files=sent)


def key_of(text: str, heading: str) -> str:
    """The field of the form that is about a column of the register."""
    found = [line for line in text.splitlines() if f". {heading}</th>" in line]
    (line,) = [line for line in found if 'id="register-' in line]
    return line.partition('id="')[2].partition('-name"')[0]


@pytest.mark.long
def test_columns_of_the_register_are_shown_and_can_be_changed(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """The postcode that no heading names; the choice goes on to the command."""
    hand_in(client, at, ("april.csv", as_csv()), contracts=[("register.csv", register())])
    text = client.get(at).text
    assert "What stands in each column of the register" in text
    assert "who holds the contract" in text

    client.post(f"{at}/columns", data={key_of(text, "Whose seat"): "supplier_postcode"})

    asked = [one for one in jobs.asked if one[:2] == ["import", "register"]]
    assert "--map=Whose seat=supplier_postcode" in asked[-1]
    assert "set by you" in client.get(at).text
    label = json.loads((case.folder / "register" / "import.json").read_text("utf-8"))
    assert {one["heading"]: one["field"] for one in label["files"][0]["columns"]}[
        "Whose seat"
    ] == "supplier_postcode"


@pytest.mark.long
def test_what_a_column_of_a_register_cannot_be_is_refused(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """A payee is a word of payments; of two columns with one field one would be lost unsaid."""
    hand_in(client, at, ("april.csv", as_csv()), contracts=[("register.csv", register())])
    text, before = client.get(at).text, len(jobs.asked)
    one, two = (key_of(text, heading) for heading in ("Whose seat", "Start Date"))

    for value in ("payee", "--out=/etc", "<script>"):
        answer = client.post(f"{at}/columns", data={one: value})
        assert answer.status_code == 422
        assert f'id="{one}-fault"' in answer.text
    twice = client.post(f"{at}/columns", data={one: "route", two: "route"})
    assert twice.status_code == 422
    assert "You said of column 3 too" in twice.text
    assert f'id="{two}-fault"' in twice.text
    assert len(jobs.asked) == before


@pytest.mark.long
def test_a_register_that_is_none_is_set_right_by_naming_its_columns(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """The form is about the register then, and its words are those of registers."""
    head = ("Whatever", "Whom", "Seat", "Start Date", "End Date", "Worth")
    data = register(head=head)
    hand_in(client, at, ("april.csv", as_csv()), contracts=[("register.csv", data)])
    text = client.get(at).text
    assert "Your register of contracts could not be read" in text
    assert "title of the contract" in text
    assert "--map" not in text

    named = {"heading-0": "1", "field-0": "title", "heading-1": "Whom", "field-1": "supplier"}
    client.post(f"{at}/named", data=named)

    kept = case.read(PlaceChoice)
    assert kept is not None
    assert kept.register_maps == ("#1=title", "Whom=supplier")
    assert kept.maps == ()
    assert "Is this what your files say?" in client.get(at).text


@pytest.mark.long
def test_a_title_or_supplier_with_script_or_formula_is_text(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """Headings are the only cells of a register that are shown, and they are escaped."""
    head = (*HEAD, SCRIPT, FORMULA.replace('"', "'"))
    rows = [(*ROW[:1], SCRIPT, *ROW[2:], "x", "y")] * 3
    data = register(rows, head)
    hand_in(client, at, ("april.csv", as_csv()), contracts=[("register.csv", data)])
    text = client.get(at).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.long
def test_tables_of_suppliers_are_used_by_the_import(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """A company's seat and the district of its postcode: then the supplier is based here."""
    hand_in_all(client, at, companies=("c.csv", COMPANIES), postcodes=("p.csv", POSTCODES))

    (asked,) = [one for one in jobs.asked if one[0] == "suppliers"]
    assert [one.partition("=")[0] for one in asked[2:]] == ["--postcodes", "--companies", "--json"]
    assert "Is this what your files say?" in client.get(at).text
    told = read_resolved(case.imported).suppliers.to_pylist()
    (found,) = [one for one in told if "Brackenfell" in one["name"]]
    assert found["company_number"] == "01234567"
    assert "E08000008" in found["based"]


def test_a_table_that_cannot_be_used_is_told_and_leaves_the_payments(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """By its own name, in the command's words."""
    hand_in_all(client, at, companies=("firms.csv", as_csv(head=("A", "B"), rows=[("x", "y")])))
    text = client.get(at).text

    assert "What you handed in about suppliers could not be used" in text
    assert "firms.csv" in text
    assert "a name and a number" in text
    assert "Is this what your files say?" in text


@pytest.mark.parametrize("field", ["postcodes", "companies", "coops"])
@pytest.mark.parametrize(("name", "data", "said"), [
    ("list.exe", b"MZ", "is no CSV file"),
    ("list.xlsx", b"PK", "is no CSV file"),
    ("list.csv", b"", "is empty"),
    ("list.csv", b"x" * 200, "can be read"),
])  # fmt: skip
def test_what_is_no_table_is_refused_at_its_field(
    client: Asking, jobs: LittleJobs, case: Case, at: str, field: str, name: str, data: bytes,
    said: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Of a wrong kind, empty, or too large; nothing is kept."""
    monkeypatch.setattr("experiments.web.places.uploads.MOST_BYTES", 100)

    answer = hand_in_all(client, at, **{field: (name, data)})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert said in answer.text
    assert not case.uploads.exists()
    assert jobs.asked == []


def test_script_and_formula_in_a_table_of_suppliers_run_nowhere(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """They are names that match nobody; the list of names has no cell that runs."""
    rows = [(SCRIPT, "01234567", "OL6 7AA"), (FORMULA, "07654321", "=1+1")]
    table = as_csv(head=("CompanyName", "CompanyNumber", "PostCode"), rows=rows)
    hand_in_all(client, at, companies=("../../c.csv", table))

    assert "<script>alert" not in client.get(at).text
    review = (case.imported / "suppliers_review.csv").read_text("utf-8")
    assert not any(cell.startswith("=") for line in review.splitlines() for cell in line.split(","))
    assert all(len(path.stem) == 16 for path in case.uploads.iterdir())
