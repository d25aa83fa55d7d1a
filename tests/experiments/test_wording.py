"""Numbers are written so that an officer reads them without a key."""

import pytest

from experiments.cli.wording import HOLE, interval, number, pounds


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (None, "share", HOLE),
        (1.4237, "GBP per GBP", "1.424"),
        (0.1234, "share", "12.3%"),
        (-0.05, "share of outlay", "-5.0%"),
        (750e6, "GBP a year", "£750.0m"),
        (-1234.5, "GBP", "-£1,234"),
        (0.0, "GBP a year", "£0"),
        (105_234, "jobs", "105,234"),
        (11.26, "months", "11.3"),
    ],
)
def test_a_level_is_written_in_its_unit(value: float | None, unit: str, written: str) -> None:
    """Pounds with their sign, shares in per cent, a dash where there is no number."""
    assert number(value, unit) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(0.021, "share", "+2.1 pts"), (-3.0, "jobs", "-3.000"), (-1e-9, "share", "0.0 pts"),
     (5e6, "GBP", "+£5.0m")],
)  # fmt: skip
def test_a_difference_carries_its_sign(value: float, unit: str, written: str) -> None:
    """Gains have a plus, shares differ by points, and nothing has no sign."""
    assert number(value, unit, signed=True) == written


def test_an_interval_has_both_ends_or_none() -> None:
    """What is undefined has no interval; pence are told in pounds."""
    assert interval(1.0, 2.0, "jobs") == "1.000 to 2.000"
    assert interval(None, None, "jobs") == ""
    assert pounds(123_456) == "£1,235"
