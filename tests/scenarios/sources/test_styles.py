"""A list in any style comes to its true sum, or is refused with a reason that tells what to do."""

import re
from pathlib import Path

import pytest

from scenarios.sources.masking import Masks
from scenarios.sources.payments import read_payments
from scenarios.sources.refusals import RefusedError
from scenarios.sources.tidy import registered_payees, tidy_table
from tests.scenarios.sources.styles import Style
from tests.scenarios.sources.styles_amounts import AMOUNT_STYLES
from tests.scenarios.sources.styles_dates import DATE_STYLES, book_styles
from tests.scenarios.sources.styles_layout import LAYOUT_STYLES
from tests.scenarios.sources.styles_strange import STRANGE_STYLES, strange_books

TEXT_STYLES = AMOUNT_STYLES | LAYOUT_STYLES | DATE_STYLES | STRANGE_STYLES

MONTHS = {"2023-04", "2023-05"}


def hold(folder: Path, style: Style) -> None:
    """Read a list, and hold it to what it comes to."""
    path = folder / style.name
    path.write_bytes(style.content)
    if style.refused:
        with pytest.raises(RefusedError, match=style.refused):
            read_payments(path)
        return
    found = read_payments(path)
    payments = tidy_table([found], Masks((), registered_payees([found])))
    assert (found.used, found.pence_used, dict(found.set_aside)) == (
        style.used, style.pence, dict(style.aside),
    )  # fmt: skip
    assert found.rows == found.used + sum(found.set_aside.values())
    assert sum(payments["pence"].to_pylist()) == style.pence
    months = set(payments["month"].to_pylist()) - {None}
    assert months == (MONTHS if style.months is None else set(style.months))
    if style.told:
        assert any(re.search(style.told, note) for note in found.notes), found.notes


@pytest.mark.parametrize("name", TEXT_STYLES)
def test_a_text_in_any_style_comes_to_its_true_sum(tmp_path: Path, name: str) -> None:
    """Six payments dressed up, and nothing else counted."""
    hold(tmp_path, TEXT_STYLES[name])


def test_a_workbook_in_any_style_comes_to_its_true_sum(tmp_path: Path) -> None:
    """Sheets, merged cells and formulas."""
    for style in (book_styles() | strange_books()).values():
        hold(tmp_path, style)
