"""No personal name leaves an import; an organisation keeps its own."""

from pathlib import Path

import pyarrow as pa
import pytest

from scenarios.sources.masking import Masks, judge, safe_remark, safe_text
from scenarios.sources.tidy import aside_table, doubles, registered_payees, tidy_table
from tests.scenarios.sources.made_up import ORGANISATIONS, PERSONS, read

PEOPLE = [
    *PERSONS, "MRS B THISTLEWOOD", "B. Thistlewood", "THISTLEWOOD B", "Brenda Ann Thistlewood",
    "Thistlewood Brenda", "Dr Brenda Thistlewood", "BRENDA HALL", "J HALL", "JP Ormskirk",
    "Kowalczyk Wisniewska", "Brenda & Alan Thistlewood", "Brenda Thistlewood Plumbing",
    "A + C Ormskirk", "Estate of the late B Thistlewood", "Thistlewood, Mr A", "John R G Worrell",
    "b.thistlewood@example.org", "O'Thistle Anne-Marie", "C Stewart",
    "Brenda Thistlewood Consulting", "Quill Pell & Brenda Parker", "Paypal *brenda Cherry",
    "Northmoor United FC Mr A Quill", "Thistlewood (Brenda)",
    "Smith J", "J.SMITH", "SMITH, JOHN", "Smith,J", "J_SMITH", "JSmith", "SMITHJ", "Smith", "JONES",
    "Hall, Brenda", "Hall Brenda", "CA FIELD (BACS)",
    "Price P (Foster Care)", "S L Quill (Partners)",
]  # fmt: skip
FIRMS = [
    *ORGANISATIONS, "Dr Thistle Ltd", "Brenda Thistlewood Ltd", "Thistlewood Solicitors", "HMRC",
    "Westvale House", "The Thistle", "Thistle & Pell", "Thistle Books", "G4S", "999 Thistles",
    "Smith & Jones", "Johnsons", "Baker Ross", "Thistle (UK) Payments", "Castle Dwellings (BACS)",
    "Thistle Care (North) Ltd", "Hall", "Brenda Thistlewood (Quill Ltd)",
    "www.thistle.example", "Friends of Thistle Meadow", "Northmoor High School", "A1 TAXIS",
]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_what_looks_like_a_person_is_masked(name: str) -> None:
    """Titles, initials, first names and two or three words that could be a name."""
    assert judge(name).kind == "person"


@pytest.mark.parametrize("name", FIRMS)
def test_what_shows_an_organisation_is_not(name: str) -> None:
    """Forms of law, institutions, trades, acronyms, numbers."""
    assert judge(name) == ("organisation", name)


@pytest.mark.parametrize(
    "name", ["REDACTED", "Redacted Personal Data", "Name withheld", "*****", "Private Individual"]
)
def test_what_the_council_withheld_stays_withheld(name: str) -> None:
    """A redacted payee is kept as one."""
    assert judge(name) == ("redacted", "redacted")


def test_a_number_of_a_company_or_a_list_of_names_undoes_it() -> None:
    """Two ways to keep a firm that looks like a person."""
    assert judge("Brenda Thistlewood", registered=True).kind == "organisation"
    assert judge("Brenda Thistlewood", kept={"brenda thistlewood"}).kind == "organisation"


def test_only_the_number_of_a_company_or_charity_keeps_a_name(tmp_path: Path) -> None:
    """That of another register, which persons can have as well, does not, and is not written."""
    found = read(
        tmp_path,
        "Payment Date,Supplier Name,Amount,charity_number\n"
        "03/04/2023,Ada Thornquist,12.00,CQC-1-102642\n"
        "04/04/2023,Olga Thornquist,13.00,CHC-1017247\n"
        "05/04/2023,Thistle Ltd,14.00,URN-100503\n",
    )
    payments = tidy_table([found], Masks((), registered_payees([found])))

    assert payments["payee"].to_pylist() == ["person 1", "Olga Thornquist", "Thistle Ltd"]
    assert payments["charity_number"].to_pylist() == [None, "1017247", None]
    assert "numbers under that of a charity that are none, left out: 2" in found.notes


def test_of_a_person_who_trades_only_the_trade_is_shown() -> None:
    """The name before `t/a` is left out."""
    assert judge("Mr A Quill t/a Thistle Taxis") == ("organisation", "Thistle Taxis")
    assert judge("Mr A Quill t/a Brenda Thistlewood").kind == "person"
    assert judge("Thistle Cleaning Services (Brenda Quill)").shown == "Thistle Cleaning Services"


def test_a_person_has_one_number_through_an_import() -> None:
    """Spelt alike but for case, a person is one; the number tells nothing of the name."""
    masks = Masks()

    shown = [masks.show(name).shown for name in ("Brenda Thistle", "J Pell", "BRENDA THISTLE")]

    assert shown == ["person 1", "person 2", "person 1"]


@pytest.mark.parametrize(
    "text", ["Care of Mrs Thistlewood", "Brenda Thistlewood taxi", "b@example.org"]
)
def test_names_in_texts_of_the_ledger_are_masked(text: str) -> None:
    """A category or a reference can hold a name, too."""
    assert safe_text(text) == "masked"
    assert safe_text("Building Works") == "Building Works"


def test_nothing_written_holds_a_name(tmp_path: Path) -> None:
    """Neither payments nor rows set aside nor free words, wherever the name stood."""
    found = read(
        tmp_path,
        "Payment Date,Supplier Name,Supplier ID,Purpose,Amount,Cost Centre,Ref\n"
        "03/04/2023,Brenda Thistlewood,V9,visit by Brenda Thistlewood,12.00,Mrs Thistlewood,R1\n"
        "04/04/2023,Quill Ltd,V7,for Mr Thistlewood,13.00,Adults,Mr Thistlewood\n"
        "05/04/2023,Brenda Thistlewood,V9,,Brenda Thistlewood,Adults,R3\n"
        "Brenda Thistlewood,Brenda Thistlewood,V9,,,Adults,R3\n",
    )
    masks = Masks((), registered_payees([found]))

    payments, aside = tidy_table([found], masks), aside_table([found], masks)

    assert "histlewood" not in str(payments.to_pylist()) + str(aside.to_pylist())
    assert payments["payee"].to_pylist() == ["person 1", "Quill Ltd"]
    assert payments["supplier_id"].to_pylist() == [None, "V7"]
    assert aside["reason"].to_pylist() == ["unreadable_amount", "no_amount"]


def test_payments_in_two_files_are_told_and_kept(tmp_path: Path) -> None:
    """The same payment twice in one file is two payments; in two files it may be a copy."""
    text = "Payment Date,Supplier Name,Amount,Ref\n03/04/2023,Quill Ltd,12.00,R1\n"
    one = read(tmp_path, text + "04/04/2023,Pell Ltd,1.00,R2\n", name="a.csv")
    two = read(tmp_path, text + "05/04/2023,Pell Ltd,1.00,R3\n", name="b.csv")

    table: pa.Table = tidy_table([one, two], Masks())

    assert table.num_rows == 4
    assert [(len(d.where), d.payments, d.pence) for d in doubles(table)] == [(2, 1, 1200)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Thornquist Total", "masked"),
        ("Total for Ada Thornquist", "masked"),
        ("Brackenfell Builders Ltd Total", "Brackenfell Builders Ltd Total"),
        ("Grand Total:", "Grand Total:"),
        ("n/a", "n/a"),
    ],
)
def test_a_label_of_a_total_shows_no_person(text: str, shown: str) -> None:
    """A subtotal by supplier names the supplier, who may be a person."""
    assert safe_remark(text) == shown


def test_a_code_list_may_have_the_surname_first() -> None:
    """Two words of which the second is a first name are a name."""
    assert safe_text("Thornquist Olga") == "masked"
    assert safe_text("Highways Victoria") == "Highways Victoria"
