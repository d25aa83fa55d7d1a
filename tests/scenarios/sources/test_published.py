"""Every published list at hand is read with no column set by hand, to the penny of its own sum."""

import csv
import io
import os
import re
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from scenarios.sources.masking import Masks
from scenarios.sources.payments import read_payments
from scenarios.sources.resolved import BOUGHT
from scenarios.sources.supplier_places import Council
from scenarios.sources.supplier_questions import questions
from scenarios.sources.suppliers import Given, resolve
from scenarios.sources.tidy import aside_table, registered_payees, tidy_table

LISTS = "*-spend*/*"
NO_DATES = "expenditure-over-500-apr-jun-2014.csv"
TITLED = re.compile(
    r"\b(mr|mrs|miss|ms)\b\.? +[a-z]+(?!.*\b(ltd|limited|llp|plc)\b)", re.IGNORECASE
)


def published() -> list[Path]:
    """Lists in the folder of published files."""
    folder = os.environ.get("POUNDFLOW_DATA")
    return sorted(Path(folder).glob(LISTS)) if folder else []


def own_sum(path: Path, heading: str, position: int) -> Decimal:
    """Sum of a column, read with nothing of the reader's."""
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        with path.open("rb") as file:
            sheet = load_workbook(file).worksheets[0]
        cells = [row[position].value for row in sheet.iter_rows(min_row=2)]
        return sum((Decimal(repr(cell)) for cell in cells if cell is not None), Decimal())
    text = path.read_bytes().decode("latin-1")
    total = Decimal()
    for row in csv.reader(io.StringIO(text, newline="")):
        cell = row[position].replace(",", "").strip() if len(row) > position else ""
        if re.fullmatch(r"-?\d*\.?\d+|\(\d*\.?\d+\)", cell):
            total += Decimal(cell.replace("(", "-").replace(")", ""))
    return total


@pytest.mark.skipif(not published(), reason="set POUNDFLOW_DATA to a folder with *-spend folders")
@pytest.mark.parametrize("path", published(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_published_list_comes_to_its_own_sum(path: Path) -> None:
    """Rows and pence add up; only a list whose days were all lost has no months; no names leave."""
    found = read_payments(path)

    one = found.sheets[0]
    position = one.meaning.position(one.meaning.used)
    assert position is not None
    assert found.pence_in == 100 * own_sum(path, one.headings.names[position], position)
    assert found.rows == found.used + sum(found.set_aside.values())
    masks = Masks((), registered_payees([found]))
    payments, aside = tidy_table([found], masks), aside_table([found], masks)
    assert (payments["month"].null_count == 0) == (path.name != NO_DATES)
    for name in ("payee", "service", "category", "detail", "procurement_category"):
        shown = {text for text in payments[name].unique().to_pylist() if text}
        assert not [text for text in shown if TITLED.search(text)]
    assert not [text for text in aside["payee"].unique().to_pylist() if TITLED.search(text)]
    resolved = resolve(payments, Given(Council(None, None)))
    asked = questions(resolved, Given(Council(None, None))).table
    named = pc.equal(payments["payee_kind"], "organisation")
    shown = set(payments.filter(named)["payee"].to_pylist())
    assert {*asked["name"].to_pylist(), *asked["other_name"].to_pylist()} - {""} <= shown
    tables = resolved.suppliers.drop_columns(["names"]), resolved.categories, asked
    told = {str(cell) for table in tables for column in table for cell in column.to_pylist()}
    assert not [text for text in told if TITLED.search(text)]
    bought = payments.filter(pc.is_in(payments["kind"], pa.array(BOUGHT)))["pence"]
    assert sum(resolved.suppliers["pence"].to_pylist()) == sum(bought.to_pylist())
