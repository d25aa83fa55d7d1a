"""A column of dates has one format; what it does not read has no date, and nothing is guessed."""

from datetime import date

import pytest

from scenarios.sources.dates import read_dates

FORMS = {
    "13/04/2023": date(2023, 4, 13),
    "13-04-2023": date(2023, 4, 13),
    "13.04.23": date(2023, 4, 13),
    "2023-04-13": date(2023, 4, 13),
    "2023/04/13": date(2023, 4, 13),
    "2023-04-13 01:00:00": date(2023, 4, 13),
    "2023-04-13T00:00:00Z": date(2023, 4, 13),
    "13/04/2023 00:00": date(2023, 4, 13),
    "13-Apr-23": date(2023, 4, 13),
    "13 April 2023": date(2023, 4, 13),
    "13th April 2023": date(2023, 4, 13),
    "Thursday 13 April 2023": date(2023, 4, 13),
    "April 13, 2023": date(2023, 4, 13),
    "20230413": date(2023, 4, 13),
    "13042023": date(2023, 4, 13),
    "45029": date(2023, 4, 13),
    "45029.5": date(2023, 4, 13),
    "Apr-23": date(2023, 4, 1),
    "April 2023": date(2023, 4, 1),
    "2023-04": date(2023, 4, 1),
    "04/2023": date(2023, 4, 1),
    "202304": date(2023, 4, 1),
    "2023 April": date(2023, 4, 1),
    "APR23": date(2023, 4, 1),
    "Apr’23": date(2023, 4, 1),
    "w/c 13/04/2023": date(2023, 4, 13),
}


@pytest.mark.parametrize(("text", "day"), FORMS.items())
def test_a_date_is_read_in_every_usual_form(text: str, day: date) -> None:
    """Slashes, names of months, Excel's numbers, times of day behind them."""
    assert read_dates({text: 3}).days == {text: day}


@pytest.mark.parametrize(
    "text", ["31/02/2023", "13/13/2023", "00:00:00", "99999", "01/01/1801", "soon", "2023", "#####"]
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    """An impossible day is none, not another one."""
    assert read_dates({text: 1}).days == {}


def test_days_come_first_unless_the_column_shows_otherwise() -> None:
    """03/04 is the third of April, in a column where both would do; that is told."""
    both = read_dates({"03/04/2023": 1, "05/06/2023": 1})
    first = read_dates({"03/04/2023": 1, "25/06/2023": 1})
    american = read_dates({"03/04/2023": 1, "04/13/2023": 1, "12/31/2023": 1})

    assert both.days["03/04/2023"] == date(2023, 4, 3)
    assert both.ambiguous
    assert not first.ambiguous
    assert american.days["03/04/2023"] == date(2023, 3, 4)


def test_a_column_never_mixes_two_readings() -> None:
    """One American date among British ones has no date: it is not read the other way round."""
    dates = read_dates({"25/06/2023": 5, "03/04/2023": 5, "04/13/2023": 1})

    assert "04/13/2023" not in dates.days
    assert dates.days["03/04/2023"] == date(2023, 4, 3)


def test_a_column_of_months_gives_no_days() -> None:
    """Where only a month is named, only a month is known."""
    assert read_dates({"Apr-23": 1, "May-23": 2}).month_only
    assert not read_dates({"13/04/2023": 1}).month_only
