"""Single facts of notices: read where they can be, unknown where not, never guessed."""

from decimal import Decimal
from typing import Any

import pytest

from scenarios.sources import notice_values as read
from scenarios.sources.ocds_files import extension_name


@pytest.mark.parametrize(
    ("stated", "pence"),
    [
        (180000, 18_000_000),
        (Decimal("0.01"), 1),
        (Decimal("12.345"), 1235),
        ("1,250.50", 125_050),
        ("£300", 30_000),
        (0, 0),
        (-5, None),
        (True, None),
        ("up to 500", None),
        ("", None),
        (None, None),
        (Decimal("1e40"), None),
        (Decimal("NaN"), None),
        ([1], None),
    ],
)
def test_an_amount_is_pence_or_unknown(stated: Any, pence: int | None) -> None:
    """Half a penny is rounded up; words, debts and sums beyond all sums are no amounts."""
    assert read.pence(stated) == pence


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2026-03-31T23:59:59+01:00", "2026-03-31"),
        ("2026-03-31", "2026-03-31"),
        ("2026-02-30", None),
        ("31/03/2026", None),
        ("9999-12-31T00:00:00Z", None),
        ("0001-01-01", None),
        (20260331, None),
    ],
)
def test_a_day_is_that_of_its_own_zone_or_unknown(stated: Any, day: str | None) -> None:
    """The end of a year that stands for "for ever" is no end."""
    assert read.day(stated) == day


def test_times_of_different_zones_sort_as_they_followed() -> None:
    """Half past nine in London in summer is before nine at Greenwich."""
    london, greenwich = "2026-06-01T09:30:00+01:00", "2026-06-01T09:00:00Z"

    assert str(read.moment(london)) < str(read.moment(greenwich))
    assert read.moment("yesterday") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("21 Long Road, Ashmere AX13 9PH", "AX13 9PH"),
        ("ax139ph", "AX13 9PH"),
        ("gir 0aa", "GIR 0AA"),
        ("Unit 4, Building B2", None),
        ("Various", None),
        (None, None),
    ],
)
def test_a_postcode_is_found_in_an_address(text: str | None, code: str | None) -> None:
    """Portals put it at the end of the street as often as where it belongs."""
    assert read.postcode(text) == code


@pytest.mark.parametrize(
    ("stated", "weight"),
    [("60", 60.0), ("63.7%", 63.7), (40, 40.0), ("see documents", None), (140, None), (True, None)],
)
def test_a_weight_is_a_number_alone(stated: Any, weight: float | None) -> None:
    """Words around a number may change what it means."""
    assert read.percent(stated) == weight


@pytest.mark.parametrize(
    ("scale", "sme"),
    [("sme", True), ("Micro", True), ("large", False), ("selfEmployed", True), ("", None)],
)
def test_a_scale_that_is_not_stated_is_unknown(scale: Any, sme: bool | None) -> None:
    """Silence of a portal is not "no"."""
    assert read.sme(scale) is sme


def test_an_id_that_may_be_a_name_is_not_written() -> None:
    """Only a scheme and a number pass."""
    assert read.key("GB-COH-01234567") == "GB-COH-01234567"
    assert read.key("Ann Example") is None
    assert read.key("GB-ABC-Ann Example") is None


def test_text_has_one_line_and_no_entity() -> None:
    """Half a letter of another script cannot be written to a file, so it is none."""
    assert read.text(" Fish &amp;\r\n Chips\u0000\ud800 ") == "Fish & Chips"
    assert read.text("x" * 1000, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://portal.example/x/ocds_bid_extension/v1.1/extension.json", "bid"),
        ("https://standard.example/profiles/eu/master/en/extension.json", "profile eu"),
        ("https://portal.example/extensions/lots/extension.json", "lots"),
        ("something", "other"),
    ],
)
def test_an_extension_is_named_by_its_folder(address: str, name: str) -> None:
    """So that a summary says which are in use."""
    assert extension_name(address) == name
