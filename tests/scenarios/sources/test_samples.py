"""Cells that are shown of each column: enough to confirm it by, and nobody's name."""

from pathlib import Path

from scenarios.sources.samples import samples_of
from tests.scenarios.sources.made_up import read

LIST = (
    "Payment Date,Supplier Name,Amount,Expense Type,Purpose,Remark,Case Worker\n"
    "01/04/2024,Brenda Thistlewood,310.00,Foster Care,taxi to school,for B Thistlewood,A\n"
    "02/04/2024,Brackenfell Builders Ltd,1250.00,Works,roof of No 4,urgent,Mrs Ormskirk\n"
    "03/04/2024,Oak & Ash Landscapes Limited,99.00,Works,hedges,"
    "please ring Mr Quillfeather about the gate before noon,Jane Ormskirk\n"
)


def cells(folder: Path, **changes: frozenset[str]) -> dict[str, list[str]]:
    """Heading -> its cells."""
    file = read(folder, LIST)
    found = samples_of(file, changes.get("registered", frozenset()), frozenset())
    return {one.heading: found[sheet, one.position] for sheet, one in file.columns}


def test_cells_are_those_of_payments_to_organisations(tmp_path: Path) -> None:
    """What stands beside a person's name is not shown."""
    shown = cells(tmp_path)

    assert shown["Supplier Name"] == ["Brackenfell Builders Ltd", "Oak & Ash Landscapes Limited"]
    assert shown["Amount"] == ["1250.00", "99.00"]
    assert "Foster Care" not in shown["Expense Type"]


def test_free_words_and_names_in_other_columns_are_not_shown(tmp_path: Path) -> None:
    """A purpose is never shown; a name elsewhere is masked; a long remark is left out."""
    shown = cells(tmp_path)

    assert shown["Purpose"] == []
    assert shown["Remark"] == ["urgent"]
    assert shown["Case Worker"] == ["masked", "masked"]
