"""Published tables are read as their publishers write them, marks and all."""

import zipfile

import pytest

from scenarios.tables.derive.published import (
    MissingSourceError,
    number,
    sheet_rows,
    text_rows,
    whole,
)

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_workbook(path):
    """Write an Excel workbook of one sheet: shared text, a number, inline text and a gap."""
    parts = {
        "xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}"><si><r><t>Pres</t></r><r><t>ton</t></r>'
        "</si></sst>",
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Data" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NAMESPACE}"><sheetData><row r="1">'
        '<c r="A1" t="s"><v>0</v></c><c r="AB1"><v>59607</v></c>'
        '<c r="AC1" t="inlineStr"><is><t>#</t></is></c><c r="AD1"/></row></sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)


def test_a_sheet_is_read_cell_by_cell(tmp_path):
    """Cells come by column letter, whatever way the workbook holds their text."""
    write_workbook(tmp_path / "households.xlsx")

    rows = sheet_rows(tmp_path, "households.xlsx", "Data")

    assert rows == [{"A": "Preston", "AB": "59607", "AC": "#"}]


def test_published_marks_are_no_numbers():
    """`#`, `-`, `NA` and `[u]` say that the publisher holds the figure back."""
    assert [number(text) for text in ("1,234", "7.5", "#", "-", "NA", "[u]", "")] == [
        1234.0,
        7.5,
        None,
        None,
        None,
        None,
        None,
    ]
    with pytest.raises(ValueError, match="whole number"):
        whole("89420.9")


def test_a_byte_order_mark_is_no_part_of_a_heading(tmp_path):
    """The first column keeps its name."""
    (tmp_path / "table.csv").write_text("\ufeffcode,name\r\nE1,Preston\r\n", encoding="utf-8")

    assert text_rows(tmp_path, "table.csv") == [{"code": "E1", "name": "Preston"}]


def test_a_missing_source_is_named(tmp_path):
    """Who lacks a file is told which."""
    with pytest.raises(MissingSourceError, match=r"gva-itl/Table 3c.*districts\.md"):
        text_rows(tmp_path, "gva-itl/Table 3c.csv")
