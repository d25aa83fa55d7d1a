"""Contracts registers of made-up councils: columns found, values told, each row with its fate."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.sources.contracts_register import RegisterFile, read_register
from scenarios.sources.masking import Masks
from scenarios.sources.refusals import RefusedError
from scenarios.sources.register_columns import heading_weights

HEADINGS = [
    "Contract Ref", "Title of Agreement", "Description of goods/services", "Directorate",
    "Supplier Name", "Supplier Post Code", "Company No.", "Start Date", "End Date",
    "Extension End Date", "Annual Value (£)", "Total Contract Value", "SME?", "VCSE",
    "Procurement Route", "CPV Code", "Contract Manager",
]  # fmt: skip
ROW = [
    "C-17", "School meals", "Hot meals. Contact Ann Example on 01632 960001.", "People",
    "Ashmere Catering Ltd", "ax1 1ab", "1234567", "01/04/2026", "31/03/2029", "31/03/2031",
    "£200,000", "£600,000", "Yes", "No", "Open procedure", "55524000-9", "Wilhelmina Quickthorn",
]  # fmt: skip


def text(*rows: list[str], headings: list[str] = HEADINGS) -> str:
    """CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue()


def changed(**cells: str) -> list[str]:
    """The row with other cells under some headings, by the first word of each."""
    row = list(ROW)
    for name, cell in cells.items():
        [at] = [k for k, head in enumerate(HEADINGS) if head.lower().startswith(name.lower())]
        row[at] = cell
    return row


def read(tmp_path: Path, raw: str | bytes, *maps: str) -> tuple[RegisterFile, list[dict[str, Any]]]:
    """Read a register from its bytes."""
    file = tmp_path / "register.csv"
    file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return read_register(file, maps, Masks())


def test_every_field_of_the_transparency_code_is_found(tmp_path: Path) -> None:
    """By its heading and by what stands below; the manager's name is in no column of ours."""
    told, [contract] = read(tmp_path, text(ROW))

    assert (told.used, dict(told.set_aside), dict(+told.unreadable)) == (1, {}, {})
    assert contract == {
        **contract,
        "reference": "C-17",
        "title": "School meals",
        "description": "Hot meals.",
        "department": "People",
        "supplier": "Ashmere Catering Ltd",
        "supplier_postcode": "AX1 1AB",
        "company_number": "01234567",
        "start": date(2026, 4, 1),
        "end": date(2029, 3, 31),
        "extension_end": date(2031, 3, 31),
        "annual_value_pence": 20_000_000,
        "total_value_pence": 60_000_000,
        "value_kind": "stated",
        "sme": True,
        "vcse": False,
        "route": "Open procedure",
        "category_scheme": "CPV",
        "category": "55524000",
    }
    assert "Quickthorn" not in str(contract)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Sum to be paid over the length of the contract", "total_value"),
        ("Sum to be paid over the length of the contract or estimated annual spend", ""),
        ("Estimated annual spending", "annual_value"),
        ("Local Authority Department Responsible", "department"),
        ("Name of Contract", "title"),
        ("Contract End Date (excl. extension)", "end"),
        ("Contract End Date (incl. extension)", "extension_end"),
        ("Contractor Address", "supplier_postcode"),
        ("Voluntary or Community Sector Organisation", "vcse"),
        ("SmallOrMediumEnterprise", "sme"),
        ("No. of tenders received", "bids"),
        ("Contract Manager", ""),
        ("Lead Officer Email", ""),
        ("VAT that cannot be recovered", ""),
        ("Local Supplier?", ""),
        ("Registration number", ""),
        ("Contract Award Date", ""),
    ],
)
def test_headings_in_the_words_of_the_code_and_of_councils(heading: str, field: str) -> None:
    """What may be either of two things is neither."""
    weights = heading_weights(heading)

    assert max(weights, key=lambda name: weights[name], default="") == field


def test_a_list_s_date_is_no_start_and_a_current_end_is_an_end(tmp_path: Path) -> None:
    """Where a register was published on a day, its contracts did not begin then."""
    headings = ["Effective Date", "Title", "Supplier", "Start Date", "Current End Date"]
    raw = text(["01/05/2026", "Meals", "Meals Ltd", "01/04/2025", "31/03/2027"], headings=headings)

    _, [contract] = read(tmp_path, raw)

    assert (contract["start"], contract["end"]) == (date(2025, 4, 1), date(2027, 3, 31))


def test_a_total_is_never_made_from_a_year(tmp_path: Path) -> None:
    """Where only the year's value is known, the total is unknown, also if it stands under total."""
    _, rows = read(
        tmp_path,
        text(changed(total="TBC"), changed(annual="", total="£20,000 per annum"),
             changed(total="up to £90,000"), changed(total="£10k - £20k")),
    )  # fmt: skip

    assert [row["total_value_pence"] for row in rows] == [None] * 4
    assert [row["value_kind"] for row in rows] == ["none", "none", "up to", "range"]
    assert [row["annual_value_pence"] for row in rows[:2]] == [20_000_000, 2_000_000]
    assert (rows[2]["value_low_pence"], rows[2]["value_high_pence"]) == (None, 9_000_000)


def test_each_row_that_is_no_contract_is_set_aside_with_its_place(tmp_path: Path) -> None:
    """Preambles, blank rows, headings come again, notes: each is counted and can be found."""
    blank, note = [""] * len(ROW), ["Total: 1 contract", *[""] * (len(ROW) - 1)]
    body = text(ROW, blank, HEADINGS, note, ROW)
    told, rows = read(tmp_path, "Register of Ashmere\nas of May\n" + body)

    assert (told.used, told.again) == (2, 1)
    assert told.set_aside == {
        "above the headings": 2,
        "blank row": 1,
        "headings again": 1,
        "note or total: one cell alone": 1,
    }
    assert [row["row"] for row in rows] == [4, 8]
    assert [place for place, _ in told.aside] == ["row 1", "row 2", "row 5", "row 6", "row 7"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_change_nothing(encoding: str, mark: str, tmp_path: Path) -> None:
    """A pound sign is one in every encoding that councils save in."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([HEADINGS, changed(title="Meals – £5 a head")])

    _, [contract] = read(tmp_path, out.getvalue().encode(encoding))

    assert contract["title"] == "Meals – £5 a head"
    assert contract["total_value_pence"] == 60_000_000


@settings(max_examples=15)
@given(order=st.permutations(range(len(HEADINGS))))
def test_the_order_of_columns_changes_nothing(
    order: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each is known by what it says."""
    folder = tmp_path_factory.mktemp("register")
    _, [usual] = read(folder, text(ROW))

    _, [shuffled] = read(
        folder, text([ROW[k] for k in order], headings=[HEADINGS[k] for k in order])
    )

    assert shuffled == usual


def test_a_person_is_masked_and_a_firm_with_a_number_is_not(tmp_path: Path) -> None:
    """Of a person neither number nor door is kept; the same person has the same mark."""
    _, rows = read(
        tmp_path,
        text(
            changed(**{"supplier n": "Mrs Ann Example", "company": ""}),
            changed(**{"supplier n": "Ann Example", "company": "01234567"}),
            changed(**{"supplier n": "mrs ann example", "company": ""}),
        ),
    )

    assert [row["supplier"] for row in rows] == ["person 1", "Ann Example", "person 1"]
    assert [row["supplier_postcode"] for row in rows] == ["AX1", "AX1 1AB", "AX1"]


def test_a_workbook_is_a_register_too(tmp_path: Path) -> None:
    """Of its sheets, that with contracts; the rows of the other are set aside."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    sheet = book.create_sheet("Contracts")
    for row in (HEADINGS, ROW):
        sheet.append(row)
    sheet["H2"], sheet["L2"] = date(2026, 4, 1), 600000
    file = tmp_path / "register.xlsx"
    book.save(file)

    told, [contract] = read_register(file, (), Masks())

    assert (contract["start"], contract["total_value_pence"]) == (date(2026, 4, 1), 60_000_000)
    assert told.set_aside == {"sheet without a register": 1}


def test_flat_json_of_awards_is_a_register(tmp_path: Path) -> None:
    """A flag about the supplier says nothing where no supplier is named; a nought is no limit."""
    awards = [
        {"id": "a", "title": "Meals", "organisation": "Ashmere", "awarded_value": 500.5,
         "awarded_supplier": "Meals Ltd", "awarded_to_sme": True, "cpv_codes": "55524000",
         "value_low": 400, "value_high": 0},
        {"id": "b", "title": "Roads", "organisation": "Ashmere", "awarded_value": None,
         "awarded_supplier": "", "awarded_to_sme": False, "value_low": 100, "value_high": 900},
    ]  # fmt: skip
    file = tmp_path / "notices.json"
    file.write_text(json.dumps({"meta": {"x": 1}, "contracts": awards}), encoding="utf-8")

    _, [meals, roads] = read_register(file, (), Masks())

    assert (meals["total_value_pence"], meals["sme"], meals["buyer"]) == (50_050, True, "Ashmere")
    assert (roads["value_kind"], roads["sme"]) == ("range", None)
    assert (roads["value_low_pence"], roads["value_high_pence"]) == (10_000, 90_000)


def test_a_column_can_be_set_by_hand(tmp_path: Path) -> None:
    """Where a council has words of its own."""
    headings = ["What", "Who", "How much", "Until"]
    raw = text(["Meals", "Meals Ltd", "£500", "31/03/2029"], headings=headings)
    with pytest.raises(RefusedError, match=r"#1 “What”, #2 “Who”.*--map"):
        read(tmp_path, raw)

    maps = ("What=title", "#2=supplier", "How much=total_value", "Until=end")
    _, [contract] = read(tmp_path, raw, *maps)

    assert (contract["title"], contract["supplier"]) == ("Meals", "Meals Ltd")
    assert (contract["total_value_pence"], contract["end"]) == (50_000, date(2029, 3, 31))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("", "an empty file|no headings"),
        ("Supplier,Payment Date,Amount,Purpose\nMeals Ltd,01/04/2026,5.00,meals\n", "payments"),
        ("%PDF-1.4", "a PDF"),
        ("<html><body>", "a web page"),
        ('{"a": 1}', "without a list"),
        ("[{", "no JSON"),
        ("Dear reader,\nthe register is on our website.\n", "Dear reader"),
        ("C1,2,3\nC2,3,4\n", "no headings in 2 rows"),
    ],
)
def test_what_is_no_register_is_refused_with_what_it_is(
    raw: str, found: str, tmp_path: Path
) -> None:
    """The refusal says what to do next."""
    with pytest.raises(RefusedError, match=found):
        read(tmp_path, raw)


@settings(max_examples=25)
@given(
    rows=st.lists(st.lists(st.text(max_size=12), max_size=18), max_size=8),
    heads=st.permutations(HEADINGS),
)
def test_any_cells_below_headings_are_read_and_add_up(
    rows: list[list[str]], heads: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Ragged rows, strange letters: each row is used or set aside, or the file is refused."""
    folder = tmp_path_factory.mktemp("register")
    try:
        told, contracts = read(folder, text(*rows, headings=list(heads)).encode("utf-8", "replace"))
    except RefusedError:
        return

    assert told.used == len(contracts)
    assert told.as_dict()["rows"] == told.used + told.set_aside.total()
