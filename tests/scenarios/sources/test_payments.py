"""Lists of payments are understood as they come; every row has its fate, and sums are kept."""

from datetime import date
from pathlib import Path

import pytest

from scenarios.sources.fields import heading_weights
from scenarios.sources.masking import Masks
from scenarios.sources.payments import known_fields, read_payments
from scenarios.sources.refusals import RefusedError
from scenarios.sources.tidy import aside_table, tidy_table
from tests.scenarios.sources.made_up import read

HEAD = "Date Paid,Supplier Name,Expense Type,Voucher No,Net Amount,Department"
LIST = f"""{HEAD}
03/04/2023,Brackenfell Builders Ltd,Works,7001,"1,500.00",Highways
04/04/2023,Millrace Primary School,Grants,7002,250.10,Children
28/04/2023,Brackenfell Builders Ltd,Works,7003,-100.05,Highways
"""
SUM = 150000 + 25010 - 10005


def fates(found) -> dict[str, int]:
    """Rows by reason; they and the payments are all there is."""
    assert found.rows == found.used + sum(found.set_aside.values())
    return dict(found.set_aside)


def test_a_plain_list_is_read_whole(tmp_path: Path) -> None:
    """Each row is a payment, and each column has its meaning."""
    found = read(tmp_path, LIST)

    one = found.sheets[0]
    assert {c.field for c in one.meaning.columns} == {
        "date", "payee", "category", "transaction", "net", "service",
    }  # fmt: skip
    assert (found.rows, found.used, found.pence_in, found.pence_used) == (3, 3, SUM, SUM)
    assert one.dates.days["28/04/2023"] == date(2023, 4, 28)


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """The line `sep=;` above the headings is one of the file: what is written counts it."""
    rows = "date,payee,amount\n03/04/2023,Quill Ltd,12.00\n04/04/2023,Pell Ltd,see note\n"
    plain = read(tmp_path, rows, name="plain.csv")
    told = read(tmp_path, "sep=;\n" + rows.replace(",", ";"), name="told.csv")

    used, left = ([table([one], Masks())["row"].to_pylist() for one in (plain, told)]
                  for table in (tidy_table, aside_table))  # fmt: skip

    assert used == [[2], [3]]
    assert left == [[3], [4]]


@pytest.mark.parametrize(
    ("line", "reason", "pence"),
    [
        (",,,,,", "blank", 0),
        (HEAD, "heading", 0),
        (",Total,,,1650.05,", "total", 165005),
        ("Grand Total:,,,,1650.05,", "total", 165005),
        (",,,,1650.05,", "total", 165005),
        (",,,,99.00,", "no_payee_or_date", 9900),
        (",Brackenfell Builders Ltd,,,1400.00,", "pivot", 140000),
        ("05/04/2023,Quill Ltd,Works,7004,,Highways", "no_amount", 0),
        ("05/04/2023,Quill Ltd,Works,7004,see note,Highways", "unreadable_amount", 0),
        ("05/04/2023,Quill, Pell Ltd,Works,7004,12.00,Highways", "too_many_cells", 700_400),
        ("Published under the Transparency Code,,,,,", "note", 0),
    ],
)
def test_what_is_no_payment_is_set_aside(
    tmp_path: Path, line: str, reason: str, pence: int
) -> None:
    """Blank rows, headings, totals, pivots and notes: each with its reason and its pence."""
    found = read(tmp_path, LIST + line + "\n")

    assert fates(found) == {reason: 1}
    assert (found.pence_in, found.pence_used) == (SUM + pence, SUM)


@pytest.mark.parametrize(
    "line",
    [
        "05/04/2023,Total Gas Fitters Ltd,Works,7004,12.00,Highways",
        "05/04/2023,Total,Works,7004,12.00,Highways",
        "05/04/2023,REDACTED PERSONAL DATA,Works,7004,12.00,Highways",
        "05/04/2023,,Works,7004,12.00,Highways",
        ",Quill Ltd,Works,7004,12.00,Highways",
        "soon,Quill Ltd,Works,7004,12.00,Highways",
        "05/04/2023,Quill Ltd,Works,7004,12.00",
    ],
)
def test_what_might_look_like_none_is_still_a_payment(tmp_path: Path, line: str) -> None:
    """A firm called Total, a redacted or missing payee, a missing date, a short row."""
    found = read(tmp_path, LIST + line + "\n")

    assert fates(found) == {}
    assert found.pence_used == SUM + 1200


def test_headings_are_found_below_a_preamble_and_over_two_lines(tmp_path: Path) -> None:
    """One heading over three columns of money, named on the line below it."""
    text = """Payments to suppliers over £500,,,,,
,,,,,
Date of Payment,Supplier Name,Amount,,,Directorate
,,Gross,VAT,Net,
2023-04-03,Brackenfell Builders Ltd,120.00,20.00,100.00,Highways
2023-04-04,Millrace Primary School,60.00,10.00,50.00,Children
"""
    found = read(tmp_path, text)

    assert found.sheets[0].meaning.used == "net"
    assert found.pence_used == 15000
    assert fates(found) == {"preamble": 1, "blank": 1, "heading": 1}


def test_gross_vat_and_net_are_told_apart_without_any_heading_of_theirs(tmp_path: Path) -> None:
    """Gross is VAT and net together, row by row."""
    rows = "".join(
        f"2023-04-{k:02d},Quill {k} Ltd,{k * 12}.00,{k * 2}.00,{k * 10}.00\n" for k in range(1, 9)
    )
    found = read(tmp_path, "Date,Supplier,Amount,,\n" + rows)

    assert found.sheets[0].meaning.used == "net"
    assert found.pence_used == 36 * 1000


def test_a_heading_does_not_outweigh_what_stands_below_it(tmp_path: Path) -> None:
    """Of two columns called Supplier Name the one with words is the payee."""
    text = "Supplier Name,Supplier Name,Payment Date,Amount\n" + "".join(
        f"{9000 + k},Quill {k} Ltd,0{k}/04/2023,{k}.50\n" for k in range(1, 9)
    )
    found = read(tmp_path, text)

    assert found.sheets[0].meaning.position("payee") == 1


def test_misspelt_headings_are_understood(tmp_path: Path) -> None:
    """A slip of the keyboard in a heading is mended."""
    found = read(
        tmp_path, LIST.replace("Supplier Name", "Suppleir Name").replace("Depart", "Depatr")
    )

    assert found.used == 3


def test_a_list_without_headings_is_told_by_its_cells(tmp_path: Path) -> None:
    """Dates, words and amounts with pence speak for themselves; that is told."""
    found = read(tmp_path, "".join(LIST.splitlines(keepends=True)[1:]))

    assert found.pence_used == SUM
    assert any("no headings" in note for note in found.notes)


def test_dates_lost_throughout_leave_the_payments(tmp_path: Path) -> None:
    """Midnight in every row: each payment stands, its month is unknown, and that is told."""
    text = LIST
    for day in ("03/04/2023", "04/04/2023", "28/04/2023"):
        text = text.replace(day, "00:00:00")
    found = read(tmp_path, text)

    assert found.pence_used == SUM
    assert any("month is unknown" in note for note in found.notes)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_seen_through(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """Pound signs and dashes, in every encoding; no library guesses."""
    lines = [line.split(",") for line in LIST.replace('"1,500.00"', "£1500.00").splitlines()]
    text = "\r\n".join(delimiter.join(cells) for cells in lines)

    found = read(tmp_path, text.encode(encoding))

    assert (found.used, found.pence_used) == (3, SUM)


def test_a_mark_mangled_twice_does_not_spoil_the_first_heading(tmp_path: Path) -> None:
    """What is left of a byte order mark is taken off."""
    for mark in ("ï»¿", "Ã¯»¿", "Ã¯Â»Â¿"):
        found = read(tmp_path, mark + LIST)
        assert found.sheets[0].headings.names[0] == "Date Paid"


def test_a_quotation_mark_left_open_is_refused_with_its_line(tmp_path: Path) -> None:
    """It would swallow rows without a word."""
    broken = LIST.replace("04/04/2023,Millrace", '04/04/2023,"Millrace')

    with pytest.raises(RefusedError, match="quotation mark") as refused:
        read(tmp_path, broken)

    assert refused.value.fault.line == 3


def test_a_quoted_cell_may_run_over_lines(tmp_path: Path) -> None:
    """Where all marks are closed, a line break within a cell parts no rows."""
    found = read(
        tmp_path,
        LIST.replace("Millrace Primary", '"Millrace\nPrimary').replace("School,", 'School",'),
    )

    assert (found.rows, found.pence_used) == (3, SUM)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty file"),
        ("\n\n", "empty file"),
        ("%PDF-1.7 ...", "a PDF"),
        ("<!DOCTYPE html><html></html>", "a web page"),
        ("Name,Height\nOak,12.1\nAsh,9.0\n", "wanted a column of the amount"),
        ("Payment Date,Amount\n03/04/2023,12.00\n", "wanted a column of the payee"),
        ("Supplier Name,Amount\nQuill Ltd,see below\nPell Ltd,as above\n", "amount"),
        ("Supplier Name,Amount,Amount\nQuill Ltd,1.00,2.00\nPell Ltd,3.00,4.00\n", "two columns"),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path: Path, content: str, said: str) -> None:
    """Each refusal says what was found and wanted."""
    with pytest.raises(RefusedError) as refused:
        read(tmp_path, content)

    assert said in str(refused.value.fault)


def test_a_column_set_by_hand_is_what_it_was_set_to(tmp_path: Path) -> None:
    """By heading, by position where headings repeat, or left out."""
    twice = "Supplier Name,Amount,Amount\nQuill Ltd,1.00,2.00\nPell Ltd,3.00,4.00\n"

    assert read(tmp_path, twice, "#3=amount").pence_used == 600
    assert read(tmp_path, LIST, "Department=payee", "Supplier Name=ignore").used == 3
    with pytest.raises(RefusedError):
        read(tmp_path, LIST, "Supplier Name=ignore", "Department=ignore", "Expense Type=ignore")


@pytest.mark.parametrize("field", known_fields())
def test_any_column_can_be_set_to_any_field(tmp_path: Path, field: str) -> None:
    """Whatever its heading says, a column is what a person says that it is."""
    cell = {"currency": "GBP", "payee": "Pell Ltd", "date": "05/04/2023"}.get(field, "12.00")
    lines = [f"{line},{cell if k else 'Qualm'}" for k, line in enumerate(LIST.splitlines())]

    found = read(tmp_path, "\n".join(lines), f"Qualm={field}")

    (one,) = [c for c in found.sheets[0].meaning.columns if c.heading == "Qualm"]
    assert (one.field, one.reason) == ("" if field == "ignore" else field, "set by hand")
    assert found.pence_used == (3600 if field in ("net", "gross", "amount") else SUM)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    """No traceback for a mistyped name."""
    with pytest.raises(RefusedError, match="no such file"):
        read_payments(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("SUPPLIERNAME", "payee"), ("Name of Supplier", "payee"), ("Paid To", "payee"),
        ("Vendor/Supplier", "payee"), ("Merchant", "payee"), ("Trading Name", "payee"),
        ("Recipient Organisation:Name", "payee"), ("Beneficary Name", "payee"),
        ("Amount (£)", "amount"), ("Local Currency Amount", "amount"), ("Sum of Amount", "amount"),
        ("Spend", "amount"), ("Payment Amt", "amount"), ("Total Paid", "amount"), ("£", "amount"),
        ("Amount exc VAT (£)", "net"), ("NETAMOUNT", "net"), ("Net of recoverable VAT", "net"),
        ("Total Value inc VAT", "gross"), ("Gross Amt", "gross"),
        ("VAT that cannot be recovered", "irrecoverable_vat"), ("VAT Amount", "vat"),
        ("PAYDATE", "date"), ("Payment Dt", "date"), ("Date Cleared", "date"),
        ("Company Reg No", "company_number"), ("Supplier Code", "supplier_id"),
        ("VAT Registration Number", ""), ("Currency", "currency"),
        ("Document Type", "document_type"),
        ("Charity Number", "charity_number"), ("charity_number", "charity_number"),
        ("Postcode", ""), ("Height", ""),
    ],
)  # fmt: skip
def test_headings_are_known_by_many_names(heading: str, field: str) -> None:
    """Words of the Code, of ledgers and of spreadsheets; what is none of ours is left alone."""
    weights = heading_weights(heading)

    assert max(weights, key=lambda name: weights[name], default="") == field


def test_amounts_that_are_not_summed_are_told(tmp_path: Path) -> None:
    """A second column of pounds under a heading that says nothing is not passed over in silence."""
    rows = "".join(f"0{k}/04/2023,Quill {k} Ltd,{k}.50,{k}.75\n" for k in range(1, 9))

    found = read(tmp_path, "Payment Date,Supplier Name,Amount,Qualm\n" + rows)

    assert any("#4 “Qualm”" in note for note in found.notes)


def test_subtotals_are_no_payments_whatever_they_are_called(tmp_path: Path) -> None:
    """Undated under the supplier's name alone, or dated under a word for a total."""
    one = "03/04/2023,Quill Ltd,1.10\n04/04/2023,Quill Ltd,2.20\n"
    two = "04/04/2023,Pell Ltd,4.00\n04/04/2023,Pell Ltd,5.00\n05/04/2023,Pell Ltd,6.00\n"
    found = read(
        tmp_path, f"Date,Supplier,Amount\n{one},Quill Ltd,3.30\n{two}05/04/2023,Sub Total,15.00\n"
    )

    assert (found.used, found.pence_used) == (5, 1830)
    assert fates(found) == {"total": 2}


def test_an_undated_payment_that_sums_nothing_stays(tmp_path: Path) -> None:
    """One that equals the single row above may be a second payment."""
    found = read(
        tmp_path,
        "Date,Supplier,Amount\n03/04/2023,Quill Ltd,1.10\n04/04/2023,Pell Ltd,2.20\n"
        "05/04/2023,Quill Ltd,1.10\n,Pell Ltd,1.10\n",
    )

    assert (found.used, found.pence_used) == (4, 550)


def test_headings_whose_names_are_parted_over_two_lines_are_joined(tmp_path: Path) -> None:
    """Each column's name has a word in either."""
    found = read(
        tmp_path,
        "Supplier,Payment,Net\nName,Date,Amount £\nQuill Ltd,13/04/2023,1.00\n",
    )

    assert fates(found) == {"heading": 1}
    assert list(found.sheets[0].dates.days) == ["13/04/2023"]
