"""Units of the register in words: by one mapping, for every unit that there is."""

import pytest

from experiments.report.units import number_read, reach_read, reading_of, value_read
from experiments.runner.replicate import all_entries
from experiments.web.numbers import shown, typed_value
from tests.reading_age import reading_age


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (0.16, "share", "16%"),
        (0.1, "share a year", "10% a year"),
        (0.05, "share of surplus", "5% of surplus"),
        (48_000.0, "pence a day", "£480 a day"),
        (750.0, "GBP a month", "£750 a month"),
        (0.5, "pounds per pound", "50 pence for each pound"),
        (1.6, "price per unit, 1 built state", "160% of the price at the start"),
        (6.0, "months", "6 months"),
        (3_000_000.0, "pence", "£30,000"),
        (1.0, "switch", "1"),
        (7.0, "sheep", "7 sheep"),
    ],
)
def test_a_value_is_written_as_it_is_said(value: float, unit: str, told: str) -> None:
    """With its unit; one that nobody knows of is its own word."""
    assert value_read(value, unit) == told


def test_a_range_has_its_unit_once() -> None:
    """And one that has no width is a value."""
    assert reach_read(0.1, 0.25, "share") == "10 to 25%"
    assert reach_read(30_000.0, 60_000.0, "pence a day") == "£300 to £600 a day"
    assert reach_read(0.1, 0.1, "share") == "10%"


def test_no_unit_of_the_register_is_left_in_the_words_of_the_code() -> None:
    """None says `share`, `GBP`, `per` or `utilisation` to an officer."""
    for unit in {entry.unit for entry in all_entries().values()}:
        words = reading_of(unit).words
        assert not {"share", "gbp", "pence a", "per", "utilisation"} & set(words.lower().split())
        assert not words or reading_age(f"It is about nine or ten {words} in all.") <= 14.0, words


def test_what_is_shown_is_what_is_read_when_it_is_typed() -> None:
    """Every number of the register comes back, whatever its unit."""
    for entry in all_entries().values():
        for value in (entry.low, entry.value, entry.high):
            assert shown(entry, value) == number_read(value, entry.unit)
            assert typed_value(entry, shown(entry, value)) == pytest.approx(value, rel=1e-9)


def test_large_numbers_are_written_with_commas_and_read_with_them() -> None:
    """As people write them."""
    assert number_read(3_000_000.0, "pence") == "30,000"
    assert value_read(12_500.0, "GBP") == "£12,500"
