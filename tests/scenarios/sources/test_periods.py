"""Months told by a year and a month, or a period, in two columns."""

from pathlib import Path

import pytest

from tests.scenarios.sources.made_up import read

FIRM = "Brackenfell Builders Ltd"


@pytest.mark.parametrize(
    ("heads", "cells", "month"),
    [
        ("Financial Year,Period", "2023/24,1", "2023-04"),
        ("Financial Year,Period", "2023-24,P12", "2024-03"),
        ("Year,Period", "2023/2024,Period 09", "2023-12"),
        ("FY,Accounting Period", "23/24,10", "2024-01"),
        ("Financial Year,Month", "2023/24,Jan", "2024-01"),
        ("Financial Year,Month", "2023/24,April", "2023-04"),
        ("Year,Month", "2023,April", "2023-04"),
        ("Calendar Year,Month Name", "2023,Sept", "2023-09"),
        ("Year,Month", "2023,4", "2023-04"),
        ("Financial Year,Period", "2023/24,13", ""),
        ("Financial Year,Month", "2023/24,4", ""),
        ("Fiscal Year,Fiscal Period", "2023,1", ""),
        ("Financial Year,Period", "2023/25,1", ""),
    ],
)
def test_a_year_and_a_month_in_two_columns_give_the_month(
    tmp_path: Path, heads: str, cells: str, month: str
) -> None:
    """Period 1 is April; where a number may count from January or April, nothing is guessed."""
    found = read(tmp_path, f"{heads},Supplier,Amount\n{cells},{FIRM},1.00\n")

    days = found.sheets[0].dates.days
    assert [f"{day:%Y-%m}" for day in days.values()] == ([month] if month else [])
    assert found.pence_used == 100
    assert any("month is unknown" in note for note in found.notes) == (not month)


def test_a_date_is_better_than_a_year_beside_it(tmp_path: Path) -> None:
    """The year is left alone."""
    found = read(tmp_path, f"Year,Date,Supplier,Amount\n2022,13/04/2023,{FIRM},1.00\n")

    assert list(found.sheets[0].dates.days) == ["13/04/2023"]
