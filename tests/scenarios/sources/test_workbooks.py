"""Workbooks are read sheet by sheet, and none of them can take the machine down."""

import resource
from datetime import date, datetime
from pathlib import Path

import pytest

from scenarios.sources.payments import read_payments
from scenarios.sources.refusals import RefusedError
from tests.scenarios.sources.books import TRAPS, book, put, trap

HEAD = ["Date", "Supplier Name", "Amount", "Reference"]
ROWS = [
    [date(2023, 4, 3), "Brackenfell Builders Ltd", 1520.32, 7001],
    [datetime(2023, 4, 4, 1, 0), "Quill, Pell and Partners LLP", -0.29, 7002],
    [date(2023, 4, 5), "Millrace Primary School", 0.1 + 0.2, 7003],
]


def test_sheets_with_payments_are_all_read_and_the_others_named(tmp_path: Path) -> None:
    """Two months, a preamble and a sheet of notes; numbers are exact to the penny."""
    content = book(
        {
            "April": [["Spend over £500"], [], HEAD, *ROWS],
            "Notes": [["We publish under the Transparency Code"]],
            "May": [HEAD, ROWS[0]],
        }
    )

    found = read_payments(put(tmp_path, content))

    assert [one.sheet.name for one in found.sheets] == ["April", "May"]
    assert found.pence_used == 152032 - 29 + 30 + 152032
    assert found.set_aside == {"preamble": 1, "blank": 1, "other_sheet": 1}
    assert found.rows == found.used + sum(found.set_aside.values())
    assert any("Notes" in note for note in found.notes)
    assert found.sheets[0].dates.days["2023-04-04 01:00:00"] == date(2023, 4, 4)


def test_a_pivot_beside_the_list_is_no_payment(tmp_path: Path) -> None:
    """A sheet that sums the list up is named and not added to it."""
    pivot = [["Row Labels", "Sum of Amount"], ["Brackenfell Builders Ltd", 1520.32]]

    found = read_payments(put(tmp_path, book({"Data": [HEAD, *ROWS], "Pivot": pivot})))

    assert found.pence_used == 152032 - 29 + 30
    assert found.others == {"Pivot": 2}


@pytest.mark.parametrize("kind", TRAPS)
def test_a_trap_is_refused_and_harms_nothing(tmp_path: Path, kind: str) -> None:
    """Far corners, entities in entities, steep and lying folders: an error message, and no more."""
    path = put(tmp_path, trap(kind))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(RefusedError) as refused:
        read_payments(path)

    assert "save the sheet of payments as CSV" in str(refused.value.fault)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # KiB


def test_no_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    """A zip folder, a cut workbook and an old one with nothing in it are told apart."""
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        folder.writestr("list.csv", "Supplier,Amount\n")

    for content, said in (
        (packed.getvalue(), "no workbook"),
        (book({"A": [HEAD]})[:900], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read"),
    ):
        with pytest.raises(RefusedError, match=said):
            read_payments(put(tmp_path, content))
